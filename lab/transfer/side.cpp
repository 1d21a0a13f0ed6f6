// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/side.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace cmq::lab {

namespace {

void check_assigned(Proposition const& proposition, std::span<ExaminedZone const> zones) {
    Assigned const& assigned = *proposition.assigned;
    auto const is_probability = [](double p) { return p > 0.0 && p <= 1.0; };
    double const low = assigned.low.value_or(assigned.probability);
    double const high = assigned.high.value_or(assigned.probability);
    if (!is_probability(assigned.probability) || !is_probability(low) || !is_probability(high) ||
        low > assigned.probability || high < assigned.probability) {
        throw Error{ErrorKind::domain,
                    {"proposition {} : une probabilité assignée est supérieure à 0 et au plus "
                     "égale à 1, et comprise "
                     "dans sa plage",
                     "proposition {}: an assigned probability lies above 0 and at most at 1, "
                     "inside its range"},
                    proposition.id};
    }
    for (std::string const& zone : assigned.zones) {
        if (std::ranges::none_of(
                zones, [&](ExaminedZone const& each) { return each.finding.zone == zone; })) {
            throw Error{ErrorKind::domain,
                        {"proposition {} : une probabilité est assignée pour la zone {}, mais "
                         "aucune observation ne "
                         "porte sur elle",
                         "proposition {}: a probability is assigned for zone {}, but no finding "
                         "speaks of it"},
                        proposition.id,
                        zone};
        }
    }
}

bool speaks_of(Proposition const& proposition, std::string const& zone) {
    return proposition.assigned && (proposition.assigned->zones.empty() ||
                                    std::ranges::find(proposition.assigned->zones, zone) !=
                                        proposition.assigned->zones.end());
}

} // namespace

SidePlan make_side(Plan plan, std::span<ExaminedZone const> zones) {
    SidePlan side;
    side.plan = std::move(plan);
    for (std::size_t z = 0; z < zones.size(); ++z) {
        side.zones.push_back(zones[z]);
        side.positions.push_back(z);
    }
    return side;
}

SidePlan make_side(Account const& account,
                   Proposition const& proposition,
                   std::span<ExaminedZone const> zones) {
    SidePlan side;
    side.plan = make_plan(account, proposition);
    if (proposition.assigned) {
        check_assigned(proposition, zones);
        side.is_assigned = true;
        side.log_assigned = std::log(proposition.assigned->probability);
    }
    std::vector<Finding> modelled;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        if (!speaks_of(proposition, zones[z].finding.zone)) {
            side.zones.push_back(zones[z]);
            side.positions.push_back(z);
            modelled.push_back(zones[z].finding);
        }
    }
    check_examinations(account, side.plan, modelled);
    return side;
}

void check_sides(Proposition const& h1,
                 SidePlan const& side1,
                 Proposition const& h2,
                 SidePlan const& side2,
                 std::span<ExaminedZone const> zones) {
    for (std::size_t z = 0; z < zones.size(); ++z) {
        auto const models = [z](SidePlan const& side) {
            return std::ranges::find(side.positions, z) != side.positions.end();
        };
        Finding const& finding = zones[z].finding;
        bool const is_density = finding.kind == FindingKind::amount ||
                                !finding.look_alike_ratio.empty() || finding.code.has_value();
        if (models(side1) == models(side2) || !is_density) {
            continue;
        }
        throw Error{ErrorKind::unsupported,
                    {"proposition {} : une probabilité est assignée pour la zone {}, dont "
                     "l’observation est une quantité "
                     "mesurée ; si {} est vraie, le modèle en donne une densité, et les deux n’ont "
                     "pas de rapport ; assigner "
                     "une probabilité dans les deux propositions, ou laisser cette zone au modèle",
                     "proposition {}: a probability is assigned for zone {}, whose finding is a "
                     "measured amount; under {} the "
                     "model gives a density for it, and the two have no ratio; assign both sides, "
                     "or leave this zone to the "
                     "model"},
                    (models(side1) ? h2 : h1).id,
                    finding.zone,
                    (models(side1) ? h1 : h2).id};
    }
}

void simulate_log_p(Account const& account,
                    SidePlan const& side,
                    Psi const& psi,
                    std::span<RateLikelihood> likelihoods,
                    DrawName const& name,
                    std::size_t exact_causes,
                    std::span<double> out) {
    if (!side.is_assigned) {
        simulate_log_p(account, side.plan, side.zones, psi, likelihoods, name, exact_causes, out);
        return;
    }
    double log_p = side.log_assigned;
    if (!side.zones.empty()) {
        std::vector<RateLikelihood*> named;
        for (std::size_t const position : side.positions) {
            named.push_back(&likelihoods[position]);
        }
        std::vector<double> modelled(side.zones.size());
        simulate_log_p(account, side.plan, side.zones, psi, named, name, exact_causes, modelled);
        log_p += modelled.back();
    }
    std::ranges::fill(out, log_p);
}

AssignedShift shift_of(Assigned const& assigned) {
    double const p = assigned.probability;
    return {.low = std::log10(assigned.low.value_or(p) / p),
            .high = std::log10(assigned.high.value_or(p) / p)};
}

} // namespace cmq::lab
