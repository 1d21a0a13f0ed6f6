// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the answer to each request could make of the value: the case is weighed again as it would be then.

#pragma once

#include "report/working_note.hpp"

#include <vector>

namespace cmq::pipeline {

/// The effects of the requests that a case leaves open ([case] held names the others), on one of its
/// comparisons. A request whose answer no finding or account here depends on has none; with an assigned
/// probability only those of the model's own parameters.
///
/// \param input       the case, its findings and evaluations
/// \param evaluation  of the comparison
/// \return  values without sensitivity; none where lab refuses the case as it would be (a contact before
///          the delivery, say) or its value is withheld
///
/// Cost: two values for each route of contamination and each zone not examined (at most eight), and for the
/// times of the deliveries; some tenths of a second each.
[[nodiscard]] std::vector<report::RequestEffect> find_request_effects(
    report::NoteInput const& input, lab::Evaluation const& evaluation, unsigned threads);

} // namespace cmq::pipeline
