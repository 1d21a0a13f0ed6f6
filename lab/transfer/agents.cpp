// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/agents.hpp"

#include "core/error.hpp"
#include "lab/transfer/agent_fate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace cmq::lab {

namespace {

constexpr double most_followed = 2e6; // on one zone
constexpr int order_tries = 1000;

struct Arrival {
    double minutes = 0.0;
    Delivery const* delivery = nullptr;
};

/// Follows one run; made anew for each.
class Run {
public:
    Run(Account const& account, Proposition const& proposition, Psi const& psi, Random& random)
        : account_{account}
        , proposition_{proposition}
        , psi_{psi}
        , random_{random} {
        decide();
    }

    /// Quanta on each zone when it is examined.
    std::vector<double> quanta(std::vector<Finding> const& seen) {
        std::vector<double> on_zone(seen.size(), 0.0);
        // A zone takes up G times as much as it should, G of mean 1: quanta arrive at the largest G and are kept with G over it.
        double const r = psi_[Population::zone_dispersion_shape];
        std::vector<double> uptake(seen.size());
        double most = 1.0;
        for (double& g : uptake) {
            g = random_.gamma(r) / r;
            most = std::max(most, g);
        }
        AgentFate fate{account_, happenings_, seen, psi_, random_};
        for (Arrival const& arrival : arrivals_) {
            bool const is_dry = arrival.delivery->kind == DeliveryKind::contamination ||
                                arrival.delivery->kind == DeliveryKind::crowd;
            AgentForm const form = is_dry ? AgentForm::loose : AgentForm::wet;
            double const shape = psi_[Population::load_shape];
            double const load = random_.gamma(shape) / shape * mean_load(*arrival.delivery) *
                                psi_[Population::kappa];
            for (ZoneShare const& zone : arrival.delivery->zones) {
                double const mean = load * zone.share * beside(*arrival.delivery, zone) * most;
                // Beyond what can be followed each agent stands for several quanta.
                double const each = std::max(1.0, mean / most_followed);
                std::size_t const on = carrier_index(account_, zone.carrier);
                std::uint64_t const arrive = random_.poisson(mean / each);
                for (std::uint64_t i = 0; i < arrive; ++i) {
                    auto const at = fate.follow({on, form}, arrival.minutes);
                    if (at && random_.uniform() < uptake[*at] / most) {
                        on_zone[*at] += each;
                    }
                }
            }
        }
        return on_zone;
    }

private:
    // ---- what happened

    void decide() {
        std::map<std::string, bool> causes;
        for (int attempt = 0; attempt < order_tries; ++attempt) {
            causes.clear();
            arrivals_.clear();
            happenings_.clear();
            std::map<std::string, double> minutes;
            for (Delivery const& delivery : account_.deliveries) {
                bool const stands = delivery.kind == DeliveryKind::contamination ||
                                    names(proposition_.deliveries, delivery.id);
                double const at = drawn(delivery.when);
                minutes[delivery.id] = at;
                if (stands && happens(delivery.cause, delivery.id, chance_of(delivery), causes)) {
                    arrivals_.push_back({at, &delivery});
                }
            }
            for (Event const& event : account_.events) {
                double const at = drawn(event.when);
                minutes[event.id] = at;
                if (names(proposition_.events, event.id) &&
                    happens(event.cause, event.id, event.probability, causes)) {
                    happenings_.push_back({at,
                                           &event,
                                           carrier_index(account_, event.between.front()),
                                           carrier_index(account_, event.between.back()),
                                           odds_of(event)});
                }
            }
            if (in_order(minutes)) {
                std::ranges::stable_sort(happenings_, {}, &AgentHappening::minutes);
                return;
            }
        }
        throw Error{ErrorKind::numeric,
                    {"l’ordre indiqué des événements n’est presque jamais respecté dans leurs "
                     "horaires ; resserrer les intervalles",
                     "the stated order of the events almost never holds within their times; narrow "
                     "the intervals"}};
    }

    static bool names(std::vector<std::string> const& ids, std::string const& id) {
        return std::ranges::find(ids, id) != ids.end();
    }

    double drawn(Instant const& when) {
        return when.minutes + when.half_width * (2.0 * random_.uniform() - 1.0);
    }

    bool happens(std::string const& cause,
                 std::string const& id,
                 double probability,
                 std::map<std::string, bool>& causes) {
        bool const draw = random_.uniform() < probability;
        return causes.emplace(cause.empty() ? "entry " + id : "cause " + cause, draw).first->second;
    }

    [[nodiscard]] double chance_of(Delivery const& delivery) {
        double chance = delivery.probability;
        if (delivery.aim) { // one ball, thrown at its point
            double const spread = psi_[Population::aim_spread_mrad] / 1000.0 * delivery.distance_m;
            double const at = spread * random_.normal();
            chance *=
                std::abs(at - delivery.aim->offset_m) <= delivery.aim->half_width_m ? 1.0 : 0.0;
        }
        if (delivery.contacts > 0) { // one after the other
            bool met = false;
            for (int i = 0; i < delivery.contacts && !met; ++i) {
                met = random_.uniform() < psi_[Population::crowd_marked_share];
            }
            chance *= met ? 1.0 : 0.0;
        }
        return chance;
    }

