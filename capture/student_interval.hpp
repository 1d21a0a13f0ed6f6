// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// 95 % intervals from a value and its standard uncertainty. Internal.

#pragma once

#include "capture/camera_profile.hpp"

#include <cstddef>

namespace cmq::capture {

/// The factor that a variable of Student's t with that many degrees of freedom exceeds, on either side, with the
/// probability `both_sides`. \pre degrees > 0, 0 < both_sides < 1
/// Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
[[nodiscard]] double student_factor(std::size_t degrees, double both_sides = 0.05);

/// value +- factor * sigma.
[[nodiscard]] Measured measured(double value, double sigma, double factor);

/// The root of a square that is known to sigma: on the scale of logarithms where it is more than 4 sigma above 0,
/// else on its own, cut off at 0. What a difference of variances gives may be negative: then the value is 0.
[[nodiscard]] Measured measured_root(double square, double sigma, double factor);

} // namespace cmq::capture
