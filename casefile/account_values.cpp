// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/account_values.hpp"

#include "casefile/words.hpp"

namespace cmq::casefile {
namespace {

Placed<double> probability_of(Fields const& from) {
    return from.number("probability").value_or(Placed<double>{1.0, from.place()});
}

} // namespace

Reasons to_reasons(Fields const& from) {
    return {.text = from.bilingual("reasons"), .author = from.text("author")};
}

Carrier to_carrier(Fields const& from) {
    return {.place = from.place(),
            .id = from.name("id"),
            .surface = *from.word<Surface>("surface", words::surface),
            .label = from.bilingual("label")};
}

Delivery to_delivery(Fields const& from) {
    Delivery delivery{.place = from.place(),
                      .id = from.name("id"),
                      .kind = *from.word<DeliveryKind>("kind", words::delivery_kind),
                      .at = *from.moment("at"),
                      .zones = from.shares("zones"),
                      .probability = probability_of(from),
                      .reasons = to_reasons(from),
                      .cause = from.text("cause"),
                      .amount_dl = from.number("amount_dl"),
                      .offsets_m = from.shares("offsets_m"),
                      .contacts = static_cast<int>(from.integer("contacts").value_or(0)),
                      .label = from.bilingual("label")};
    if (auto const distance = from.number("distance_m")) {
        delivery.distance_m = distance->value;
    }
    if (auto const offset = from.number("aim_offset_m")) {
        delivery.aim_offset_m = offset->value;
    }
    if (auto const half_width = from.number("body_half_width_m")) {
        delivery.body_half_width_m = half_width->value;
    }
    return delivery;
}

Event to_event(Fields const& from) {
    Event event{.place = from.place(),
                .id = from.name("id"),
                .kind = *from.word<EventKind>("kind", words::event_kind),
                .carriers = from.names("between"),
                .at = *from.moment("at"),
                .probability = probability_of(from),
                .reasons = to_reasons(from),
                .cause = from.text("cause"),
                .friction = from.flag("friction"),
                .solvent = from.flag("solvent"),
                .pressure = {},
                .area = from.number("area").value_or(Placed<double>{1.0, {}}).value,
                .one_way = from.flag("one_way"),
                .after = from.optional_name("after"),
                .label = from.bilingual("label")};
    if (auto const on = from.optional_name("on")) {
        event.carriers.push_back(*on);
    }
    if (auto const pressure = from.word<Pressure>("pressure", words::pressure)) {
        event.pressure = pressure->value;
    }
    return event;
}

Contamination to_contamination(Fields const& from) {
    return {.place = from.place(),
            .id = from.name("id"),
            .zones = from.shares("zones"),
            .at = *from.moment("at"),
            .probability = probability_of(from),
            .reasons = to_reasons(from),
            .cause = from.text("cause"),
            .amount_dl = from.number("amount_dl"),
            .label = from.bilingual("label")};
}

Lookalike to_lookalike(Fields const& from) {
    return {.place = from.place(),
            .id = from.name("id"),
            .prevalence = from.number("prevalence"),
            .seen = from.number("seen"),
            .other_lot = from.flag("other_lot"),
            .source = from.text("source"),
            .label = from.bilingual("label")};
}

Proposition to_proposition(Fields const& from) {
    return {.place = from.place(),
            .id = from.name("id"),
            .side = *from.word<Side>("side", words::side),
            .text = from.bilingual("text"),
            .deliveries = from.names("deliveries"),
            .events = from.names("events")};
}

Comparison to_comparison(Fields const& from) {
    return {.place = from.place(), .h1 = from.name("h1"), .h2 = from.name("h2")};
}

} // namespace cmq::casefile
