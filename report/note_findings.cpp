// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing.hpp"
#include "report/note_figures.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/codes.hpp"
#include "report/phrases/findings.hpp"

#include <algorithm>
#include <utility>

namespace cmq::report {

namespace {

std::string origin_text(NoteWriter const& writer, NoteFinding const& finding) {
    casefile::Observation const* const observation =
        find_observation(writer.file(), finding.observation);
    if (!finding.reading.empty()) {
        return writer.say(phrases::from_reading, {{"id", finding.reading}});
    }
    if (observation == nullptr) {
        return writer.say(phrases::from_captures, {{"captures", writer.joined(finding.captures)}});
    }
    casefile::Source const& source = observation->source;
    std::string const document =
        source.page
            ? writer.say(phrases::document_page,
                         {{"document", source.document}, {"page", std::to_string(*source.page)}})
            : source.document;
    std::string text =
        source.words.empty()
            ? document
            : writer.say(phrases::from_document, {{"document", document}, {"words", source.words}});
    if (observation->grade == casefile::Grade::reported) {
        text += " (" + writer.say(phrases::grade_reported) + ")";
    }
    return text;
}

void add_zones(NoteWriter& writer) {
    TableBlock table;
    table.caption = writer.say(phrases::zones_examined);
    table.columns = {writer.column(phrases::zone, 1.0),
                     writer.column(phrases::finding, 1.4),
                     writer.column(phrases::origin, 1.6)};
    for (NoteFinding const& finding : writer.input().findings) {
        if (finding.finding.kind != lab::FindingKind::not_examined) {
            table.rows.push_back({plain(writer.zone(finding.finding.zone)),
                                  plain(finding_text(writer, finding)),
                                  plain(origin_text(writer, finding))});
        }
    }
    if (table.rows.empty()) {
        writer.paragraph(writer.say(phrases::no_findings));
    } else {
        writer.add(std::move(table));
    }
    if (writer.file().population) {
        casefile::Population const& population = *writer.file().population;
        writer.paragraph(
            writer.say(phrases::screened,
                       {{"checked", count_text(population.checked, writer.language())},
                        {"glowing", count_text(population.glowing, writer.language())}}));
    }
}

bool has_kind(NoteInput const& input, lab::FindingKind kind) {
    return std::any_of(input.findings.begin(), input.findings.end(), [&](NoteFinding const& each) {
        return each.finding.kind == kind;
    });
}

std::string total_text(NoteWriter const& writer, double total_dn) {
    return writer.rounded(total_dn, 3);
}

void add_blank_table(NoteWriter& writer, NoteBlanks const& blanks) {
    TableBlock table;
    table.caption = writer.say(phrases::blanks_caption);
    if (casefile::seeks_darker(writer.file())) {
        table.caption += " " + writer.say(phrases::blanks_darker);
    }
    table.columns = {writer.column(phrases::finding, 2.0),
                     writer.column(phrases::total_flux, 1.0, Alignment::right)};
    std::optional<double> const total = evidence_total(writer.input(), blanks);
    table.rows.push_back(
        {plain(writer.say(phrases::evidence_row, {{"id", blanks.evidence}})),
         plain(total ? total_text(writer, *total) : writer.say(phrases::cannot_be_given))});
    for (std::size_t i = 0; i < blanks.captures.size() && i < blanks.totals_dn.size(); ++i) {
        table.rows.push_back({plain(writer.say(phrases::blanks_row, {{"id", blanks.captures[i]}})),
                              plain(total_text(writer, blanks.totals_dn[i]))});
    }
    std::string const count = writer.count(blanks.totals_dn.size());
    bool const of_zeros = blanks.critical_dn && blanks.sd_dn == 0.0 && *blanks.critical_dn == 0.0;
    table.rows.push_back(
        {plain(writer.say(phrases::critical_row, {{"count", count}})),
         plain(blanks.critical_dn && !of_zeros ? total_text(writer, *blanks.critical_dn)
                                               : writer.say(phrases::cannot_be_given))});
    writer.add(std::move(table));
    if (!blanks.critical_dn) {
        writer.paragraph(writer.say(phrases::no_critical), ParagraphStyle::warning);
        return;
    }
    if (of_zeros) {
        writer.paragraph(writer.say(phrases::critical_of_zeros, {{"count", count}}),
                         ParagraphStyle::warning);
    } else if (total) {
        bool const above = *total > *blanks.critical_dn;
        writer.paragraph(writer.say(above ? phrases::above_critical : phrases::below_critical,
                                    {{"count", count}}));
    }
    if (auto chart = make_blanks_chart(writer, blanks)) {
        writer.add(*std::move(chart));
    }
}

// What else looks like the marks that were sought; documents speak of what glows.
std::vector<std::string> meaning_of_marks(NoteWriter const& writer, bool reported) {
    if (!casefile::seeks_darker(writer.file())) {
        return {writer.say(phrases::meaning_glow), writer.say(phrases::meaning_colour)};
    }
    std::vector<std::string> items{writer.say(phrases::meaning_darker),
                                   writer.say(phrases::meaning_colour_darker),
                                   writer.say(phrases::meaning_darker_amount),
                                   writer.say(phrases::meaning_darker_words)};
    if (reported) {
        items.push_back(writer.say(phrases::meaning_glow));
    }
    return items;
}

} // namespace

std::string finding_text(NoteWriter const& writer, NoteFinding const& finding) {
    switch (finding.finding.kind) {
    case lab::FindingKind::detected:
        return writer.say(phrases::found_detected);
    case lab::FindingKind::not_detected: {
        std::string const limit = finding.limit_dn ? writer.rounded(*finding.limit_dn, 2) +
                                                         std::string{narrow_no_break_space} + "DN"
                                                   : writer.say(phrases::limit_unknown);
        return writer.say(phrases::found_nothing, {{"limit", limit}});
    }
    case lab::FindingKind::count:
        return writer.say(phrases::found_count,
                          {{"count", decimal_text(finding.finding.value, 0, writer.language())}});
    case lab::FindingKind::amount:
        return writer.say(
            phrases::found_amount,
            {{"value",
              measured_text(finding.finding.value, finding.finding.sigma, writer.language())}});
    case lab::FindingKind::not_examined:
        break;
    }
    return {};
}

void add_findings(NoteWriter& writer) {
    writer.section(phrases::heading_findings, "findings");
    add_zones(writer);
    add_reported(writer);
    for (NoteDetection const& detection : writer.input().detections) {
        add_capture_findings(writer, detection);
    }
    add_blanks(writer);
    add_not_examined(writer);
}

void add_blanks(NoteWriter& writer) {
    if (writer.input().blanks.empty()) {
        return;
    }
    writer.heading(2, writer.say(phrases::heading_blanks), "blanks");
    for (NoteBlanks const& blanks : writer.input().blanks) {
        add_blank_table(writer, blanks);
    }
}

void add_meaning(NoteWriter& writer) {
    writer.section(phrases::heading_meaning, "meaning");
    NoteInput const& input = writer.input();
    bool const reported =
        std::any_of(input.findings.begin(), input.findings.end(), [](NoteFinding const& each) {
            return !each.observation.empty();
        });
    std::vector<std::string> items = meaning_of_marks(writer, reported);
    items.push_back(
        writer.say(has_code(input) ? phrases::meaning_code_read : phrases::meaning_code_not_read));
    items.push_back(writer.say(phrases::meaning_route));
    if (has_kind(input, lab::FindingKind::not_detected)) {
        items.push_back(writer.say(phrases::meaning_nothing));
    }
    if (reported) {
        items.push_back(writer.say(phrases::meaning_reported));
    }
    items.push_back(writer.say(phrases::meaning_offence));
    writer.list(items);
    add_claims(writer);
    if (auto chart = make_detection_chart(writer)) {
        writer.add(*std::move(chart));
    }
}

} // namespace cmq::report
