// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/detect_text.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

using lab::ColourDoubt;
using lab::ColourResult;
using lab::ColourVerdict;
using lab::PresenceReason;
using lab::PresenceVerdict;
using report::DetectFindings;

std::string lines_of(std::string const& sentence) {
    return cmq::wrapped(sentence, 80, "  ", "    ") + '\n';
}

std::string light(Speaker const& say, double dn) {
    return say({"{} DN", "{} DN"}, say.figure(significant_text(dn, 4)));
}

// ---- is it there?

Sentence verdict_words(Speaker const& say, DetectFindings const& findings) {
    switch (findings.presence.verdict) {
    case PresenceVerdict::present:
        return Sentence{{"détecté", "detected"}};
    case PresenceVerdict::not_detected:
        return Sentence{{"non détecté (limite\u00A0: {})", "not detected (limit: {})"},
                        light(say, findings.presence.limit.value_or(0.0))};
    case PresenceVerdict::indeterminate:
        break;
    }
    return Sentence{{"indéterminé", "indeterminate"}};
}

Sentence reason_words(Speaker const& say, DetectFindings const& findings, PresenceReason reason) {
    std::string const total = light(say, findings.total.flux_dn);
    std::string const critical = light(say, findings.limits.critical_dn.value_or(0.0));
    switch (reason) {
    case PresenceReason::above_blanks:
        return Sentence{{"La lumière des traces, {}, dépasse la valeur critique des blancs, {}.",
                         "The light of the traces, {}, exceeds the critical value of the blanks, "
                         "{}."},
                        total,
                        critical};
    case PresenceReason::within_blanks:
        return Sentence{
            {"La lumière des traces, {}, ne dépasse pas la valeur critique des blancs, {} : ce "
             "que la seule image appellerait des traces, les blancs en donnent autant, et ils "
             "l’emportent.",
             "The light of the traces, {}, does not exceed the critical value of the blanks, {}: "
             "what the image alone would call traces, blanks give as well, and they win."},
            total,
            critical};
    case PresenceReason::nothing_found:
        return Sentence{{"Aucune trace.", "No trace."}};
    case PresenceReason::blanks_missing:
        return Sentence{{"Les traces n’ont pas été mesurées contre des blancs : il en faut au "
                         "moins deux (--blank ou --limits).",
                         "The traces were not set against blanks: at least two are needed "
                         "(--blank or --limits)."}};
    case PresenceReason::saturated:
        return Sentence{{"Une trace est saturée : sa lumière est une limite inférieure.",
                         "A trace is saturated: its light is a lower limit."}};
    case PresenceReason::masked:
        return Sentence{{"Plus d’un dixième de l’image n’a pas été examiné (photosites saturés ou "
                         "masqués).",
                         "More than a tenth of the picture took no part (saturated or masked "
                         "photosites)."}};
    case PresenceReason::area:
        return Sentence{{"Une grande zone ressort, qu’aucune trace ne mesure.",
                         "A large area stands out that no trace measures."}};
    case PresenceReason::limit_unknown:
        return Sentence{{"Aucune lumière n’y aurait eu une chance sur deux d’être détectée.",
                         "No light in it would have had an even chance of being found."}};
    }
    return {};
}

// Blanks on which nothing at all was found have no spread: their 0 is no critical value that was reckoned.
std::string critical_words(Speaker const& say, double critical_dn) {
    if (critical_dn != 0.0) {
        return say({"Valeur critique : {}.", "Critical value: {}."}, light(say, critical_dn));
    }
    return say(
        {"La valeur critique ne peut être calculée : rien n’a été trouvé sur aucun blanc, et "
         "des blancs exactement nuls ne disent rien de leur dispersion ; 0 en tient lieu, et "
         "toute trace la dépasse. Examiner fichiers et blancs avec un plus grand "
         "--false-traces, pour que les blancs aient des totaux, ou prendre un tableau de "
         "blancs (--limits).",
         "The critical value cannot be reckoned: nothing was found on any blank, and blanks "
         "of exact zero tell nothing of their spread; 0 stands for it, and any trace "
         "exceeds it. Search files and blanks with a larger --false-traces, so that blanks "
         "have totals, or take a table of blanks (--limits)."});
}

