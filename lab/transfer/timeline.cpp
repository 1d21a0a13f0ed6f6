// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/timeline.hpp"

#include "core/error.hpp"
#include "lab/transfer/geometry.hpp"
#include "lab/transfer/rates.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {

namespace {

constexpr int order_tries = 1000;
constexpr std::size_t most_summed = 6; // of causes that are too many to be summed all

double draw_minutes(Instant const& when, Random& random) {
    return when.half_width > 0.0 ? when.minutes + when.half_width * (2.0 * random.uniform() - 1.0)
                                 : when.minutes;
}

} // namespace

Timeline::Timeline(Account const& account,
                   Plan const& plan,
                   std::span<ExaminedZone const> zones,
                   Psi const& psi,
                   DrawName const& name,
                   std::size_t exact_causes)
    : account_{&account}
    , plan_{&plan}
    , zones_{zones}
    , psi_{&psi}
    , name_{name}
    , exact_causes_{exact_causes} {
    draw_times();
    for (PlannedCause const& cause : plan.causes) {
        probabilities_.push_back(cause.probability_given(psi));
    }
    for (PlannedDelivery const& delivery : plan.deliveries) {
        auto& landed = landed_.emplace_back();
        for (std::size_t z = 0; z < delivery.zones.size(); ++z) {
            landed.push_back(
                delivery.zones[z].second *
                footprint(delivery.kind, delivery.offsets_m[z], delivery.distance_m, psi));
        }
    }
    for (std::size_t i = 0; i < plan.deliveries.size(); ++i) {
        steps_.push_back({delivery_minutes_[i], What::delivery, i});
    }
    for (std::size_t i = 0; i < plan.events.size(); ++i) {
        steps_.push_back({event_minutes_[i], What::event, i});
    }
    for (std::size_t i = 0; i < zones.size(); ++i) {
        steps_.push_back({zones[i].finding.minutes, What::examination, i});
    }
    // Ties keep the order in which the steps were put down.
    std::ranges::stable_sort(steps_, {}, &Step::minutes);
    mark_what_matters();
    if (!plan.deliveries.empty()) {
        for (Carrier const& carrier : account.carriers) {
            rates_.push_back(rates_on(carrier.surface, psi));
        }
        effects_.resize(plan.events.size());
        for (Step const& step : steps_) {
            if (step.what == What::event && step.matters) {
                effects_[step.index] = make_effect(plan.events[step.index]);
            }
        }
    }
}

void Timeline::draw_times() {
    std::size_t const deliveries = plan_->deliveries.size();
    std::vector<Random> streams;
    for (PlannedDelivery const& delivery : plan_->deliveries) {
        streams.emplace_back(name_.seed, delivery.stream, name_.number());
    }
    for (PlannedEvent const& event : plan_->events) {
        streams.emplace_back(name_.seed, event.stream, name_.number());
    }
    delivery_minutes_.resize(deliveries);
    event_minutes_.resize(plan_->events.size());
    for (int attempt = 0; attempt < order_tries; ++attempt) {
        for (std::size_t i = 0; i < deliveries; ++i) {
            delivery_minutes_[i] = draw_minutes(plan_->deliveries[i].when, streams[i]);
        }
        bool in_order = true;
        for (std::size_t i = 0; i < event_minutes_.size(); ++i) {
            event_minutes_[i] = draw_minutes(plan_->events[i].when, streams[deliveries + i]);
        }
        for (std::size_t i = 0; i < event_minutes_.size(); ++i) {
            std::size_t const before = plan_->events[i].after;
            if (before != no_cause) {
                double const first = before < deliveries ? delivery_minutes_[before]
                                                         : event_minutes_[before - deliveries];
                in_order = in_order && first <= event_minutes_[i];
            }
        }
        if (in_order) {
            return;
        }
    }
    throw Error{ErrorKind::numeric,
                {"l’ordre indiqué des événements n’est presque jamais respecté dans leurs horaires "
                 "; resserrer les intervalles",
                 "the stated order of the events almost never holds within their times; narrow the "
                 "intervals"}};
}

