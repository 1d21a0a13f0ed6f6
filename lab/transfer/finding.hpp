// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What was found, or looked for and not found, on one zone.

#pragma once

#include "lab/transfer/code_evidence.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

enum class FindingKind : std::uint8_t {
    not_examined, ///< says nothing: the factor is exactly 1
    detected,
    not_detected, ///< examined, nothing seen
    count,        ///< so many particles: one particle is one quantum
    amount,       ///< of the zone's total, in detection limits of the reference examination
};

/// "not_examined" and so on, as in the case file.
[[nodiscard]] std::string_view to_text(FindingKind kind) noexcept;

/// How the zone was looked at: decides how sharp the detection curve is.
enum class Examination : std::uint8_t {
    instrument, ///< a capture measured by a program
    visual,     ///< an eye and a lamp, as reported in a document
};

struct Finding {
    std::string id{};   ///< for messages; may be empty
    std::string zone{}; ///< id of a carrier; at most one finding a zone that is not not_examined
    FindingKind kind = FindingKind::not_examined;
    Examination examination = Examination::instrument;
    double value = 0.0; ///< count: a whole number >= 0; amount: detection limits, any finite number
    double sigma = 0.0; ///< amount: > 0
    double minutes = 0.0; ///< when the zone was examined, on the account's clock

    /// For each look-alike of the account: p(colour, code, pattern | it) / p(same | the marker).
    /// Empty: not measured, or indeterminate: all 1.
    std::vector<double> look_alike_ratio{};

    /// What a reading of the marker's code says of what was seen here; none: not read, or inconclusive.
    std::optional<CodeEvidence> code{};
};

} // namespace cmq::lab
