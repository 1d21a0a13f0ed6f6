// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/by_hand.hpp"

#include "lab/transfer/geometry.hpp"
#include "lab/transfer/plan.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/rates.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace cmq::lab {

namespace {

constexpr std::size_t most_contacts = 3;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// How a carrier was reached first, with so many contacts.
struct Reached {
    double minutes = 0.0;
    std::size_t event = nowhere; ///< of the plan; nowhere: it landed here
    std::size_t from = nowhere;  ///< carrier
    bool is_reached = false;
};

using Level = std::vector<Reached>; ///< by carrier

void reach(Level& level, std::size_t carrier, Reached const& by) {
    if (!level[carrier].is_reached || by.minutes < level[carrier].minutes) {
        level[carrier] = by;
    }
}

/// With one contact more. An earlier arrival can do all that a later one can.
Level after_contacts(Level const& before, Plan const& plan) {
    Level next(before.size());
    for (std::size_t e = 0; e < plan.events.size(); ++e) {
        PlannedEvent const& event = plan.events[e];
        if (!event.two_carriers) {
            continue;
        }
        for (std::size_t side = 0; side < (event.one_way ? 1U : 2U); ++side) {
            std::size_t const from = event.carriers[side];
            if (before[from].is_reached && before[from].minutes <= event.when.minutes) {
                reach(next, event.carriers[1 - side], {event.when.minutes, e, from, true});
            }
        }
    }
    return next;
}

/// The contacts on the way, the first one first.
struct Way {
    std::size_t delivery = nowhere; ///< of the plan
    std::size_t landed_on = nowhere;
    std::vector<Reached> contacts;
};

std::optional<Way> find_way(
    Plan const& plan, std::size_t delivery, std::size_t zone, Instant end, std::size_t carriers) {
    PlannedDelivery const& shot = plan.deliveries[delivery];
    std::vector<Level> levels{Level(carriers)};
    for (auto const& [carrier, share] : shot.zones) {
        if (share > 0.0) {
            reach(levels[0], carrier, {shot.when.minutes, nowhere, nowhere, true});
        }
    }
    while (!levels.back()[zone].is_reached || levels.back()[zone].minutes > end.minutes) {
        if (levels.size() > most_contacts) {
            return std::nullopt;
        }
        levels.push_back(after_contacts(levels.back(), plan));
    }
    Way way{.delivery = delivery, .landed_on = zone, .contacts = {}};
    for (std::size_t l = levels.size() - 1; l > 0; --l) {
        way.contacts.push_back(levels[l][way.landed_on]);
        way.landed_on = way.contacts.back().from;
    }
    std::ranges::reverse(way.contacts);
    return way;
}

bool is_from_launcher(PlannedDelivery const& delivery) {
    return delivery.kind != DeliveryKind::contamination && delivery.kind != DeliveryKind::crowd;
}

/// Of all deliveries, the way with the fewest contacts.
std::optional<Way>
find_way(Plan const& plan, std::size_t zone, double examined, std::size_t carriers) {
    std::optional<Way> best;
    for (std::size_t d = 0; d < plan.deliveries.size(); ++d) {
        if (is_from_launcher(plan.deliveries[d])) {
            auto way = find_way(plan, d, zone, {examined, 0.0}, carriers);
            if (way && (!best || way->contacts.size() < best->contacts.size())) {
                best = std::move(way);
            }
        }
    }
    return best;
}

class Worker {
public:
    Worker(Account const& account, Psi const& psi) : account_{account}, psi_{psi} {}

