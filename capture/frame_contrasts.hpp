// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Temporal noise of frames of one scene, gathered frame by frame in bands of rows. Internal.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cmq::capture {

/// How the rows of a plane are cut into bands: the groups that the jackknife leaves out. Edges lie between
/// blocks of 8 rows; at most 64.
struct Bands {
    std::size_t rows = 0; ///< of one plane
    std::size_t count = 0;

    explicit Bands(Shape const& visible);

    [[nodiscard]] std::size_t of_row(std::size_t row_of_plane) const noexcept;
};

inline constexpr std::size_t block_side = 8; ///< photosites of a plane

/// What one band of one plane says about temporal noise.
struct ContrastSums {
    double within_squares = 0; ///< about the row's mean, of contrasts of unit weight
    double within_degrees = 0;
    double row_squares = 0; ///< of row means about the plane's
    double rows = 0;
    double row_share = 0; ///< sum of 1 / photosites of each row
    double signal = 0;    ///< sum of values, as they are
    double photosites = 0;

    ContrastSums& operator+=(ContrastSums const& other) noexcept;
    ContrastSums& operator-=(ContrastSums const& other) noexcept;
};

/// Frames of one scene, added one by one; each after the first gives one contrast, with the mean of those
/// before it (Helmert's), so n frames give n - 1 independent ones. Holds one float a photosite.
class FrameContrasts {
public:
    /// \param left_out  photosites that are not counted: any bit set; borrowed
    /// \param scaled    true: each frame is scaled to the brightness of the first (flats under a lamp that
    ///                  drifts); false: shifts of the whole plane are taken off (darks)
    FrameContrasts(Shape const& shape,
                   Cfa const& cfa,
                   std::vector<std::uint8_t> const& left_out,
                   bool scaled,
                   unsigned threads);

    void add(Frame const& frame);

    [[nodiscard]] std::size_t frames() const noexcept { return means_.size(); }

    /// Mean of each frame added, per plane.
    [[nodiscard]] std::vector<PerPlane<double>> const& means() const noexcept { return means_; }

    /// One entry a band.
    [[nodiscard]] PerPlane<std::vector<ContrastSums>> const& sums() const noexcept { return sums_; }

    /// Sum of the frames, each scaled to the first where they are.
    [[nodiscard]] std::vector<float> const& total() const noexcept { return total_; }

private:
    struct Row { // of one plane
        double sum = 0;
        double squares = 0;
        double photosites = 0;
    };

    [[nodiscard]] PerPlane<double> add_signal(Frame const& frame);
    void add_contrast(Frame const& frame, PerPlane<double> const& scale);
    void gather(std::vector<Row> const& rows, PerPlane<double> const& weight);

    template <class Work>
    void for_rows(Work const& work) const;

    Shape shape_;
    Cfa cfa_;
    std::vector<std::uint8_t> const* left_out_;
    bool scaled_;
    unsigned threads_;
    Bands bands_;
    std::vector<PerPlane<double>> means_;
    PerPlane<double> squared_scales_{}; ///< sum over the frames before
    PerPlane<std::vector<ContrastSums>> sums_;
    std::vector<float> total_;
};

} // namespace cmq::capture
