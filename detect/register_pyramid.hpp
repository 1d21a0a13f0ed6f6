// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pictures that registration compares: gradients of luminance on halving grids. Internal.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cmq::detect {

/// A grey picture with what takes part in it.
struct Grey {
    Shape shape;
    std::vector<float> value;
    std::vector<std::uint8_t> is_good;

    [[nodiscard]] std::size_t at(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return static_cast<std::size_t>(y * shape.width + x);
    }
};

/// Pixel k of level l is centred on cell 2^l k.
struct GradientLevel {
    Grey
        edges; ///< magnitude of the gradient, compressed, less its mean nearby; is_good: within reach of no masked cell
    double structure =
        0.0; ///< correlation of the same picture from one green plane with that from the other
};

/// Levels from cells (0) to a longer side of at most `coarsest`.
/// \throws Error shape, domain  as register_frames
[[nodiscard]] std::vector<GradientLevel>
make_gradients(Frame const& frame, std::ptrdiff_t coarsest, unsigned threads);

} // namespace cmq::detect