    [[nodiscard]] bool in_order(std::map<std::string, double> const& minutes) const {
        return std::ranges::all_of(account_.events, [&](Event const& event) {
            return event.after.empty() || !names(proposition_.events, event.id) ||
                   minutes.at(event.after) <= minutes.at(event.id);
        });
    }

    [[nodiscard]] double odds_of(Event const& event) {
        double odds = psi_[Population::transfer_laboratory_odds] * event.area *
                      std::pow(psi_[Population::transfer_event_gsd], random_.normal());
        Pressure usual = Pressure::normal;
        if (event.kind == EventKind::wear || event.kind == EventKind::package) {
            usual = Pressure::light;
        } else if (event.kind == EventKind::handcuffing) {
            usual = Pressure::firm;
        }
        Pressure const pressure = event.pressure.value_or(usual);
        if (pressure == Pressure::light) {
            odds *= psi_[Population::transfer_light_odds];
        }
        if (pressure == Pressure::firm) {
            odds *= psi_[Population::transfer_firm_odds];
        }
        return rubs(event) ? odds * psi_[Population::transfer_friction_odds] : odds;
    }

    // ---- how much came

    [[nodiscard]] double mean_load(Delivery const& delivery) const {
        static std::map<DeliveryKind, Population> const loads{
            {DeliveryKind::pellet, Population::load_pellet_dl},
            {DeliveryKind::spray, Population::load_spray_dl},
            {DeliveryKind::shower, Population::load_shower_dl},
            {DeliveryKind::drone, Population::load_drone_dl},
            {DeliveryKind::contamination, Population::load_contamination_dl},
            {DeliveryKind::crowd, Population::crowd_load_dl}};
        return delivery.mean_load_dl ? *delivery.mean_load_dl : psi_[loads.at(delivery.kind)];
    }

    [[nodiscard]] double beside(Delivery const& delivery, ZoneShare const& zone) const {
        double const x = zone.offset_m;
        double sd = 1.0;
        switch (delivery.kind) {
        case DeliveryKind::pellet:
            return std::exp(-x / psi_[Population::footprint_splash_m]);
        case DeliveryKind::spray:
            sd = psi_[Population::footprint_spray_mrad] * delivery.distance_m / 1000.0;
            break;
        case DeliveryKind::drone:
            sd = psi_[Population::footprint_drone_mrad] * delivery.distance_m / 1000.0;
            break;
        case DeliveryKind::shower:
            sd = psi_[Population::footprint_shower_m];
            break;
        case DeliveryKind::contamination:
        case DeliveryKind::crowd:
            break;
        }
        return x > 0.0 ? std::exp(-x * x / (2.0 * sd * sd)) : 1.0;
    }

    Account const& account_;
    Proposition const& proposition_;
    Psi const& psi_;
    Random& random_;
    std::vector<Arrival> arrivals_;
    std::vector<AgentHappening> happenings_;
};

bool is_look_alike_seen(Account const& account, Psi const& psi, Random& random) {
    // Classes exclude each other: one draw decides which of them is there, if any.
    double u = random.uniform();
    for (LookAlike const& look_alike : account.look_alikes) {
        double const prevalence =
            look_alike.prevalence.value_or(psi[Population::look_alike_prevalence]);
        if (u < prevalence) {
            return random.uniform() < look_alike.seen.value_or(psi[Population::look_alike_seen]);
        }
        u -= prevalence;
    }
    return false;
}

bool is_seen(double quanta, Finding const& finding, Psi const& psi, Random& random) {
    double const kappa =
        std::max(psi[Population::kappa] * psi[Population::detection_conversion], 1.0);
    double const slope = finding.examination == Examination::visual
                             ? psi[Population::detection_slope_visual]
                             : psi[Population::detection_slope_instrument];
    return random.uniform() > std::exp2(-std::pow(quanta / kappa, slope));
}

double contaminated(Psi const& psi, Random& random) {
    double count = 0.0;
    if (random.uniform() < psi[Population::contamination_probability]) {
        double const mean = psi[Population::contamination_mean_dl] * psi[Population::kappa];
        while (random.uniform() < mean / (1.0 + mean)) {
            count += 1.0;
        }
    }
    return count;
}

} // namespace

std::vector<Finding> simulate_findings(Account const& account,
                                       Proposition const& proposition,
                                       std::vector<Finding> seen,
                                       Psi const& psi,
                                       Random& random) {
    check(account);
    for (Finding const& finding : seen) {
        if (finding.kind == FindingKind::amount || finding.kind == FindingKind::count) {
            throw Error{ErrorKind::unsupported,
                        {"zone {} : seules des observations « vu » ou « rien vu » sont simulées",
                         "zone {}: only findings of something or nothing seen are simulated"},
                        finding.zone};
        }
    }
    std::vector<double> const quanta = Run{account, proposition, psi, random}.quanta(seen);
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i].kind == FindingKind::not_examined) {
            continue;
        }
        bool const marker = is_seen(quanta[i] + contaminated(psi, random), seen[i], psi, random);
        bool const look_alike = is_look_alike_seen(account, psi, random);
        seen[i].kind = marker || look_alike ? FindingKind::detected : FindingKind::not_detected;
    }
    return seen;
}

} // namespace cmq::lab
