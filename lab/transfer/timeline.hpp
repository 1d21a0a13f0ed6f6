// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Follows marker through the events of one draw, along every occurrence pattern.

#pragma once

#include "lab/transfer/simulate.hpp"

#include <functional>
#include <span>
#include <vector>

namespace cmq::lab {

/// With times drawn and sorted. Entries whose effect cannot reach an examined zone, and contacts
/// between carriers without marker, split nothing: patterns that differ only there are one.
class Timeline {
public:
    Timeline(Account const& account,
             Plan const& plan,
             std::span<ExaminedZone const> zones,
             Psi const& psi,
             DrawName const& name,
             std::size_t exact_causes);

    /// Probability of a pattern, and shares[delivery * zones + zone]: probability that a quantum of
    /// the delivery ends at the zone.
    using Leaf = std::function<void(double probability, std::vector<double> const& shares)>;

    /// Calls leaf for every pattern; the probabilities sum to 1.
    void run(Leaf const& leaf);

private:
    enum class What : unsigned char { delivery, event, examination };

    struct Step {
        double minutes = 0.0;
        What what = What::delivery;
        std::size_t index = 0;
        bool matters = true;
    };

    struct Effect {
        TransferFractions forth{};
        TransferFractions back{};
        double retained_wet = 1.0;
        double retained_loose = 1.0;
        double retained_bound = 1.0;
    };

    /// What is known along one pattern up to some step.
    struct Branch {
        std::vector<State> states; ///< [delivery][carrier]
        std::vector<double> since; ///< [carrier]: when its states hold
        std::vector<double> shares;
        std::vector<signed char> happened; ///< [cause]: 1, 0, -1 not decided
        double probability = 1.0;
    };

    void draw_times();
    void mark_what_matters();
    void decide_causes(std::size_t exact_causes, Branch& branch) const;
    [[nodiscard]] Effect make_effect(PlannedEvent const& event) const;
    void walk(std::size_t step, Branch& branch, Leaf const& leaf) const;
    [[nodiscard]] bool can_change_anything(Step const& step, Branch const& branch) const;
    void apply(Step const& step, Branch& branch) const;
    void apply_event(PlannedEvent const& event,
                     Effect const& effect,
                     double minutes,
                     Branch& branch) const;
    void bring_to(std::size_t carrier, double minutes, Branch& branch) const;
    [[nodiscard]] std::size_t cause_of(Step const& step) const;

    Account const* account_;
    Plan const* plan_;
    std::span<ExaminedZone const> zones_;
    Psi const* psi_;
    DrawName name_;
    std::size_t exact_causes_;
    std::vector<DecayRates> rates_;           ///< [carrier]
    std::vector<double> probabilities_;       ///< [cause]
    std::vector<std::vector<double>> landed_; ///< [delivery][zone of it]: share that lands
    std::vector<double> delivery_minutes_;
    std::vector<double> event_minutes_;
    std::vector<Effect> effects_; ///< [event]
    std::vector<Step> steps_;
};

} // namespace cmq::lab
