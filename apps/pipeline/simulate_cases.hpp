// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Cases of known truth as case files, from a generator unlike the engine (lab/transfer/agents.hpp).

#pragma once

#include "casefile/case.hpp"
#include "core/progress.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {

struct SimulateCasesSettings {
    std::size_t cases = 10; ///< of each side
    std::uint64_t seed = 1;
    unsigned threads = 0;     ///< 0: one a core
    std::size_t draws = 2048; ///< of an evaluation
    /// The parameters that the evaluation assumes are so many times those of the truth.
    std::vector<std::pair<std::string, double>> wrong_by{};
};

struct SimulatedCase {
    std::string name{}; ///< "case_0001"
    std::string text{}; ///< TOML that parse_case takes, marked as a demonstration
    bool h1_is_true = false;
};

/// What the engine says of one of them.
struct WeighedCase {
    SimulatedCase of{};
    double log10_lr =
        0.0; ///< infinite either way where the findings are possible under one side only
};

/// Accounts that differ in the kind of delivery, shares, times, contacts and their probabilities; in each, P1 was marked
/// (h1) or P2 was and marker came by contacts (h2), h1 true in the first half of the list. Every parameter is drawn from
/// the library, anew for each. Same settings, same bytes.
[[nodiscard]] std::vector<SimulatedCase> simulate_cases(SimulateCasesSettings const& settings);

/// Each case read as a file is, and weighed with its own comparison. Same values on any number of threads.
/// \throws Error domain  a parameter that is to be wrong has another distribution than lognormal, log_uniform or fixed
[[nodiscard]] std::vector<WeighedCase> weigh_simulated(std::vector<SimulatedCase> cases,
                                                       SimulateCasesSettings const& settings,
                                                       Progress const& progress = {});

/// The same for the account of one case: what its zones would show is simulated under either side of its first comparison,
/// and weighed. The observations of the case give zones, times and examinations only. Names, no texts.
/// \throws Error insufficient  nothing is compared, or no observation is weighed
/// \throws Error               as lab::simulate_findings, and as above
[[nodiscard]] std::vector<WeighedCase> weigh_simulated_of(casefile::Case const& of,
                                                          SimulateCasesSettings const& settings,
                                                          Progress const& progress = {});

} // namespace cmq::pipeline
