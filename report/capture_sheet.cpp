// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/capture_sheet.hpp"

#include "report/json_envelope.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/sheet.hpp"

#include <array>
#include <utility>

namespace cmq::report {
namespace {

Text plain_text(std::string text) {
    return {Run{std::move(text), TextStyle::normal}};
}

/// Room to write: a line of the table is as high as its text, and a hand needs more.
Text room() {
    return plain_text(std::string{no_break_space} + "\n" + std::string{no_break_space});
}

TableBlock about_table(Language language) {
    constexpr std::array rows{phrases::sheet_case,
                              phrases::sheet_seal,
                              phrases::sheet_exhibit,
                              phrases::sheet_lamp,
                              phrases::sheet_filter,
                              phrases::sheet_camera,
                              phrases::sheet_gloves};
    TableBlock table{.caption = say(phrases::sheet_about, language),
                     .columns = {{say(phrases::sheet_what, language), Alignment::left, 1.0},
                                 {say(phrases::sheet_value, language), Alignment::left, 1.4}},
                     .rows = {}};
    for (Phrase const& row : rows) {
        table.rows.push_back({plain_text(say(row, language)), room()});
    }
    return table;
}

TableBlock steps_table(Language language) {
    constexpr std::array rows{phrases::sheet_visible,
                              phrases::sheet_ambient,
                              phrases::sheet_evidence,
                              phrases::sheet_blanks,
                              phrases::sheet_reference,
                              phrases::sheet_dark,
                              phrases::sheet_check,
                              phrases::sheet_swab,
                              phrases::sheet_bleaching,
                              phrases::sheet_reseal};
    TableBlock table{.caption = say(phrases::sheet_steps, language),
                     .columns = {{say(phrases::sheet_step, language), Alignment::left, 2.6},
                                 {say(phrases::sheet_files, language), Alignment::left, 1.6},
                                 {say(phrases::sheet_time, language), Alignment::left, 0.7}},
                     .rows = {}};
    for (Phrase const& row : rows) {
        table.rows.push_back({plain_text(say(row, language)), room(), plain_text("")});
    }
    return table;
}

} // namespace

Document make_capture_sheet(Language language) {
    Document sheet;
    sheet.language = language;
    sheet.title = say(phrases::sheet_title, language);
    sheet.subtitle = say(phrases::sheet_subtitle, language);
    sheet.subject = sheet.title;
    sheet.program = "Contremarque " + program_version();
    sheet.page_label =
        say(phrases::page_label, language, {{"page", "{page}"}, {"pages", "{pages}"}});
    sheet.blocks.emplace_back(std::in_place_type<TableBlock>, about_table(language));
    sheet.blocks.emplace_back(std::in_place_type<TableBlock>, steps_table(language));
    sheet.blocks.emplace_back(
        std::in_place_type<Paragraph>,
        Paragraph{plain_text(say(phrases::sheet_remarks, language)), ParagraphStyle::body});
    return sheet;
}

} // namespace cmq::report
