// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the photosites of one block say of the background's level, plane by plane. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/cells.hpp"

#include <vector>

namespace cmq::detect {

/// Values that may be background: nearer to the centre than reach.
struct PlausibleRange {
    float centre = 0.0F;
    float reach = 0.0F;

    [[nodiscard]] bool holds(float value) const noexcept {
        float const away = value - centre; // as RowLoops::moments has it
        return away > -reach && away < reach;
    }
};

/// The level of one plane of a block.
struct BlockLevel {
    double level_dn = 0.0;
    double extra_dn2 =
        0.0;            ///< variance of photosites above what the noise model says at their value
    double count = 0.0; ///< of photosites behind the level; 0: too few for a level of its own
    double left_out = 0.0; ///< photosites outside the range
    PlausibleRange range;
};

/// Reads one block after the other, each photosite once; one thread's buffers.
class BlockReader {
public:
    BlockReader(Frame const& frame, Cells const& cells) : frame_{frame}, cells_{cells} {}

    /// Of the photosites within 8 robust standard deviations of the median of some 64, their mean. Noise hardly
    /// reaches so far, even where 64 photosites say too little of its spread: without traces it is the plain mean.
    [[nodiscard]] PerPlane<BlockLevel> robust_levels(Span rows, Span columns);

    /// Of those outside traces the plain mean: unbiased whatever the shape of the noise.
    /// \param near  a level, so that sums of floats are sums of small numbers
    [[nodiscard]] PerPlane<BlockLevel> mean_levels(Span rows, Span columns, PerPlane<double> near);

private:
    void read(Span rows, Span columns);
    [[nodiscard]] bool takes_part(std::size_t i, std::size_t plane) const noexcept;
    void sample(std::size_t plane);
    [[nodiscard]] double extra_variance(std::size_t plane) const;
    [[nodiscard]] std::vector<float> const& taken(std::size_t plane);

    Frame const& frame_;
    Cells const& cells_;
    Span rows_{};
    Span columns_{};
    bool whole_ = false;                    // every photosite takes part
    PerPlane<std::vector<float>> values_{}; // cell by cell
    std::vector<std::uint8_t> flags_;
    std::vector<float> taken_;
    std::vector<float> sample_;
};

} // namespace cmq::detect
