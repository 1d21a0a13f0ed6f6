// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The critical value from blanks of several days: blanks of one day are not independent.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cmq::lab {

/// Blanks of one day: indices into the list they came from, in its order.
struct BlankDay {
    std::int64_t day = 0;
    std::vector<std::size_t> blanks;
    double mean = 0.0;
};

/// The days in their order. \pre one day for each blank
[[nodiscard]] std::vector<BlankDay> group_by_day(std::span<double const> blanks,
                                                 std::span<std::int64_t const> days);

struct DaysCriticalValue {
    double value = 0.0;   ///< in the unit of the blanks
    double mean = 0.0;    ///< of the means of the days
    double sd = 0.0;      ///< of a further blank of a further day
    double degrees = 0.0; ///< of Student's t, from days - 1 to blanks - 1
    std::size_t blanks = 0;
    std::size_t days = 0;
    std::optional<double> between_sd; ///< of the days; nothing where no day has two blanks
    std::optional<double> within_sd;  ///< of blanks of one day; likewise
    double false_positive = 0.05;
};

/// What one blank in 1 / alpha of a further day exceeds.
///
/// With k days of n_i blanks, m the harmonic mean of the n_i, S2 the variance of the k means of days (k - 1) and W2 the
/// pooled variance within days (N - k degrees of freedom), a further blank of a further day lies around the mean of the
/// means of days with the variance
///
///     V = (1 + 1/k) S2 + (1 - 1/m) W2
///
/// and value = mean + t(f, 1 - alpha) sqrt(V), with f by Satterthwaite, kept within k - 1 and N - 1. With two or three
/// days t^2 is the mean of t(k - 1)^2 and t(N - k)^2, weighed by the two parts of V: then at most alpha of further
/// blanks exceed the value. Between days: S2 - W2 / m, not below 0. With one blank a day it is measure_critical_value.
///
/// \throws Error insufficient  fewer than two days
/// \throws Error domain        a blank is not finite, or alpha outside 0.0001 to 0.4
///
/// Limits: takes days and blanks within days as normal and of one spread; where the n_i differ much, S2 is only about
/// chi-squared.
/// Source: J. D. Thomas, R. A. Hultquist, Ann. Statist. 6 (1978) 582 (means of unlike groups); F. E. Satterthwaite,
/// Biometrics Bulletin 2 (1946) 110.
/// Checked in: tests/lab/blanks/blank_days_test.cpp (how often a further blank exceeds it).
[[nodiscard]] DaysCriticalValue measure_critical_over_days(std::span<double const> blanks,
                                                           std::span<std::int64_t const> days,
                                                           double alpha = 0.05);

} // namespace cmq::lab
