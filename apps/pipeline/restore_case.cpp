// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/restore_case.hpp"

#include "apps/pipeline/add_by_hand.hpp"
#include "apps/pipeline/case_steps.hpp"
#include "apps/pipeline/check_restored.hpp"
#include "apps/pipeline/keep_evaluations.hpp"
#include "apps/pipeline/keep_frozen.hpp"
#include "apps/pipeline/keep_measured.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/read_readings.hpp"
#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_note_input.hpp"
#include "casefile/frozen.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;
using casefile::Ledger;
using casefile::LedgerEntry;

void expect_steps(Ledger const& ledger, std::vector<std::string> const& steps) {
    if (!std::ranges::equal(ledger.entries(), steps, {}, &LedgerEntry::step)) {
        throw Error{ErrorKind::integrity,
                    {"les étapes du registre ne sont pas celles de l’affaire",
                     "the steps of the ledger are not those of the case"}};
    }
}

void expect_made(LedgerEntry const& step, std::string const& made) {
    if (step.made != made) {
        throw Error{ErrorKind::integrity,
                    {"l’étape « {} » du registre a produit autre chose que ce que contient "
                     "maintenant le fichier de résultats",
                     "step '{}' of the ledger made something else than what the case file holds "
                     "now"},
                    step.step};
    }
}

void expect_made_from(LedgerEntry const& step, std::string const& inputs) {
    if (step.inputs != inputs) {
        throw Error{ErrorKind::integrity,
                    {"l’étape « {} » du registre est partie d’autre chose que ce que contient "
                     "maintenant le fichier de résultats",
                     "step '{}' of the ledger was made from something else than what the case "
                     "file holds now"},
                    step.step};
    }
}

/// \pre the steps are those of the case
void check_ledger(Ledger const& ledger, KeptCase const& kept, report::NoteInput const& input) {
    auto const& steps = ledger.entries();
    expect_made(steps[0], hash_of_case_text(kept));
    expect_made(steps[1], hash_of_measurement(kept));
    std::size_t next = 2;
    if (!input.file.readings.empty()) {
        expect_made(steps[next], hash_of_readings(kept));
        expect_made_from(steps[next++], reading_inputs(input.file, input.readings));
    }
    expect_made(steps[next], hash_of_findings(kept));
    expect_made_from(steps[next++], inputs_of_find(kept));
    std::string const inputs = inputs_of_weigh(kept);
    for (lab::Evaluation const& evaluation : input.evaluations) {
        expect_made(steps[next], hash_of_evaluation(evaluation));
        expect_made_from(steps[next++], inputs);
    }
}

} // namespace

KeptCase with_ledger(KeptCase kept, Ledger const& ledger) {
    kept.tables.push_back({"ledger", casefile::to_table(ledger)});
    return kept;
}

Computed restore_case(KeptCase const& kept) {
    Computed computed;
    computed.ledger = casefile::to_ledger(table_of(kept, "ledger"));
    auto const& steps = computed.ledger.entries();
    std::string const name = steps.empty() ? "" : file_name_in(steps.front());
    LoadedCase const loaded = to_loaded_case(kept.case_text, name);
    auto frozen = restore_frozen(kept);
    expect_steps(computed.ledger, steps_of(loaded.file, frozen.has_value()));
    computed.kept = kept;
    std::erase_if(computed.kept.tables, [](auto const& entry) { return entry.name == "ledger"; });
    report::NoteInput& input = computed.input;
    input.file = loaded.file;
    input.case_sha256 = loaded.sha256;
    input.frozen_text = casefile::to_frozen_text(casefile::to_frozen_tables(loaded.text, name));
    input.program = steps.front().program;
    input.commands = {"contremarque analyse " + name};
    restore_measured(kept, input);
    input.evaluations = restore_evaluations(kept);
    input.frozen = std::move(frozen);
    input.ledger_head = computed.ledger.head();
    check_restored(input);
    check_ledger(computed.ledger, kept, input);
    if (input.frozen) {
        expect_made(steps.back(), hash_of_frozen(kept));
        expect_made_from(steps.back(), inputs_of_freeze(input.frozen->sha256, kept));
    }
    add_by_hand(input);
    return computed;
}

std::vector<lab::Evaluation> evaluate_again(Computed const& restored, unsigned threads) {
    casefile::Case const& file = restored.input.file;
    Translation const translation = to_account(file);
    std::vector<lab::Finding> const findings = findings_of(restored.input);
    std::vector<lab::Evaluation> evaluations;
    for (auto const& comparison : file.comparisons) {
        evaluations.push_back(
            evaluate_comparison(file, translation, comparison, findings, threads));
    }
    return evaluations;
}

} // namespace cmq::pipeline
