// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A finding's likelihood on an even grid of the logarithm of the rate, for quick integrals.

#pragma once

#include "lab/transfer/finding_vector.hpp"

#include <cstddef>
#include <vector>

namespace cmq::lab {

/// ln h(lambda) at ln lambda = (rate_grid_first + i) * rate_grid_step.
///
/// A share K of a load M shifts ln lambda = ln K + ln M: on nodes of ln M with the same step every
/// value is the same four-point combination of neighbours, without a logarithm or exponential.
struct RateGrid {
    std::vector<double> log_h;
    double power = 0.0; ///< left of the grid ln h = power * ln lambda + constant
    double constant = 0.0;
    std::size_t departs = 0; ///< first index where ln h is 1e-3 off that line
    double beyond = 0.0;     ///< right of the grid
    bool usable = false;     ///< false: the finding is too rough near 0, or its support too long
};

inline constexpr double rate_grid_step = 0.1;
inline constexpr int rate_grid_first = -150; // lambda = 3e-7

[[nodiscard]] RateGrid make_rate_grid(FindingVector const& vector);

/// Probabilities of ln G, G ~ Gamma(shape, rate = shape), on the steps first, first + 1, ... of the grid.
struct MultiplierKernel {
    int first = 0;
    std::vector<double> weight; ///< sum 1; what is left out is below 1e-9
};

[[nodiscard]] MultiplierKernel make_multiplier_kernel(double shape);

/// The grid of E[h(G lambda)]. \pre the grid is usable
[[nodiscard]] RateGrid average_over_multiplier(RateGrid const& grid, double shape);

/// ln h between the points of a usable grid, by cubic interpolation.
[[nodiscard]] double read(RateGrid const& grid, double log_lambda);

} // namespace cmq::lab
