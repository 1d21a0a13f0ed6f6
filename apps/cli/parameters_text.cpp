// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/parameters_text.hpp"

#include "apps/cli/speaker.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>

namespace cmq::cli {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t name_width = 33;

Words words_of(lab::Grade grade) {
    switch (grade) {
    case lab::Grade::measured_on_product:
        return {"mesuré sur ce produit", "measured on this product"};
    case lab::Grade::measured_on_proxy:
        return {"mesuré sur une autre matière", "measured on another material"};
    case lab::Grade::expert_judgement:
        break;
    }
    return {"avis d’expert", "expert judgement"};
}

std::string padded(std::string const& text, std::size_t width) {
    std::size_t const now = columns_of(text);
    return text + std::string(now < width ? width - now : 0, ' ');
}

std::string number(Speaker const& say, double value) {
    return say.figure(significant_text(value, 2));
}

// "2.5, 19, 140 min": or one number where nothing varies.
std::string quantiles(Speaker const& say, lab::Parameter const& parameter) {
    lab::Quantiles const at = lab::quantiles_of(parameter.distribution);
    std::string const unit = parameter.unit.empty() ? "" : " " + parameter.unit;
    if (parameter.distribution.kind == lab::DistributionKind::fixed) {
        return number(say, at.p50) + unit;
    }
    char const* const between = say.language() == Language::french ? " ; " : ", ";
    return number(say, at.p05) + between + number(say, at.p50) + between + number(say, at.p95) +
           unit;
}

std::string line(std::string const& label, std::string const& text) {
    return wrapped(text, page_width, "  " + padded(label, 14), std::string(16, ' ')) + '\n';
}

std::string body(Speaker const& say, lab::Parameter const& parameter, std::string const& date) {
    bool const french = say.language() == Language::french;
    return line(say({"5, 50, 95 %", "5, 50, 95 %"}), quantiles(say, parameter)) +
           line(say({"vaut pour", "holds for"}),
                french ? parameter.conditions_fr : parameter.conditions) +
           line(say({"source", "source"}), french ? parameter.source_fr : parameter.source) +
           line(say({"fondement", "grade"}), say(words_of(parameter.grade))) +
           line(say({"date", "date"}), date);
}

} // namespace

std::string parameters_list(std::span<lab::LibraryEntry const> entries, Language language) {
    Speaker const say{language};
    std::string text = padded(say({"paramètre", "parameter"}), name_width) +
                       say({"quantiles à 5, 50 et 95 %\n", "quantiles at 5, 50 and 95 %\n"});
    for (lab::LibraryEntry const& entry : entries) {
        text += padded(entry.parameter.name, name_width);
        text += quantiles(say, entry.parameter);
        text += '\n';
        bool const french = language == Language::french;
        std::string note = french ? entry.parameter.label_fr : entry.parameter.label_en;
        note += say({" ; ", "; "});
        note += say(words_of(entry.parameter.grade));
        if (!entry.candidates.empty()) {
            note += say({" ; autres valeurs : {}", "; other values: {}"}, entry.candidates.size());
        }
        text += wrapped(note, page_width, "  ", "  ");
        text += '\n';
    }
    auto const on_product = std::ranges::count_if(entries, [](lab::LibraryEntry const& entry) {
        return entry.parameter.grade == lab::Grade::measured_on_product;
    });
    text += '\n' +
            wrapped(say({"{} paramètres, dont {} mesurés sur le produit français.",
                         "{} parameters; {} of them measured on the French product."},
                        entries.size(),
                        on_product),
                    page_width) +
            '\n';
    return text;
}

std::string parameter_text(lab::LibraryEntry const& entry, Language language) {
    Speaker const say{language};
    bool const french = language == Language::french;
    lab::Parameter const& parameter = entry.parameter;
    std::string text =
        parameter.name + '\n' +
        wrapped(french ? parameter.label_fr : parameter.label_en, page_width, "  ", "  ") + "\n\n" +
        body(say, parameter, entry.date);
    for (lab::ParameterCandidate const& candidate : entry.candidates) {
        text += '\n' +
                wrapped(say({"Autre valeur, {} (employée par aucune évaluation, sauf si l’affaire "
                             "la prend)",
                             "Other value, {} (used by no evaluation, unless the case takes it)"},
                            candidate.id),
                        page_width,
                        "  ",
                        "  ") +
                '\n' + body(say, candidate.parameter, candidate.date);
    }
    if (!entry.candidates.empty()) {
        text +=
            '\n' +
            wrapped(say({"Pour qu’une affaire la prenne, y copier ce que donne « contremarque "
                         "parameters show {} --candidate {} ».",
                         "To make a case take it, copy into it what 'contremarque parameters show "
                         "{} --candidate {}' prints."},
                        parameter.name,
                        entry.candidates.front().id),
                    page_width,
                    "  ",
                    "  ") +
            '\n';
    }
    return text;
}

} // namespace cmq::cli