std::string limits_line(Speaker const& say, report::DetectLimits const& limits) {
    if (limits.origin == report::BlanksFrom::nowhere) {
        return "";
    }
    std::string text =
        limits.origin == report::BlanksFrom::captures
            ? say({"Blancs : {} captures.", "Blanks: {} captures."}, limits.blanks)
            : say({"Blancs : {} d’un tableau ; que la capture a été prise et examinée comme eux "
                   "n’est pas vérifié.",
                   "Blanks: {} of a table; that the file was taken and searched as they were is "
                   "not checked."},
                  limits.blanks);
    if (limits.critical_dn) {
        text += ' ' + critical_words(say, *limits.critical_dn);
    }
    if (limits.minimum_detectable) {
        text += ' ' + say({"Valeur minimale détectable : {}{}.", "Minimum detectable value: {}{}."},
                          say.figure(significant_text(*limits.minimum_detectable, 3)),
                          limits.minimum_in_doubt
                              ? Sentence{{" (douteuse, voir limits)", " (in doubt, see limits)"}}
                              : Sentence{});
    } else if (limits.critical_dn) {
        text += ' ' + say({"Pas de valeur minimale détectable : il y faut des quantités connues.",
                           "No minimum detectable value: it needs known amounts."});
    }
    if (limits.in_doubt) {
        text += ' ' + say({"Ces blancs sont asymétriques ou instables : la valeur critique est "
                           "douteuse.",
                           "These blanks are skewed or unsteady: the critical value is in doubt."});
    }
    return lines_of(text);
}

// ---- of what colour?

Sentence verdict_words(ColourVerdict verdict) {
    switch (verdict) {
    case ColourVerdict::for_marker:
        return Sentence{{"la couleur est au moins dix fois plus probable si c’est le marqueur",
                         "the colour is at least ten times as probable if it is the marker"}};
    case ColourVerdict::for_rivals:
        return Sentence{
            {"la couleur est au moins dix fois plus probable si c’est autre chose que le marqueur",
             "the colour is at least ten times as probable if it is something else than the "
             "marker"}};
    case ColourVerdict::indeterminate:
        break;
    }
    return Sentence{{"indéterminé", "indeterminate"}};
}

Sentence doubt_words(ColourDoubt doubt) {
    switch (doubt) {
    case ColourDoubt::saturated:
        return Sentence{{"trace saturée", "saturated trace"}};
    case ColourDoubt::too_faint:
        return Sentence{{"trop peu de lumière", "too little light"}};
    case ColourDoubt::few_references:
        return Sentence{{"moins de dix échantillons de référence d’une classe",
                         "fewer than ten reference samples of a class"}};
    case ColourDoubt::other_conditions:
        return Sentence{{"références prises autrement, ou on ne sait comment",
                         "references taken otherwise, or nobody says how"}};
    case ColourDoubt::no_rival:
        return Sentence{{"aucune autre source n’est nommée", "no other source is named"}};
    case ColourDoubt::near_one:
        return Sentence{
            {"rapport de vraisemblance entre 1/10 et 10", "likelihood ratio between 1/10 and 10"}};
    case ColourDoubt::three_channels:
        return Sentence{{"rouge, vert et bleu seuls ne distinguent pas le marqueur de ce dont "
                         "personne n’a pris de référence",
                         "red, green and blue alone do not tell the marker from what nobody took "
                         "a reference of"}};
    case ColourDoubt::unlisted:
        return Sentence{{"même sur plusieurs images, ce dont personne n’a pris de référence peut "
                         "avoir la couleur du marqueur",
                         "even in several captures, what nobody took a reference of may have the "
                         "marker's colour"}};
    case ColourDoubt::not_measured:
        return Sentence{{"sa lumière n’a pu être mesurée sur une des images jointes",
                         "its light could not be measured in one of the joined captures"}};
    }
    return {};
}

bool says_the_same(ColourResult const& a, ColourResult const& b) {
    return a.ratio.verdict == b.ratio.verdict && a.ratio.doubts == b.ratio.doubts &&
           a.ratio.of_classes == b.ratio.of_classes;
}

std::string ids_text(Speaker const& say, std::vector<ColourResult const*> const& group) {
    constexpr std::size_t most = 12;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, group.size()); ++i) {
        text += (i == 0 ? "" : ", ") + number_text(static_cast<double>(group[i]->trace));
    }
    return group.size() > most ? text + say({" et {} autres", " and {} more"}, group.size() - most)
                               : text;
}

