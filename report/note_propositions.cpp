// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_figures.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/value.hpp"

#include <utility>

namespace cmq::report {

namespace {

std::string side_text(NoteWriter const& writer, casefile::Side side) {
    switch (side) {
    case casefile::Side::prosecution:
        return writer.say(phrases::side_prosecution);
    case casefile::Side::defence:
        return writer.say(phrases::side_defence);
    case casefile::Side::neither:
        break;
    }
    return writer.say(phrases::side_neither);
}

Phrase const& delivery_phrase(casefile::DeliveryKind kind) {
    switch (kind) {
    case casefile::DeliveryKind::pellet:
        return phrases::delivery_pellet;
    case casefile::DeliveryKind::spray:
        return phrases::delivery_spray;
    case casefile::DeliveryKind::shower:
        return phrases::delivery_shower;
    case casefile::DeliveryKind::drone:
        return phrases::delivery_drone;
    case casefile::DeliveryKind::crowd:
        return phrases::delivery_crowd;
    case casefile::DeliveryKind::other:
        break;
    }
    return phrases::delivery_other;
}

Phrase const& event_phrase(casefile::EventKind kind) {
    switch (kind) {
    case casefile::EventKind::wear:
        return phrases::event_wear;
    case casefile::EventKind::package:
        return phrases::event_package;
    case casefile::EventKind::search:
        return phrases::event_search;
    case casefile::EventKind::handcuffing:
        return phrases::event_handcuffing;
    case casefile::EventKind::swab:
        return phrases::event_swab;
    case casefile::EventKind::wash:
        return phrases::event_wash;
    case casefile::EventKind::glove_change:
        return phrases::event_glove_change;
    case casefile::EventKind::contact:
        break;
    }
    return phrases::event_contact;
}

/// The label that the case gives, else what the kind is called, with the id.
std::string labelled(NoteWriter const& writer,
                     casefile::Bilingual const& label,
                     Phrase const& kind,
                     std::string const& id) {
    std::string const& text = text_in(label, writer.language());
    return text.empty() ? writer.say(kind, {{"id", id}}) : text;
}

std::string account_text(NoteWriter const& writer, casefile::Proposition const& proposition) {
    std::vector<std::string> items;
    for (auto const& delivery : proposition.deliveries) {
        items.push_back(delivery_text(writer, *delivery));
    }
    for (auto const& event : proposition.events) {
        items.push_back(event_text(writer, *event));
    }
    return items.empty() ? writer.say(phrases::no_event) : writer.joined(items);
}

} // namespace

std::string event_text(NoteWriter const& writer, std::string const& id) {
    for (casefile::Event const& event : writer.file().events) {
        if (*event.id == id) {
            return labelled(writer, event.label, event_phrase(*event.kind), id);
        }
    }
    return id;
}

std::string delivery_text(NoteWriter const& writer, std::string const& id) {
    for (casefile::Delivery const& delivery : writer.file().deliveries) {
        if (*delivery.id == id) {
            return labelled(writer, delivery.label, delivery_phrase(*delivery.kind), id);
        }
    }
    for (casefile::Contamination const& contamination : writer.file().contaminations) {
        if (*contamination.id == id) {
            return labelled(writer, contamination.label, phrases::delivery_contamination, id);
        }
    }
    return id;
}

void add_propositions(NoteWriter& writer) {
    writer.section(phrases::heading_propositions, "propositions");
    TableBlock table;
    table.caption = writer.say(phrases::propositions_caption);
    table.columns = {writer.column(phrases::proposition, 0.7),
                     writer.column(phrases::put_forward, 0.8),
                     writer.column(phrases::statement, 2.2),
                     writer.column(phrases::account, 1.6)};
    for (casefile::Proposition const& proposition : writer.file().propositions) {
        if (is_compared(writer.file(), *proposition.id)) {
            table.rows.push_back({bold(*proposition.id),
                                  plain(side_text(writer, *proposition.side)),
                                  plain(writer.proposition_text(*proposition.id)),
                                  plain(account_text(writer, proposition))});
        }
    }
    if (table.rows.empty()) {
        writer.paragraph(writer.say(phrases::no_question));
    } else {
        writer.add(std::move(table));
    }
    for (auto& network : make_networks(writer)) {
        std::visit([&](auto& part) { writer.add(std::move(part)); }, network);
    }
    if (auto chart = make_routes_chart(writer)) {
        writer.add(*std::move(chart));
    }
    writer.paragraph(writer.say(phrases::propositions_note), ParagraphStyle::note);
    add_circumstances(writer);
}

} // namespace cmq::report
