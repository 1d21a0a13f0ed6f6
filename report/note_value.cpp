// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/assigned.hpp"
#include "report/phrases/front.hpp"
#include "report/phrases/value.hpp"
#include "report/verbal_scale.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace cmq::report {

namespace {

constexpr double worth_telling = 0.1;   // share of the sensitivity that a parameter explains
constexpr double poor_agreement = 10.0; // times less probable together

std::string parameters_text(NoteWriter const& writer, lab::PrintReasonEntry const& entry) {
    std::vector<std::string> labels;
    labels.reserve(entry.parameters.size());
    for (std::string const& name : entry.parameters) {
        labels.push_back(writer.parameter_label(name));
    }
    return writer.joined(labels, writer.language() == Language::french ? "\u202F; " : "; ");
}

std::string reason_text(NoteWriter const& writer,
                        lab::Evaluation const& evaluation,
                        lab::PrintReasonEntry const& entry) {
    switch (entry.reason) {
    case lab::PrintReason::influential_not_measured:
        return writer.say(phrases::reason_not_measured,
                          {{"parameters", parameters_text(writer, entry)}});
    case lab::PrintReason::sensitivity_crosses_one:
        return writer.say(phrases::reason_crosses_one);
    case lab::PrintReason::sensitivity_crosses_bands:
        return writer.say(phrases::reason_crosses_bands);
    case lab::PrintReason::sensitivity_withheld:
        return writer.say(phrases::reason_no_sensitivity);
    case lab::PrintReason::not_validated_cap:
        return writer.say(phrases::reason_cap,
                          {{"cap",
                            writer.rounded(evaluation.printed.value.value_or(lab::PrintRules{}.cap),
                                           evaluation.printed.significant_figures)}});
    case lab::PrintReason::look_alike_without_data:
        return writer.say(phrases::reason_look_alike);
    case lab::PrintReason::assigned:
        return writer.say(phrases::reason_assigned,
                          {{"propositions", writer.joined(entry.parameters)}});
    case lab::PrintReason::value_withheld:
        return writer.say(phrases::reason_withheld,
                          {{"reason", withheld_clause(writer, evaluation)}});
    }
    return {};
}

void add_words(NoteWriter& writer, lab::Evaluation const& evaluation) {
    lab::Printed const& printed = evaluation.printed;
    if (printed.words_allowed && printed.value && printed.supports != lab::Supports::neither &&
        *printed.value > 1.0) {
        NamedSides const sides = name_sides(evaluation);
        writer.paragraph(writer.say(phrases::in_words,
                                    {{"words", writer.say(degree_of(*printed.value).words)},
                                     {"winner", sides.winner},
                                     {"loser", sides.loser},
                                     {"rule", writer.say(edge_rule())}}));
        if (!printed.reasons.empty()) {
            writer.paragraph(writer.say(phrases::why_so));
        }
    } else if (printed.value && !printed.reasons.empty()) {
        writer.paragraph(writer.say(phrases::no_words));
    }
    std::vector<std::string> reasons;
    for (lab::PrintReasonEntry const& entry : printed.reasons) {
        reasons.push_back(reason_text(writer, evaluation, entry));
    }
    if (!reasons.empty()) {
        writer.list(reasons);
    }
}

Phrase const& kind_text(lab::FindingKind kind) {
    switch (kind) {
    case lab::FindingKind::detected:
        return phrases::kind_detected;
    case lab::FindingKind::not_detected:
        return phrases::kind_not_detected;
    case lab::FindingKind::count:
        return phrases::kind_count;
    case lab::FindingKind::amount:
        return phrases::kind_amount;
    case lab::FindingKind::not_examined:
        break;
    }
    return phrases::kind_not_examined;
}

void add_chain(NoteWriter& writer, lab::Evaluation const& evaluation) {
    int const digits = evaluation.printed.significant_figures;
    TableBlock table;
    table.caption = writer.say(phrases::chain_caption);
    table.columns = {writer.column(phrases::finding_column, 2.5),
                     writer.column(phrases::factor, 0.8, Alignment::right),
                     writer.column(phrases::supports, 1.0)};
    for (lab::ChainLink const& link : evaluation.chain) {
        if (link.kind == lab::FindingKind::not_examined) {
            continue;
        }
        std::string const factor = writer.factor(link.log10_lr, digits);
        std::string const side = factor == writer.factor(0.0, digits)
                                     ? writer.say(phrases::supports_neither)
                                     : (link.log10_lr > 0.0 ? evaluation.h1 : evaluation.h2);
        table.rows.push_back({plain(writer.say(phrases::chain_finding,
                                               {{"zone", writer.zone(link.zone)},
                                                {"finding", writer.say(kind_text(link.kind))}})),
                              plain(factor),
                              plain(side)});
    }
    if (table.rows.size() > 1) { // one finding is the whole value
        writer.add(std::move(table));
        if (std::any_of(evaluation.chain.begin(), evaluation.chain.end(), [](auto const& link) {
                return is_beyond_cap(link.log10_lr);
            })) {
            writer.paragraph(writer.say(phrases::chain_beyond_cap,
                                        {{"cap", writer.rounded(lab::PrintRules{}.cap, digits)}}),
                             ParagraphStyle::note);
        }
    }
}

void add_routes(NoteWriter& writer, lab::Evaluation const& evaluation) {
    std::optional<double> largest;
    for (lab::RouteAlone const& route : evaluation.routes) {
        if (route.log10_p && (!largest || *route.log10_p > *largest)) {
            largest = route.log10_p;
        }
    }
    if (!largest || evaluation.routes.size() < 2) {
        return;
    }
    TableBlock table;
    table.caption = writer.say(phrases::routes_caption);
    table.columns = {writer.column(phrases::route, 2.5),
                     writer.column(phrases::relative_probability, 1.0, Alignment::right)};
    for (lab::RouteAlone const& route : evaluation.routes) {
        std::string name = writer.say(phrases::route_none);
        if (!route.delivery.empty()) {
            name = delivery_text(writer, route.delivery);
            if (!route.proposition.empty()) {
                name = writer.say(phrases::route_delivery,
                                  {{"delivery", name}, {"proposition", route.proposition}});
            }
        }
        table.rows.push_back(
            {plain(std::move(name)),
             plain(route.log10_p ? writer.ratio(*route.log10_p - *largest,
                                                evaluation.printed.significant_figures)
                                 : writer.say(phrases::impossible))});
    }
    writer.add(std::move(table));
}

std::string relative_error(NoteWriter const& writer, double se_log10) {
    double const relative = std::pow(10.0, std::min(se_log10, 10.0)) - 1.0;
    return relative < 0.001 ? "< " + percent_text(0.001, writer.language())
                            : percent_text(relative, writer.language());
}

} // namespace

