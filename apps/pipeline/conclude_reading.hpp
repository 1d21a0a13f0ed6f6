// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From the judgements of a sample's files to one reading, and to what it says in the transfer model.

#pragma once

#include "casefile/case.hpp"
#include "lab/code/judge_code.hpp"
#include "report/note_readings.hpp"

#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// Who acted, and how, by the codes of the registry.
struct ReadingActor {
    std::string code;
    char const* role; ///< as NoteHandledLot::role
};

/// Those that the case names for a reading.
[[nodiscard]] std::vector<ReadingActor> actors_of(casefile::Case const& of,
                                                  casefile::Reading const& reading);

/// Fills the reading of a case from the judgements of its sample files, which are looks at one thing: those that
/// conclude must agree, and the surest of them counts, never their product.
/// \pre one judgement or more, of note.files in order; the case has a marker
void conclude_reading(casefile::Case const& of,
                      casefile::Reading const& reading,
                      lab::Registry const& registry,
                      std::span<lab::CodeJudgement const> judgements,
                      report::NoteReading& note);

/// Fills a reading that a document reports: weighed with the rates that the laboratory states, or not at all.
/// \param registry  null: none is given
void conclude_reported(casefile::Case const& of,
                       casefile::Reading const& reading,
                       lab::Registry const* registry,
                       report::NoteReading& note);

} // namespace cmq::pipeline
