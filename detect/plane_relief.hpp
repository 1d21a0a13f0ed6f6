// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where a textured plane is brighter than its level, and its texture therefore stronger. Internal.

#pragma once

#include "detect/plane_background.hpp"

#include <vector>

namespace cmq::detect {

/// Brightness by that of the level, in squares of 16 x 16 photosites, straight lines between their
/// middles, constant beyond the outer ones. Light on a surface is multiplied by its texture: where it is
/// brighter by a patch or a fold, so are its threads and grain.
class PlaneRelief {
public:
    /// Photosites beyond the reach of their block's level (bright traces) take no part; squares with few
    /// others count as 1. Every ratio lies in [0.8, 2].
    PlaneRelief(ImageView<float const> values,
                PlaneMesh const& mesh,
                PlaneSurface const& level,
                std::vector<PlaneClip> const& clip);

    /// At photosites [columns.first, columns.last) of row y, which lie in the plane.
    void photosites(std::ptrdiff_t y, Span columns, float* out) const;

private:
    static constexpr std::ptrdiff_t side = 16;

    struct Place {
        std::ptrdiff_t first = 0;
        std::ptrdiff_t second = 0;
        float share = 0.0F; ///< of the second
    };

    [[nodiscard]] static Place place(std::ptrdiff_t position, std::ptrdiff_t squares) noexcept;

    std::ptrdiff_t rows_ = 0;
    std::ptrdiff_t columns_ = 0;
    std::vector<float> ratio_;
};

} // namespace cmq::detect
