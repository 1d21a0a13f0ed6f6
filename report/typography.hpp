// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Numbers and dates as a French or an English court document writes them.

#pragma once

#include "core/typography.hpp"
#include "report/document.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cmq::report {

using cmq::narrow_no_break_space;
using cmq::no_break_space;
using cmq::typeset;

inline constexpr std::string_view minus_sign{"\u2212"};

/// The text with its first letter as a capital: "été" -> "Été". Letters of Latin-1 only; any other
/// beginning stays.
[[nodiscard]] std::string capitalised(std::string text);

/// A whole number in groups of three: "12 345" (narrow no-break spaces), "12,345".
[[nodiscard]] std::string count_text(std::int64_t value, Language language);

/// So many digits after the decimal sign: "0,050", "0.050". Minus is U+2212.
/// \pre value is finite, 0 <= decimals <= 17
[[nodiscard]] std::string decimal_text(double value, int decimals, Language language);

/// So many significant digits, never in powers of ten: "0,0012", "31 000".
/// \pre value is finite, 1 <= digits <= 17
[[nodiscard]] std::string rounded_text(double value, int digits, Language language);

/// A measured value with its standard uncertainty: the uncertainty to two significant digits, the value to
/// the same decimal: "12,50 ± 0,75".
/// \pre both are finite, sigma >= 0
[[nodiscard]] std::string measured_text(double value, double sigma, Language language);

/// A probability or share given in percent: 0.25 -> "25 %", "25%"; two significant digits.
[[nodiscard]] std::string percent_text(double share, Language language);

/// A likelihood ratio as a bare number, from its decimal logarithm: 1.5 -> "30", -1.5 -> "1/30" with
/// one digit. Never a decimal fraction; "1" when it rounds to 1 either way.
/// \pre log10_value is finite, |log10_value| <= 300
[[nodiscard]] std::string ratio_text(double log10_value, int digits, Language language);

/// The factor alone, whichever side it favours: 1.5 and -1.5 -> "30".
[[nodiscard]] std::string factor_text(double log10_value, int digits, Language language);

/// ISO 8601 date as in a letter: "2026-11-01" -> "1er novembre 2026", "1 November 2026". Any other text
/// comes back as it is.
[[nodiscard]] std::string date_text(std::string_view iso_date, Language language);

/// Seconds in the unit a reader would choose: "30 s", "5 min", "1 h 30" / "1 h 30 min",
/// "2 jours" / "2 days".
/// \pre seconds is finite and not negative
[[nodiscard]] std::string duration_text(double seconds, Language language);

} // namespace cmq::report
