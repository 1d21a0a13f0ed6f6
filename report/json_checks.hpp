// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The result of a verification as JSON.

#pragma once

#include <span>
#include <string>

namespace cmq::report {

/// One thing that was looked at, in words of the JSON.
struct CheckLine {
    std::string kind;
    std::string state;  ///< "good", "bad", "not_checked", "noted"
    std::string reason; ///< "" where there is none
    std::string subject;
    std::string detail;
};

/// {"good": no check is bad, "checks": [{kind, state, reason, subject, detail}]}. Bytes that are no UTF-8
/// become U+FFFD.
[[nodiscard]] std::string json_checks(std::span<CheckLine const> checks);

} // namespace cmq::report
