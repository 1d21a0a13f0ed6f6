// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/qpcr_text.hpp"

#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

constexpr std::size_t most_samples_shown = 20;

std::string lines(std::string const& sentence) {
    return wrapped(sentence, 80, "  ", "    ") + '\n';
}

std::string warning(std::string const& sentence) {
    return wrapped(sentence, 80, "  ! ", "    ") + '\n';
}

std::string figure(Speaker const& say, double value, int digits = 3) {
    return say.figure(significant_text(value, digits));
}

std::string curve_text(Speaker const& say, lab::QpcrTarget const& target) {
    if (!target.curve) {
        return lines(say(
            {"pas de courbe étalon : il faut deux quantités connues, trouvées dans la moitié de "
             "leurs puits au moins",
             "no standard curve: it takes two known amounts found in at least half of their "
             "wells"}));
    }
    auto const& curve = *target.curve;
    std::string text =
        lines(say({"courbe étalon : Cq = {} {} log10 N ; efficacité {} %, R² {}, {} puits",
                   "standard curve: Cq = {} {} log10 N; efficiency {} %, R² {}, {} wells"},
                  say.figure(fixed_text(curve.intercept, 2)),
                  "− " + say.figure(fixed_text(-curve.slope, 3)),
                  say.figure(fixed_text(100.0 * curve.efficiency, 1)),
                  say.figure(fixed_text(curve.r_squared, 4)),
                  curve.wells));
    if (!curve.is_acceptable) {
        text += warning(say(
            {"courbe hors des critères usuels (efficacité de 90 à 110 %, R² d’au moins 0,98)",
             "the curve misses the usual criteria (efficiency 90 to 110 %, R² at least 0.98)"}));
    }
    return text;
}

std::string
limit_text(Speaker const& say, Words name, std::optional<lab::DetectionLimit> const& limit) {
    if (!limit) {
        return "";
    }
    return lines(say({"limite de détection à 95 % ({}) : {} copies ({} à {})",
                      "limit of detection at 95 % ({}): {} copies ({} to {})"},
                     say(name),
                     figure(say, limit->copies),
                     figure(say, limit->low),
                     figure(say, limit->high)));
}

std::string limits_text(Speaker const& say, lab::QpcrTarget const& target) {
    std::string text = limit_text(say, {"probit", "probit"}, target.probit) +
                       limit_text(say, {"logit", "logit"}, target.logit) +
                       limit_text(say, {"Poisson", "Poisson"}, target.poisson);
    if (text.empty()) {
        text = lines(say(
            {"limite de détection : ne peut être dite ; il faut des quantités connues que "
             "l’analyse trouve parfois",
             "limit of detection: cannot be told; it takes known amounts that are found now and "
             "then"}));
    }
    if (target.quantification) {
        text += lines(say({"limite de quantification (CV d’au plus 35 %) : {} copies",
                           "limit of quantification (CV at most 35 %): {} copies"},
                          figure(say, *target.quantification)));
    }
    return text;
}

std::string amount_text(Speaker const& say, lab::QpcrAmount const& amount) {
    if (!amount.log10_copies) {
        return lines(say({"{} : trouvé dans {} puits sur {}", "{}: found in {} of {} wells"},
                         amount.sample,
                         amount.detected,
                         amount.wells));
    }
    std::string text =
        lines(say({"{} : {} copies ({} à {}), trouvé dans {} puits sur {}",
                   "{}: {} copies ({} to {}), found in {} of {} wells"},
                  amount.sample,
                  figure(say, std::pow(10.0, *amount.log10_copies)),
                  figure(say, std::pow(10.0, amount.log10_low.value_or(*amount.log10_copies))),
                  figure(say, std::pow(10.0, amount.log10_high.value_or(*amount.log10_copies))),
                  amount.detected,
                  amount.wells));
    if (amount.is_extrapolated) {
        text += warning(say({"hors des quantités connues : ce nombre est extrapolé",
                             "outside the known amounts: this number is extrapolated"}));
    }
    return text;
}

