// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Numbers to text and back, whatever the locale: the decimal sign here is always a point.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cmq {

/// The shortest text that reads back to the same double; "nan", "inf", "-inf" for the others.
[[nodiscard]] std::string number_text(double value);

/// Fixed notation with so many digits after the point, 0 to 17.
[[nodiscard]] std::string fixed_text(double value, int decimals);

/// So many significant digits, 1 to 17, fixed notation ("0.0012", "31000").
[[nodiscard]] std::string significant_text(double value, int digits);

/// The whole text as a finite double; nothing if any of it is left over, or it is not finite.
[[nodiscard]] std::optional<double> parse_number(std::string_view text) noexcept;

} // namespace cmq
