// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Words for likelihood ratios: data with a citation and a rule for the edges.

#pragma once

#include "report/phrase.hpp"

#include <span>

namespace cmq::report {

/// One degree: factors above `above` and up to `up_to`, both included in the lower degree.
struct VerbalDegree {
    double above = 0.0;
    double up_to = 0.0; ///< infinity for the last
    Phrase words;
};

/// The degrees, rising, without gaps, from 1 to infinity.
///
/// The example of ENFSI, Guideline for evaluative reporting in forensic science (2015), with its bands
/// 2, 10, 100, 1 000, 10 000, 1 000 000. The guideline leaves open where an edge belongs and what is said
/// between 1 and 2: here an edge belongs to the lower degree, and up to 2 nothing is supported. The French
/// words are ours; there is no official text (docs/methods/report.md).
[[nodiscard]] std::span<VerbalDegree const> verbal_scale();

/// The degree of a factor in favour of one side.
/// \pre factor >= 1
[[nodiscard]] VerbalDegree const& degree_of(double factor);

/// The rule for the edges, as printed beside the words.
[[nodiscard]] Phrase const& edge_rule();

} // namespace cmq::report
