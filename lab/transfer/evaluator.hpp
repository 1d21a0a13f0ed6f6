// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The steps of evaluate(), each on the same case.

#pragma once

#include "lab/transfer/code_states.hpp"
#include "lab/transfer/evaluate.hpp"
#include "lab/transfer/plan.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/side.hpp"
#include "lab/transfer/simulate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cmq::lab {

/// ln p(findings 1 to k | plan) for draws of the population parameters: log_p[(draw * plans + plan) *
/// zones + k - 1].
struct Batch {
    std::size_t plans = 0;
    std::size_t zones = 0;
    std::size_t draws = 0;
    std::vector<double> log_p{};
    std::uint64_t read = 0; ///< which population parameters were read, one bit each

    [[nodiscard]] double at(std::size_t draw, std::size_t plan, std::size_t zone) const {
        return log_p[(draw * plans + plan) * zones + zone];
    }

    /// ln of the mean over the draws; minus infinity: impossible.
    [[nodiscard]] double log_mean(std::size_t plan, std::size_t zone) const;
};

/// Relative standard error of mean(plan 0) / mean(plan 1), from the 32 independent lattices of draws.
/// \pre the batch begins with draw 0 and has at least one draw a lattice
[[nodiscard]] double relative_error_of_ratio(Batch const& batch);

/// One parameter held at a value.
struct Held {
    Population parameter{};
    double value = 0.0;
};

/// One case with its pair of propositions; all members are const and safe on several threads.
class Evaluator {
public:
    Evaluator(Account const& account,
              Proposition const& h1,
              Proposition const& h2,
              std::span<Finding const> findings,
              ParameterSet const& parameters,
              Settings const& settings,
              Progress const& progress);

    /// Draws `first` to `first + draws - 1`. The result does not depend on how a range is cut.
    [[nodiscard]] Batch simulate(PopulationPrior const& prior,
                                 std::span<Plan const> plans,
                                 std::size_t first,
                                 std::size_t draws,
                                 std::size_t exact_causes) const;
    [[nodiscard]] Batch simulate(PopulationPrior const& prior,
                                 std::span<SidePlan const> sides,
                                 std::size_t first,
                                 std::size_t draws,
                                 std::size_t exact_causes) const;

    [[nodiscard]] Evaluation run() const;

private:
    [[nodiscard]] Batch main_batch() const;
    /// p(finding | rate) of every zone, in each state of the readings of codes.
    [[nodiscard]] std::vector<std::vector<RateLikelihood>> state_likelihoods(Psi const& psi) const;
    /// ln p(findings 1 to k | side) of one draw, over all states.
    void simulate_mixture(SidePlan const& side,
                          Psi const& psi,
                          std::span<std::vector<RateLikelihood>> likelihoods,
                          DrawName const& name,
                          std::size_t exact_causes,
                          std::span<double> out) const;
    [[nodiscard]] std::optional<double> without_codes(Batch const& batch) const;
    void fill_value(Batch const& batch, Evaluation& result) const;
    void fill_chain(Batch const& batch, Evaluation& result) const;
    [[nodiscard]] std::vector<std::optional<double>> ratios_given_parameters() const;
    [[nodiscard]] std::optional<Sensitivity>
    sensitivity(std::vector<std::optional<double>> const& ratios) const;
    void fill_explained(std::vector<std::optional<double>> const& ratios,
                        std::vector<TornadoRow>& rows) const;
    [[nodiscard]] double tipping_point(TornadoRow const& row) const;
    void fill_tipping_points(std::vector<TornadoRow>& rows) const;
    void fill_alone(Evaluation& result) const;
    [[nodiscard]] std::optional<double> log_ratio_given(std::size_t draw) const;
    [[nodiscard]] std::vector<RouteAlone> routes() const;
    [[nodiscard]] std::vector<double> log10_lr_held(std::span<Held const> held) const;
    [[nodiscard]] std::vector<TornadoRow> tornado(std::uint64_t read) const;
    [[nodiscard]] std::vector<Curve> curves(std::uint64_t read) const;
    [[nodiscard]] std::optional<double> unmarked_glowing(std::optional<double> prevalence) const;
    [[nodiscard]] std::vector<PrevalenceRow> by_prevalence(std::uint64_t read) const;
    void fill_assigned(Evaluation& result) const;
    [[nodiscard]] bool is_assigned() const;
    [[nodiscard]] Printed printed(Evaluation const& result, std::uint64_t read) const;
    void stop_if_asked() const;
    void report(double done, Words doing) const;

    Account const& account_;
    Proposition const& h1_;
    Proposition const& h2_;
    Settings const& settings_;
    Progress const& progress_;
    PopulationPrior prior_;
    std::vector<ExaminedZone> zones_;
    std::vector<CodeState> states_; ///< of the codes read on them
    std::vector<SidePlan> sides_;   ///< of h1 and h2
};

/// Checks every finding and keeps those that say something.
/// \throws Error  as evaluate()
[[nodiscard]] std::vector<ExaminedZone> examined_zones(Account const& account,
                                                       std::span<Finding const> findings);

} // namespace cmq::lab
