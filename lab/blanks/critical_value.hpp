// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The critical value: what a result must exceed to count as more than a blank.

#pragma once

#include <cstddef>
#include <span>

namespace cmq::lab {

struct CriticalValue {
    double value = 0.0; ///< in the unit of the blanks
    double blank_mean = 0.0;
    double blank_sd = 0.0;        ///< between blanks, n - 1 in the denominator
    std::size_t blanks = 0;       ///< n
    double false_positive = 0.05; ///< chance that one more blank exceeds value
};

/// mean + t(n - 1, 1 - alpha) * sd * sqrt(1 + 1/n), one-sided, for one further result.
///
/// \param blanks  at least two results of blanks treated as the sample was
/// \param alpha   chance that a further blank exceeds the value; 0.0001 to 0.4
///
/// \throws Error insufficient  fewer than two blanks: their spread is not known
/// \throws Error domain        a blank is not finite, or alpha out of range
///
/// Limits: takes blanks as normally distributed and alike; few blanks can not show that they are.
/// Source: ISO 11843-2 and 11843-3 (critical value of the net state variable); L. A. Currie, Anal. Chem. 40
/// (1968) 586.
[[nodiscard]] CriticalValue measure_critical_value(std::span<double const> blanks,
                                                   double alpha = 0.05);

/// The quantile of Student's t with whole degrees of freedom: P(T <= t) = probability.
/// \pre degrees >= 1 and 0.5 <= probability < 1
/// Accurate to 1e-10 relative. Source: Abramowitz and Stegun 26.7.3 and 26.7.4 (series), by bisection.
[[nodiscard]] double student_t_quantile(double probability, std::size_t degrees);

} // namespace cmq::lab
