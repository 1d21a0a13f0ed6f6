// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/preassess_text.hpp"

#include "core/columns.hpp"
#include "report/facts.hpp"
#include "report/phrase.hpp"
#include "report/phrases/before.hpp"
#include "report/phrases/sources.hpp"
#include "report/phrases/value.hpp"
#include "report/typography.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

namespace cmq::cli {
namespace {

namespace phrases = report::phrases;

constexpr std::size_t page_width = 80;

std::string lines_of(std::string const& text, std::string_view first, std::string_view indent) {
    return wrapped(text, page_width, first, indent) + '\n';
}

std::string padded(std::string const& text, std::size_t width) {
    std::size_t const now = columns_of(text);
    return text + std::string(now < width ? width - now : 1, ' ');
}

class Writer {
public:
    Writer(report::PreassessInput const& input, report::Language language)
        : input_{input}
        , language_{language} {}

    std::string text() {
        text_ = say(phrases::before_title, {{"case", *input_.file.head.id}}) + "\n\n";
        if (input_.file.demonstration) {
            paragraph(say(phrases::before_demonstration));
            text_ += '\n';
        }
        for (lab::ComparisonOutcomes const& each : input_.result.comparisons) {
            add_comparison(each);
        }
        add_plan();
        add_basis();
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string say(report::Phrase const& phrase,
                                  std::initializer_list<report::Blank> blanks = {}) const {
        return report::say(phrase, language_, blanks);
    }

    void paragraph(std::string const& text) { text_ += lines_of(text, "  ", "  "); }

    void item(std::string const& text) { text_ += lines_of(text, "  - ", "    "); }

    /// "31 %", "31 ± 0,4 %"; "< 0,0001 %"
    [[nodiscard]] std::string percent(lab::Estimate const& p) const {
        constexpr double least = 1e-6;
        constexpr double hundred = 100.0;
        if (p.value < least) {
            return p.value == 0.0 ? report::percent_text(0.0, language_)
                                  : "< " + report::percent_text(least, language_);
        }
        std::string text = report::percent_text(p.value, language_);
        double const se = hundred * p.se;
        if (se >= 0.01 * hundred * p.value) { // what two digits can show
            text += " ± " + report::rounded_text(se, 1, language_);
        }
        return text;
    }

    [[nodiscard]] std::string ratio(lab::OutcomeValue const& value) const {
        lab::Printed const& printed = value.printed;
        if (!printed.value) {
            return say(phrases::before_no_number);
        }
        bool const inverse = printed.supports == lab::Supports::h2;
        std::string text = report::ratio_text(std::log10(*printed.value) * (inverse ? -1.0 : 1.0),
                                              printed.significant_figures,
                                              language_);
        return printed.at_cap
                   ? say(inverse ? phrases::less_than : phrases::more_than, {{"ratio", text}})
                   : text;
    }

    [[nodiscard]] std::string detected(std::size_t outcome) const {
        std::string text;
        for (std::size_t z = 0; z < input_.result.zones.size(); ++z) {
            if ((outcome >> z & 1U) != 0) {
                text += (text.empty() ? "" : ", ") + letter(z);
            }
        }
        return text.empty() ? say(phrases::before_nothing) : text;
    }

    static std::string letter(std::size_t zone) {
        return {static_cast<char>('A' + static_cast<int>(zone))};
    }

    [[nodiscard]] lab::PropositionOutcomes const& outcomes_of(std::string const& id) const {
        return *std::ranges::find(
            input_.result.propositions, id, &lab::PropositionOutcomes::proposition);
    }

    void add_comparison(lab::ComparisonOutcomes const& of) {
        auto const& p1 = outcomes_of(of.h1).probability;
        auto const& p2 = outcomes_of(of.h2).probability;
        std::vector<std::vector<std::string>> rows{
            {say(phrases::before_ratio),
             say(phrases::before_if, {{"proposition", of.h1}}),
             say(phrases::before_if, {{"proposition", of.h2}}),
             say(phrases::before_detected_on)}};
        for (std::size_t o = of.outcomes.size(); o-- > 0;) {
            rows.push_back({ratio(of.outcomes[o]), percent(p1[o]), percent(p2[o]), detected(o)});
        }
        text_ += of.h1 + " / " + of.h2 + '\n';
        std::vector<std::size_t> widths(3, 0);
        for (auto const& row : rows) {
            for (std::size_t i = 0; i < widths.size(); ++i) {
                widths[i] = std::max(widths[i], columns_of(row[i]) + 3);
            }
        }
        for (auto const& row : rows) {
            text_ += "  " + padded(row[0], widths[0]) + padded(row[1], widths[1]) +
                     padded(row[2], widths[2]) + row[3] + '\n';
        }
        text_ += '\n';
        paragraph(say(phrases::before_misleading_first,
                      {{"p", percent(of.misleading_if_h1)}, {"first", of.h1}, {"second", of.h2}}));
        paragraph(say(phrases::before_misleading_second,
                      {{"p", percent(of.misleading_if_h2)}, {"first", of.h1}, {"second", of.h2}}));
        if (of.withheld_if_h1 > 0.0 || of.withheld_if_h2 > 0.0) {
            paragraph(say(phrases::before_without_number,
                          {{"first_p", percent({of.withheld_if_h1, 0.0})},
                           {"second_p", percent({of.withheld_if_h2, 0.0})},
                           {"first", of.h1},
                           {"second", of.h2}}));
        }
        paragraph(say(phrases::before_meaning, {{"first", of.h1}, {"second", of.h2}}));
        text_ += '\n';
    }

    void add_plan() {
        switch (input_.origin) {
        case report::PlanOrigin::stated:
            paragraph(say(phrases::before_plan_stated));
            break;
        case report::PlanOrigin::findings:
            paragraph(say(phrases::before_plan_findings));
            break;
        case report::PlanOrigin::deliveries:
            paragraph(say(phrases::before_plan_deliveries));
            break;
        }
        for (std::size_t z = 0; z < input_.result.zones.size(); ++z) {
            lab::PlannedZone const& zone = input_.result.zones[z];
            bool const is_visual = zone.examination == lab::Examination::visual;
            text_ +=
                lines_of(say(is_visual ? phrases::before_visual : phrases::before_instrument,
                             {{"zone", report::zone_label(input_.file, zone.zone, language_)}}),
                         "    " + letter(z) + "  ",
                         "       ");
        }
        text_ += '\n';
    }

    void add_basis() {
        paragraph(say(phrases::before_rests));
        item(
            say(input_.holds_results ? phrases::before_holds_results : phrases::before_no_results));
        report::GradeCount const grades = report::count_grades(input_.result.parameters);
        auto const count = [&](std::size_t n) {
            return report::count_text(static_cast<std::int64_t>(n), language_);
        };
        if (grades.product == 0) {
            item(say(phrases::none_on_product,
                     {{"count", count(grades.all)},
                      {"proxy", count(grades.proxy)},
                      {"judgement", count(grades.judgement)}}));
        } else {
            item(say(phrases::some_on_product,
                     {{"count", count(grades.all)},
                      {"product", count(grades.product)},
                      {"proxy", count(grades.proxy)},
                      {"judgement", count(grades.judgement)}}));
        }
        add_limits();
        item(say(
            phrases::before_computation,
            {{"draws", count(input_.result.draws)}, {"seed", std::to_string(input_.result.seed)}}));
        text_ += "    " + input_.case_sha256 + '\n';
    }

    void add_limits() {
        lab::Printed const* first = nullptr;
        bool if_marker = false;
        for (lab::ComparisonOutcomes const& comparison : input_.result.comparisons) {
            for (lab::OutcomeValue const& value : comparison.outcomes) {
                first = value.printed.value && first == nullptr ? &value.printed : first;
                if_marker =
                    if_marker || std::ranges::any_of(value.printed.reasons, [](auto& entry) {
                        return entry.reason == lab::PrintReason::look_alike_without_data;
                    });
            }
        }
        if (if_marker) {
            item(say(phrases::before_if_marker));
        }
        if (first != nullptr) {
            item(say(first->significant_figures == 1 ? phrases::before_one_figure
                                                     : phrases::before_two_figures,
                     {{"cap", report::rounded_text(lab::PrintRules{}.cap, 1, language_)}}));
        }
        if (!input_.file.assigned.empty()) {
            item(say(phrases::before_assigned));
        }
    }

    report::PreassessInput const& input_;
    report::Language language_;
    std::string text_;
};

} // namespace

std::string preassess_text(report::PreassessInput const& input, report::Language language) {
    return Writer{input, language}.text();
}

} // namespace cmq::cli