std::string printed_ratio(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    lab::Printed const& printed = evaluation.printed;
    if (!printed.value) {
        return writer.say(phrases::not_given);
    }
    bool const inverse = printed.supports == lab::Supports::h2;
    double const log10_value = std::log10(*printed.value) * (inverse ? -1.0 : 1.0);
    std::string ratio = writer.ratio(log10_value, printed.significant_figures);
    if (printed.at_cap) {
        return writer.say(inverse ? phrases::less_than : phrases::more_than, {{"ratio", ratio}});
    }
    return ratio;
}

bool is_beyond_cap(double log10_value) {
    return std::abs(log10_value) > std::log10(lab::PrintRules{}.cap);
}

std::string capped_ratio(NoteWriter const& writer, double log10_value, int digits) {
    if (!is_beyond_cap(log10_value)) {
        return writer.ratio(log10_value, digits);
    }
    double const cap = std::log10(lab::PrintRules{}.cap);
    return log10_value > 0.0
               ? writer.say(phrases::more_than, {{"ratio", writer.ratio(cap, digits)}})
               : writer.say(phrases::less_than, {{"ratio", writer.ratio(-cap, digits)}});
}

void add_value(NoteWriter& writer) {
    writer.section(phrases::heading_value, "value");
    if (writer.input().evaluations.empty()) {
        writer.paragraph(writer.say(phrases::answer_no_evaluation));
        return;
    }
    writer.paragraph(writer.say(phrases::value_meaning));
    Chart chart = make_value_chart(writer);
    if (!chart.numbers.rows.empty()) {
        writer.add(std::move(chart));
    }
    for (std::size_t i = 0; i < writer.input().evaluations.size(); ++i) {
        add_evaluation(writer, writer.input().evaluations[i], i + 1);
    }
    writer.paragraph(writer.say(phrases::one_line), ParagraphStyle::note);
}

