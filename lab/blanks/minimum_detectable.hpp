// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The least known amount that would nearly always be found, from a dilution series.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cmq::lab {

/// One result of a known amount; 0 for a blank.
struct KnownAmount {
    double amount = 0.0;
    double result = 0.0;
};

enum class WhyNoMinimum : std::uint8_t {
    given,
    too_few_levels, ///< fewer than two levels above 0 beside the blanks
    spread_changes, ///< results of one level above 0 scatter otherwise than blanks do (F, 1 % in both tails)
    not_straight, ///< lack of fit (F, 5 %)
    no_slope,     ///< that results rise with the amount is not shown (t, one-sided 5 %)
};

/// "given", "too_few_levels", ...: the words of the JSON.
[[nodiscard]] std::string_view name_of(WhyNoMinimum why) noexcept;

struct MinimumDetectable {
    double value = 0.0; ///< found with probability 1 - missed, in the unit of the amounts
    double critical_amount =
        0.0; ///< of a sample without any, exceeded with probability false_positive
    double slope = 0.0;
    double slope_se = 0.0;
    double intercept = 0.0;
    double residual_sd = 0.0; ///< of results around the line
    double degrees = 0.0;     ///< results - 2
    double shift = 0.0;       ///< delta(degrees; false_positive, missed), noncentral t
    std::size_t levels = 0;   ///< above 0
    std::size_t results = 0;  ///< blanks included
    double false_positive = 0.05;
    double missed = 0.05;
};

struct Dilution {
    std::optional<MinimumDetectable> minimum;
    WhyNoMinimum why = WhyNoMinimum::given;
    std::optional<double> lack_of_fit_p; ///< where a line was fitted and a level repeats
};

/// A straight line by least squares through all results, and the least amount above its critical one:
///
///     x_c = t(f, 0.95) (s / b) w,  x_d = delta(f; 0.05, 0.05) (s / b) w,  w^2 = 1 + 1/N + mean(x)^2 / S_xx
///
/// for one result of the sample. Checked before: that levels repeat as blanks do, that the line is straight, that it
/// rises; what fails is named, and no minimum is given.
///
/// \pre every amount >= 0, all finite, at least two blanks
///
/// Limits: results are taken as independent, days are not told apart. Straightness and spread are checked only as far
/// as levels repeat.
/// Source: ISO 11843-2:2000, 5.1 to 5.3 (constant standard deviation, K = 1); delta by the noncentral t.
/// Checked in: tests/lab/blanks/minimum_detectable_test.cpp (how often a sample of that amount is found).
[[nodiscard]] Dilution measure_minimum_detectable(std::span<KnownAmount const> series);

} // namespace cmq::lab
