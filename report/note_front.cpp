// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/drafted.hpp"
#include "core/error.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/summary.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace cmq::report {

namespace {

/// The case file's words for the stage of the procedure.
struct Stage {
    std::string_view word;
    Phrase text;
};

constexpr std::array<Stage, 6> stages{{
    {"garde-a-vue", phrases::stage_custody},
    {"comparution-immediate", phrases::stage_immediate},
    {"copj", phrases::stage_summons},
    {"citation", phrases::stage_summons},
    {"instruction", phrases::stage_investigation},
    {"audience", phrases::stage_hearing},
}};

std::string stage_text(NoteWriter const& writer, std::string const& word) {
    for (Stage const& stage : stages) {
        if (stage.word == word) {
            return writer.say(stage.text);
        }
    }
    return word.empty() ? writer.say(phrases::not_stated) : word;
}

Phrase const& title_of(casefile::ReportRole role) {
    switch (role) {
    case casefile::ReportRole::court:
        return phrases::title_court;
    case casefile::ReportRole::laboratory:
        return phrases::title_laboratory;
    case casefile::ReportRole::party:
        break;
    }
    return phrases::title_party;
}

Phrase const& role_text(casefile::ReportRole role) {
    switch (role) {
    case casefile::ReportRole::court:
        return phrases::role_court;
    case casefile::ReportRole::laboratory:
        return phrases::role_laboratory;
    case casefile::ReportRole::party:
        break;
    }
    return phrases::role_party;
}

std::string title_text(NoteWriter const& writer) {
    std::string const title = writer.say(title_of(writer.file().report.role));
    switch (writer.form().length) {
    case Length::summary:
        return writer.say(phrases::summary_title, {{"title", title}});
    case Length::annex:
        return writer.say(phrases::annex_title, {{"title", title}});
    case Length::report:
        break;
    }
    return title;
}

std::string or_else(std::string const& text, std::string const& otherwise) {
    return text.empty() ? otherwise : text;
}

void add_about(NoteWriter& writer) {
    casefile::Case const& file = writer.file();
    casefile::ReportHead const& head = file.report;
    std::string const not_stated = writer.say(phrases::not_stated);
    std::string const known = !head.results_known_before   ? not_stated
                              : *head.results_known_before ? writer.say(phrases::yes_known)
                                                           : writer.say(phrases::no_unknown);
    TableBlock table;
    table.caption = writer.say(phrases::about);
    table.columns = {writer.column(phrases::about_item, 1.0),
                     writer.column(phrases::about_content, 2.0)};
    auto const row = [&](Phrase const& item, std::string content) {
        table.rows.push_back({plain(writer.say(item)), plain(std::move(content))});
    };
    row(phrases::case_id, *file.head.id);
    row(phrases::case_stage, stage_text(writer, file.head.stage));
    row(phrases::note_date,
        head.date.empty() ? not_stated : date_text(head.date, writer.language()));
    row(phrases::role, writer.say(role_text(head.role)));
    row(phrases::author, or_else(head.author, writer.say(phrases::no_author)));
    if (!head.author.empty()) {
        row(phrases::capacity, or_else(head.capacity, not_stated));
    }
    row(phrases::reviewer, or_else(head.reviewer, writer.say(phrases::none_named)));
    row(phrases::chosen, choice_text(writer, head));
    row(phrases::results_known, known);
    add_frozen(writer, table);
    writer.add(std::move(table));
}

/// "Hp et Hd, puis Hp et Hn"
std::string pairs_text(NoteWriter const& writer) {
    std::string result;
    for (casefile::Comparison const& comparison : writer.file().comparisons) {
        std::string const pair = writer.say(
            phrases::question_pair, {{"first", *comparison.h1}, {"second", *comparison.h2}});
        result = result.empty()
                     ? pair
                     : writer.say(phrases::question_next, {{"before", result}, {"pair", pair}});
    }
    return result;
}

void add_question(NoteWriter& writer) {
    writer.section(phrases::heading_question, "question");
    if (writer.file().comparisons.empty()) {
        writer.paragraph(writer.say(phrases::no_question));
        return;
    }
    writer.paragraph(writer.say(phrases::question, {{"pairs", pairs_text(writer)}}));
    std::vector<std::string> items;
    for (casefile::Proposition const& proposition : writer.file().propositions) {
        if (is_compared(writer.file(), *proposition.id)) {
            items.push_back(writer.say(
                phrases::question_item,
                {{"id", *proposition.id}, {"text", writer.proposition_text(*proposition.id)}}));
        }
    }
    if (!items.empty()) {
        writer.list(items);
    }
}

void add_answer(NoteWriter& writer) {
    writer.section(phrases::heading_answer, "answer");
    if (writer.input().evaluations.empty()) {
        writer.paragraph(writer.say(phrases::answer_no_evaluation), ParagraphStyle::answer);
        writer.paragraph(writer.say(phrases::answer_what_would_decide), ParagraphStyle::answer);
        return;
    }
    for (lab::Evaluation const& evaluation : writer.input().evaluations) {
        std::string const second = evaluation.printed.value
                                       ? range_sentence(writer, evaluation)
                                       : writer.say(phrases::answer_what_would_decide);
        writer.add(Paragraph{{{answer_sentence(writer, evaluation) + " ", TextStyle::bold},
                              {second, TextStyle::normal}},
                             ParagraphStyle::answer});
    }
    writer.paragraph(writer.say(phrases::answer_limits), ParagraphStyle::answer);
}

/// How one end of the range is told: a number, 1, or beyond what may be said.
struct RangeEnd {
    Phrase const& some;
    Phrase const& one;
    Phrase const& beyond;
};

Phrase const& value_phrase(bool at_cap, bool if_marker) {
    if (at_cap) {
        return if_marker ? phrases::answer_at_cap_if_marker : phrases::answer_at_cap;
    }
    return if_marker ? phrases::answer_value_if_marker : phrases::answer_value;
}

} // namespace

