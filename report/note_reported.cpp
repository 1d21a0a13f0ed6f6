// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/findings.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/reported.hpp"
#include "report/phrases/summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::report {

namespace {

using casefile::Observation;
using casefile::ObservationKind;

std::string what_text(NoteWriter const& writer, Observation const& seen) {
    double const value = seen.value ? **seen.value : 0.0;
    switch (*seen.kind) {
    case ObservationKind::detected:
        return writer.say(phrases::reported_glow);
    case ObservationKind::not_detected:
        return writer.say(phrases::reported_nothing);
    case ObservationKind::not_examined:
        return writer.say(phrases::reported_not_examined);
    case ObservationKind::count:
        return writer.say(phrases::reported_count,
                          {{"count", decimal_text(value, 0, writer.language())}});
    case ObservationKind::amount:
        return writer.say(
            phrases::reported_amount,
            {{"value", measured_text(value, seen.sigma ? **seen.sigma : 0.0, writer.language())}});
    case ObservationKind::reading:
        return writer.say(phrases::reported_reading, {{"code", seen.code}});
    case ObservationKind::search:
        break;
    }
    return {};
}

Phrase const& room_text(casefile::Room room) {
    switch (room) {
    case casefile::Room::dark:
        return phrases::room_dark;
    case casefile::Room::dimmed:
        return phrases::room_dimmed;
    case casefile::Room::lit:
        return phrases::room_lit;
    case casefile::Room::daylight:
        break;
    }
    return phrases::room_daylight;
}

std::string lamp_text(NoteWriter const& writer, Observation const& seen) {
    std::vector<std::string> parts;
    if (!seen.lamp.empty()) {
        parts.push_back(seen.lamp);
    }
    if (seen.lamp_nm) {
        parts.push_back(
            writer.say(phrases::reported_wavelength,
                       {{"wavelength", decimal_text(*seen.lamp_nm, 0, writer.language())}}));
    }
    return writer.joined(parts);
}

/// Collects what is noted and what is not.
class Conditions {
public:
    explicit Conditions(NoteWriter const& writer) : writer_{writer} {}

    void add(bool noted, std::string text, Phrase const& item) {
        if (noted) {
            noted_.push_back(std::move(text));
        } else {
            lacking_.push_back(writer_.say(item));
        }
    }

    [[nodiscard]] std::string text() const {
        std::vector<std::string> all = noted_;
        if (!lacking_.empty()) {
            all.push_back(writer_.say(phrases::not_noted, {{"items", writer_.joined(lacking_)}}));
        }
        bool const french = writer_.language() == Language::french;
        return writer_.joined(all, french ? std::string{narrow_no_break_space} + "; " : "; ");
    }

private:
    NoteWriter const& writer_;
    std::vector<std::string> noted_;
    std::vector<std::string> lacking_;
};

/// "30" and "2,5": a document that says 30 cm does not say 30,0 cm.
std::string number(NoteWriter const& writer, double value) {
    return value == std::floor(value) ? decimal_text(value, 0, writer.language())
                                      : writer.rounded(value, 3);
}

/// "14 novembre 2026, 17 h 20", or "17 h 20" of a time without a day.
std::string moment_text(NoteWriter const& writer, casefile::Moment const& at) {
    constexpr std::size_t day_length = 10;
    constexpr std::size_t time_length = 5; // "17:20"
    bool const dated = at.written.size() > day_length + time_length;
    if (!dated && at.written.size() != time_length) {
        return at.written;
    }
    std::string time = at.written.substr(dated ? day_length + 1 : 0, time_length);
    if (writer.language() == Language::french && time[2] == ':') {
        time = time.substr(0, 2) + std::string{narrow_no_break_space} + "h" +
               std::string{narrow_no_break_space} + time.substr(3);
    }
    if (!dated) {
        return time;
    }
    return date_text(at.written.substr(0, day_length), writer.language()) + ", " + time;
}

std::string conditions_text(NoteWriter const& writer, Observation const& seen) {
    Conditions conditions{writer};
    conditions.add(true, what_text(writer, seen), phrases::item_colour);
    if (seen.size_mm) {
        conditions.add(
            true,
            writer.say(phrases::reported_size, {{"size", number(writer, *seen.size_mm)}}),
            phrases::item_colour);
    }
    if (*seen.kind == ObservationKind::detected) {
        conditions.add(!seen.colour.empty(),
                       writer.say(phrases::reported_colour, {{"colour", seen.colour}}),
                       phrases::item_colour);
    }
    bool const lamp = !seen.lamp.empty() || seen.lamp_nm.has_value();
    conditions.add(lamp,
                   writer.say(phrases::reported_lamp, {{"lamp", lamp_text(writer, seen)}}),
                   phrases::item_lamp);
    conditions.add(!seen.filter.empty(),
                   writer.say(phrases::reported_filter, {{"filter", seen.filter}}),
                   phrases::item_filter);
    conditions.add(seen.distance_cm.has_value(),
                   writer.say(phrases::reported_distance,
                              {{"distance", number(writer, seen.distance_cm.value_or(0.0))}}),
                   phrases::item_distance);
    conditions.add(seen.room.has_value(),
                   seen.room ? writer.say(room_text(*seen.room)) : "",
                   phrases::item_room);
    conditions.add(
        seen.at.has_value(), seen.at ? moment_text(writer, **seen.at) : "", phrases::item_time);
    return conditions.text();
}

bool is_looked_at(Observation const& seen) {
    return *seen.kind == ObservationKind::detected || *seen.kind == ObservationKind::not_detected;
}

std::string search_text(NoteWriter const& writer, casefile::SearchReport const& search) {
    Conditions conditions{writer};
    conditions.add(
        true,
        writer.say(phrases::reported_search,
                   {{"checked", count_text(search.population.checked, writer.language())},
                    {"glowing", count_text(search.population.glowing, writer.language())}}),
        phrases::item_lamp);
    conditions.add(!search.lamp.empty(),
                   writer.say(phrases::reported_lamp, {{"lamp", search.lamp}}),
                   phrases::item_lamp);
    conditions.add(search.at.has_value(),
                   search.at ? moment_text(writer, **search.at) : "",
                   phrases::item_time);
    return conditions.text();
}

} // namespace

