// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/transfer_text.hpp"

#include "apps/cli/speaker.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"
#include "report/phrases/assigned.hpp"
#include "report/phrases/value.hpp"
#include "report/verbal_scale.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

constexpr std::size_t page_width = 80;
constexpr double worth_telling = 0.1;    // share of the sensitivity that a parameter explains
constexpr std::size_t largest_shown = 8; // rows of the tornado: those below move little

std::string padded(std::string const& text, std::size_t width) {
    std::size_t const now = columns_of(text);
    return text + std::string(now < width ? width - now : 0, ' ');
}

std::string lines_of(std::string const& text, std::string_view first, std::string_view indent) {
    return wrapped(text, page_width, first, indent) + '\n';
}

std::string item(std::string const& text) {
    return lines_of(text, "  - ", "    ");
}

class Writer {
public:
    Writer(casefile::Case const& of,
           pipeline::Translation const& translation,
           lab::Evaluation const& evaluation,
           Language language)
        : of_{of}
        , translation_{translation}
        , evaluation_{evaluation}
        , say_{language} {}

    [[nodiscard]] std::string text() const;

private:
    [[nodiscard]] std::string ratio(double log10_value) const;
    [[nodiscard]] bool has_reason(lab::PrintReason reason) const;
    [[nodiscard]] std::string no_number() const;
    [[nodiscard]] std::string headline() const;
    [[nodiscard]] std::string words() const;
    [[nodiscard]] std::string reason_text(lab::PrintReasonEntry const& entry) const;
    [[nodiscard]] std::string propositions() const;
    [[nodiscard]] std::string computation() const;
    [[nodiscard]] std::string reasons() const;
    [[nodiscard]] std::string chain() const;
    [[nodiscard]] std::string tornado() const;
    [[nodiscard]] std::string tipping_points() const;
    [[nodiscard]] std::string conflict() const;
    [[nodiscard]] std::string missing() const;

    [[nodiscard]] std::string phrase(report::Phrase const& phrase,
                                     std::initializer_list<report::Blank> blanks = {}) const {
        return report::say(phrase, say_.language(), blanks);
    }

    casefile::Case const& of_;
    pipeline::Translation const& translation_;
    lab::Evaluation const& evaluation_;
    Speaker say_;
};

std::string Writer::ratio(double log10_value) const {
    // Beyond what a double holds, and what a reader takes in.
    constexpr double largest = 300.0;
    return report::ratio_text(std::clamp(log10_value, -largest, largest), 2, say_.language());
}

bool Writer::has_reason(lab::PrintReason reason) const {
    return std::ranges::any_of(evaluation_.printed.reasons,
                               [&](auto const& entry) { return entry.reason == reason; });
}

std::string Writer::no_number() const {
    switch (evaluation_.withheld) {
    case lab::Withheld::impossible_under_h1:
        return say_({"Pas de nombre : les observations sont impossibles si {} est vraie.",
                     "No number: the findings are impossible if {} is true."},
                    evaluation_.h1);
    case lab::Withheld::impossible_under_h2:
        return say_({"Pas de nombre : les observations sont impossibles si {} est vraie.",
                     "No number: the findings are impossible if {} is true."},
                    evaluation_.h2);
    default:
        return say_(
            {"Pas de nombre : l’erreur de Monte-Carlo dépasse encore 5 % une fois les tirages "
             "épuisés ; augmenter --draws.",
             "No number: the Monte Carlo error is still above 5 % when the draws are used up; "
             "raise --draws."});
    }
}

std::string Writer::headline() const {
    lab::Printed const& printed = evaluation_.printed;
    if (!printed.value) {
        return no_number();
    }
    std::string const condition =
        has_reason(lab::PrintReason::look_alike_without_data)
            ? say_({", si la trace est bien le produit de marquage", ", if the mark is the marker"})
            : "";
    if (printed.supports == lab::Supports::neither) {
        return say_({"Les observations sont à peu près aussi probables si {} est vraie que si {} "
                     "est vraie{}.",
                     "1: the findings are about as probable if {} is true as if {} is true{}."},
                    evaluation_.h1,
                    evaluation_.h2,
                    condition);
    }
    bool const first = printed.supports == lab::Supports::h1;
    std::string const number = report::factor_text(
        std::log10(*printed.value), printed.significant_figures, say_.language());
    return say_(
        {"Les observations sont {} {} fois plus probables si {} est vraie que si {} est vraie{}.",
         "{} {}: the findings are so many times more probable if {} is true than if {} is true{}."},
        printed.at_cap ? say_({"plus de", "More than"}) : say_({"environ", "About"}),
        number,
        first ? evaluation_.h1 : evaluation_.h2,
        first ? evaluation_.h2 : evaluation_.h1,
        condition);
}

std::string Writer::words() const {
    lab::Printed const& printed = evaluation_.printed;
    if (!printed.value || !printed.words_allowed || printed.supports == lab::Supports::neither) {
        return "";
    }
    std::string const degree = phrase(report::degree_of(*printed.value).words);
    return lines_of(say_({"En mots : {}.", "In words: {}."}, degree), "  ", "  ");
}

