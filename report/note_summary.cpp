// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/findings.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/missing.hpp"
#include "report/phrases/summary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cmq::report {

namespace {

// What one page holds, whatever the case. Lengths in bytes.
constexpr std::size_t most_comparisons = 2;
constexpr std::size_t most_findings = 4; // findings and readings together
constexpr std::size_t most_readings = 2;
constexpr std::size_t most_missing = 4;
constexpr std::size_t longest_proposition = 180;
constexpr std::size_t longest_line = 72;

bool is_told(NoteWriter const& writer, std::string_view proposition) {
    auto const& evaluations = writer.input().evaluations;
    std::size_t const shown = std::min(evaluations.size(), most_comparisons);
    return std::any_of(evaluations.begin(),
                       evaluations.begin() + static_cast<std::ptrdiff_t>(shown),
                       [&](lab::Evaluation const& each) {
                           return each.h1 == proposition || each.h2 == proposition;
                       });
}

/// A sentence behind a colon begins with a small letter.
std::string within_sentence(std::string sentence) {
    if (!sentence.empty() && sentence[0] >= 'A' && sentence[0] <= 'Z') {
        sentence[0] = static_cast<char>(sentence[0] - 'A' + 'a');
    }
    return sentence;
}

void add_answer_box(NoteWriter& writer) {
    auto const& evaluations = writer.input().evaluations;
    writer.add(Paragraph{bold(lead_sentence(writer, most_comparisons)), ParagraphStyle::answer});
    for (std::size_t i = 0; i < std::min(evaluations.size(), most_comparisons); ++i) {
        if (evaluations[i].printed.value) {
            writer.paragraph(
                writer.say(phrases::pair_range,
                           {{"first", evaluations[i].h1},
                            {"second", evaluations[i].h2},
                            {"range", within_sentence(range_sentence(writer, evaluations[i]))}}));
        }
    }
    writer.paragraph(writer.say(phrases::answer_limits));
}

void add_short_propositions(NoteWriter& writer) {
    std::vector<std::string> items;
    for (casefile::Proposition const& each : writer.file().propositions) {
        if (is_told(writer, *each.id)) {
            items.push_back(writer.say(
                phrases::question_item,
                {{"id", *each.id},
                 {"text", cut_text(writer.proposition_text(*each.id), longest_proposition)}}));
        }
    }
    if (!items.empty()) {
        writer.heading(1, writer.say(phrases::summary_propositions), "propositions");
        writer.list(items);
    }
}

/// One line each, by zone.
void add_short_readings(NoteWriter const& writer, std::vector<std::string>& items) {
    auto const& readings = writer.input().readings.readings;
    for (std::size_t i = 0; i < std::min(readings.size(), most_readings); ++i) {
        std::string const zone = writer.zone(*writer.file().readings.at(i).zone);
        items.push_back(writer.say(
            phrases::summary_reading,
            {{"zone", cut_text(zone, longest_line)},
             {"result",
              cut_text(reading_result(writer, readings[i]), longest_line + longest_line / 2)},
             {"use", reading_use(writer, readings[i])}}));
    }
    if (readings.size() > most_readings) {
        items.push_back(writer.say(phrases::summary_more_readings,
                                   {{"count", writer.count(readings.size() - most_readings)}}));
    }
}

void add_short_findings(NoteWriter& writer) {
    std::vector<std::string> items;
    std::size_t more = 0;
    std::size_t const readings = std::min(writer.input().readings.readings.size(), most_readings);
    for (NoteFinding const& finding : writer.input().findings) {
        if (finding.finding.kind == lab::FindingKind::not_examined) {
            continue;
        }
        if (items.size() == most_findings - readings) {
            ++more;
            continue;
        }
        items.push_back(
            writer.say(phrases::summary_finding,
                       {{"zone", cut_text(writer.zone(finding.finding.zone), longest_line)},
                        {"finding", finding_text(writer, finding)}}));
    }
    if (more > 0) {
        items.push_back(
            writer.say(phrases::summary_more_findings, {{"count", writer.count(more)}}));
    }
    add_short_readings(writer, items);
    std::vector<std::string> const zones = unexamined_zones(writer.input());
    if (!zones.empty()) {
        items.push_back(cut_text(writer.say(phrases::summary_finding,
                                            {{"zone", writer.say(phrases::heading_unexamined)},
                                             {"finding", writer.zones(zones)}}),
                                 2 * longest_line));
    }
    writer.heading(1, writer.say(phrases::summary_findings), "findings");
    if (items.empty()) {
        writer.paragraph(writer.say(phrases::no_findings));
    } else {
        writer.list(items);
    }
}

void add_short_limits(NoteWriter& writer) {
    writer.heading(1, writer.say(phrases::summary_limits), "meaning");
    bool const darker = casefile::seeks_darker(writer.file());
    writer.list({writer.say(darker ? phrases::meaning_darker : phrases::meaning_glow),
                 writer.say(phrases::meaning_route),
                 writer.say(phrases::meaning_offence)});
}

void add_short_missing(NoteWriter& writer) {
    std::vector<Missing> const missing = find_missing(writer.input());
    if (missing.empty()) {
        return;
    }
    writer.heading(1, writer.say(phrases::summary_missing), "missing");
    std::vector<std::string> items;
    for (Missing const& each : missing) {
        if (items.size() < most_missing) {
            items.push_back(cut_text(missing_text(writer, each), longest_line + longest_line / 2));
        }
    }
    if (missing.size() > most_missing) {
        items.push_back(
            writer.say(phrases::summary_more_missing, {{"count", writer.count(missing.size())}}));
    }
    writer.list(items);
}

/// Clauses of comparisons of one kind, joined: "a, et b".
std::string joined_clauses(NoteWriter const& writer, std::vector<std::string> const& clauses) {
    std::string result;
    for (std::string const& clause : clauses) {
        result = result.empty()
                     ? clause
                     : writer.say(phrases::lead_and, {{"before", result}, {"clause", clause}});
    }
    return result;
}

std::string clause_of(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    lab::Printed const& printed = evaluation.printed;
    NamedSides const sides = name_sides(evaluation);
    if (printed.supports == lab::Supports::neither || *printed.value <= 1.0) {
        bool const forward = evaluation.h1 < evaluation.h2;
        return writer.say(phrases::lead_neither,
                          {{"winner", forward ? evaluation.h1 : evaluation.h2},
                           {"loser", forward ? evaluation.h2 : evaluation.h1}});
    }
    return writer.say(printed.at_cap ? phrases::lead_more : phrases::lead_about,
                      {{"factor", writer.rounded(*printed.value, printed.significant_figures)},
                       {"winner", sides.winner},
                       {"loser", sides.loser}});
}

} // namespace

