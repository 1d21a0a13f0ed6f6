// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/detect_text.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

namespace cmq::cli {
namespace {

using detect::Pattern;
using detect::Ranged;
using lab::PatternDoubt;
using lab::PatternResult;
using lab::PatternVerdict;

std::string lines_of(std::string const& sentence) {
    return cmq::wrapped(sentence, 80, "  ", "    ") + '\n';
}

// "2.3 (1.9 to 2.8)"
std::string ranged(Speaker const& say, Ranged const& value) {
    auto const figure = [&](double number) { return say.figure(significant_text(number, 3)); };
    return say({"{} ({} à {})", "{} ({} to {})"},
               figure(value.value),
               figure(value.low),
               figure(value.high));
}

Sentence unit_words(Pattern const& pattern) {
    return pattern.unit == "mm" ? Sentence{{"mm", "mm"}} : Sentence{{"photosites", "photosites"}};
}

std::string sizes_text(Speaker const& say, Pattern const& pattern) {
    if (!pattern.sizes) {
        return "";
    }
    return say(
        {" Diamètres des taches, d’après leurs contours : D_v50 {} {} (loi log-normale, "
         "intervalle à 95 %).",
         " Diameters of spots, by their outlines: D_v50 {} {} (log-normal law, 95 % interval)."},
        ranged(say, pattern.sizes->d_v50),
        unit_words(pattern));
}

std::string layout_text(Speaker const& say, Pattern const& pattern) {
    std::string text;
    if (pattern.elongation) {
        text += say({" Allongement {}", " Elongation {}"}, ranged(say, pattern.elongation->ratio));
        text += pattern.elongation->angle_deg
                    ? say({", grand axe à {}°.", ", long axis at {} degrees."},
                          say.figure(fixed_text(pattern.elongation->angle_deg->value, 0)))
                    : say({", non distingué d’un groupe rond.", ", not told from a round group."});
    }
    if (pattern.clark_evans) {
        text += say({" Espacement (Clark-Evans) {}, z = {} (semis au hasard\u00A0: 1 et 0).",
                     " Spacing (Clark-Evans) {}, z = {} (strewn at random: 1 and 0)."},
                    say.figure(fixed_text(pattern.clark_evans->ratio, 2)),
                    say.figure(fixed_text(pattern.clark_evans->z, 1)));
    }
    return text;
}

std::string symmetry_text(Speaker const& say, Pattern const& pattern) {
    if (!pattern.symmetry) {
        return "";
    }
    return say({" Meilleur axe de symétrie à {}° ; des groupes mélangés font aussi bien dans {} % "
                "des cas.",
                " Best mirror axis at {} degrees; shuffled groups do as well in {} % of cases."},
               say.figure(fixed_text(pattern.symmetry->angle_deg, 0)),
               say.figure(significant_text(100.0 * pattern.symmetry->p, 2)));
}

Sentence verdict_words(PatternVerdict verdict) {
    switch (verdict) {
    case PatternVerdict::for_first:
        return Sentence{{"au moins dix fois plus probable dans cette classe que dans les autres",
                         "at least ten times as probable in this class as in the others"}};
    case PatternVerdict::for_rivals:
        return Sentence{{"au moins dix fois plus probable dans les autres que dans cette classe",
                         "at least ten times as probable in the others as in this class"}};
    case PatternVerdict::indeterminate:
        break;
    }
    return Sentence{{"indéterminé", "indeterminate"}};
}

Sentence doubt_words(PatternDoubt doubt) {
    switch (doubt) {
    case PatternDoubt::few_references:
        return Sentence{{"trop peu de motifs de référence d’une classe",
                         "too few reference patterns of a class"}};
    case PatternDoubt::other_conditions:
        return Sentence{{"références faites autrement, ou on ne sait comment",
                         "references made otherwise, or nobody says how"}};
    case PatternDoubt::no_rival:
        return Sentence{{"aucune autre origine n’est nommée", "no other origin is named"}};
    case PatternDoubt::no_spread:
        return Sentence{
            {"références sans dispersion", "references without spread in some direction"}};
    case PatternDoubt::unlike_all:
        return Sentence{{"motif qui ne ressemble à aucune classe", "a pattern unlike every class"}};
    case PatternDoubt::near_one:
        return Sentence{
            {"rapport de vraisemblance entre 1/10 et 10", "likelihood ratio between 1/10 and 10"}};
    case PatternDoubt::feature_missing:
        return Sentence{{"caractéristique qui ne peut être dite d’après ces traces",
                         "a feature that these traces cannot show"}};
    }
    return {};
}

std::string joined(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string weighed_text(Speaker const& say, PatternResult const& weighed) {
    std::string doubts;
    for (PatternDoubt const doubt : weighed.ratio.doubts) {
        doubts +=
            (doubts.empty() ? "" : say({" ; ", "; "})) + doubt_words(doubt).in(say.language());
    }
    if (!weighed.ratio.of_classes.empty()) {
        doubts += say({" ; classes : {}", "; classes: {}"}, joined(weighed.ratio.of_classes));
    }
    if (!weighed.missing.empty()) {
        doubts += say({" : {}", ": {}"}, joined(weighed.missing));
    }
    std::string text = say({"Disposition, classe « {} » : {}", "Layout, class '{}': {}"},
                           weighed.classes.front().name,
                           verdict_words(weighed.ratio.verdict));
    text += doubts.empty() ? "" : " (" + doubts + ")";
    if (weighed.ratio.log10_lr) {
        text += say({" ; log10 RV {}", "; log10 LR {}"},
                    say.figure(fixed_text(*weighed.ratio.log10_lr, 2)));
    }
    return lines_of(text + '.');
}

} // namespace

std::string pattern_text(Speaker const& say, report::DetectFindings const& findings) {
    Pattern const& pattern = findings.pattern;
    std::string const told =
        layout_text(say, pattern) + sizes_text(say, pattern) + symmetry_text(say, pattern);
    std::string text;
    if (!told.empty()) {
        text =
            lines_of(say({"Disposition, décrite seulement :", "Layout, described only:"}) + told);
    }
    return text + (findings.pattern_weighed ? weighed_text(say, *findings.pattern_weighed) : "");
}

} // namespace cmq::cli
