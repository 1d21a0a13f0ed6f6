// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/plan.hpp"

#include "core/error.hpp"
#include "lab/transfer/geometry.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace cmq::lab {

namespace {

/// A stream number for each entry that depends neither on the order of the file nor on carriers.
std::map<std::string_view, std::uint32_t> streams_of(Account const& account) {
    std::map<std::string_view, std::uint32_t> streams;
    for (Delivery const& delivery : account.deliveries) {
        streams.emplace(delivery.id, 0);
    }
    for (Event const& event : account.events) {
        streams.emplace(event.id, 0);
    }
    std::uint32_t next = first_entry_stream;
    for (auto& [id, stream] : streams) {
        stream = next++;
    }
    return streams;
}

class Planner {
public:
    Planner(Account const& account, Proposition const& proposition)
        : account_{account}
        , proposition_{proposition}
        , streams_{streams_of(account)} {
        for (std::size_t i = 0; i < account.carriers.size(); ++i) {
            carriers_.emplace(account.carriers[i].id, i);
        }
    }

    Plan make(Contamination contamination) {
        auto const deliveries =
            chosen(proposition_.deliveries, account_.deliveries, {"apport", "delivery"});
        auto const events = chosen(proposition_.events, account_.events, {"événement", "event"});
        for (std::size_t i = 0; i < account_.deliveries.size(); ++i) {
            Delivery const& delivery = account_.deliveries[i];
            bool const always = delivery.kind == DeliveryKind::contamination &&
                                contamination == Contamination::included;
            if (always || deliveries.contains(delivery.id)) {
                add(delivery, i);
            }
        }
        for (Event const& event : account_.events) {
            if (events.contains(event.id)) {
                add(event);
            }
        }
        link_order(events);
        return std::move(plan_);
    }

private:
    template <class Entry>
    [[nodiscard]] std::set<std::string_view> chosen(std::vector<std::string> const& ids,
                                                    std::vector<Entry> const& entries,
                                                    Words what) const {
        std::set<std::string_view> result;
        for (std::string const& id : ids) {
            if (std::ranges::find(entries, id, &Entry::id) == entries.end()) {
                throw Error{
                    ErrorKind::domain,
                    {"proposition {} : {} {} introuvable", "proposition {}: there is no {} {}"},
                    proposition_.id,
                    Sentence{what},
                    id};
            }
            if (!result.insert(id).second) {
                throw Error{ErrorKind::domain,
                            {"proposition {} : {} {} y figure deux fois",
                             "proposition {}: it names {} {} twice"},
                            proposition_.id,
                            Sentence{what},
                            id};
            }
        }
        return result;
    }

    std::size_t cause_of(Delivery const& delivery) {
        if (!delivery.aim && delivery.contacts == 0) {
            return cause_of(delivery.cause, delivery.id, delivery.probability);
        }
        plan_.causes.push_back({.probability = delivery.probability,
                                .stream = streams_.at(delivery.id) + cause_stream_offset,
                                .key = "entry " + delivery.id,
                                .aim = delivery.aim,
                                .distance_m = delivery.distance_m,
                                .contacts = delivery.contacts});
        return plan_.causes.size() - 1;
    }

    std::size_t cause_of(std::string const& cause, std::string const& id, double probability) {
        if (probability == 1.0) {
            return no_cause;
        }
        std::string const key = cause.empty() ? "entry " + id : "cause " + cause;
        auto const [known, added] = causes_.emplace(key, plan_.causes.size());
        std::uint32_t const stream = streams_.at(id) + cause_stream_offset;
        if (added) {
            plan_.causes.push_back({probability, stream, key});
        } else {
            std::uint32_t& kept = plan_.causes[known->second].stream;
            kept = std::min(kept, stream); // whichever entry the file names first
        }
        return known->second;
    }

    void add(Delivery const& delivery, std::size_t source) {
        PlannedDelivery planned{.source = source,
                                .kind = delivery.kind,
                                .when = delivery.when,
                                .distance_m = delivery.distance_m,
                                .mean_load_dl = delivery.mean_load_dl,
                                .cause = cause_of(delivery),
                                .stream = streams_.at(delivery.id)};
        for (ZoneShare const& zone : delivery.zones) {
            planned.zones.emplace_back(carriers_.at(zone.carrier), zone.share);
            planned.offsets_m.push_back(zone.offset_m);
        }
        entries_.emplace(delivery.id, plan_.deliveries.size());
        plan_.deliveries.push_back(std::move(planned));
    }

