// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Noise of less than a step, as it shows after rounding to whole numbers. Internal.

#pragma once

namespace cmq::capture {

/// Variance of round(x), x normal with that standard deviation and the mean `phase` (0: a whole number,
/// 0.5: half way between two). Least at phase 0, greatest at 0.5; sd^2 + 1/12 within 1e-4 from sd 0.75 on.
[[nodiscard]] double rounded_variance(double sd, double phase);

/// What a temporal variance that rounding is part of says about the standard deviation before rounding.
struct BeforeRounding {
    double sd; ///< were black spread evenly over the steps
    double
        low; ///< with black half way between two numbers; 0 where that alone explains the variance
    double high; ///< with black on a whole number
};

/// \param low, value, high  of the variance after rounding, DN^2; low <= value <= high
[[nodiscard]] BeforeRounding to_before_rounding(double low, double value, double high);

} // namespace cmq::capture