std::string list_of(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string Writer::reason_text(lab::PrintReasonEntry const& entry) const {
    namespace phrases = report::phrases;
    switch (entry.reason) {
    case lab::PrintReason::influential_not_measured:
        return phrase(phrases::reason_not_measured, {{"parameters", list_of(entry.parameters)}});
    case lab::PrintReason::sensitivity_crosses_one:
        return phrase(phrases::reason_crosses_one);
    case lab::PrintReason::sensitivity_crosses_bands:
        return phrase(phrases::reason_crosses_bands);
    case lab::PrintReason::sensitivity_withheld:
        return phrase(phrases::reason_no_sensitivity);
    case lab::PrintReason::not_validated_cap:
        return phrase(phrases::reason_cap,
                      {{"cap",
                        say_.figure(number_text(
                            evaluation_.printed.value.value_or(lab::PrintRules{}.cap)))}});
    case lab::PrintReason::look_alike_without_data:
        return say_(
            {"La fréquence des autres matières fluorescentes dans la population pertinente n’est "
             "pas connue : le nombre ne vaut que si la trace est bien le produit de marquage.",
             "How frequent other fluorescent materials are in the relevant population is not "
             "known: the number holds only if the mark is the marker."});
    case lab::PrintReason::assigned:
        return phrase(phrases::reason_assigned, {{"propositions", list_of(entry.parameters)}});
    case lab::PrintReason::value_withheld:
        break;
    }
    return say_({"Aucun nombre ne peut être donné.", "No number can be given."});
}

std::string Writer::propositions() const {
    std::string text;
    for (std::string const& id : {evaluation_.h1, evaluation_.h2}) {
        auto const found =
            std::ranges::find(of_.propositions, id, [](auto const& p) { return *p.id; });
        if (found == of_.propositions.end()) {
            continue;
        }
        bool const french = say_.language() == Language::french;
        std::string const& stated = french ? found->text.fr : found->text.en;
        if (!stated.empty()) {
            text += lines_of(stated, say_({"  {} : ", "  {}: "}, id), "      ");
        }
    }
    return text.empty() ? "" : "\n" + text;
}

std::string Writer::computation() const {
    std::string text;
    if (evaluation_.log10_lr) {
        double const relative =
            (std::pow(10.0, std::min(evaluation_.monte_carlo_se_log10, 10.0)) - 1.0);
        text += lines_of(
            say_({"Calculé : RV {} (log10 {}) ; erreur de Monte-Carlo {} %, {} tirages, graine {}.",
                  "Computed: LR {} (log10 {}); Monte Carlo error {} %, {} draws, seed {}."},
                 ratio(*evaluation_.log10_lr),
                 say_.figure(fixed_text(*evaluation_.log10_lr, 3)),
                 say_.figure(significant_text(100.0 * relative, 2)),
                 evaluation_.draws,
                 evaluation_.seed),
            "  ",
            "  ");
    }
    if (evaluation_.sensitivity) {
        text += lines_of(
            say_({"Sensibilité : de {} à {}, médiane {} (quantiles à 5, 95 et 50 % du RV si les "
                  "paramètres étaient connus ; ce n’est pas un intervalle du RV).",
                  "Sensitivity: {} to {}, median {} (5, 95 and 50 % quantiles of the LR if the "
                  "parameters were known; not an interval of the LR)."},
                 ratio(evaluation_.sensitivity->low),
                 ratio(evaluation_.sensitivity->high),
                 ratio(evaluation_.sensitivity->median)),
            "  ",
            "  ");
    }
    return text;
}

std::string Writer::reasons() const {
    std::string text;
    for (lab::PrintReasonEntry const& entry : evaluation_.printed.reasons) {
        if (entry.reason != lab::PrintReason::value_withheld) { // the headline says why
            text += item(reason_text(entry));
        }
    }
    return text.empty() ? ""
                        : say_({"\n  Ce qui limite ce qui peut être dit\n",
                                "\n  What bounds what may be said\n"}) +
                              text;
}

Words words_of(lab::FindingKind kind) {
    switch (kind) {
    case lab::FindingKind::not_examined:
        return {"non examiné", "not examined"};
    case lab::FindingKind::detected:
        return {"détecté", "detected"};
    case lab::FindingKind::not_detected:
        return {"non détecté", "not detected"};
    case lab::FindingKind::count:
        return {"comptage", "count"};
    case lab::FindingKind::amount:
        break;
    }
    return {"quantité", "amount"};
}

std::string Writer::chain() const {
    if (evaluation_.chain.empty()) {
        return "";
    }
    std::string text = say_({"\n  Les observations, chacune sachant les précédentes\n",
                             "\n  Findings, each given those before it\n"});
    for (lab::ChainLink const& link : evaluation_.chain) {
        bool const silent = link.kind == lab::FindingKind::not_examined;
        text += "  - " + padded(link.zone, 26) + ' ' + padded(say_(words_of(link.kind)), 13) +
                say_({" RV ", " LR "}) +
                (silent ? say_({"1 (n’apporte rien)", "1 (says nothing)"}) : ratio(link.log10_lr)) +
                '\n';
    }
    return text + conflict();
}

std::string Writer::conflict() const {
    if (!evaluation_.conflict) {
        return "";
    }
    return item(say_({"Désaccord entre elles (ln) : {} si {}, {} si {} ; au-dessus de 0, elles "
                      "s’accordent moins que des observations sans lien.",
                      "Conflict between them (ln): {} under {}, {} under {}; above 0 they agree "
                      "less than unrelated findings would."},
                     say_.figure(fixed_text(evaluation_.conflict->under_h1, 2)),
                     evaluation_.h1,
                     say_.figure(fixed_text(evaluation_.conflict->under_h2, 2)),
                     evaluation_.h2));
}

std::string Writer::tornado() const {
    if (evaluation_.tornado.empty()) {
        return "";
    }
    std::string text =
        say_({"\n  Ce qui le change le plus : le RV au quantile à 5 % et à 95 % d’un paramètre\n",
              "\n  What moves it most: the LR with a parameter at its 5 % and 95 % quantile\n"});
    std::size_t const shown = std::min(largest_shown, evaluation_.tornado.size());
    for (std::size_t i = 0; i < shown; ++i) {
        lab::TornadoRow const& row = evaluation_.tornado[i];
        std::string const range = say_({"{} à {}", "{} to {}"},
                                       say_.figure(significant_text(row.low, 2)),
                                       say_.figure(significant_text(row.high, 2)));
        text += "  - " + padded(row.parameter, 28) + ' ' + padded(range, 20) +
                say_({" RV {} à {}\n", " LR {} to {}\n"},
                     ratio(row.log10_lr_at_low),
                     ratio(row.log10_lr_at_high));
    }
    return text + tipping_points();
}

std::string Writer::tipping_points() const {
    std::string text;
    for (lab::TornadoRow const& row : evaluation_.tornado) {
        if (row.tipping_point) {
            text += item(say_({"RV de 1 si {} vaut {}, le reste étant libre.",
                               "LR of 1 if {} is {}, all else free."},
                              row.parameter,
                              say_.figure(significant_text(*row.tipping_point, 2))));
        }
    }
    if (text.empty()) {
        text = item(say_({"Aucun paramètre seul ne fait passer le RV d’un côté de 1 à l’autre.",
                          "No single parameter takes the LR from one side of 1 to the other."}));
    }
    auto const most = std::ranges::max_element(
        evaluation_.tornado, {}, [](auto const& row) { return row.explains.value_or(0.0); });
    if (most->explains.value_or(0.0) >= worth_telling) {
        text += item(say_({"À mesurer d’abord : {}, qui explique {} % de la sensibilité.",
                           "To be measured first: {}, which explains {} % of the sensitivity."},
                          most->parameter,
                          say_.figure(significant_text(100.0 * *most->explains, 1))));
    }
    return text;
}

std::string Writer::missing() const {
    std::string text;
    for (lab::Finding const& finding : translation_.findings) {
        if (finding.kind == lab::FindingKind::not_examined) {
            text += item(say_({"Personne n’a examiné {}.", "Nobody examined {}."}, finding.zone));
        }
    }
    for (std::string const& id : translation_.undated) {
        text += item(say_(
            {"L’observation {} n’a pas d’heure d’examen ; elle compte comme postérieure à tout "
             "le reste.",
             "Observation {} has no time of examination; it counts as made after everything "
             "else."},
            id));
    }
    for (auto const& capture : of_.captures) {
        if (*capture.role == casefile::CaptureRole::evidence) {
            text += item(
                say_({"La capture {} n’a pas été mesurée ici ; les mots d’un document en tiennent "
                      "lieu. « contremarque analyse » la mesure.",
                      "Capture {} was not measured here; the words of a document stand for it. "
                      "'contremarque analyse' measures it."},
                     *capture.id));
        }
    }
    bool const no_prevalence =
        of_.lookalikes.empty() ||
        std::ranges::any_of(of_.lookalikes, [](auto const& entry) { return !entry.prevalence; });
    if (no_prevalence) {
        text += item(
            say_({"La fréquence de ce qui est fluorescent sans être le produit de marquage n’est "
                  "pas mesurée.",
                  "The prevalence of what glows and is not the marker is not measured."}));
    }
    return text.empty() ? "" : say_({"\n  Ce qui manque\n", "\n  What is missing\n"}) + text;
}

std::string Writer::text() const {
    std::string text = say_({"{} : {} et {}\n\n", "{}: {} against {}\n\n"},
                            *of_.head.id,
                            evaluation_.h1,
                            evaluation_.h2);
    if (of_.demonstration) {
        text += say_({"  DÉMONSTRATION : tous les faits de cette affaire sont inventés.\n\n",
                      "  DEMONSTRATION: every fact of this case is invented.\n\n"});
    }
    text += lines_of(headline(), "  ", "  ") + words() + computation() + propositions();
    return text + reasons() + chain() + tornado() + missing();
}

} // namespace

std::string transfer_text(casefile::Case const& of,
                          pipeline::Translation const& translation,
                          lab::Evaluation const& evaluation,
                          Language language) {
    return Writer{of, translation, evaluation, language}.text();
}

} // namespace cmq::cli
