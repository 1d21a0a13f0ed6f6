// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The likelihood ratio of findings under two accounts, and what moves it.

#pragma once

#include "core/progress.hpp"
#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/parameters.hpp"
#include "lab/transfer/printed.hpp"
#include "lab/transfer/proposition.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

struct Settings {
    std::uint64_t seed = 1;
    std::size_t draws_min =
        4096; ///< draws of the population parameters; more are added until the target
    std::size_t draws_max = 131072;
    double target_relative_error = 0.02; ///< of the value, one standard error
    unsigned threads = 0;                ///< 0: one for each core; the result does not depend on it
    std::size_t sensitivity_draws = 200; ///< 0: no sensitivity
    std::size_t inner_draws_max = 4096;  ///< for each of them
    std::size_t tornado_draws =
        512; ///< for each end of each bar and each point of a curve; 0: none
    PrintRules print{};
};

/// One finding given those before it, in the order of the findings.
struct ChainLink {
    std::string zone{};
    FindingKind kind = FindingKind::not_examined;
    double log10_lr = 0.0; ///< the links sum to the value
    std::optional<double>
        log10_lr_alone{};    ///< of this finding by itself; none: impossible under one side
    double log10_p_h1 = 0.0; ///< p(this finding | the earlier ones, H1); a density for amounts
    double log10_p_h2 = 0.0;
};

/// p(findings | one source of marker alone): a delivery with the events of the propositions that hold
/// it, or none (look-alikes and single-zone contamination only).
struct RouteAlone {
    std::string delivery{};          ///< "" = none
    std::string proposition{};       ///< whose events act; "" with no delivery
    std::optional<double> log10_p{}; ///< none: the findings are impossible by this route
};

/// The value with one parameter held at its 5 % and 95 % quantile.
struct TornadoRow {
    std::string parameter{};
    double low = 0.0; ///< of the parameter, in its unit
    double high = 0.0;
    double log10_lr_at_low = 0.0;
    double log10_lr_at_high = 0.0;
    /// Between low and high, where the value would be 1: below it the findings support one side, above it
    /// the other. None: there is no such place between them.
    std::optional<double> tipping_point{};
    /// How much of the sensitivity would go if this parameter were known: the square of the rank
    /// correlation between it and L1 / L2 over the draws, 0 to 1. None: no sensitivity.
    std::optional<double> explains{};
};

/// Which way the value goes as the parameter rises.
enum class Direction : std::uint8_t { none, up, down };

/// By the ends of the bar; none where they differ by less than 0.01 in log10.
[[nodiscard]] Direction direction_of(TornadoRow const& row) noexcept;

/// ln of the product of p(finding) over p(all findings), given one side: above 0 the findings agree with
/// one another less than findings that had nothing to do with each other would. Source: F. V. Jensen, B.
/// Chamberlain, T. Nordahl, F. Jensen, UAI (1990) 162; here within one proposition.
struct Conflict {
    double under_h1 = 0.0;
    double under_h2 = 0.0;
};

/// The value with a probability that a scientist assigned at the ends of the range that was stated.
struct AssignedTerm {
    std::string proposition{};
    Assigned assigned{};                     ///< no zones where it speaks of all findings
    std::optional<double> log10_lr_at_low{}; ///< as the value where no range was stated
    std::optional<double> log10_lr_at_high{};
};

/// What holds if look-alikes were on this share of people.
struct PrevalenceRow {
    double prevalence = 0.0;
    std::optional<double> log10_lr{};         ///< none: impossible under one side
    std::optional<double> expected_glowing{}; ///< of the people checked, if none was marked
};

struct Curve {
    std::string parameter{};
    std::vector<double> x{}; ///< in the parameter's unit
    std::vector<double> log10_lr{};
};

enum class Withheld : std::uint8_t {
    no,
    monte_carlo_error, ///< still above 5 % when the draws were used up
    impossible_under_h1,
    impossible_under_h2,
};

struct Sensitivity {
    double low = 0.0; ///< log10, 5 % quantile of L1 / L2 over the population parameters
    double median = 0.0;
    double high = 0.0; ///< 95 %
    /// Draws of the parameters, out of those made, for which L had more than 10 % error. They count as
    /// below `low` and as above `high`, whichever widens: the range holds wherever they lie.
    std::size_t unsettled = 0;
}; ///< with an assigned probability: each end moved further by what its stated range allows

struct Evaluation {
    std::string h1{};
    std::string h2{};
    Withheld withheld = Withheld::no;
    std::optional<double> log10_lr{};       ///< none: see withheld
    std::optional<Sensitivity> sensitivity; ///< none: not asked for, or too many draws unsettled
    double monte_carlo_se_log10 = 0.0;      ///< of log10_lr; 0 when an L is zero
    std::size_t draws = 0;
    std::uint64_t seed = 0;
    /// The value as if no code had been read, from the same draws; none: no code is weighed, or impossible.
    std::optional<double> log10_lr_without_codes{};
    std::optional<double> log10_p_h1{}; ///< log10 p(findings | H1); none: impossible
    std::optional<double> log10_p_h2{};
    Printed printed{};
    std::vector<ChainLink> chain{};
    std::optional<Conflict> conflict{}; ///< none: fewer than two findings, or one side is assigned
    std::vector<RouteAlone> routes{};
    std::vector<TornadoRow> tornado{};          ///< largest swing first
    std::vector<Curve> curves{};                ///< dry.tau_min, look_alike.prevalence
    std::vector<PrevalenceRow> by_prevalence{}; ///< none where the value does not depend on it
    std::vector<AssignedTerm>
        assigned{};                      ///< where it is not empty there are no chain and no routes
    std::vector<Parameter> parameters{}; ///< those used, as used
    std::optional<double>
        expected_unmarked_glowing{}; ///< of the people checked, if none was marked
};

/// Weighs findings: LR = sum_i L1(psi_i) / sum_i L2(psi_i), with the same draws psi_i of the
/// population parameters on both sides; what belongs to one account (times, occurrences, loads,
/// deviations of single events) is integrated inside each L. docs/methods/transfer.md has the model.
///
/// \param findings   in the order in which the chain is to be told
/// \return           same arguments: same bits, whatever the number of threads
///
/// \throws Error domain        check(account) fails; a proposition names what the account lacks, or
///                             both are the same; a finding is out of range or its zone unknown or
///                             twice; the findings are impossible under both propositions
/// \throws Error insufficient  no finding says anything (all not_examined), or a parameter is missing
/// \throws Error unsupported   marker could have been seen on one zone and then moved to another that
///                             was examined later; or an assigned probability stands against the
///                             density of an amount
/// \throws Error limits        progress.stop was requested
///
/// Cost: about 10 microseconds a draw, proposition and occurrence pattern.
/// Limits: up to 12 causes with uncertain occurrence are summed exactly; of more, the six rarest, and the others are drawn.
/// Source: docs/methods/transfer.md.
[[nodiscard]] Evaluation evaluate(Account const& account,
                                  Proposition const& h1,
                                  Proposition const& h2,
                                  std::span<Finding const> findings,
                                  ParameterSet const& parameters,
                                  Settings const& settings = {},
                                  Progress const& progress = {});

} // namespace cmq::lab
