// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Maximises the correlation of two gradient pictures over a transform. Internal.

#pragma once

#include "detect/register_frames.hpp"
#include "detect/register_pyramid.hpp"

#include <array>
#include <cstddef>

namespace cmq::detect {

/// What may change of a transform.
enum class EccFreedom : std::uint8_t { shift, similarity, affine, homography };

/// Rows [top, bottom) and columns [left, right) of a level.
struct PixelBox {
    std::ptrdiff_t top = 0;
    std::ptrdiff_t left = 0;
    std::ptrdiff_t bottom = 0;
    std::ptrdiff_t right = 0;
};

/// A transform of cells in coordinates of order 1: u = (cell - centre of the reference) / scale to
/// cell' = centre of the moving + scale * W(u), W = ((1 + p0) u + p1 v + p2, p3 u + (1 + p4) v + p5) / (1 + p6 u + p7 v).
struct Warp {
    double scale = 1.0;
    std::array<double, 2> centre{};        ///< x, y of the reference, cells
    std::array<double, 2> moving_centre{}; ///< cells
    std::array<double, 8> p{};

    /// Cells to cells.
    [[nodiscard]] std::array<double, 2> map(double x, double y) const noexcept;
};

struct EccResult {
    Warp warp;
    double correlation = -1.0;
    double overlap = 0.0; ///< share of the box's good pixels that the moving picture shows
    bool converged = false;
};

/// From a start near the maximum (a few pixels of the level).
/// \param level  0: pixels are cells; each further one twice as coarse
[[nodiscard]] EccResult maximise_ecc(Grey const& reference,
                                     Grey const& moving,
                                     std::ptrdiff_t level,
                                     PixelBox const& box,
                                     Warp const& start,
                                     EccFreedom freedom,
                                     unsigned threads);

/// Correlation at a transform.
[[nodiscard]] EccResult correlate(Grey const& reference,
                                  Grey const& moving,
                                  std::ptrdiff_t level,
                                  Warp const& warp,
                                  unsigned threads);

/// The moving picture on the reference's grid: 0 where it shows nothing or is not good.
[[nodiscard]] Grey
resample(Grey const& moving, Shape reference, std::ptrdiff_t level, Warp const& warp);

} // namespace cmq::detect