std::string source_text(NoteWriter const& writer, casefile::Source const& source) {
    std::string const document = typeset(source.document, writer.language());
    std::vector<std::string> parts{
        source.page ? writer.say(phrases::document_page,
                                 {{"document", document}, {"page", std::to_string(*source.page)}})
                    : document};
    if (!source.author.empty()) {
        parts.push_back(typeset(source.author, writer.language()));
    }
    if (!source.date.empty()) {
        parts.push_back(date_text(source.date, writer.language()));
    }
    std::string text = writer.joined(parts);
    if (!source.words.empty()) {
        text += (writer.language() == Language::french ? std::string{no_break_space} : "") + ": " +
                writer.say(phrases::written_words, {{"words", source.words}});
    }
    return text;
}

void add_reported(NoteWriter& writer) {
    casefile::Case const& file = writer.file();
    if (file.observations.empty() && file.searches.empty()) {
        return;
    }
    writer.heading(2, writer.say(phrases::heading_reported), "reported");
    writer.paragraph(writer.say(phrases::reported_intro));
    add_reported_table(writer);
    if (has_reported_code(file)) {
        writer.paragraph(writer.say(phrases::reading_not_weighed));
    }
}

void add_reported_table(NoteWriter& writer) {
    casefile::Case const& file = writer.file();
    TableBlock table;
    table.caption = writer.say(phrases::reported_caption);
    table.columns = {writer.column(phrases::reported_zone, 1.0),
                     writer.column(phrases::reported_what, 1.7),
                     writer.column(phrases::reported_where, 1.6)};
    for (Observation const& seen : file.observations) {
        std::string const what =
            is_looked_at(seen) ? conditions_text(writer, seen) : what_text(writer, seen);
        table.rows.push_back(
            {plain(writer.zone(*seen.zone)), plain(what), plain(source_text(writer, seen.source))});
    }
    for (casefile::SearchReport const& search : file.searches) {
        table.rows.push_back({plain(writer.say(phrases::search_group)),
                              plain(search_text(writer, search)),
                              plain(source_text(writer, search.source))});
    }
    writer.add(std::move(table));
}

void add_unexamined(NoteWriter& writer, std::vector<std::string> const& people) {
    std::vector<std::string> said;
    std::vector<std::string> unsaid;
    for (std::string const& zone : unexamined_zones(writer.input())) {
        std::string const person = zone.substr(0, zone.find('.'));
        if (!people.empty() && std::ranges::find(people, person) == people.end()) {
            continue;
        }
        bool const is_said =
            std::ranges::any_of(writer.file().observations, [&](Observation const& seen) {
                return *seen.zone == zone && *seen.kind == ObservationKind::not_examined;
            });
        (is_said ? said : unsaid).push_back(zone);
    }
    if (!said.empty()) {
        writer.paragraph(
            writer.say(phrases::zones_said_not_examined, {{"zones", writer.zones(said)}}));
    }
    if (!unsaid.empty()) {
        writer.paragraph(
            writer.say(phrases::zones_not_reported, {{"zones", writer.zones(unsaid)}}));
    }
}

void add_not_examined(NoteWriter& writer) {
    NoteInput const& input = writer.input();
    writer.heading(2, writer.say(phrases::heading_unexamined), "not-examined");
    add_unexamined(writer);
    std::vector<std::string> items;
    auto const has_role = [&](casefile::CaptureRole role) {
        return std::ranges::any_of(input.file.captures,
                                   [&](auto const& each) { return *each.role == role; });
    };
    if (input.captures.empty()) {
        items.push_back(writer.say(phrases::unexamined_pictures));
    } else {
        if (!has_role(casefile::CaptureRole::blank)) {
            items.push_back(writer.say(phrases::unexamined_blanks));
        }
        if (!has_role(casefile::CaptureRole::reference)) {
            items.push_back(writer.say(phrases::unexamined_reference));
        }
        bool const coloured = std::ranges::any_of(
            input.detections, [](NoteDetection const& each) { return !each.colours.empty(); });
        if (!coloured) {
            items.push_back(writer.say(phrases::unexamined_colour));
        }
    }
    if (!has_reading(input.file)) {
        items.push_back(writer.say(phrases::unexamined_code));
    }
    if (!input.file.observations.empty()) {
        items.push_back(writer.say(phrases::unexamined_documents));
    }
    items.push_back(writer.say(phrases::unexamined_other));
    writer.list(items);
}

} // namespace cmq::report
