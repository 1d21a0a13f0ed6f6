// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/seals.hpp"

#include <utility>

namespace cmq::report {
namespace {

using casefile::Seal;

std::string
day_and_person(NoteWriter const& writer, std::string const& day, std::string const& person) {
    std::string const on =
        day.empty() ? writer.say(phrases::seal_day_not_stated) : date_text(day, writer.language());
    return person.empty() ? on : writer.say(phrases::seal_on_by, {{"day", on}, {"by", person}});
}

std::string content_text(NoteWriter const& writer, Seal const& seal) {
    std::string holds = text_in(seal.holds, writer.language());
    if (seal.zone) {
        holds = writer.say(phrases::seal_of_zone,
                           {{"holds", holds}, {"zone", writer.zone(**seal.zone)}});
    }
    std::string const& condition = text_in(seal.condition, writer.language());
    return condition.empty()
               ? holds
               : writer.say(phrases::seal_condition, {{"holds", holds}, {"condition", condition}});
}

std::string resealed_text(NoteWriter const& writer, Seal const& seal) {
    if (seal.resealed_on.empty() && seal.resealed_as.empty()) {
        return seal.opened_on.empty() ? "–" : writer.say(phrases::seal_not_resealed);
    }
    std::string const day = day_and_person(writer, seal.resealed_on, "");
    return seal.resealed_as.empty() || seal.resealed_as == *seal.number
               ? writer.say(phrases::seal_same_number, {{"day", day}})
               : writer.say(phrases::seal_resealed_as,
                            {{"day", day}, {"number", seal.resealed_as}});
}

} // namespace

void add_seals(NoteWriter& writer) {
    auto const& seals = writer.file().seals;
    if (seals.empty()) {
        if (writer.file().report.role == casefile::ReportRole::court) {
            writer.paragraph(writer.say(phrases::seals_none_stated));
        }
        return;
    }
    writer.heading(2, writer.say(phrases::heading_seals), "seals");
    TableBlock table{.caption = writer.say(phrases::seals_caption),
                     .columns = {writer.column(phrases::seal_number, 0.8),
                                 writer.column(phrases::seal_holds, 2.4),
                                 writer.column(phrases::seal_sealed, 1.2),
                                 writer.column(phrases::seal_opened, 1.2),
                                 writer.column(phrases::seal_resealed, 1.2)},
                     .rows = {}};
    std::vector<std::string> left_open;
    for (Seal const& seal : seals) {
        bool const is_opened = !seal.opened_on.empty();
        table.rows.push_back(
            {plain(*seal.number),
             plain(content_text(writer, seal)),
             plain(day_and_person(writer, seal.sealed_on, seal.sealed_by)),
             plain(is_opened ? day_and_person(writer, seal.opened_on, seal.opened_by)
                             : writer.say(phrases::seal_not_opened)),
             plain(resealed_text(writer, seal))});
        if (is_opened && seal.resealed_on.empty() && seal.resealed_as.empty()) {
            left_open.push_back(*seal.number);
        }
    }
    writer.add(std::move(table));
    if (!left_open.empty()) {
        writer.paragraph(
            writer.say(phrases::seals_left_open, {{"numbers", writer.joined(left_open)}}));
    }
}

} // namespace cmq::report
