// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A case computed step by step, each step in the ledger; steps whose inputs did not change are taken over
/// from an earlier case file.

#pragma once

#include "apps/pipeline/evaluate_case.hpp"
#include "casefile/kept/kept_case.hpp"
#include "casefile/kept/ledger.hpp"
#include "core/progress.hpp"
#include "report/note.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

struct Computed {
    report::NoteInput input;         ///< all that the notes print
    casefile::KeptCase kept;         ///< all tables and pictures but the ledger
    casefile::Ledger ledger;         ///< case, measure, find, weigh h1/h2 for each comparison
    std::vector<std::string> reused; ///< steps taken over
};

/// \param earlier  what an earlier run kept, or nullptr. Nothing of it is used unless its ledger names the
///                 same inputs, parameters, program and libraries for the step, and what it holds has the
///                 hash that the ledger names.
/// \throws Error   as evaluate_case
[[nodiscard]] Computed compute_case(std::filesystem::path const& case_file,
                                    MeasureSettings const& settings,
                                    casefile::KeptCase const* earlier,
                                    Progress const& progress);

/// The kept case with its ledger as the table "ledger".
[[nodiscard]] casefile::KeptCase with_ledger(casefile::KeptCase kept,
                                             casefile::Ledger const& ledger);

/// What a kept case holds, for the notes. Writes nothing, reads no other file.
/// \throws Error format     a table or value is missing or of another kind
/// \throws Error integrity  the ledger's chain is broken, or a step made something else
[[nodiscard]] Computed restore_case(casefile::KeptCase const& kept);

/// Weighs every comparison of a restored case once more, from what it holds.
/// \throws Error  as evaluate_comparison
[[nodiscard]] std::vector<lab::Evaluation> evaluate_again(Computed const& restored,
                                                          unsigned threads);

/// SHA-256 of what a step of the ledger made, from the tables and pictures as they are now.
/// \throws Error format  a table is missing, or no step of that name exists
[[nodiscard]] std::string hash_of_step(casefile::KeptCase const& kept, std::string_view step);

} // namespace cmq::pipeline