void set_document(NoteWriter& writer) {
    casefile::Case const& file = writer.file();
    Document& document = writer.document();
    document.title = title_text(writer);
    std::string const& title = text_in(file.head.title, writer.language());
    document.subtitle = title.empty() ? writer.say(phrases::subtitle) : title;
    document.subject =
        writer.say(phrases::subject, {{"id", *file.head.id}, {"title", document.subtitle}});
    document.author = file.report.author;
    document.identifier = *file.head.id;
    document.date = file.report.date;
    document.program = writer.input().program;
    document.page_label =
        writer.say(phrases::page_label, {{"page", "{page}"}, {"pages", "{pages}"}});
    if (file.demonstration) {
        document.banners.push_back(writer.say(phrases::banner_demonstration));
    }
    if (file.report.propositions_chosen_by == casefile::drafted_by) {
        document.banners.push_back(writer.say(phrases::banner_draft));
    }
    if (file.report.author.empty()) {
        document.banners.push_back(writer.say(phrases::banner_no_author));
    } else if (file.report.reviewer.empty()) {
        document.banners.push_back(writer.say(phrases::banner_no_reviewer));
    }
}

std::string choice_text(NoteWriter const& writer, casefile::ReportHead const& head) {
    std::string const& by = head.propositions_chosen_by;
    if (head.propositions_chosen_on.empty()) {
        return by.empty() ? writer.say(phrases::chosen_unknown)
                          : writer.say(phrases::chosen_by, {{"by", by}});
    }
    std::string const date = date_text(head.propositions_chosen_on, writer.language());
    return by.empty() ? writer.say(phrases::chosen_on, {{"date", date}})
                      : writer.say(phrases::chosen_by_on, {{"by", by}, {"date", date}});
}

std::string withheld_clause(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    switch (evaluation.withheld) {
    case lab::Withheld::impossible_under_h1:
        return writer.say(phrases::withheld_impossible, {{"loser", evaluation.h1}});
    case lab::Withheld::impossible_under_h2:
        return writer.say(phrases::withheld_impossible, {{"loser", evaluation.h2}});
    case lab::Withheld::monte_carlo_error:
    case lab::Withheld::no:
        break;
    }
    return writer.say(phrases::withheld_monte_carlo);
}

