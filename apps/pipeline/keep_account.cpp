// SPDX-License-Identifier: GPL-3.0-or-later

// Written for readers and for the hash of what an evaluation was computed from; never read back.

#include "apps/pipeline/keep_evaluations.hpp"
#include "apps/pipeline/keep_parts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {
namespace {

struct ZoneRow {
    std::int64_t delivery = 0;
    std::string carrier;
    double share = 0.0;
    double offset_m = 0.0;
};

struct PropositionRow {
    std::string id;
    std::string deliveries;
    std::string events;
    std::string assigned_zones;
    std::optional<double> assigned;
    std::optional<double> assigned_low;
    std::optional<double> assigned_high;
    std::string assigned_why; ///< author, date, reasons: printed with the value
};

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (std::string const& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

struct DeliveryRow {
    lab::Delivery delivery;
    std::optional<double> aim_offset_m;
    std::optional<double> body_half_width_m;
    std::int64_t contacts = 0;
};

RowMap<DeliveryRow> delivery_map() {
    RowMap<DeliveryRow> map;
    map.add(
        "id", "", "of the case", [](auto& r) -> auto& { return r.delivery.id; });
    map.add(
        "kind", "", "0 pellet, 1 spray, 2 shower, 3 drone, 4 contamination, 5 crowd", [
        ](auto& r) -> auto& { return r.delivery.kind; });
    map.add(
        "minutes", "min", "on the account's clock", [](auto& r) -> auto& {
            return r.delivery.when.minutes;
        });
    map.add(
        "half_width", "min", "either way", [](auto& r) -> auto& {
            return r.delivery.when.half_width;
        });
    map.add(
        "probability", "", "that it happened", [](auto& r) -> auto& {
            return r.delivery.probability;
        });
    map.add(
        "cause", "", "what shares one happens together", [](auto& r) -> auto& {
            return r.delivery.cause;
        });
    map.add(
        "mean_load_dl", "detection limit", "none: by the kind", [](auto& r) -> auto& {
            return r.delivery.mean_load_dl;
        });
    map.add(
        "distance_m", "m", "of launcher, nozzle or drone; 0: not stated", [](auto& r) -> auto& {
            return r.delivery.distance_m;
        });
    map.add(
        "aim_offset_m", "m", "none: no chance of a hit is formed", [](auto& r) -> auto& {
            return r.aim_offset_m;
        });
    map.add(
        "body_half_width_m", "m", "with aim_offset_m", [](auto& r) -> auto& {
            return r.body_half_width_m;
        });
    map.add(
        "contacts", "", "of a crowd", [](auto& r) -> auto& { return r.contacts; });
    return map;
}

struct EventRow {
    lab::Event event;
    std::string between;
};

RowMap<EventRow> event_map() {
    RowMap<EventRow> map;
    map.add(
        "id", "", "of the case", [](auto& r) -> auto& { return r.event.id; });
    map.add(
        "kind",
        "",
        "0 contact, 1 wear, 2 search, 3 handcuffing, 4 package, 5 wash, 6 swab, 7 glove change",
        [](auto& r) -> auto& { return r.event.kind; });
    map.add(
        "between", "", "ids of the carriers", [](auto& r) -> auto& { return r.between; });
    map.add(
        "minutes", "min", "on the account's clock", [](auto& r) -> auto& {
            return r.event.when.minutes;
        });
    map.add(
        "half_width", "min", "either way", [](auto& r) -> auto& {
            return r.event.when.half_width;
        });
    map.add(
        "probability", "", "that it happened", [](auto& r) -> auto& {
            return r.event.probability;
        });
    map.add(
        "cause", "", "what shares one happens together", [](auto& r) -> auto& {
            return r.event.cause;
        });
    map.add(
        "pressure", "", "-1 of the kind, 0 light, 1 normal, 2 firm", [](auto& r) -> auto& {
            return r.event.pressure;
        });
    map.add(
        "friction", "", "1 yes", [](auto& r) -> auto& { return r.event.friction; });
    map.add(
        "solvent", "", "1 yes", [](auto& r) -> auto& { return r.event.solvent; });
    map.add(
        "area", "", "relative to a palm", [](auto& r) -> auto& { return r.event.area; });
    map.add(
        "one_way", "", "1: from the first to the second only", [](auto& r) -> auto& {
            return r.event.one_way;
        });
    map.add(
        "after", "", "id of what came before", [](auto& r) -> auto& { return r.event.after; });
    return map;
}

RowMap<lab::Carrier> carrier_map() {
    RowMap<lab::Carrier> map;
    map.add(
        "id", "", "of the case", [](auto& r) -> auto& { return r.id; });
    map.add(
        "surface", "", "0 skin, 1 porous, 2 smooth", [](auto& r) -> auto& { return r.surface; });
    return map;
}

RowMap<ZoneRow> zone_map() {
    RowMap<ZoneRow> map;
    map.add(
        "delivery", "", "row of deliveries", [](auto& r) -> auto& { return r.delivery; });
    map.add(
        "carrier", "", "id", [](auto& r) -> auto& { return r.carrier; });
    map.add(
        "share", "", "of the load", [](auto& r) -> auto& { return r.share; });
    map.add(
        "offset_m", "m", "from the middle of where the marker went", [](auto& r) -> auto& {
            return r.offset_m;
        });
    return map;
}

RowMap<lab::LookAlike> look_alike_map() {
    RowMap<lab::LookAlike> map;
    map.add(
        "id", "", "of the case", [](auto& r) -> auto& { return r.id; });
    map.add(
        "prevalence", "", "none: the parameter", [](auto& r) -> auto& { return r.prevalence; });
    map.add(
        "seen", "", "none: the parameter", [](auto& r) -> auto& { return r.seen; });
    map.add(
        "is_other_lot", "", "1: marker of another lot", [](auto& r) -> auto& {
            return r.is_other_lot;
        });
    return map;
}

RowMap<PropositionRow> proposition_map() {
    RowMap<PropositionRow> map;
    map.add(
        "id", "", "of the case", [](auto& r) -> auto& { return r.id; });
    map.add(
        "deliveries", "", "ids", [](auto& r) -> auto& { return r.deliveries; });
    map.add(
        "events", "", "ids", [](auto& r) -> auto& { return r.events; });
    map.add(
        "assigned", "", "p(findings) of a scientist; none: the model's", [](auto& r) -> auto& {
            return r.assigned;
        });
    map.add(
        "assigned_low", "", "least, as stated", [](auto& r) -> auto& { return r.assigned_low; });
    map.add(
        "assigned_high", "", "most, as stated", [](auto& r) -> auto& { return r.assigned_high; });
    map.add(
        "assigned_zones", "", "ids; empty: all", [](auto& r) -> auto& { return r.assigned_zones; });
    map.add(
        "assigned_why", "", "author, date, reasons", [](auto& r) -> auto& {
            return r.assigned_why;
        });
    return map;
}

PropositionRow to_row(lab::Proposition const& proposition) {
    PropositionRow row{.id = proposition.id,
                       .deliveries = joined(proposition.deliveries),
                       .events = joined(proposition.events),
                       .assigned_zones = {},
                       .assigned = {},
                       .assigned_low = {},
                       .assigned_high = {},
                       .assigned_why = {}};
    if (auto const& assigned = proposition.assigned) {
        row.assigned_zones = joined(assigned->zones);
        row.assigned = assigned->probability;
        row.assigned_low = assigned->low;
        row.assigned_high = assigned->high;
        row.assigned_why = assigned->author + "; " + assigned->date + "; " + assigned->reasons_fr +
                           "; " + assigned->reasons_en;
    }
    return row;
}

} // namespace

void keep_account(Translation const& translation, casefile::KeptCase& kept) {
    lab::Account const& account = translation.account;
    std::vector<ZoneRow> zones;
    for (std::size_t i = 0; i < account.deliveries.size(); ++i) {
        for (lab::ZoneShare const& zone : account.deliveries[i].zones) {
            zones.push_back(
                {static_cast<std::int64_t>(i), zone.carrier, zone.share, zone.offset_m});
        }
    }
    std::vector<DeliveryRow> deliveries;
    for (lab::Delivery const& delivery : account.deliveries) {
        DeliveryRow row{delivery, {}, {}, delivery.contacts};
        if (delivery.aim) {
            row.aim_offset_m = delivery.aim->offset_m;
            row.body_half_width_m = delivery.aim->half_width_m;
        }
        deliveries.push_back(std::move(row));
    }
    std::vector<EventRow> events;
    for (lab::Event const& event : account.events) {
        events.push_back({event, joined(event.between)});
    }
    std::vector<PropositionRow> propositions;
    for (lab::Proposition const& proposition : translation.propositions) {
        propositions.push_back(to_row(proposition));
    }
    put(kept, "account_carriers", carrier_map(), account.carriers);
    put(kept, "account_deliveries", delivery_map(), deliveries);
    put(kept, "account_zones", zone_map(), zones);
    put(kept, "account_events", event_map(), events);
    put(kept, "account_look_alikes", look_alike_map(), account.look_alikes);
    put(kept, "account_propositions", proposition_map(), propositions);
    std::vector<ParameterRow> parameters; // with their texts: the note prints them with the value
    for (lab::Parameter const& parameter : translation.parameters.all()) {
        parameters.push_back({-1, parameter});
    }
    put(kept, "account_parameters", parameter_map(), parameters);
}

} // namespace cmq::pipeline
