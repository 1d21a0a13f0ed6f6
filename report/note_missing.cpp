// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing.hpp"
#include "report/missing_effects.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/missing.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cmq::report {

namespace {

struct MissingText {
    MissingItem item;
    Phrase what;
    Phrase why;
};

constexpr std::array<MissingText, 20> texts{{
    {MissingItem::raw_files, phrases::raw_files, phrases::raw_files_why},
    {MissingItem::blanks, phrases::blanks, phrases::blanks_why},
    {MissingItem::lot_reference, phrases::lot_reference, phrases::lot_reference_why},
    {MissingItem::dark_frame, phrases::dark_frame, phrases::dark_frame_why},
    {MissingItem::ambient, phrases::ambient, phrases::ambient_why},
    {MissingItem::visible, phrases::visible, phrases::visible_why},
    {MissingItem::scale, phrases::scale, phrases::scale_why},
    {MissingItem::lamp, phrases::lamp, phrases::lamp_why},
    {MissingItem::filter, phrases::filter, phrases::filter_why},
    {MissingItem::unexamined_zones, phrases::unexamined, phrases::unexamined_why},
    {MissingItem::code_reading, phrases::code_reading, phrases::code_reading_why},
    {MissingItem::lot_register, phrases::lot_register, phrases::lot_register_why},
    {MissingItem::glove_log, phrases::glove_log, phrases::glove_log_why},
    {MissingItem::who_fired, phrases::who_fired, phrases::who_fired_why},
    {MissingItem::examination_time, phrases::examination_time, phrases::examination_time_why},
    {MissingItem::population, phrases::population, phrases::population_why},
    {MissingItem::look_alike_frequency, phrases::look_alike, phrases::look_alike_why},
    {MissingItem::product_data, phrases::product_data, phrases::product_data_why},
    {MissingItem::laboratory_validation,
     phrases::laboratory_validation,
     phrases::laboratory_validation_why},
    {MissingItem::propositions_record,
     phrases::propositions_record,
     phrases::propositions_record_why},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].item != static_cast<MissingItem>(i)) {
            return false;
        }
    }
    return true;
}

static_assert(in_order());

std::string details_text(NoteWriter const& writer, Missing const& missing) {
    return missing.item == MissingItem::unexamined_zones ? writer.zones(missing.details)
                                                         : writer.joined(missing.details);
}

/// "Hp/Hd : 20 (séchage : 5 min) à 70 (4 h)", a line for each comparison.
std::string effects_text(NoteWriter const& writer, std::vector<MissingEffect> const& effects) {
    std::vector<std::string> lines;
    for (MissingEffect const& each : effects) {
        lab::Evaluation const& evaluation = writer.input().evaluations[each.evaluation];
        int const digits = evaluation.printed.significant_figures;
        lines.push_back(
            writer.say(phrases::missing_effect,
                       {{"first", evaluation.h1},
                        {"second", evaluation.h2},
                        {"parameter", writer.parameter_label(each.parameter)},
                        {"low", parameter_value(writer, each.parameter, each.low)},
                        {"high", parameter_value(writer, each.parameter, each.high)},
                        {"ratio_low", capped_ratio(writer, each.log10_lr_at_low, digits)},
                        {"ratio_high", capped_ratio(writer, each.log10_lr_at_high, digits)}}));
    }
    return lines.empty() ? writer.say(phrases::missing_no_effect) : writer.joined(lines, "\n");
}

} // namespace

std::string missing_text(NoteWriter const& writer, Missing const& missing) {
    std::string what = writer.say(texts[static_cast<std::size_t>(missing.item)].what);
    return missing.details.empty()
               ? what
               : writer.say(phrases::missing_of,
                            {{"item", what}, {"details", details_text(writer, missing)}});
}

void add_missing(NoteWriter& writer) {
    writer.section(phrases::heading_missing, "missing");
    writer.paragraph(writer.say(phrases::missing_intro));
    TableBlock table;
    table.caption = writer.say(phrases::missing_caption);
    table.columns = {writer.column(phrases::missing_what, 1.3),
                     writer.column(phrases::missing_why, 1.0)};
    std::vector<Missing> const list = find_missing(writer.input());
    std::vector<std::vector<MissingEffect>> effects;
    for (Missing const& missing : list) {
        MissingText const& text = texts[static_cast<std::size_t>(missing.item)];
        table.rows.push_back({plain(missing_text(writer, missing)), plain(writer.say(text.why))});
        effects.push_back(find_missing_effects(writer.input(), missing.item));
    }
    // Without a number there is none to move, and a column of "not computed" would tell nothing.
    if (std::ranges::any_of(effects, [](auto const& each) { return !each.empty(); })) {
        writer.paragraph(writer.say(phrases::missing_effects_intro));
        table.columns.push_back(writer.column(phrases::missing_effects, 1.1));
        for (std::size_t i = 0; i < list.size(); ++i) {
            table.rows[i].push_back(plain(effects_text(writer, effects[i])));
        }
    }
    writer.add(std::move(table));
}

void add_questions(NoteWriter& writer) {
    writer.section(phrases::heading_questions, "questions");
    std::vector<std::string> questions{writer.say(phrases::question_propositions),
                                       writer.say(phrases::question_both),
                                       writer.say(phrases::question_lamp),
                                       writer.say(phrases::question_blanks),
                                       writer.say(phrases::question_look_alike),
                                       writer.say(phrases::question_code),
                                       writer.say(phrases::question_transfer),
                                       writer.say(phrases::question_contamination)};
    std::vector<std::string> const zones = unexamined_zones(writer.input());
    if (!zones.empty()) {
        questions.push_back(
            writer.say(phrases::question_unexamined, {{"zones", writer.zones(zones)}}));
    }
    for (lab::Evaluation const& evaluation : writer.input().evaluations) {
        if (!evaluation.tornado.empty()) {
            std::string const label = writer.parameter_label(evaluation.tornado.front().parameter);
            std::string question =
                writer.say(phrases::question_influential, {{"parameter", label}});
            if (questions.back() != question) {
                questions.push_back(std::move(question));
            }
        }
    }
    writer.list(questions, true);
}

} // namespace cmq::report