    HandLine work(Plan const& plan, Way const& way, Finding const& finding) {
        PlannedDelivery const& delivery = plan.deliveries[way.delivery];
        land(delivery, way.landed_on);
        for (Reached const& contact : way.contacts) {
            wait(contact.from, contact.minutes);
            touch(plan.events[contact.event], contact.from);
        }
        wait(at_, finding.minutes);
        line_.load_dl = mean_load_dl(delivery, psi_);
        line_.amount_dl = line_.load_dl * line_.steps.back().state.total();
        line_.conversion = psi_[Population::detection_conversion];
        line_.slope = finding.examination == Examination::visual
                          ? psi_[Population::detection_slope_visual]
                          : psi_[Population::detection_slope_instrument];
        line_.seen = 1.0 - std::exp2(-std::pow(line_.amount_dl / line_.conversion, line_.slope));
        return std::move(line_);
    }

private:
    void land(PlannedDelivery const& delivery, std::size_t carrier) {
        auto const zone =
            std::ranges::find(delivery.zones, carrier, [](auto const& each) { return each.first; });
        auto const place = static_cast<std::size_t>(zone - delivery.zones.begin());
        double const landed =
            zone->second *
            footprint(delivery.kind, delivery.offsets_m[place], delivery.distance_m, psi_);
        at_ = carrier;
        minutes_ = delivery.when.minutes;
        line_.steps.push_back({.kind = HandStepKind::landing,
                               .entry = account_.deliveries[delivery.source].id,
                               .carrier = account_.carriers[carrier].id,
                               .state = {.wet = landed}});
    }

    void wait(std::size_t carrier, double until) {
        HandSurface const surface{account_.carriers[carrier].surface,
                                  rates_on(account_.carriers[carrier].surface, psi_)};
        if (std::ranges::find(line_.surfaces, surface.surface, &HandSurface::surface) ==
            line_.surfaces.end()) {
            line_.surfaces.push_back(surface);
        }
        double const dt = until - minutes_;
        minutes_ = until;
        line_.steps.push_back({.kind = HandStepKind::waiting,
                               .carrier = account_.carriers[carrier].id,
                               .minutes = dt,
                               .state = after(line_.steps.back().state, dt, surface.rates)});
    }

    void touch(PlannedEvent const& event, std::size_t from) {
        std::size_t const to = event.carriers[0] == from ? event.carriers[1] : event.carriers[0];
        TransferFractions const moved =
            fractions_of(event, account_.carriers[from].surface, odds_of(event, psi_), psi_);
        State const& before = line_.steps.back().state;
        at_ = to;
        line_.steps.push_back({.kind = HandStepKind::contact,
                               .entry = account_.events[event.source].id,
                               .from = account_.carriers[from].id,
                               .carrier = account_.carriers[to].id,
                               .moved = moved,
                               .state = {.wet = moved.wet * before.wet,
                                         .loose = moved.loose * before.loose,
                                         .bound = moved.bound * before.bound}});
    }

    Account const& account_;
    Psi const& psi_;
    HandLine line_;
    std::size_t at_ = nowhere;
    double minutes_ = 0.0;
};

bool can_be_told(Finding const& finding) {
    return finding.kind == FindingKind::detected || finding.kind == FindingKind::not_detected ||
           finding.kind == FindingKind::amount;
}

} // namespace

std::optional<HandCheck> work_by_hand(Account const& account,
                                      Proposition const& h1,
                                      Proposition const& h2,
                                      std::span<Finding const> findings,
                                      ParameterSet const& parameters) {
    if (h1.assigned || h2.assigned) {
        return std::nullopt;
    }
    Psi const psi = PopulationPrior{parameters}.medians();
    std::optional<HandCheck> of_one_side;
    for (Finding const& finding : findings) {
        auto const zone = std::ranges::find(account.carriers, finding.zone, &Carrier::id);
        if (!can_be_told(finding) || zone == account.carriers.end()) {
            continue;
        }
        HandCheck check{.zone = finding.zone, .lines = {}};
        for (Proposition const* const proposition : {&h1, &h2}) {
            Plan const plan = make_plan(account, *proposition);
            auto const way = find_way(plan,
                                      static_cast<std::size_t>(zone - account.carriers.begin()),
                                      finding.minutes,
                                      account.carriers.size());
            if (way) {
                check.lines.push_back(Worker{account, psi}.work(plan, *way, finding));
                check.lines.back().proposition = proposition->id;
            }
        }
        if (check.lines.size() == 2) {
            return check;
        }
        if (!check.lines.empty() && !of_one_side) {
            of_one_side = std::move(check);
        }
    }
    return of_one_side;
}

} // namespace cmq::lab