std::string lead_sentence(NoteWriter const& writer, std::size_t most) {
    std::vector<std::string> plain_clauses;
    std::vector<std::string> if_marker;
    std::vector<std::string> parts;
    auto const& evaluations = writer.input().evaluations;
    std::vector<std::string> withheld;
    for (std::size_t i = 0; i < std::min(evaluations.size(), most); ++i) {
        lab::Evaluation const& each = evaluations[i];
        if (each.printed.value) {
            (says_if_marker(each) ? if_marker : plain_clauses).push_back(clause_of(writer, each));
        } else {
            bool const forward = each.h1 < each.h2;
            withheld.push_back(writer.say(
                phrases::lead_withheld,
                {{"first", forward ? each.h1 : each.h2}, {"second", forward ? each.h2 : each.h1}}));
        }
    }
    if (!if_marker.empty()) {
        parts.push_back(writer.say(phrases::lead_findings_if_marker,
                                   {{"clauses", joined_clauses(writer, if_marker)}}));
    }
    if (!plain_clauses.empty()) {
        parts.push_back(writer.say(phrases::lead_findings,
                                   {{"clauses", joined_clauses(writer, plain_clauses)}}));
    }
    parts.insert(parts.end(), withheld.begin(), withheld.end());
    if (evaluations.size() > most) {
        parts.push_back(writer.say(phrases::lead_others));
    }
    if (evaluations.empty()) {
        parts.push_back(writer.say(phrases::lead_none));
    }
    std::string sentence = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        sentence = writer.say(phrases::lead_next, {{"before", sentence}, {"clause", parts[i]}});
    }
    return capitalised(std::move(sentence)) + ".";
}

void add_summary(NoteWriter& writer) {
    casefile::ReportHead const& head = writer.file().report;
    writer.document().subtitle = cut_text(writer.document().subtitle, longest_line);
    add_answer_box(writer);
    add_short_propositions(writer);
    add_short_findings(writer);
    add_short_limits(writer);
    add_short_missing(writer);
    writer.paragraph(
        writer.say(phrases::summary_place,
                   {{"author",
                     cut_text(head.author.empty() ? writer.say(phrases::no_author) : head.author,
                              longest_line)},
                    {"chosen", cut_text(choice_text(writer, head), longest_line)}}),
        ParagraphStyle::note);
}

} // namespace cmq::report
