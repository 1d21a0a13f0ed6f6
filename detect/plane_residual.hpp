// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What is left of a plane when its level is taken away. Internal.

#pragma once

#include "detect/plane_relief.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace cmq::detect {

/// The plane less its level, in standard deviations of its noise and by its relief; mirrored beyond its edges.
class PlaneResidual {
public:
    PlaneResidual(ImageView<float const> values,
                  PlaneSurface const& level,
                  PlaneSurface const& weight,
                  PlaneRelief const& relief)
        : values_{values}
        , level_{level}
        , weight_{weight}
        , relief_{relief} {}

    /// Photosites [first, first + out.size()) of row y.
    void row(std::ptrdiff_t y, std::ptrdiff_t first, std::vector<float>& out) {
        Shape const shape = values_.shape();
        y = mirrored(y, shape.height);
        auto const source = values_.row(y);
        auto const last = first + static_cast<std::ptrdiff_t>(out.size());
        Span const inside{std::max<std::ptrdiff_t>(0, first), std::min(shape.width, last)};
        level_row_.resize(static_cast<std::size_t>(shape.width));
        weight_row_.resize(level_row_.size());
        relief_row_.resize(level_row_.size());
        Span const needed{std::min(inside.first, mirrored(last - 1, shape.width)),
                          std::max(inside.last, mirrored(first, shape.width) + 1)};
        level_.photosites(y, needed, level_row_.data() + needed.first);
        weight_.photosites(y, needed, weight_row_.data() + needed.first);
        relief_.photosites(y, needed, relief_row_.data() + needed.first);
        for (std::size_t i = 0; i < out.size(); ++i) {
            auto const x = static_cast<std::size_t>(
                mirrored(first + static_cast<std::ptrdiff_t>(i), shape.width));
            float const v = source[x];
            out[i] =
                std::abs(v) < 1e30F ? (v - level_row_[x]) * weight_row_[x] / relief_row_[x] : 0.0F;
        }
    }

private:
    static std::ptrdiff_t mirrored(std::ptrdiff_t i, std::ptrdiff_t length) noexcept {
        while (i < 0 || i >= length) { // more than once where the picture is smaller than a tile
            i = i < 0 ? -1 - i : 2 * length - 1 - i;
        }
        return i;
    }

    ImageView<float const> values_;
    PlaneSurface const& level_;
    PlaneSurface const& weight_;
    PlaneRelief const& relief_;
    std::vector<float> level_row_;
    std::vector<float> weight_row_;
    std::vector<float> relief_row_;
};

} // namespace cmq::detect
