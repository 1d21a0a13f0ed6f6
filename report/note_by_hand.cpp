// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/by_hand.hpp"

#include <algorithm>
#include <utility>

namespace cmq::report {

namespace {

constexpr int digits = 4; // enough that a reader's last printed digit is off by one at most

/// "0,3", not "0,3000": digits that are zero say nothing to a calculator.
std::string number(NoteWriter const& writer, double value) {
    std::string text = value == 0.0 ? "0" : writer.rounded(value, digits);
    if (text.find(writer.language() == Language::french ? ',' : '.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with(',') || text.ends_with('.')) {
            text.pop_back();
        }
    }
    return text;
}

std::string probability(NoteWriter const& writer, double value) {
    return value > 0.999 ? writer.say(phrases::by_hand_nearly_one) : number(writer, value);
}

void add_surface(NoteWriter const& writer,
                 lab::HandSurface const& surface,
                 std::vector<std::string>& items) {
    Phrase const& phrase = surface.surface == lab::Surface::skin     ? phrases::by_hand_skin
                           : surface.surface == lab::Surface::porous ? phrases::by_hand_porous
                                                                     : phrases::by_hand_smooth;
    std::string text = writer.say(phrase,
                                  {{"tau", number(writer, surface.rates.drying_tau_min)},
                                   {"phi", number(writer, surface.rates.loose_share)},
                                   {"loose", number(writer, surface.rates.loose_rate_per_min)},
                                   {"bound", number(writer, surface.rates.bound_rate_per_min)}});
    if (std::ranges::find(items, text) == items.end()) {
        items.push_back(std::move(text));
    }
}

std::string step_text(NoteWriter const& writer, lab::HandStep const& step) {
    switch (step.kind) {
    case lab::HandStepKind::landing:
        return writer.say(phrases::by_hand_lands,
                          {{"delivery", capitalised(delivery_text(writer, step.entry))},
                           {"zone", writer.zone(step.carrier)}});
    case lab::HandStepKind::contact:
        return writer.say(phrases::by_hand_contact,
                          {{"event", capitalised(event_text(writer, step.entry))},
                           {"from", writer.zone(step.from)},
                           {"zone", writer.zone(step.carrier)},
                           {"wet", number(writer, step.moved.wet)},
                           {"loose", number(writer, step.moved.loose)},
                           {"bound", number(writer, step.moved.bound)}});
    case lab::HandStepKind::waiting:
        break;
    }
    return writer.say(
        phrases::by_hand_waits,
        {{"minutes", number(writer, step.minutes)}, {"zone", writer.zone(step.carrier)}});
}

void add_line(NoteWriter& writer, lab::HandLine const& line) {
    TableBlock table;
    table.caption = writer.say(phrases::by_hand_caption, {{"proposition", line.proposition}});
    table.columns = {writer.column(phrases::by_hand_step, 3.0),
                     writer.column(phrases::by_hand_wet, 1.0, Alignment::right),
                     writer.column(phrases::by_hand_loose, 1.0, Alignment::right),
                     writer.column(phrases::by_hand_bound, 1.0, Alignment::right)};
    for (lab::HandStep const& step : line.steps) {
        table.rows.push_back({plain(step_text(writer, step)),
                              plain(number(writer, step.state.wet)),
                              plain(number(writer, step.state.loose)),
                              plain(number(writer, step.state.bound))});
    }
    writer.add(std::move(table));
    lab::State const& last = line.steps.back().state;
    writer.paragraph(writer.say(phrases::by_hand_result,
                                {{"proposition", line.proposition},
                                 {"wet", number(writer, last.wet)},
                                 {"loose", number(writer, last.loose)},
                                 {"bound", number(writer, last.bound)},
                                 {"share", number(writer, last.total())},
                                 {"load", number(writer, line.load_dl)},
                                 {"amount", number(writer, line.amount_dl)},
                                 {"conversion", number(writer, line.conversion)},
                                 {"slope", number(writer, line.slope)},
                                 {"seen", probability(writer, line.seen)}}));
}

} // namespace

void add_by_hand(NoteWriter& writer) {
    if (!writer.input().by_hand || writer.form().length != Length::annex) {
        return;
    }
    lab::HandCheck const& check = *writer.input().by_hand;
    writer.heading(2, writer.say(phrases::heading_by_hand), "by-hand");
    writer.paragraph(writer.say(phrases::by_hand_intro, {{"zone", writer.zone(check.zone)}}));
    writer.paragraph(writer.say(phrases::by_hand_rules));
    std::vector<std::string> surfaces;
    for (lab::HandLine const& line : check.lines) {
        for (lab::HandSurface const& surface : line.surfaces) {
            add_surface(writer, surface, surfaces);
        }
    }
    writer.list(surfaces);
    for (lab::HandLine const& line : check.lines) {
        add_line(writer, line);
    }
    lab::Evaluation const& evaluation = writer.input().evaluations.front();
    for (std::string const& side : {evaluation.h1, evaluation.h2}) {
        if (std::ranges::find(check.lines, side, &lab::HandLine::proposition) ==
            check.lines.end()) {
            writer.paragraph(writer.say(phrases::by_hand_no_way, {{"proposition", side}}));
        }
    }
}

} // namespace cmq::report