std::string answer_sentence(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    lab::Printed const& printed = evaluation.printed;
    if (!printed.value) {
        bool const forward = evaluation.h1 < evaluation.h2;
        return writer.say(phrases::answer_withheld,
                          {{"first", forward ? evaluation.h1 : evaluation.h2},
                           {"second", forward ? evaluation.h2 : evaluation.h1},
                           {"reason", withheld_clause(writer, evaluation)}});
    }
    NamedSides const sides = name_sides(evaluation);
    bool const if_marker = says_if_marker(evaluation);
    std::string const factor = writer.rounded(*printed.value, printed.significant_figures);
    // A value that rounds to 1 supports neither, whichever side it came from.
    if (printed.supports == lab::Supports::neither || *printed.value <= 1.0) {
        NamedSides const by_id = evaluation.h1 < evaluation.h2
                                     ? NamedSides{evaluation.h1, evaluation.h2}
                                     : NamedSides{evaluation.h2, evaluation.h1};
        return writer.say(if_marker ? phrases::answer_neither_if_marker : phrases::answer_neither,
                          {{"winner", by_id.winner}, {"loser", by_id.loser}});
    }
    return writer.say(value_phrase(printed.at_cap, if_marker),
                      {{"factor", factor}, {"winner", sides.winner}, {"loser", sides.loser}});
}

/// Both ends support the same proposition, and neither rounds to 1.
bool is_one_sided(NoteWriter const& writer, OrientedRange const& range, int digits) {
    std::string const one = writer.factor(0.0, digits);
    return (range.low > 0.0) == (range.high > 0.0) && writer.factor(range.low, digits) != one &&
           writer.factor(range.high, digits) != one;
}

std::string end_factor(NoteWriter const& writer, double log10_value, int digits) {
    return is_beyond_cap(log10_value)
               ? writer.say(phrases::range_beyond,
                            {{"cap", writer.rounded(lab::PrintRules{}.cap, digits)}})
               : writer.factor(log10_value, digits);
}

std::string two_sided_range(NoteWriter const& writer, OrientedRange const& range, int digits) {
    std::string const cap = writer.rounded(lab::PrintRules{}.cap, digits);
    auto const end = [&](double log10_value, RangeEnd const& words) {
        std::string const factor = writer.factor(log10_value, digits);
        if (factor == writer.factor(0.0, digits)) {
            return writer.say(words.one);
        }
        bool const beyond = is_beyond_cap(log10_value);
        return writer.say(beyond ? words.beyond : words.some,
                          {{"factor", beyond ? cap : factor},
                           {"winner", log10_value >= 0.0 ? range.winner : range.loser}});
    };
    return writer.say(
        phrases::answer_range,
        {{"low",
          end(range.low,
              {phrases::range_from, phrases::range_from_one, phrases::range_from_beyond})},
         {"high",
          end(range.high, {phrases::range_to, phrases::range_to_one, phrases::range_to_beyond})}});
}

std::string range_sentence(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    if (!evaluation.sensitivity) {
        return writer.say(phrases::answer_no_range);
    }
    OrientedRange const range = orient_range(evaluation);
    int const digits = evaluation.printed.significant_figures;
    std::string const cap = writer.rounded(lab::PrintRules{}.cap, digits);
    bool const low_beyond = is_beyond_cap(range.low);
    bool const high_beyond = is_beyond_cap(range.high);
    // Both ends beyond it on one side: from more than 100 to more than 100 would say nothing.
    if (low_beyond && high_beyond && (range.low > 0.0) == (range.high > 0.0)) {
        return writer.say(phrases::answer_range_beyond,
                          {{"cap", cap}, {"winner", range.low > 0.0 ? range.winner : range.loser}});
    }
    std::string sentence =
        is_one_sided(writer, range, digits)
            ? writer.say(phrases::answer_range_one_side,
                         {{"low", end_factor(writer, range.low, digits)},
                          {"high", end_factor(writer, range.high, digits)},
                          {"winner", range.low > 0.0 ? range.winner : range.loser}})
            : two_sided_range(writer, range, digits);
    // The sentence with the value has said it already where the value itself lies there.
    if ((low_beyond || high_beyond) && !evaluation.printed.at_cap) {
        sentence += " " + writer.say(phrases::range_cap, {{"cap", cap}});
    }
    return sentence;
}

void add_front(NoteWriter& writer) {
    constexpr std::size_t most = 3; // comparisons in one sentence
    writer.add(Paragraph{bold(lead_sentence(writer, most)), ParagraphStyle::body});
    add_about(writer);
    std::string const files =
        writer.say(writer.form().attached ? phrases::some_files : phrases::no_files);
    writer.paragraph(writer.say(phrases::holds, {{"files", files}}), ParagraphStyle::note);
    add_question(writer);
    add_answer(writer);
    writer.add(Contents{writer.say(phrases::contents)});
}

} // namespace cmq::report
