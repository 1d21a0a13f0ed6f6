// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/add_by_hand.hpp"

#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_note_input.hpp"

#include <algorithm>
#include <string>

namespace cmq::pipeline {

void add_by_hand(report::NoteInput& input) {
    if (input.evaluations.empty()) {
        return;
    }
    lab::Evaluation const& evaluation = input.evaluations.front();
    Translation const translation = to_account(input.file);
    lab::ParameterSet parameters = translation.parameters;
    for (lab::Parameter const& used : evaluation.parameters) {
        parameters = parameters.with(used);
    }
    auto const named = [&](std::string const& id) {
        return std::ranges::find(translation.propositions, id, &lab::Proposition::id);
    };
    auto const h1 = named(evaluation.h1);
    auto const h2 = named(evaluation.h2);
    if (h1 != translation.propositions.end() && h2 != translation.propositions.end()) {
        input.by_hand =
            lab::work_by_hand(translation.account, *h1, *h2, findings_of(input), parameters);
    }
}

} // namespace cmq::pipeline