std::string blanks_text(Speaker const& say, lab::QpcrTarget const& target) {
    if (target.blank_wells == 0) {
        return warning(say({"aucun témoin sans ADN : une contamination n’est pas écartée",
                            "no control without template: contamination is not ruled out"}));
    }
    if (target.blanks_detected > 0) {
        return warning(
            say({"{} témoins sans ADN sur {} sont positifs : ces résultats ne prouvent rien",
                 "{} of {} controls without template are positive: these results prove nothing"},
                target.blanks_detected,
                target.blank_wells));
    }
    return lines(
        say({"témoins sans ADN : {}, tous négatifs", "controls without template: {}, all negative"},
            target.blank_wells));
}

std::string target_text(Speaker const& say, lab::QpcrTarget const& target) {
    std::string text =
        lines(say({"cible {}", "target {}"}, target.target.empty() ? "?" : target.target));
    text += curve_text(say, target) + limits_text(say, target) + blanks_text(say, target);
    for (std::size_t i = 0; i < std::min(target.amounts.size(), most_samples_shown); ++i) {
        text += amount_text(say, target.amounts[i]);
    }
    if (target.amounts.size() > most_samples_shown) {
        text += lines(say({"et {} autres échantillons ; tous figurent dans --json",
                           "and {} more samples; --json has all"},
                          target.amounts.size() - most_samples_shown));
    }
    return text;
}

std::string shift_text(Speaker const& say, lab::SampleInhibition const& sample) {
    if (!sample.shift_low) {
        return say({"trouvé dans {} puits sur {}", "found in {} of {} wells"},
                   sample.detected,
                   sample.wells);
    }
    return say({"décalage de {} cycles ({} à {}), trouvé dans {} puits sur {}",
                "shift of {} cycles ({} to {}), found in {} of {} wells"},
               say.figure(fixed_text(*sample.shift, 2)),
               say.figure(fixed_text(*sample.shift_low, 2)),
               say.figure(fixed_text(*sample.shift_high, 2)),
               sample.detected,
               sample.wells);
}

std::string sample_text(Speaker const& say, lab::SampleInhibition const& sample) {
    std::string const found = shift_text(say, sample);
    switch (sample.state) {
    case lab::Inhibition::seen:
        return warning(say({"{} : {} ; inhibition : les quantités sont sous-estimées, et un "
                            "résultat négatif ne dit rien",
                            "{}: {}; inhibition: amounts are underestimated, and a negative "
                            "result says nothing"},
                           sample.sample,
                           found));
    case lab::Inhibition::not_seen:
        return lines(say({"{} : {} ; pas d’inhibition d’un cycle ou plus",
                          "{}: {}; no inhibition by a cycle or more"},
                         sample.sample,
                         found));
    case lab::Inhibition::unclear:
        break;
    }
    return warning(say({"{} : {} ; ne permet pas de dire s’il y a inhibition",
                        "{}: {}; does not tell whether there is inhibition"},
                       sample.sample,
                       found));
}

} // namespace

std::string qpcr_text(Speaker const& say,
                      std::span<lab::QpcrTarget const> targets,
                      std::optional<std::string> const& control) {
    std::string text;
    for (lab::QpcrTarget const& target : targets) {
        // The internal control is in every well, the blanks' too: it is told by inhibition_text.
        text += target.target == control ? "" : target_text(say, target);
    }
    return text + lines(say({"la qPCR dit combien, non quel code : aucun lot n’en est désigné",
                             "qPCR says how much, not which code: no lot is named by it"}));
}

std::string inhibition_text(Speaker const& say,
                            std::optional<std::string> const& control,
                            std::span<lab::SampleInhibition const> samples) {
    if (!control) {
        return warning(say({"aucun témoin interne : une inhibition n’est pas écartée, et un "
                            "résultat négatif peut en venir",
                            "no internal control: inhibition is not ruled out, and a negative "
                            "result may come of it"}));
    }
    std::string text = lines(say({"témoin interne {}", "internal control {}"}, *control));
    for (lab::SampleInhibition const& sample : samples) {
        text += sample_text(say, sample);
    }
    return text;
}

} // namespace cmq::cli
