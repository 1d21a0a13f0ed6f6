// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the compared propositions include, step by step in the order of time: for the figures and the JSON of a note.

#pragma once

#include "report/note_writer.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::report {

enum class StepKind : std::uint8_t {
    delivery,
    contact, ///< of two zones
    change,  ///< of one zone: washing, change of gloves, swab
    contamination,
    examination,
};

/// "delivery", "contact", ...: the words of the JSON.
[[nodiscard]] std::string_view to_text(StepKind kind) noexcept;

/// One thing that happens, or that a proposition supposes.
struct AccountStep {
    StepKind kind = StepKind::delivery;
    std::string id; ///< of the case; "" of an examination
    double minutes = 0.0;
    double uncertainty_min = 0.0;
    std::vector<std::string> zones; ///< two for a contact, one for a change
    bool one_way = false;           ///< a contact: from the first zone to the second only
    double probability = 1.0;       ///< that it happens, as the case states it
    std::vector<std::string>
        included_by; ///< propositions; empty: all of them, or none in particular
};

/// What the compared propositions include and the contaminations, which stand in all of them: by time, then in the
/// order of the case. Its place here, counted from 1, is the number of a step wherever one is printed.
[[nodiscard]] std::vector<AccountStep> account_steps(casefile::Case const& of);

/// Whether a proposition includes the step.
[[nodiscard]] bool is_included(AccountStep const& step, std::string_view proposition);

/// What the case calls it.
[[nodiscard]] std::string step_text(NoteWriter const& writer, AccountStep const& step);

/// "12:40", "12 h 40": minutes of the case's day.
[[nodiscard]] std::string clock_text(double minutes, Language language);

/// "12:50 ± 10 min"
[[nodiscard]] std::string when_text(NoteWriter const& writer, AccountStep const& step);

} // namespace cmq::report
