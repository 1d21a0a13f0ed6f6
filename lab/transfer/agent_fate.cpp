// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/agent_fate.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace cmq::lab {

bool rubs(Event const& event) {
    return event.friction || event.kind == EventKind::search ||
           event.kind == EventKind::handcuffing;
}

std::size_t carrier_index(Account const& account, std::string const& id) {
    auto const found = std::ranges::find(account.carriers, id, &Carrier::id);
    CMQ_EXPECTS(found != account.carriers.end());
    return static_cast<std::size_t>(found - account.carriers.begin());
}

std::optional<std::size_t> AgentFate::follow(Agent agent, double minutes) {
    double now = minutes;
    auto const result = [](Examined const& by) {
        return by.is_there ? std::optional{by.index} : std::nullopt;
    };
    for (AgentHappening const& happening : happenings_) {
        if (happening.minutes < minutes) {
            continue;
        }
        if (auto const by = examined(agent, now, happening.minutes)) {
            return result(*by);
        }
        age(agent, happening.minutes - now);
        now = happening.minutes;
        meet(agent, happening);
        if (agent.form == AgentForm::lost) {
            return std::nullopt;
        }
    }
    auto const by = examined(agent, now, std::numeric_limits<double>::infinity());
    return by ? result(*by) : std::nullopt;
}

/// The examination of its carrier between two times: what is seen on a zone ends there.
std::optional<AgentFate::Examined> AgentFate::examined(Agent& agent, double from, double to) {
    for (std::size_t i = 0; i < seen_.size(); ++i) {
        bool const here = seen_[i].kind != FindingKind::not_examined && seen_[i].minutes >= from &&
                          seen_[i].minutes < to && agent.carrier == seen_on_[i];
        if (here) {
            age(agent, seen_[i].minutes - from);
            return Examined{agent.form != AgentForm::lost, i};
        }
    }
    return std::nullopt;
}

double AgentFate::exponential(double half_life) {
    return -half_life / std::log(2.0) * std::log(random_.uniform());
}

/// Time passes: a wet quantum dries at a time of its own, a dry one is lost at a time of its own.
void AgentFate::age(Agent& agent, double minutes) {
    Surface const surface = account_.carriers[agent.carrier].surface;
    if (agent.form == AgentForm::wet) {
        double const dries = -psi_[Population::dry_tau_min] * std::log(random_.uniform());
        if (dries > minutes) {
            return;
        }
        minutes -= dries;
        agent.form = random_.uniform() < psi_[Population::dry_loose_share] ? AgentForm::loose
                                                                           : AgentForm::bound;
    }
    if (agent.form == AgentForm::loose && exponential(loose_half_life(surface)) < minutes) {
        agent.form = AgentForm::lost;
    }
    if (agent.form == AgentForm::bound) {
        bool const comes_off = exponential(psi_[Population::loss_half_life_bound_min]) < minutes;
        bool const is_shed = surface == Surface::skin &&
                             exponential(psi_[Population::loss_half_life_shedding_min]) < minutes;
        agent.form = comes_off || is_shed ? AgentForm::lost : AgentForm::bound;
    }
}

double AgentFate::loose_half_life(Surface surface) const {
    switch (surface) {
    case Surface::skin:
        return psi_[Population::loss_half_life_loose_skin_min];
    case Surface::porous:
        return psi_[Population::loss_half_life_loose_porous_min];
    case Surface::smooth:
        break;
    }
    return psi_[Population::loss_half_life_loose_smooth_min];
}

void AgentFate::meet(Agent& agent, AgentHappening const& happening) {
    if (agent.form == AgentForm::lost) {
        return;
    }
    Event const& event = *happening.event;
    bool const on_first = agent.carrier == happening.first;
    bool const on_second = agent.carrier == happening.second;
    if (!on_first && !on_second) {
        return;
    }
    if (event.between.size() == 1) {
        if (random_.uniform() >= stays(agent.form, event.kind)) {
            agent.form = AgentForm::lost;
        }
        return;
    }
    if (!on_first && event.one_way) {
        return;
    }
    if (random_.uniform() < goes_over(agent, event, happening.odds)) {
        agent.carrier = on_first ? happening.second : happening.first;
    }
}

double AgentFate::stays(AgentForm form, EventKind kind) const {
    if (kind == EventKind::swab) {
        return 1.0 - psi_[Population::swab_recovery];
    }
    if (kind == EventKind::wash) {
        return psi_[form == AgentForm::wet     ? Population::wash_retained_wet
                    : form == AgentForm::loose ? Population::wash_retained_loose
                                               : Population::wash_retained_bound];
    }
    return 0.0; // fresh gloves
}

double AgentFate::goes_over(Agent const& agent, Event const& event, double odds) const {
    bool const smooth = account_.carriers[agent.carrier].surface == Surface::smooth;
    double fraction = 0.0;
    if (agent.form == AgentForm::wet) {
        fraction = psi_[Population::transfer_wet];
    } else if (agent.form == AgentForm::loose) {
        fraction = psi_[smooth ? Population::transfer_dry_smooth : Population::transfer_dry_porous];
    } else if (rubs(event) || event.solvent) {
        fraction = psi_[Population::transfer_bound];
    }
    double const moved = fraction * odds;
    return fraction >= 1.0 ? 1.0 : moved / (1.0 - fraction + moved);
}

} // namespace cmq::lab
