// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Times and days as a case file writes them.

#pragma once

#include "casefile/toml_node.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cmq::casefile {

/// A time as written: minutes since its own midnight, and its day when one was given.
struct ClockTime {
    double minutes = 0.0;
    std::string day; ///< ISO 8601 or ""
};

/// "12:40", "2026-11-21 12:40" or a TOML time or date-time; nothing when it is neither.
[[nodiscard]] std::optional<ClockTime> to_clock_time(Node const& node);

/// Days since 1970-01-01 of an ISO date, nothing when it is none.
[[nodiscard]] std::optional<long> to_day_number(std::string_view iso);

} // namespace cmq::casefile
