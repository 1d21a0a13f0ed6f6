// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/circumstances.hpp"

#include <utility>

namespace cmq::report {
namespace {

Phrase const& phrase_of(casefile::CircumstanceKind kind) {
    switch (kind) {
    case casefile::CircumstanceKind::film:
        return phrases::circumstance_film;
    case casefile::CircumstanceKind::picture:
        return phrases::circumstance_picture;
    case casefile::CircumstanceKind::statement:
        return phrases::circumstance_statement;
    case casefile::CircumstanceKind::other:
        break;
    }
    return phrases::circumstance_other;
}

} // namespace

void add_circumstances(NoteWriter& writer) {
    auto const& all = writer.file().circumstances;
    if (all.empty()) {
        return;
    }
    writer.heading(2, writer.say(phrases::heading_circumstances), "circumstances");
    TableBlock table{.caption = writer.say(phrases::circumstances_caption),
                     .columns = {writer.column(phrases::circumstance_kind, 0.8),
                                 writer.column(phrases::circumstance_shows, 2.4),
                                 writer.column(phrases::circumstance_source, 1.6)},
                     .rows = {}};
    for (casefile::Circumstance const& each : all) {
        table.rows.push_back({plain(writer.say(phrase_of(*each.kind))),
                              plain(text_in(each.shows, writer.language())),
                              plain(source_text(writer, each.source))});
    }
    writer.add(std::move(table));
    writer.paragraph(writer.say(phrases::circumstances_not_scored));
}

} // namespace cmq::report
