// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// An evaluation of transfer as a JSON value.

#pragma once

#include "lab/transfer/evaluate.hpp"

#include <string>

namespace cmq::report {

/// One entry of the results of `contremarque transfer --json`: h1, h2, log10_lr {value,
/// sensitivity_low, sensitivity_median, sensitivity_high}, monte_carlo_se_log10, draws, seed, withheld,
/// log10_p {h1, h2}, printed {value, supports, at_cap, cap, cap_source, significant_figures, words {fr,
/// en} or null, reasons [{reason, parameters}]}, chain, routes, tornado, curves, parameters,
/// expected_unmarked_glowing, by_prevalence, assigned. What does not exist is null. Probabilities of amounts are densities per
/// detection limit. Two spaces a level.
[[nodiscard]] std::string to_json(lab::Evaluation const& evaluation,
                                  lab::PrintRules const& rules = {});

} // namespace cmq::report
