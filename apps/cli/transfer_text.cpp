// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/transfer_text.hpp"

#include "core/number_text.hpp"
#include "report/phrases/value.hpp"
#include "report/verbal_scale.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t largest_shown = 8; // rows of the tornado: those below move little

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string padded(std::string_view text, std::size_t width) {
    std::size_t const now = width_of(text);
    return std::string{text} + std::string(now < width ? width - now : 0, ' ');
}

} // namespace

std::string wrapped(std::string_view text, std::string_view first_indent, std::string_view indent) {
    std::string out{first_indent};
    std::size_t column = width_of(first_indent);
    bool at_start = true;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find(' '), text.size());
        std::string_view const word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) {
            continue;
        }
        if (!at_start && column + 1 + width_of(word) > page_width) {
            out += '\n';
            out += indent;
            column = width_of(indent);
            at_start = true;
        }
        out += at_start ? "" : " ";
        out += word;
        column += width_of(word) + (at_start ? 0 : 1);
        at_start = false;
    }
    return out + '\n';
}

namespace {

std::string english(report::Phrase const& phrase,
                    std::initializer_list<report::Blank> blanks = {}) {
    return report::say(phrase, report::Language::english, blanks);
}

std::string ratio(double log10_value, int digits = 2) {
    // Beyond what a double holds, and what a reader takes in.
    constexpr double largest = 300.0;
    return report::ratio_text(
        std::clamp(log10_value, -largest, largest), digits, report::Language::english);
}

bool has_reason(lab::Evaluation const& evaluation, lab::PrintReason reason) {
    return std::ranges::any_of(evaluation.printed.reasons,
                               [&](auto const& entry) { return entry.reason == reason; });
}

std::string headline(lab::Evaluation const& evaluation) {
    lab::Printed const& printed = evaluation.printed;
    std::string const condition = has_reason(evaluation, lab::PrintReason::look_alike_without_data)
                                      ? ", if the mark is the marker"
                                      : "";
    if (!printed.value) {
        switch (evaluation.withheld) {
        case lab::Withheld::impossible_under_h1:
            return "No number: the findings are impossible if " + evaluation.h1 + " is true.";
        case lab::Withheld::impossible_under_h2:
            return "No number: the findings are impossible if " + evaluation.h2 + " is true.";
        default:
            return "No number: the Monte Carlo error is still above 5 % when the draws are used "
                   "up; "
                   "raise --draws.";
        }
    }
    bool const first = printed.supports == lab::Supports::h1;
    if (printed.supports == lab::Supports::neither) {
        return "1: the findings are about as probable if " + evaluation.h1 + " is true as if " +
               evaluation.h2 + " is true" + condition + ".";
    }
    std::string const number = report::factor_text(
        std::log10(*printed.value), printed.significant_figures, report::Language::english);
    return (printed.at_cap ? "More than " : "About ") + number +
           ": the findings are so many times more probable if " +
           (first ? evaluation.h1 : evaluation.h2) + " is true than if " +
           (first ? evaluation.h2 : evaluation.h1) + " is true" + condition + ".";
}

std::string words_of(lab::Printed const& printed) {
    if (!printed.value || !printed.words_allowed || printed.supports == lab::Supports::neither) {
        return "";
    }
    return english(report::degree_of(*printed.value).words);
}

std::string list_of(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string reason_text(lab::Evaluation const& evaluation, lab::PrintReasonEntry const& entry) {
    namespace phrases = report::phrases;
    switch (entry.reason) {
    case lab::PrintReason::influential_not_measured:
        return english(phrases::reason_not_measured, {{"parameters", list_of(entry.parameters)}});
    case lab::PrintReason::sensitivity_crosses_one:
        return english(phrases::reason_crosses_one);
    case lab::PrintReason::sensitivity_crosses_bands:
        return english(phrases::reason_crosses_bands);
    case lab::PrintReason::sensitivity_withheld:
        return english(phrases::reason_no_sensitivity);
    case lab::PrintReason::not_validated_cap:
        return english(
            phrases::reason_cap,
            {{"cap", number_text(evaluation.printed.value.value_or(lab::PrintRules{}.cap))}});
    case lab::PrintReason::look_alike_without_data:
        return "How frequent other fluorescent materials are in the relevant population is not "
               "known: "
               "the number holds only if the mark is the marker.";
    case lab::PrintReason::value_withheld:
        break;
    }
    return "No number can be given.";
}

std::string item(std::string_view text) {
    return wrapped(text, "  - ", "    ");
}

std::string propositions(casefile::Case const& of, lab::Evaluation const& evaluation) {
    std::string text;
    for (std::string const& id : {evaluation.h1, evaluation.h2}) {
        auto const found =
            std::ranges::find(of.propositions, id, [](auto const& p) { return *p.id; });
        if (found != of.propositions.end() && !found->text.en.empty()) {
            text += wrapped(found->text.en, "  " + id + ": ", "      ");
        }
    }
    return text;
}

std::string computation(lab::Evaluation const& evaluation) {
    std::string text;
    if (evaluation.log10_lr) {
        double const relative =
            (std::pow(10.0, std::min(evaluation.monte_carlo_se_log10, 10.0)) - 1.0);
        text += wrapped("Computed: LR " + ratio(*evaluation.log10_lr) + " (log10 " +
                            fixed_text(*evaluation.log10_lr, 3) + "); Monte Carlo error " +
                            significant_text(100.0 * relative, 2) + " %, " +
                            std::to_string(evaluation.draws) + " draws, seed " +
                            std::to_string(evaluation.seed) + ".",
                        "  ",
                        "  ");
    }
    if (evaluation.sensitivity) {
        text +=
            wrapped("Sensitivity: " + ratio(evaluation.sensitivity->low) + " to " +
                        ratio(evaluation.sensitivity->high) + ", median " +
                        ratio(evaluation.sensitivity->median) +
                        " (5, 95 and 50 % quantiles of the LR if the parameters were known; not an "
                        "interval of the LR).",
                    "  ",
                    "  ");
    }
    return text;
}

std::string reasons(lab::Evaluation const& evaluation) {
    std::string text;
    for (lab::PrintReasonEntry const& entry : evaluation.printed.reasons) {
        if (entry.reason != lab::PrintReason::value_withheld) { // the headline says why
            text += item(reason_text(evaluation, entry));
        }
    }
    return text.empty() ? "" : "\n  What bounds what may be said\n" + text;
}

std::string chain(lab::Evaluation const& evaluation) {
    if (evaluation.chain.empty()) {
        return "";
    }
    std::string text = "\n  Findings, each given those before it\n";
    for (lab::ChainLink const& link : evaluation.chain) {
        std::string kind{to_text(link.kind)};
        std::ranges::replace(kind, '_', ' ');
        text += "  - " + padded(link.zone, 26) + ' ' + padded(kind, 13) + " LR " +
                (link.kind == lab::FindingKind::not_examined ? "1 (says nothing)"
                                                             : ratio(link.log10_lr)) +
                '\n';
    }
    return text;
}

std::string tornado(lab::Evaluation const& evaluation) {
    if (evaluation.tornado.empty()) {
        return "";
    }
    std::string text =
        "\n  What moves it most: the LR with a parameter at its 5 % and 95 % quantile\n";
    std::size_t const shown = std::min(largest_shown, evaluation.tornado.size());
    for (std::size_t i = 0; i < shown; ++i) {
        lab::TornadoRow const& row = evaluation.tornado[i];
        text += "  - " + padded(row.parameter, 28) + ' ' +
                padded(significant_text(row.low, 2) + " to " + significant_text(row.high, 2), 20) +
                " LR " + ratio(row.log10_lr_at_low) + " to " + ratio(row.log10_lr_at_high) + '\n';
    }
    return text;
}

std::string missing(casefile::Case const& of, pipeline::Translation const& translation) {
    std::string text;
    for (lab::Finding const& finding : translation.findings) {
        if (finding.kind == lab::FindingKind::not_examined) {
            text += item("Nobody examined " + finding.zone + ".");
        }
    }
    for (std::string const& id : translation.undated) {
        text += item("Observation " + id +
                     " has no time of examination; it counts as made after everything else.");
    }
    for (auto const& capture : of.captures) {
        if (*capture.role == casefile::CaptureRole::evidence) {
            text += item("Capture " + *capture.id +
                         " was not measured here; the words of a document stand for it. "
                         "'contremarque analyse' measures it.");
        }
    }
    bool const no_prevalence =
        of.lookalikes.empty() ||
        std::ranges::any_of(of.lookalikes, [](auto const& entry) { return !entry.prevalence; });
    if (no_prevalence) {
        text += item("The prevalence of what glows and is not the marker is not measured.");
    }
    return text.empty() ? "" : "\n  What is missing\n" + text;
}

} // namespace

std::string transfer_text(casefile::Case const& of,
                          pipeline::Translation const& translation,
                          lab::Evaluation const& evaluation) {
    std::string text = *of.head.id + ": " + evaluation.h1 + " against " + evaluation.h2 + "\n\n";
    if (of.demonstration) {
        text += "  DEMONSTRATION: every fact of this case is invented.\n\n";
    }
    text += wrapped(headline(evaluation), "  ", "  ");
    std::string const words = words_of(evaluation.printed);
    text += words.empty() ? "" : wrapped("In words: " + words + ".", "  ", "  ");
    text += computation(evaluation);
    std::string const accounts = propositions(of, evaluation);
    text += accounts.empty() ? "" : "\n" + accounts;
    text += reasons(evaluation) + chain(evaluation) + tornado(evaluation);
    return text + missing(of, translation);
}

} // namespace cmq::cli
