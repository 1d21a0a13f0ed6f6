// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Probabilities of the distributions that blanks need: Beta, Student's t with any degrees of freedom, F, and the
/// noncentral t.

#pragma once

namespace cmq::lab {

/// I_x(a, b), the probability that a Beta(a, b) variate is below x; 0 below 0, 1 above 1.
/// \pre a > 0, b > 0, a + b <= 1e10
/// \throws Error numeric  the continued fraction did not converge
/// Accurate to 1e-12. Source: NIST Digital Library of Mathematical Functions, 8.17.22.
[[nodiscard]] double beta_below(double x, double a, double b);

/// The quantile of Student's t whose degrees of freedom need not be whole: P(T <= t) = probability.
/// \pre degrees > 0 and 0.5 <= probability < 1
/// Accurate to 1e-9 relative.
[[nodiscard]] double t_quantile(double probability, double degrees);

/// P(F > f) for the F distribution; 1 for f <= 0.
/// \pre both degrees > 0
[[nodiscard]] double f_above(double f, double upper_degrees, double lower_degrees);

/// P(T' <= t) for the noncentral t: (Z + shift) / sqrt(chi2 / degrees).
/// \pre degrees >= 1
/// By Simpson's rule over the spread, accurate to 1e-7.
[[nodiscard]] double noncentral_t_below(double t, double degrees, double shift);

/// delta(degrees; alpha, beta) of ISO 11843-2: the shift at which a noncentral t exceeds t(1 - alpha) with
/// probability 1 - beta.
/// \pre degrees >= 1, alpha and beta in (0, 0.5)
[[nodiscard]] double detectable_shift(double degrees, double alpha, double beta);

} // namespace cmq::lab
