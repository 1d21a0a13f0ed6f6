// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How many false traces noise makes. Internal.

#pragma once

#include "detect/whitening.hpp"

#include <vector>

namespace cmq::detect {

/// ln of the expected number, per cell, of local maxima at or above `significance` in the chi-square
/// field of `dimensions` (1 to 4) whitened planes filtered at scale_cells; both signs. One dimension: a
/// sum over planes with known weights, or one plane alone. significance above 12.
[[nodiscard]] double
log_maxima_per_cell(double significance, int dimensions, double scale_cells) noexcept;

/// Cells that were tested, sorted by what noise can do there.
struct TestedCells {
    double scale_cells = 1.0;      ///< of the filter, steps of the lattice whose places are counted
    std::array<double, 5> cells{}; ///< by dimensions; weight 1/2 where the sign is tested too
};

/// ln of the number of false traces expected at or above `significance` in all that was tested.
[[nodiscard]] double log_false_traces(std::vector<TestedCells> const& tested, double significance);

/// The significance at which `expected` false traces are expected; at least 14.
[[nodiscard]] double significance_for(std::vector<TestedCells> const& tested, double expected);

} // namespace cmq::detect