std::string ratios_text(Speaker const& say, std::vector<ColourResult const*> const& group) {
    auto const by_ratio = [](ColourResult const* a, ColourResult const* b) {
        return *a->ratio.log10_lr < *b->ratio.log10_lr;
    };
    auto const [low, high] = std::ranges::minmax_element(group, by_ratio);
    std::string const first = say.figure(fixed_text(*(*low)->ratio.log10_lr, 2));
    std::string const last = say.figure(fixed_text(*(*high)->ratio.log10_lr, 2));
    return low == high || first == last
               ? say({" ; log10 RV {}", "; log10 LR {}"}, first)
               : say({" ; log10 RV de {} à {}", "; log10 LR from {} to {}"}, first, last);
}

std::string group_text(Speaker const& say, std::vector<ColourResult const*> const& group) {
    lab::ColourRatio const& ratio = group.front()->ratio;
    std::string doubts;
    for (ColourDoubt const doubt : ratio.doubts) {
        doubts +=
            (doubts.empty() ? "" : say({" ; ", "; "})) + doubt_words(doubt).in(say.language());
    }
    std::string classes;
    for (std::string const& name : ratio.of_classes) {
        classes += (classes.empty() ? "" : ", ") + name;
    }
    std::string const concerned = say({" ; classes : {}", "; classes: {}"}, classes);
    std::string text = say({"Couleur, traces {} : {}", "Colour, traces {}: {}"},
                           ids_text(say, group),
                           verdict_words(ratio.verdict));
    text += doubts.empty() ? "" : " (" + doubts + (classes.empty() ? "" : concerned) + ")";
    return lines_of(text + (ratio.log10_lr ? ratios_text(say, group) : "") + '.');
}

std::string difference_lines(Speaker const& say, std::vector<ColourResult> const& colours) {
    std::string text;
    auto const or_silent = [&](std::string const& stated) {
        return stated.empty() ? say({"non précisé", "not stated"}) : stated;
    };
    for (lab::ConditionDifference const& one : colours.front().differences) {
        Sentence const what =
            one.condition == lab::ColourCondition::substrate ? Sentence{{"support", "substrate"}}
            : one.condition == lab::ColourCondition::lamp    ? Sentence{{"lampe", "lamp"}}
            : one.condition == lab::ColourCondition::filter  ? Sentence{{"filtre", "filter"}}
            : one.condition == lab::ColourCondition::joined
                ? Sentence{{"images jointes", "joined captures"}}
                : Sentence{{"appareil", "camera"}};
        text += lines_of(say(
            {"Références de « {} », {} : {} ; ici : {}.", "References of '{}', {}: {}; here: {}."},
            one.of_class,
            what,
            or_silent(one.references),
            or_silent(one.trace)));
    }
    return text;
}

std::string joined_lines(Speaker const& say, std::vector<report::JoinedFile> const& files) {
    std::string text;
    for (report::JoinedFile const& one : files) {
        text += lines_of(
            one.residual
                ? say({"Lumière jointe de « {} », recalée à {} photosite près.",
                       "Light joined from '{}', aligned to {} photosites."},
                      one.file,
                      say.figure(fixed_text(*one.residual, 2)))
                : say({"Lumière jointe de « {} », sans recalage : affirmée prise du même endroit.",
                       "Light joined from '{}', without alignment: said to be from the same "
                       "place."},
                      one.file));
    }
    return text;
}

} // namespace

std::string presence_text(Speaker const& say, DetectFindings const& findings) {
    std::string text = say({"Résultat : {}.", "Result: {}."}, verdict_words(say, findings));
    for (PresenceReason const reason : findings.presence.why) {
        text += ' ' + reason_words(say, findings, reason).in(say.language());
    }
    return lines_of(text) + limits_line(say, findings.limits);
}

std::string colour_text(Speaker const& say, DetectFindings const& findings) {
    if (findings.colours.empty()) {
        return "";
    }
    auto const& classes = findings.colours.front().classes;
    if (std::ranges::none_of(classes, [](auto const& one) { return one.samples > 0; })) {
        return joined_lines(say, findings.joined_files) +
               lines_of(say({"Couleur : indéterminé, sans aucune référence (--colour-classes).",
                             "Colour: indeterminate, without any reference (--colour-classes)."}));
    }
    std::vector<std::vector<ColourResult const*>> groups;
    for (ColourResult const& one : findings.colours) {
        auto const found = std::ranges::find_if(
            groups, [&](auto const& group) { return says_the_same(*group.front(), one); });
        if (found == groups.end()) {
            groups.push_back({&one});
        } else {
            found->push_back(&one);
        }
    }
    std::string text = joined_lines(say, findings.joined_files);
    for (auto const& group : groups) {
        text += group_text(say, group);
    }
    return text + difference_lines(say, findings.colours);
}

} // namespace cmq::cli
