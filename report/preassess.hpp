// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What is told of an examination before its results.

#pragma once

#include "casefile/case.hpp"
#include "lab/transfer/preassess.hpp"

#include <cstdint>
#include <string>

namespace cmq::report {

/// Where the zones to be examined come from.
enum class PlanOrigin : std::uint8_t {
    stated,     ///< the [[planned]] tables
    findings,   ///< the zones of observations and of captures of role evidence
    deliveries, ///< all zones that the deliveries of the compared propositions name
};

struct PreassessInput {
    casefile::Case file;
    std::string case_sha256; ///< of the case file
    PlanOrigin origin = PlanOrigin::stated;
    bool holds_results = false; ///< the case holds an observation or a capture of role evidence
    lab::Preassessment result;
    std::string program = "Contremarque"; ///< name and version
};

/// One JSON value: case, sha256, program, holds_results, plan {origin, zones}, propositions {id,
/// outcomes {detected, p, p_se}}, comparisons {h1, h2, outcomes {detected, log10_lr, se_log10, withheld,
/// printed}, misleading, withheld}, draws, seed, grades, parameters. `detected` lists zones; those of the
/// plan that it leaves out are not detected. Numbers are not rounded but in printed.
[[nodiscard]] std::string to_json(PreassessInput const& input);

} // namespace cmq::report
