// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/glossary.hpp"
#include "report/verbal_scale.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace cmq::report {

namespace {

void add_scale(NoteWriter& writer) {
    TableBlock table;
    table.caption = writer.say(phrases::scale_caption, {{"rule", writer.say(edge_rule())}});
    table.columns = {writer.column(phrases::scale_factor, 1.0),
                     writer.column(phrases::scale_words, 1.6)};
    for (VerbalDegree const& degree : verbal_scale()) {
        std::string const low = writer.rounded(std::max(degree.above, 1.0), 1);
        std::string const range =
            std::isinf(degree.up_to)
                ? writer.say(phrases::scale_above, {{"low", low}})
                : writer.say(phrases::scale_between,
                             {{"low", low}, {"high", writer.rounded(degree.up_to, 1)}});
        table.rows.push_back({plain(range), plain(writer.say(degree.words))});
    }
    writer.add(std::move(table));
}

} // namespace

void add_glossary(NoteWriter& writer) {
    writer.section(phrases::heading_glossary, "glossary");
    TableBlock table;
    table.caption = writer.say(phrases::glossary_caption);
    table.columns = {writer.column(phrases::glossary_word, 1.0),
                     writer.column(phrases::glossary_meaning, 3.2)};
    for (phrases::Explained const& each : phrases::glossary) {
        table.rows.push_back({plain(writer.say(each.word)), plain(writer.say(each.meaning))});
    }
    if (writer.language() == Language::english) { // the list itself follows the French alphabet
        std::ranges::sort(table.rows, {}, [](auto const& row) {
            std::string word = row.front().front().text;
            std::ranges::transform(
                word, word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
            return word;
        });
    }
    writer.add(std::move(table));
    if (writer.form().length == Length::annex) {
        add_scale(writer);
    }
}

} // namespace cmq::report
