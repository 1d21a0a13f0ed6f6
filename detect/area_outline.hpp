// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How large a large area is, finer than its blocks. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/area_grid.hpp"

#include <functional>
#include <optional>

namespace cmq::detect {

struct AreaOutline {
    double photosites = 0.0;
    double sigma = 0.0; ///< grain of the outline, noise and texture along it
};

/// Counts pieces of 8 x 8 photosites of the aperture whose light exceeds half of the area's own. Where surroundings spread
/// by more than a tenth of that, means over 3 x 3 pieces are taken.
///
/// \param around        (y, x) of photosites: the sum of the four planes that surroundings would have there, DN
/// \param block_spread  standard deviation of free blocks about that, DN
/// \return              nothing where pieces of the surroundings spread by more than a quarter of the area's height
/// Limits: of an area that fades out it is the part above half; several heights in one area are one.
[[nodiscard]] std::optional<AreaOutline>
measure_outline(Frame const& frame,
                AreaGrid const& grid,
                std::function<double(double y, double x)> const& around,
                double block_spread);

} // namespace cmq::detect
