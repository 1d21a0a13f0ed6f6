// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Before the results: how probable each outcome of an examination is, and what it would be worth.

#pragma once

#include "lab/transfer/evaluate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// More zones have more outcomes than a reader can take in.
inline constexpr std::size_t most_planned_zones = 6;

/// A zone that is to be examined for marker: detected or not.
struct PlannedZone {
    std::string zone{}; ///< id of a carrier
    Examination examination = Examination::visual;
    double minutes = 0.0; ///< when, on the account's clock
};

/// A probability with its Monte Carlo standard error.
struct Estimate {
    double value = 0.0;
    double se = 0.0;
};

/// Outcome o: zone z is detected where bit z of o is set, else not detected.
struct PropositionOutcomes {
    std::string proposition{};
    std::vector<Estimate> probability{}; ///< of each outcome; sums to 1
};

struct OutcomeValue {
    std::optional<double> log10_lr{}; ///< none: withheld
    double se_log10 = 0.0;
    Withheld withheld =
        Withheld::no; ///< as in Evaluation; impossible_under_h1 where it is under both
    Printed printed{};
};

struct ComparisonOutcomes {
    std::string h1{};
    std::string h2{};
    std::vector<OutcomeValue> outcomes{};
    Estimate misleading_if_h1{}; ///< p(LR < 1 | h1): the outcomes that would support h2
    Estimate misleading_if_h2{}; ///< p(LR > 1 | h2)
    double withheld_if_h1 = 0.0; ///< p(an outcome without a number | h1); not counted above
    double withheld_if_h2 = 0.0;
};

struct Preassessment {
    std::vector<PlannedZone> zones{};
    std::vector<PropositionOutcomes> propositions{}; ///< those compared, in the order given
    std::vector<ComparisonOutcomes> comparisons{};
    std::size_t draws = 0;
    std::uint64_t seed = 0;
    std::vector<Parameter> parameters{}; ///< those used, as used
};

/// Two propositions by id.
struct Pair {
    std::string h1{};
    std::string h2{};
};

/// The probability of every outcome of the examination given each proposition, and the likelihood ratio
/// that it would bring: what evaluate() gives for the same findings from the same draws. Assigned
/// probabilities of the propositions are not used: they speak of findings that were made.
///
/// Draws are added until the error of every ratio whose outcome has a probability of at least 1 % under
/// one of its propositions is below the target, or settings.draws_max is reached.
/// Of the settings, seed, draws, target, threads and print are used.
///
/// \param pairs  each names two of the propositions; those that no pair names are left out
/// \return       same arguments: same bits, whatever the number of threads
///
/// \throws Error domain        as evaluate(); a pair names a proposition that is not there
/// \throws Error insufficient  no zone is planned, or nothing is compared; a parameter is missing
/// \throws Error limits        more than most_planned_zones zones; progress.stop was requested
/// \throws Error unsupported   as evaluate()
///
/// Cost: about 10 microseconds a draw, proposition, occurrence pattern and outcome.
[[nodiscard]] Preassessment preassess(Account const& account,
                                      std::span<Proposition const> propositions,
                                      std::span<Pair const> pairs,
                                      std::span<PlannedZone const> planned,
                                      ParameterSet const& parameters,
                                      Settings const& settings = {},
                                      Progress const& progress = {});

} // namespace cmq::lab