    void add(Event const& event) {
        bool const firm = event.kind == EventKind::handcuffing;
        bool const light = event.kind == EventKind::wear || event.kind == EventKind::package;
        PlannedEvent planned{.source = static_cast<std::size_t>(&event - account_.events.data()),
                             .kind = event.kind,
                             .two_carriers = event.between.size() == 2,
                             .one_way = event.one_way,
                             .friction = event.friction || firm || event.kind == EventKind::search,
                             .solvent = event.solvent,
                             .pressure = event.pressure.value_or(firm    ? Pressure::firm
                                                                 : light ? Pressure::light
                                                                         : Pressure::normal),
                             .area = event.area,
                             .when = event.when,
                             .cause = cause_of(event.cause, event.id, event.probability),
                             .stream = streams_.at(event.id)};
        planned.carriers = {carriers_.at(event.between.front()),
                            carriers_.at(event.between.back())};
        plan_.events.push_back(planned);
    }

    void link_order(std::set<std::string_view> const& events) {
        std::size_t position = plan_.deliveries.size();
        for (Event const& event : account_.events) {
            if (events.contains(event.id)) {
                entries_.emplace(event.id, position++);
            }
        }
        std::size_t next = 0;
        for (Event const& event : account_.events) {
            if (!events.contains(event.id)) {
                continue;
            }
            if (!event.after.empty()) {
                auto const before = entries_.find(event.after);
                if (before == entries_.end()) {
                    throw Error{ErrorKind::domain,
                                {"proposition {} : l’événement {} est dit postérieur à {}, qui "
                                 "n’en fait pas partie",
                                 "proposition {}: event {} is stated to come after {}, which is no "
                                 "part of it"},
                                proposition_.id,
                                event.id,
                                event.after};
                }
                plan_.events[next].after = before->second;
            }
            ++next;
        }
    }

    Account const& account_;
    Proposition const& proposition_;
    std::map<std::string_view, std::uint32_t> streams_;
    std::map<std::string_view, std::size_t> carriers_;
    std::map<std::string, std::size_t> causes_;
    std::map<std::string_view, std::size_t> entries_;
    Plan plan_;
};

} // namespace

double PlannedCause::probability_given(Psi const& psi) const {
    double p = probability;
    if (aim) {
        p *= chance_of_mark(*aim, distance_m, psi);
    }
    if (contacts > 0) {
        p *= chance_of_marked_stranger(contacts, psi);
    }
    return p;
}

Plan make_plan(Account const& account,
               Proposition const& proposition,
               Contamination contamination) {
    return Planner{account, proposition}.make(contamination);
}

void check_examinations(Account const& account,
                        Plan const& plan,
                        std::span<Finding const> findings) {
    auto const moves_on = [&](PlannedEvent const& event, Finding const& seen) {
        bool const leaves = account.carriers[event.carriers[0]].id == seen.zone ||
                            (!event.one_way && account.carriers[event.carriers[1]].id == seen.zone);
        return event.two_carriers && leaves &&
               event.when.minutes + event.when.half_width > seen.minutes;
    };
    for (PlannedEvent const& event : plan.events) {
        for (Finding const& seen : findings) {
            if (seen.kind == FindingKind::not_examined || !moves_on(event, seen)) {
                continue;
            }
            for (Finding const& later : findings) {
                if (later.kind != FindingKind::not_examined && later.zone != seen.zone &&
                    later.minutes > event.when.minutes - event.when.half_width) {
                    throw Error{ErrorKind::unsupported,
                                {"la zone {0} est examinée, puis en contact, puis la zone {1} est "
                                 "examinée : le modèle ne peut pas suivre un produit vu sur une "
                                 "zone et retrouvé sur une autre ; écarter l’une des observations",
                                 "zone {0} is examined, then in contact, and then zone {1} is "
                                 "examined: the model cannot follow marker that was seen on one "
                                 "zone and found again on another; leave out one of the findings"},
                                seen.zone,
                                later.zone};
                }
            }
        }
    }
}

} // namespace cmq::lab
