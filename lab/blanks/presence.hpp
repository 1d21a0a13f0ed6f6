// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether a capture shows light that its blanks do not, or whether that cannot be told.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// What one searched capture holds, and what it is set against. Amounts in the unit of the blanks.
struct SearchedCapture {
    bool any_trace = false;                        ///< by the image's own promise on false traces
    double total = 0.0;                            ///< light of all its traces
    bool saturated = false;                        ///< the total is a lower limit
    double unseen_share = 0.0;                     ///< of its photosites, that took no part
    std::optional<double> critical = std::nullopt; ///< of the blanks; nothing with fewer than two
    std::optional<double> found_by_half =
        std::nullopt;  ///< light that has an even chance of being found; nothing where none has
    bool area = false; ///< a large area is brighter, or of another colour, and no trace measures it
};

enum class PresenceVerdict : std::uint8_t { present, not_detected, indeterminate };

enum class PresenceReason : std::uint8_t {
    above_blanks,   ///< the total exceeds what blanks give
    within_blanks,  ///< traces, but blanks give as much: they win over the image's own promise
    nothing_found,  ///< no trace
    blanks_missing, ///< traces, and fewer than two blanks to set them against
    saturated,      ///< a total within the blanks that is only a lower limit
    masked,         ///< too much of the capture took no part to say that nothing is there
    limit_unknown,  ///< no trace, but no light would have had an even chance of being found
    area,           ///< a large area stands out that no trace measures
};

/// "present", "not_detected", "indeterminate": the words of the JSON.
[[nodiscard]] std::string_view name_of(PresenceVerdict verdict) noexcept;

/// "above_blanks", "within_blanks", ...: the words of the JSON.
[[nodiscard]] std::string_view name_of(PresenceReason reason) noexcept;

struct Presence {
    PresenceVerdict verdict = PresenceVerdict::indeterminate;
    std::vector<PresenceReason> why; ///< at least one, in the order above
    std::optional<double>
        limit; ///< not_detected: the larger of critical and found_by_half, of those that there are
};

/// Above this share of photosites without part, "not detected" would speak of too little.
inline constexpr double most_unseen = 0.1;

/// The one rule from traces and blanks to a verdict.
///
/// \pre total finite, unseen_share in [0, 1]
///
/// Limits: docs/methods/blanks.md. That nothing was found needs no blank; that something is there does.
[[nodiscard]] Presence decide_presence(SearchedCapture const& capture);

} // namespace cmq::lab
