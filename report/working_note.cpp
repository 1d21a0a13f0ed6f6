// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/working_note.hpp"

#include "report/phrases/front.hpp"
#include "report/phrases/value.hpp"
#include "report/phrases/working.hpp"
#include "report/working_parts.hpp"

#include <algorithm>
#include <utility>

namespace cmq::report {

namespace {

void set_document(Working& working) {
    Document& document = working.writer().document();
    document.title = working.writer().say(phrases::working_title);
    document.subtitle = text_in(working.file().head.title, working.writer().language());
    document.subject =
        working.writer().say(phrases::working_subject, {{"id", *working.file().head.id}});
    document.identifier = *working.file().head.id;
    document.date = working.file().report.date;
    document.program = working.input().note.program;
    document.page_label =
        working.writer().say(phrases::page_label, {{"page", "{page}"}, {"pages", "{pages}"}});
    document.banners.push_back(working.writer().say(phrases::working_banner));
    if (working.file().demonstration) {
        document.banners.push_back(working.writer().say(phrases::banner_demonstration));
    }
}

void add_side(Working& working) {
    std::string side =
        working.writer().say(working.input().counsel.side == casefile::Side::prosecution
                                 ? phrases::working_side_prosecution
                                 : phrases::working_side_defence);
    working.writer().paragraph(working.writer().say(working.input().counsel.is_side_stated
                                                        ? phrases::working_acts_for
                                                        : phrases::working_acts_for_default,
                                                    {{"side", std::move(side)}}));
}

void add_account(Working& working) {
    working.writer().section(phrases::heading_account, "account");
    working.writer().paragraph(working.input().counsel.account.empty()
                                   ? working.writer().say(phrases::no_account)
                                   : working.input().counsel.account);
}

bool is_in_note(Working const& working, std::string const& proposition) {
    auto const& all = working.file().comparisons;
    auto const end = all.begin() + static_cast<std::ptrdiff_t>(working.input().compared);
    return std::any_of(all.begin(), end, [&](casefile::Comparison const& comparison) {
        return *comparison.h1 == proposition || *comparison.h2 == proposition;
    });
}

void add_propositions_tried(Working& working) {
    TableBlock table;
    table.caption = working.writer().say(phrases::tried_caption);
    table.columns = {working.writer().column(phrases::proposition, 0.7),
                     working.writer().column(phrases::statement, 2.4),
                     working.writer().column(phrases::tried_where, 1.0)};
    for (casefile::Proposition const& proposition : working.file().propositions) {
        table.rows.push_back({bold(*proposition.id),
                              plain(working.writer().proposition_text(*proposition.id)),
                              plain(working.writer().say(is_in_note(working, *proposition.id)
                                                             ? phrases::tried_court
                                                             : phrases::tried_here))});
    }
    working.writer().add(std::move(table));
}

std::string range_text(Working const& working, lab::Evaluation const& evaluation) {
    if (!evaluation.sensitivity) {
        return working.writer().say(phrases::not_given);
    }
    std::string const low = working.ratio_text(evaluation.sensitivity->low);
    std::string const high = working.ratio_text(evaluation.sensitivity->high);
    return low == high
               ? low
               : working.writer().say(phrases::tried_range_value, {{"low", low}, {"high", high}});
}

void add_values_tried(Working& working) {
    TableBlock table;
    table.caption = working.writer().say(phrases::tried_values);
    table.columns = {working.writer().column(phrases::tried_pair, 1.0),
                     working.writer().column(phrases::tried_ratio, 1.0, Alignment::right),
                     working.writer().column(phrases::tried_range, 1.3, Alignment::right),
                     working.writer().column(phrases::tried_where, 1.3)};
    auto const& evaluations = working.input().note.evaluations;
    for (std::size_t i = 0; i < evaluations.size(); ++i) {
        table.rows.push_back(
            {bold(working.pair_text(evaluations[i])),
             plain(printed_ratio(working.writer(), evaluations[i])),
             plain(range_text(working, evaluations[i])),
             plain(working.writer().say(i < working.input().compared ? phrases::tried_court
                                                                     : phrases::tried_here))});
    }
    working.writer().add(std::move(table));
}

void add_tried(Working& working) {
    working.writer().section(phrases::heading_tried, "tried");
    if (!working.file().propositions.empty()) {
        add_propositions_tried(working);
    }
    if (working.input().note.evaluations.empty()) {
        working.writer().paragraph(working.writer().say(phrases::tried_no_comparison));
        return;
    }
    add_values_tried(working);
    for (lab::Evaluation const& evaluation : working.input().note.evaluations) {
        working.writer().paragraph(answer_sentence(working.writer(), evaluation));
    }
    working.writer().paragraph(working.writer().say(phrases::tried_limits), ParagraphStyle::note);
}

void add_what_stays(Working& working) {
    working.writer().section(phrases::heading_stays, "stays");
    working.writer().list(
        {working.writer().say(phrases::stays), working.writer().say(phrases::leaves)});
    if (working.file().head.stage == "instruction") {
        working.writer().paragraph(working.say(working.texts().label("instruction_warning")),
                                   ParagraphStyle::warning);
    }
}

} // namespace

Document
make_working_note(WorkingInput const& input, RequestTexts const& texts, Language language) {
    Working working{input, texts, language};
    set_document(working);
    working.writer().paragraph(working.writer().say(phrases::working_holds),
                               ParagraphStyle::warning);
    add_side(working);
    add_account(working);
    add_tried(working);
    add_request_effects(working);
    add_weak_points(working);
    add_what_stays(working);
    return working.writer().take();
}

} // namespace cmq::report
