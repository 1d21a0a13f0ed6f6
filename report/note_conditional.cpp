// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/share_interval.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/assigned.hpp"
#include "report/phrases/value.hpp"

#include <utility>

namespace cmq::report {

namespace {

std::string people(NoteWriter const& writer, std::optional<double> expected) {
    constexpr double hardly_any = 0.5; // of a person
    if (!expected) {
        return writer.say(phrases::not_given);
    }
    return *expected < hardly_any
               ? writer.say(phrases::conditional_fewer, {{"bound", writer.rounded(hardly_any, 1)}})
               : writer.rounded(*expected, 1);
}

TableBlock make_table(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    auto const& population = writer.file().population;
    std::string const pair =
        writer.say(phrases::pair, {{"first", evaluation.h1}, {"second", evaluation.h2}});
    TableBlock table;
    table.caption =
        population ? writer.say(phrases::conditional_caption,
                                {{"checked", count_text(population->checked, writer.language())},
                                 {"pair", pair}})
                   : writer.say(phrases::conditional_caption_no_count, {{"pair", pair}});
    table.columns = {writer.column(phrases::conditional_prevalence, 1.5)};
    if (population) {
        table.columns.push_back(
            writer.column(phrases::conditional_expected, 1.5, Alignment::right));
    }
    table.columns.push_back(writer.column(phrases::ratio_axis, 1.0, Alignment::right));
    for (lab::PrevalenceRow const& from : evaluation.by_prevalence) {
        std::vector<Text> row{plain(percent_text(from.prevalence, writer.language()))};
        if (population) {
            row.push_back(plain(people(writer, from.expected_glowing)));
        }
        row.push_back(
            plain(from.log10_lr
                      ? capped_ratio(writer, *from.log10_lr, evaluation.printed.significant_figures)
                      : writer.say(phrases::not_given)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string observed(NoteWriter const& writer, casefile::Population const& population) {
    Language const language = writer.language();
    auto const interval = lab::clopper_pearson(population.glowing, population.checked);
    std::string const checked = count_text(population.checked, language);
    std::string const high = percent_text(interval.high, language);
    if (population.glowing == 0) {
        return writer.say(phrases::conditional_none,
                          {{"checked", checked},
                           {"three", percent_text(rule_of_three(population.checked), language)},
                           {"high", high}});
    }
    double const share =
        static_cast<double>(population.glowing) / static_cast<double>(population.checked);
    return writer.say(phrases::conditional_observed,
                      {{"glowing", count_text(population.glowing, language)},
                       {"checked", checked},
                       {"share", percent_text(share, language)},
                       {"low", percent_text(interval.low, language)},
                       {"high", high}});
}

} // namespace

void add_conditional(NoteWriter& writer, lab::Evaluation const& evaluation) {
    bool const has_table = !evaluation.by_prevalence.empty();
    if (has_table) {
        writer.add(make_table(writer, evaluation));
    }
    auto const& population = writer.file().population;
    if (population) {
        writer.paragraph(observed(writer, *population));
    }
    if (has_table) {
        writer.paragraph(
            writer.say(population ? phrases::conditional_row : phrases::conditional_needs));
    }
}

} // namespace cmq::report
