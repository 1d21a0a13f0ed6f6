// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A smooth surface through values of which some do not belong. Internal.

#pragma once

#include "core/frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cmq::detect {

inline constexpr std::size_t surface_terms = 6;

/// Of 1, x, y, x^2, x y, y^2, x and y from -1 (first column, row) to 1 (last).
using SurfaceTerms = std::array<double, surface_terms>;

struct RobustSurface {
    SurfaceTerms terms{};
    std::vector<double> residual; ///< value less surface, row by row; 0 where not good
    std::vector<double> weight;   ///< 0 to 1: how much a value counted
    double spread = 0.0; ///< of residuals, from their median distance; of a normal law its sigma
};

/// A polynomial in both directions by least squares with Tukey's weights (4.685 spreads), at most 30 rounds from the median on; it
/// ends when a round changes it by less than 1e-3 spreads.
/// \param good   by value: whether it counts; at least ten do
/// \param order  1: a plane; 2: with squares and the product
/// \param start  a surface that lies near, in place of the median: saves rounds
/// Source: A. E. Beaton, J. W. Tukey, Technometrics 16 (1974) 147.
[[nodiscard]] RobustSurface fit_surface(std::vector<double> const& value,
                                        std::vector<std::uint8_t> const& good,
                                        Shape shape,
                                        int order,
                                        std::optional<SurfaceTerms> const& start = std::nullopt);

/// The surface with each residual replaced by the mean of the good ones in the 3 x 3 around it, and their spread: what
/// is alike over several places stays, what differs from one to the next (print, noise) averages out. (A median would hide a
/// print that covers less than half of the places, and leave the rare ones where it covers more.)
[[nodiscard]] RobustSurface
smoothed(RobustSurface surface, std::vector<std::uint8_t> const& good, Shape shape);

} // namespace cmq::detect
