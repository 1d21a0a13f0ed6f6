// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/lab/transfer/agents.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

namespace cmq::lab::test {
namespace {

enum class Form : std::uint8_t { wet, loose, bound, lost };

struct Agent {
    std::size_t carrier = 0;
    Form form = Form::wet;
};

double exponential(double mean, cmq::Random& random) {
    return -mean * std::log(random.uniform());
}

double loose_half_life(Surface surface, Psi const& psi) {
    switch (surface) {
    case Surface::skin:
        return psi[Population::loss_half_life_loose_skin_min];
    case Surface::porous:
        return psi[Population::loss_half_life_loose_porous_min];
    case Surface::smooth:
        break;
    }
    return psi[Population::loss_half_life_loose_smooth_min];
}

// Time passes: a wet quantum dries at a time of its own, a dry one is lost at a time of its own.
void age(Agent& agent, Surface surface, double minutes, Psi const& psi, cmq::Random& random) {
    if (agent.form == Form::wet) {
        double const dries = exponential(psi[Population::dry_tau_min], random);
        if (dries > minutes) {
            return;
        }
        minutes -= dries;
        agent.form =
            random.uniform() < psi[Population::dry_loose_share] ? Form::loose : Form::bound;
    }
    if (agent.form == Form::loose &&
        exponential(loose_half_life(surface, psi) / std::log(2.0), random) < minutes) {
        agent.form = Form::lost;
    }
    if (agent.form == Form::bound) {
        bool const washed_off =
            exponential(psi[Population::loss_half_life_bound_min] / std::log(2.0), random) <
            minutes;
        bool const shed = surface == Surface::skin &&
                          exponential(psi[Population::loss_half_life_shedding_min] / std::log(2.0),
                                      random) < minutes;
        agent.form = washed_off || shed ? Form::lost : Form::bound;
    }
}

double moved_by(double fraction, double odds) {
    double const of = fraction / (1.0 - fraction) * odds;
    return of / (1.0 + of);
}

struct Meeting {
    double minutes = 0.0;
    std::size_t first = 0;
    std::size_t second = 0;
    double odds = 1.0;
};

// The chance that a quantum on the giver goes over; bound marker stays where nothing rubs.
double chance(Form form, Surface giver, double odds, Psi const& psi) {
    if (form == Form::wet) {
        return moved_by(psi[Population::transfer_wet], odds);
    }
    if (form == Form::loose) {
        return moved_by(giver == Surface::smooth ? psi[Population::transfer_dry_smooth]
                                                 : psi[Population::transfer_dry_porous],
                        odds);
    }
    return 0.0;
}

std::size_t index_of(Account const& account, std::string const& id) {
    return static_cast<std::size_t>(std::ranges::find(account.carriers, id, &Carrier::id) -
                                    account.carriers.begin());
}

std::vector<Meeting> meetings(KnownCase const& known,
                              std::vector<std::string> const& names,
                              Psi const& psi,
                              cmq::Random& random) {
    std::vector<Meeting> all;
    for (Event const& event : known.account.events) {
        bool const stands = std::ranges::find(names, event.id) != names.end();
        if (!stands || random.uniform() > event.probability) {
            continue;
        }
        double odds = psi[Population::transfer_laboratory_odds] *
                      std::pow(psi[Population::transfer_event_gsd], random.normal());
        if (event.kind == EventKind::wear) {
            odds *= psi[Population::transfer_light_odds];
        }
        all.push_back({event.when.minutes + event.when.half_width * (2.0 * random.uniform() - 1.0),
                       index_of(known.account, event.between[0]),
                       index_of(known.account, event.between[1]),
                       odds});
    }
    std::ranges::sort(all, {}, &Meeting::minutes);
    return all;
}

// Where a quantum of the delivery is at the time of examination, if anywhere.
Agent follow(Agent agent,
             Account const& account,
             std::vector<Meeting> const& all,
             double from,
             double until,
             Psi const& psi,
             cmq::Random& random) {
    double now = from;
    for (Meeting const& meeting : all) {
        if (meeting.minutes < from) {
            continue;
        }
        age(agent, account.carriers[agent.carrier].surface, meeting.minutes - now, psi, random);
        now = meeting.minutes;
        if (agent.form == Form::lost) {
            return agent;
        }
        bool const on_first = agent.carrier == meeting.first;
        if ((on_first || agent.carrier == meeting.second) &&
            random.uniform() <
                chance(agent.form, account.carriers[agent.carrier].surface, meeting.odds, psi)) {
            agent.carrier = on_first ? meeting.second : meeting.first;
        }
    }
    age(agent, account.carriers[agent.carrier].surface, until - now, psi, random);
    return agent;
}

bool is_seen(double quanta, Finding const& finding, Psi const& psi, cmq::Random& random) {
    double const kappa =
        std::max(psi[Population::kappa] * psi[Population::detection_conversion], 1.0);
    double const slope = finding.examination == Examination::visual
                             ? psi[Population::detection_slope_visual]
                             : psi[Population::detection_slope_instrument];
    bool const marker = random.uniform() > std::exp2(-std::pow(quanta / kappa, slope));
    bool const look_alike = random.uniform() < psi[Population::look_alike_prevalence] &&
                            random.uniform() < psi[Population::look_alike_seen];
    return marker || look_alike;
}

} // namespace

KnownCase random_case(std::uint64_t seed) {
    cmq::Random random{seed, 1, 0};
    auto const from = [&](double low, double high) {
        return low + (high - low) * random.uniform();
    };
    KnownCase known;
    known.account.carriers = {{"P1.hand", Surface::skin},
                              {"P1.jacket", Surface::porous},
                              {"P2.hand", Surface::skin},
                              {"P2.jacket", Surface::porous},
                              {"seat", Surface::smooth}};
    known.account.deliveries.resize(2);
    double const hand = from(0.0, 0.3);
    double const jacket = from(0.05, 0.6);
    known.account.deliveries[0].id = "shot_at_p1";
    known.account.deliveries[0].zones = {{"P1.hand", hand}, {"P1.jacket", jacket}};
    known.account.deliveries[1].id = "shot_at_p2";
    known.account.deliveries[1].zones = {{"P2.hand", hand}, {"P2.jacket", jacket}};
    auto const add = [&](std::string id, EventKind kind, std::string first, std::string second) {
        Event event;
        event.id = std::move(id);
        event.kind = kind;
        event.between = {std::move(first), std::move(second)};
        event.when = {from(5.0, 90.0), from(0.0, 5.0)};
        event.probability = from(0.2, 1.0);
        known.account.events.push_back(std::move(event));
    };
    add("handshake", EventKind::contact, "P2.hand", "P1.hand");
    add("side_by_side", EventKind::contact, "P2.jacket", "P1.jacket");
    add("hand_in_pocket", EventKind::wear, "P1.hand", "P1.jacket");
    add("p2_sits", EventKind::contact, "P2.jacket", "seat");
    add("p1_sits", EventKind::contact, "P1.jacket", "seat");
    for (Event const& event : known.account.events) {
        known.hit.events.push_back(event.id);
        known.contact.events.push_back(event.id);
    }
    double const examined = from(100.0, 300.0);
    for (char const* zone : {"P1.hand", "P1.jacket"}) {
        Finding finding;
        finding.zone = zone;
        finding.kind = FindingKind::not_detected;
        finding.examination = Examination::visual;
        finding.minutes = examined;
        known.findings.push_back(finding);
    }
    return known;
}

void happen(KnownCase& known, bool hit_is_true, Psi const& psi, cmq::Random& random) {
    Account const& account = known.account;
    Delivery const& delivery = account.deliveries[hit_is_true ? 0 : 1];
    auto const all = meetings(known, (hit_is_true ? known.hit : known.contact).events, psi, random);
    double const shape = psi[Population::load_shape];
    double const load =
        random.gamma(shape) / shape * psi[Population::load_pellet_dl] * psi[Population::kappa];
    // A zone takes up G times as much as it should, G of mean 1: quanta are shot at the largest G and kept with G over it.
    double const r = psi[Population::zone_dispersion_shape];
    std::map<std::size_t, double> more;
    double most = 1.0;
    for (Finding const& finding : known.findings) {
        double const g = random.gamma(r) / r;
        more[index_of(account, finding.zone)] = g;
        most = std::max(most, g);
    }
    std::map<std::size_t, double> quanta;
    double const until = known.findings.front().minutes;
    for (ZoneShare const& zone : delivery.zones) {
        std::uint64_t const arrive = random.poisson(load * zone.share * most);
        for (std::uint64_t i = 0; i < arrive; ++i) {
            Agent const at = follow({index_of(account, zone.carrier), Form::wet},
                                    account,
                                    all,
                                    delivery.when.minutes,
                                    until,
                                    psi,
                                    random);
            auto const examined = more.find(at.carrier);
            if (at.form != Form::lost && examined != more.end() &&
                random.uniform() < examined->second / most) {
                quanta[at.carrier] += 1.0;
            }
        }
    }
    for (Finding& finding : known.findings) {
        double count = quanta[index_of(account, finding.zone)];
        if (random.uniform() < psi[Population::contamination_probability]) {
            double const mean = psi[Population::contamination_mean_dl] * psi[Population::kappa];
            while (random.uniform() < mean / (1.0 + mean)) {
                count += 1.0;
            }
        }
        finding.kind = is_seen(count, finding, psi, random) ? FindingKind::detected
                                                            : FindingKind::not_detected;
    }
}

} // namespace cmq::lab::test