/// From the end backwards: from which carriers can marker still reach an examination?
void Timeline::mark_what_matters() {
    std::vector<bool> leads(account_->carriers.size(), false);
    for (std::size_t i = steps_.size(); i-- > 0;) {
        Step& step = steps_[i];
        if (step.what == What::examination) {
            leads[zones_[step.index].carrier] = true;
            continue;
        }
        if (step.what == What::delivery) {
            auto const& zones = plan_->deliveries[step.index].zones;
            step.matters = std::ranges::any_of(
                zones, [&](auto const& zone) { return zone.second > 0.0 && leads[zone.first]; });
            continue;
        }
        PlannedEvent const& event = plan_->events[step.index];
        step.matters = leads[event.carriers[0]] || leads[event.carriers[1]];
        if (step.matters) {
            leads[event.carriers[0]] = true;
            leads[event.carriers[1]] = true;
        }
    }
}

/// Draws what is not summed exactly: common causes before rare ones, which a draw would mostly miss.
void Timeline::decide_causes(std::size_t exact_causes, Branch& branch) const {
    auto const& causes = plan_->causes;
    std::vector<std::size_t> order(causes.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    auto const rarity = [&](std::size_t i) {
        return std::min(probabilities_[i], 1.0 - probabilities_[i]);
    };
    std::ranges::stable_sort(order, {}, rarity);
    // Where some are drawn, so are the parameters' many values: sums over more than a few causes cost
    // 64 times as much for the same error.
    std::size_t const summed =
        causes.size() <= exact_causes ? causes.size() : std::min(exact_causes, most_summed);
    for (std::size_t i = summed; i < order.size(); ++i) {
        PlannedCause const& cause = causes[order[i]];
        Random random{name_.seed, cause.stream, name_.number()};
        branch.happened[order[i]] = random.uniform() < probabilities_[order[i]] ? 1 : 0;
    }
}

Timeline::Effect Timeline::make_effect(PlannedEvent const& event) const {
    Psi const& psi = *psi_;
    Effect effect;
    if (event.two_carriers) {
        Random random{name_.seed, event.stream + deviation_stream_offset, name_.number()};
        double const odds =
            odds_of(event, psi) * std::pow(psi[Population::transfer_event_gsd], random.normal());
        auto const surface = [&](std::size_t i) {
            return account_->carriers[event.carriers[i]].surface;
        };
        effect.forth = fractions_of(event, surface(0), odds, psi);
        if (!event.one_way) {
            effect.back = fractions_of(event, surface(1), odds, psi);
        }
    } else if (event.kind == EventKind::wash) {
        effect.retained_wet = psi[Population::wash_retained_wet];
        effect.retained_loose = psi[Population::wash_retained_loose];
        effect.retained_bound = psi[Population::wash_retained_bound];
    } else {
        double const left =
            event.kind == EventKind::swab ? 1.0 - psi[Population::swab_recovery] : 0.0;
        effect.retained_wet = effect.retained_loose = effect.retained_bound = left;
    }
    return effect;
}

void Timeline::run(Leaf const& leaf) {
    std::size_t const carriers = account_->carriers.size();
    std::size_t const deliveries = plan_->deliveries.size();
    Branch branch{.states = std::vector<State>(deliveries * carriers),
                  .since = std::vector<double>(carriers, 0.0),
                  .shares = std::vector<double>(deliveries * zones_.size(), 0.0),
                  .happened = std::vector<signed char>(plan_->causes.size(), -1)};
    decide_causes(exact_causes_, branch);
    walk(0, branch, leaf);
}

std::size_t Timeline::cause_of(Step const& step) const {
    switch (step.what) {
    case What::delivery:
        return plan_->deliveries[step.index].cause;
    case What::event:
        return plan_->events[step.index].cause;
    case What::examination:
        break;
    }
    return no_cause;
}

bool Timeline::can_change_anything(Step const& step, Branch const& branch) const {
    if (step.what != What::event) {
        return step.matters;
    }
    if (!step.matters) {
        return false;
    }
    std::size_t const carriers = account_->carriers.size();
    PlannedEvent const& event = plan_->events[step.index];
    for (std::size_t d = 0; d < plan_->deliveries.size(); ++d) {
        if (branch.states[d * carriers + event.carriers[0]].total() > 0.0 ||
            branch.states[d * carriers + event.carriers[1]].total() > 0.0) {
            return true;
        }
    }
    return false;
}

void Timeline::walk(std::size_t step, Branch& branch, Leaf const& leaf) const {
    for (; step < steps_.size(); ++step) {
        Step const& now = steps_[step];
        if (!can_change_anything(now, branch)) {
            continue;
        }
        std::size_t const cause = cause_of(now);
        if (cause == no_cause || branch.happened[cause] == 1) {
            apply(now, branch);
            continue;
        }
        if (branch.happened[cause] == 0) {
            continue;
        }
        double const probability = probabilities_[cause];
        if (probability > 0.0) {
            Branch with = branch;
            with.happened[cause] = 1;
            with.probability *= probability;
            apply(now, with);
            walk(step + 1, with, leaf);
        }
        branch.happened[cause] = 0;
        branch.probability *= 1.0 - probability;
    }
    leaf(branch.probability, branch.shares);
}

void Timeline::bring_to(std::size_t carrier, double minutes, Branch& branch) const {
    double const dt = minutes - branch.since[carrier];
    branch.since[carrier] = minutes;
    std::size_t const carriers = account_->carriers.size();
    for (std::size_t d = 0; d < plan_->deliveries.size(); ++d) {
        State& state = branch.states[d * carriers + carrier];
        if (state.total() > 0.0) {
            state = after(state, dt, rates_[carrier]);
        }
    }
}

void Timeline::apply(Step const& step, Branch& branch) const {
    std::size_t const carriers = account_->carriers.size();
    std::size_t const deliveries = plan_->deliveries.size();
    if (step.what == What::event) {
        apply_event(plan_->events[step.index], effects_[step.index], step.minutes, branch);
        return;
    }
    if (step.what == What::delivery) {
        PlannedDelivery const& delivery = plan_->deliveries[step.index];
        bool const is_dry =
            delivery.kind == DeliveryKind::contamination || delivery.kind == DeliveryKind::crowd;
        for (std::size_t z = 0; z < delivery.zones.size(); ++z) {
            std::size_t const carrier = delivery.zones[z].first;
            bring_to(carrier, step.minutes, branch);
            State& state = branch.states[step.index * carriers + carrier];
            (is_dry ? state.loose : state.wet) += landed_[step.index][z];
        }
        return;
    }
    std::size_t const carrier = zones_[step.index].carrier;
    if (deliveries == 0) {
        return;
    }
    bring_to(carrier, step.minutes, branch);
    for (std::size_t d = 0; d < deliveries; ++d) {
        State& state = branch.states[d * carriers + carrier];
        branch.shares[d * zones_.size() + step.index] = state.total();
        state = {}; // what was seen here ends here
    }
}

void Timeline::apply_event(PlannedEvent const& event,
                           Effect const& effect,
                           double minutes,
                           Branch& branch) const {
    std::size_t const carriers = account_->carriers.size();
    bring_to(event.carriers[0], minutes, branch);
    if (event.two_carriers) {
        bring_to(event.carriers[1], minutes, branch);
    }
    for (std::size_t d = 0; d < plan_->deliveries.size(); ++d) {
        State& a = branch.states[d * carriers + event.carriers[0]];
        if (event.two_carriers) {
            make_contact(
                a, branch.states[d * carriers + event.carriers[1]], effect.forth, effect.back);
        } else {
            a.wet *= effect.retained_wet;
            a.loose *= effect.retained_loose;
            a.bound *= effect.retained_bound;
        }
    }
}

} // namespace cmq::lab