// Where single parameters would turn the ratio, and which of them to measure first.
void add_tipping_points(NoteWriter& writer, lab::Evaluation const& evaluation) {
    std::vector<std::string> items;
    for (lab::TornadoRow const& row : evaluation.tornado) {
        if (row.tipping_point) {
            items.push_back(writer.say(
                phrases::tipping_item,
                {{"parameter", writer.parameter_label(row.parameter)},
                 {"value", parameter_value(writer, row.parameter, *row.tipping_point)}}));
        }
    }
    if (items.empty()) {
        writer.paragraph(writer.say(phrases::no_tipping));
    } else {
        writer.paragraph(writer.say(phrases::tipping_intro));
        writer.list(items);
    }
    auto const most = std::ranges::max_element(
        evaluation.tornado, {}, [](auto const& row) { return row.explains.value_or(0.0); });
    if (most->explains.value_or(0.0) >= worth_telling) {
        writer.paragraph(writer.say(phrases::explains_most,
                                    {{"parameter", writer.parameter_label(most->parameter)},
                                     {"share", writer.rounded(100.0 * *most->explains, 1)}}));
    }
}

void add_conflict(NoteWriter& writer, lab::Evaluation const& evaluation) {
    if (!evaluation.conflict) {
        return;
    }
    auto const tell = [&](std::string const& proposition, double conflict) {
        if (conflict >= std::log(poor_agreement)) {
            writer.paragraph(writer.say(
                phrases::findings_disagree,
                {{"proposition", proposition},
                 {"times", factor_text(conflict / std::numbers::ln10, 1, writer.language())}}));
        }
    };
    tell(evaluation.h1, evaluation.conflict->under_h1);
    tell(evaluation.h2, evaluation.conflict->under_h2);
}

void add_evaluation(NoteWriter& writer, lab::Evaluation const& evaluation, std::size_t number) {
    writer.heading(
        2,
        writer.say(phrases::heading_pair, {{"first", evaluation.h1}, {"second", evaluation.h2}}),
        "comparison-" + std::to_string(number));
    writer.add(Paragraph{{{answer_sentence(writer, evaluation), TextStyle::bold}}});
    if (evaluation.printed.value) {
        writer.paragraph(range_sentence(writer, evaluation));
        writer.paragraph(
            writer.say(phrases::computation,
                       {{"draws", writer.count(evaluation.draws)},
                        {"seed", std::to_string(evaluation.seed)},
                        {"error", relative_error(writer, evaluation.monte_carlo_se_log10)}}),
            ParagraphStyle::note);
    }
    add_without_codes(writer, evaluation);
    add_assigned(writer, evaluation);
    add_words(writer, evaluation);
    add_chain(writer, evaluation);
    add_conflict(writer, evaluation);
    add_routes(writer, evaluation);
    if (!evaluation.tornado.empty() && evaluation.log10_lr) {
        Chart chart = make_tornado_chart(writer, evaluation);
        if (!chart.numbers.rows.empty()) {
            writer.add(std::move(chart));
            add_tipping_points(writer, evaluation);
        }
    }
    for (lab::Curve const& curve : evaluation.curves) {
        bool const drawable = std::all_of(curve.log10_lr.begin(),
                                          curve.log10_lr.end(),
                                          [](double y) { return std::isfinite(y); });
        if (drawable && curve.x.size() > 1 && curve.x.size() == curve.log10_lr.size()) {
            writer.add(make_curve_chart(writer, evaluation, curve));
        }
    }
    if (number == 1 && evaluation.expected_unmarked_glowing && writer.file().population) {
        writer.paragraph(writer.say(
            phrases::unmarked_glowing,
            {{"checked", count_text(writer.file().population->checked, writer.language())},
             {"expected", writer.rounded(*evaluation.expected_unmarked_glowing, 1)},
             {"glowing", count_text(writer.file().population->glowing, writer.language())}}));
    }
    if (number == 1 || !evaluation.by_prevalence.empty()) {
        add_conditional(writer, evaluation);
    }
}

} // namespace cmq::report
