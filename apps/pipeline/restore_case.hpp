// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From what a case file keeps back to what was computed.

#pragma once

#include "casefile/kept/kept_case.hpp"
#include "casefile/kept/ledger.hpp"
#include "lab/transfer/evaluate.hpp"
#include "report/note.hpp"

#include <string>
#include <vector>

namespace cmq::pipeline {

struct Computed {
    report::NoteInput input;         ///< all that the notes print
    casefile::KeptCase kept;         ///< all tables and pictures but the ledger
    casefile::Ledger ledger;         ///< case, measure, find, weigh h1/h2 for each comparison
    std::vector<std::string> reused; ///< steps taken over
};

/// The kept case with its ledger as the table "ledger".
[[nodiscard]] casefile::KeptCase with_ledger(casefile::KeptCase kept,
                                             casefile::Ledger const& ledger);

/// What a kept case holds, for the notes. Writes nothing, reads no other file.
/// \throws Error format     a table or value is missing or of another kind
/// \throws Error integrity  the ledger's chain is broken, its steps are not those of the case, or a step
///                          was made from something else, or made something else
/// \throws Error            as check_restored, and as parse_case for the text of the case
[[nodiscard]] Computed restore_case(casefile::KeptCase const& kept);

/// Weighs every comparison of a restored case once more, from what it holds.
/// \throws Error  as to_account and evaluate_comparison
[[nodiscard]] std::vector<lab::Evaluation> evaluate_again(Computed const& restored,
                                                          unsigned threads);

} // namespace cmq::pipeline
