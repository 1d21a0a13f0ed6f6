// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Level and noise of the background of one plane, from blocks of 64 x 64 photosites. Internal.

#pragma once

#include "core/image_view.hpp"
#include "detect/cells.hpp"
#include "detect/row_loops.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace cmq::detect {

/// variance = read_noise_dn^2 + gain_dn * max(level, 0) + (prnu * level)^2.
struct PlaneNoise {
    double read_noise_dn = 0.0; ///< standard deviation in the dark, DN
    double gain_dn = 0.0;       ///< DN per electron
    double prnu = 0.0;          ///< relative spread of the response of photosites

    /// All three 0: the spread is measured on the picture itself.
    [[nodiscard]] bool is_known() const noexcept {
        return read_noise_dn > 0.0 || gain_dn > 0.0 || prnu > 0.0;
    }

    [[nodiscard]] double variance(double level_dn) const noexcept {
        return read_noise_dn * read_noise_dn + gain_dn * (level_dn > 0.0 ? level_dn : 0.0) +
               prnu * prnu * level_dn * level_dn;
    }
};

/// Blocks along one axis: 64 photosites each, the last one up to 127.
struct PlaneAxis {
    static constexpr std::ptrdiff_t side = 64;
    std::ptrdiff_t length = side; ///< photosites, at least 64

    [[nodiscard]] std::ptrdiff_t blocks() const noexcept { return length / side; }

    [[nodiscard]] Span block(std::ptrdiff_t b) const noexcept {
        return {b * side, b + 1 == blocks() ? length : (b + 1) * side};
    }

    [[nodiscard]] std::ptrdiff_t block_of(std::ptrdiff_t position) const noexcept {
        return std::min(position / side, blocks() - 1);
    }

    /// Four nodes and their weights at a position: Hermite cubic through block middles, exact for a
    /// straight line whatever the width of the last block; straight beyond the outer ones.
    struct Weights {
        std::array<std::ptrdiff_t, 4> node{};
        std::array<float, 4> weight{};
    };

    [[nodiscard]] Weights at(double position) const noexcept;
    /// The same along straight lines, constant beyond the outer ones: never outside the nodes' values.
    [[nodiscard]] Weights linear_at(double position) const noexcept;

private:
    [[nodiscard]] double middle(std::ptrdiff_t block) const noexcept;
    [[nodiscard]] std::ptrdiff_t interval(double position) const noexcept;
};

struct PlaneMesh {
    PlaneAxis rows;
    PlaneAxis columns;

    [[nodiscard]] std::size_t blocks() const noexcept {
        return static_cast<std::size_t>(rows.blocks() * columns.blocks());
    }

    [[nodiscard]] std::size_t at(std::ptrdiff_t by, std::ptrdiff_t bx) const noexcept {
        return static_cast<std::size_t>(by * columns.blocks() + bx);
    }

    [[nodiscard]] std::size_t block_of(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return at(rows.block_of(y), columns.block_of(x));
    }

    /// Calls use(block) for the 5 x 5 blocks around one, as far as there are some.
    template <class Use>
    void for_each_around(std::ptrdiff_t by, std::ptrdiff_t bx, Use&& use) const {
        for (auto y = std::max<std::ptrdiff_t>(0, by - 2); y < std::min(rows.blocks(), by + 3);
             ++y) {
            for (auto x = std::max<std::ptrdiff_t>(0, bx - 2);
                 x < std::min(columns.blocks(), bx + 3);
                 ++x) {
                use(at(y, x));
            }
        }
    }
};

/// Node values between block middles.
class PlaneSurface {
public:
    PlaneSurface(std::vector<double> const& nodes, PlaneMesh const& mesh, bool cubic);

    /// Values at photosites 0, 8, 16, ... of row y, one past the width: segments() of them.
    void row(std::ptrdiff_t y, float* out) const;

    [[nodiscard]] std::size_t segments() const noexcept { return segments_; }

    /// At photosites [columns.first, columns.last) of row y; the values that row() leads to.
    void photosites(std::ptrdiff_t y, Span columns, float* out) const;

    /// At one photosite; the value that row() leads to there.
    [[nodiscard]] float at(std::ptrdiff_t y, std::ptrdiff_t x) const;

private:
    [[nodiscard]] PlaneAxis::Weights weights(std::ptrdiff_t y) const noexcept {
        return cubic_ ? mesh_.rows.at(static_cast<double>(y))
                      : mesh_.rows.linear_at(static_cast<double>(y));
    }

    PlaneMesh mesh_;
    bool cubic_ = true;
    std::size_t segments_ = 0;
    std::vector<float> across_; // a row of segments for each row of blocks
};

/// Which photosites of a block make its level, and what they gave.
struct PlaneClip {
    float centre = 0.0F;
    float reach = 0.0F; ///< those nearer than this to the centre; 0: none
    LaneMoments moments;
};

struct PlaneBackground {
    std::vector<double> level_dn;     ///< of each block
    std::vector<double> variance_dn2; ///< of one photosite: the model's, or what was measured
    std::vector<double> photosites;   ///< behind the level; 0: taken from the neighbours
    std::vector<PlaneClip> clip;      ///< as first measured
};

/// First level: the mean within 4.5 standard deviations of the median of every block.
/// Photosites that are not numbers take no part.
[[nodiscard]] PlaneBackground measure_plane_background(ImageView<float const> values,
                                                       PlaneMesh const& mesh,
                                                       PlaneNoise const& noise,
                                                       unsigned threads);

/// A run of photosites along a row.
struct PlaneRun {
    std::ptrdiff_t y = 0;
    std::ptrdiff_t first = 0; ///< x
    std::ptrdiff_t last = 0;  ///< one past
};

/// Takes runs (each photosite at most once) out of a background as measured first.
void leave_out(ImageView<float const> values,
               PlaneMesh const& mesh,
               PlaneNoise const& noise,
               std::vector<PlaneRun> const& runs,
               PlaneBackground& background);

} // namespace cmq::detect
