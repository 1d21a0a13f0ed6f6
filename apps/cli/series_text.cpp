// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/series_text.hpp"

#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

using capture::WithSigma;
using pipeline::NoFading;
using pipeline::Series;
using pipeline::SeriesCapture;

using Planes = PerPlane<std::optional<WithSigma>>;

// The value as far as two digits of its uncertainty go.
std::string figures(Speaker const& say, WithSigma const& number) {
    if (!(number.sigma > 0)) {
        return say.figure(significant_text(number.value, 4)) + " ± 0";
    }
    int const decimals =
        std::clamp(1 - static_cast<int>(std::floor(std::log10(number.sigma))), 0, 9);
    return say.figure(fixed_text(number.value, decimals)) + " ± " +
           say.figure(fixed_text(number.sigma, decimals));
}

std::string padded(std::string const& text, std::size_t columns) {
    std::size_t const taken = columns_of(text);
    return text + std::string(taken < columns ? columns - taken : 1, ' ');
}

Words why(NoFading reason) {
    switch (reason) {
    case NoFading::fitted:
        break;
    case NoFading::too_few:
        return {"décroissance : ne peut être dite, moins de trois images",
                "fading: cannot be told, fewer than three captures"};
    case NoFading::no_times:
        return {"décroissance : ne peut être dite, instants inconnus (--times)",
                "fading: cannot be told, times unknown (--times)"};
    case NoFading::not_positive:
        return {"décroissance : ne peut être dite, lumière non supérieure à zéro",
                "fading: cannot be told, light not above zero"};
    case NoFading::no_fit:
        return {"décroissance : aucune exponentielle ne s’en approche",
                "fading: no exponential decay comes near"};
    }
    return {"décroissance", "fading"};
}

std::string fading_text(Speaker const& say, pipeline::SeriesRegion const& region) {
    if (!region.fading) {
        return "  " + say(why(region.why_not)) + '\n';
    }
    std::string text = "  " +
                       say({"décroissance : {} par seconde", "fading: {} per second"},
                           figures(say, region.fading->rate_per_s)) +
                       '\n';
    text += "  " +
            say(region.fading->fades
                    ? Words{"la lumière décroît (plus de deux écarts-types)",
                            "the light fades (by more than two standard deviations)"}
                    : Words{"aucune décroissance n’est établie", "no fading is established"}) +
            '\n';
    if (!region.fading->fits) {
        text += "  ! " +
                say({"les écarts dépassent ce que le bruit permet : ce n’est pas une exponentielle",
                     "departures are more than noise allows: it is no exponential decay"}) +
                '\n';
    }
    return text;
}

std::string lamp_text(Speaker const& say, capture::LampDrift const& lamp) {
    std::string text = figures(say, lamp.relative);
    if (lamp.colour_changed) {
        text += say({" ! couleur", " ! colour"});
    } else if (lamp.drifted) {
        text += say({" ! dérive", " ! drift"});
    }
    return text;
}

std::string sentence_lines(std::string const& first, std::string const& sentence) {
    return wrapped(sentence, 80, first, "    ") + '\n';
}

// One row of a table, the file last as it may be long.
std::string row(std::string line, std::string const& file) {
    line += file;
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
}

std::string planes_line(Speaker const& say, Planes const& planes) {
    std::string line = "    ";
    for (auto const& plane : planes) {
        line += padded(plane ? figures(say, *plane) : "?", 18);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
}

// What the numbers are in, and what that rests on.
std::string units_text(Speaker const& say,
                       bool has_target,
                       std::optional<capture::TargetCertificate> const& certificate) {
    if (!certificate) {
        return sentence_lines(
            "  ",
            has_target
                ? say({"lumière relative : DN de cet appareil à ce réglage, et rapport à la cible "
                       "; "
                       "aucune unité absolue, faute de cible étalonnée (--target-radiance)",
                       "relative light: DN of this camera at this setting, and ratio to the "
                       "target; "
                       "no absolute units without a calibrated target (--target-radiance)"})
                : say({"lumière relative : DN de cet appareil à ce réglage ; aucune unité absolue, "
                       "faute de cible étalonnée (--target, --target-radiance)",
                       "relative light: DN of this camera at this setting; no absolute units "
                       "without a calibrated target (--target, --target-radiance)"}));
    }
    std::string text = sentence_lines("  ",
                                      say({"luminance énergétique en {}, d’après la cible : {}",
                                           "radiance in {}, by the target: {}"},
                                          certificate->unit,
                                          certificate->source));
    Planes stated;
    for (std::size_t p = 0; p < plane_count; ++p) {
        stated[p] = WithSigma{certificate->radiance[p], certificate->sigma[p]};
    }
    text += say({"  certifié, incertitude-type, r, v1, v2, b\u00A0:\n",
                 "  certified, standard uncertainty, r, g1, g2, b:\n"}) +
            planes_line(say, stated);
    return text +
           sentence_lines(
               "  ! ",
               say({"ne vaut que sous la lampe, les filtres et l’éclairement pour lesquels ces "
                    "valeurs de la cible ont été établies, et pour une lumière de même "
                    "spectre ; rien ici ne le vérifie",
                    "holds only under the lamp, filters and illumination for which these "
                    "values of the target were established, and for light of its spectrum; "
                    "nothing here checks that"}));
}

std::string radiance_text(Speaker const& say,
                          std::vector<std::pair<std::string, Planes>> const& rows) {
    std::string text =
        say({"  luminance énergétique, r, v1, v2, b\u00A0:\n", "  radiance, r, g1, g2, b:\n"});
    for (auto const& [file, planes] : rows) {
        text += "  " + file + '\n' + planes_line(say, planes);
    }
    return text;
}

std::string region_text(Speaker const& say, Series const& series, std::size_t index) {
    std::string text = say({"zone {}", "region {}"}, series.regions[index].name) + '\n';
    text += row("  " + padded(say({"temps, s", "time, s"}), 10) +
                    padded(say({"lumière, DN/s", "light, DN/s"}), 22) +
                    (series.has_target ? padded(say({"lampe", "lamp"}), 28) : ""),
                say({"fichier", "file"}));
    std::vector<std::pair<std::string, Planes>> absolute;
    for (SeriesCapture const& capture : series.captures) {
        std::string const time =
            capture.time_s ? say.figure(significant_text(*capture.time_s, 4)) : "?";
        text +=
            row("  " + padded(time, 10) + padded(figures(say, capture.regions[index].per_s), 22) +
                    (series.has_target ? padded(lamp_text(say, capture.lamp), 28) : ""),
                capture.file);
        absolute.emplace_back(capture.file, capture.regions[index].radiance);
    }
    if (series.certificate) {
        text += radiance_text(say, absolute);
    }
    return text + fading_text(say, series.regions[index]);
}

// ---- exposures put together

double mean_weight(capture::ExposureShare const& share) {
    double sum = 0;
    for (double const weight : share.weight) {
        sum += weight / plane_count;
    }
    return sum;
}

std::string percent(Speaker const& say, double share) {
    return say.figure(significant_text(100 * share, 2)) + " %";
}

std::string exposures_text(Speaker const& say, report::Merged const& merged) {
    std::string text = row(
        "  " + padded(say({"pose, s", "exposure, s"}), 13) + padded(say({"poids", "weight"}), 10) +
            padded(say({"saturés", "saturated"}), 11) + padded(say({"seule", "alone"}), 10) +
            (merged.has_target ? padded(say({"lampe", "lamp"}), 28) : ""),
        say({"fichier", "file"}));
    for (report::MergedExposure const& one : merged.exposures) {
        text += row("  " + padded(say.figure(significant_text(one.exposure_s, 4)), 13) +
                        padded(percent(say, mean_weight(one.share)), 10) +
                        padded(std::to_string(one.share.saturated), 11) +
                        padded(std::to_string(one.share.alone), 10) +
                        (one.lamp ? padded(lamp_text(say, *one.lamp), 28) : ""),
                    one.file);
    }
    return text;
}

std::string agreement_text(Speaker const& say, report::Merged const& merged) {
    std::string chi2;
    for (std::size_t p = 0; p < plane_count; ++p) {
        chi2 += (p > 0 ? say({"\u00A0; ", ", "}) : "") +
                say.figure(fixed_text(merged.chi2_per_dof[p], 2));
    }
    std::string text = sentence_lines(
        "  ",
        say({"écarts entre les poses, en rapport avec le bruit (1 : rien d’autre), r, v1, v2, b : "
             "{}",
             "differences between the exposures over their noise (1: no more), r, g1, g2, b: {}"},
            chi2));
    if (!merged.agrees) {
        text += sentence_lines(
            "  ! ",
            merged.has_target
                ? say({"les poses ne s’accordent pas : quelque chose a bougé ou décru, ou le "
                       "modèle "
                       "de bruit est faux ; la lumière réunie n’est pas sûre",
                       "the exposures do not agree: something moved or faded, or the noise model "
                       "is "
                       "wrong; the light put together is not safe"})
                : say({"les poses ne s’accordent pas : quelque chose a bougé ou décru, la lampe a "
                       "dérivé (--target), ou le modèle de bruit est faux ; la lumière réunie "
                       "n’est "
                       "pas sûre",
                       "the exposures do not agree: something moved or faded, the lamp drifted "
                       "(--target), or the noise model is wrong; the light put together is not "
                       "safe"}));
    }
    return text;
}

std::string notes_text(Speaker const& say, report::Merged const& merged) {
    std::string text = sentence_lines(
        "  ",
        say({"poids : part moyenne dans les photosites mesurés ; saturés : photosites écartés, "
             "voisins compris ; seule : photosites qu’aucune autre pose ne mesure. {} photosites "
             "ne "
             "sont mesurés par aucune.",
             "weight: mean share in the photosites measured; saturated: photosites left out, "
             "neighbours included; alone: photosites that no other exposure measures. {} "
             "photosites are measured by none."},
            merged.measured_nowhere));
    if (!merged.iso_is_stated) {
        text +=
            sentence_lines("  ! ",
                           say({"les fichiers n’indiquent pas leur sensibilité ISO : qu’elle soit "
                                "la même n’a pu être vérifié",
                                "the files do not state their ISO setting: that it is the same "
                                "could not be checked"}));
    }
    if (!merged.has_target) {
        text += sentence_lines("  ",
                               say({"sans cible (--target), la lampe est tenue pour constante",
                                    "without a target (--target) the lamp is taken to be steady"}));
    }
    return text;
}

std::string
light_or_why(Speaker const& say, std::optional<WithSigma> const& light, std::size_t saturated) {
    if (light) {
        return figures(say, *light);
    }
    return saturated > 0 ? say({"saturée", "saturated"}) : say({"trop peu vue", "too little seen"});
}

std::string merged_region_text(Speaker const& say,
                               report::Merged const& merged,
                               report::MergedRegion const& region) {
    std::string text = say({"zone {}", "region {}"}, region.name) + '\n';
    text += row("  " + padded(say({"lumière, DN/s", "light, DN/s"}), 24) +
                    padded(say({"poids", "weight"}), 10) +
                    padded(say({"saturés", "saturated"}), 11) + padded(say({"seule", "alone"}), 10),
                say({"fichier", "file"}));
    std::size_t saturated = 0;
    for (std::size_t i = 0; i < region.single.size(); ++i) {
        report::SingleLight const& one = region.single[i];
        saturated = one.share.saturated;
        text += row("  " + padded(light_or_why(say, one.per_s, saturated), 24) +
                        padded(percent(say, mean_weight(one.share)), 10) +
                        padded(std::to_string(saturated), 11) +
                        padded(std::to_string(one.share.alone), 10),
                    merged.exposures[i].file);
    }
    text += row("  " + padded(light_or_why(say, region.per_s, saturated), 55),
                say({"(réunies)", "(put together)"}));
    if (merged.has_target && region.light) {
        text += say({"  rapport à la cible, r, v1, v2, b\u00A0:\n",
                     "  ratio to the target, r, g1, g2, b:\n"}) +
                planes_line(say, region.to_target);
    }
    if (merged.certificate && region.light) {
        text +=
            say({"  luminance énergétique, r, v1, v2, b\u00A0:\n", "  radiance, r, g1, g2, b:\n"}) +
            planes_line(say, region.radiance);
    }
    return text;
}

} // namespace

// Fading is for good, whoever looks next.
std::string dose_text(Speaker const& say, Series const& series) {
    double exposed_s = 0.0;
    for (SeriesCapture const& capture : series.captures) {
        exposed_s += capture.exposure_s;
    }
    auto const& first = series.captures.front();
    auto const& last = series.captures.back();
    Sentence const span =
        first.time_s && last.time_s
            ? Sentence{{" ; {} s du début de la première à la fin de la dernière",
                        "; {} s from the start of the first to the end of the last"},
                       say.figure(
                           significant_text(*last.time_s - *first.time_s + last.exposure_s, 4))}
            : Sentence{{" ; durée sous la lampe inconnue (--times)",
                        "; time under the lamp unknown (--times)"}};
    return sentence_lines(
               "  ",
               say({"dose consignée : {} s de pose{}", "dose on record: {} s of exposure{}"},
                   say.figure(significant_text(exposed_s, 4)),
                   span)) +
           sentence_lines(
               "  ! ",
               say({"la lampe détruit le marqueur pour de bon : faire toute autre capture et "
                    "tout prélèvement avant une telle série, et la limiter à une zone",
                    "the lamp destroys the marker for good: take every other capture and "
                    "sample before such a series, and keep it to one zone"}));
}

std::string series_text(Speaker const& say, Series const& series) {
    std::string text = units_text(say, series.has_target, series.certificate);
    for (std::size_t i = 0; i < series.regions.size(); ++i) {
        text += '\n' + region_text(say, series, i);
    }
    return text + '\n' + dose_text(say, series);
}

std::string merged_text(Speaker const& say, report::Merged const& merged) {
    std::string text =
        say({"{} poses réunies", "{} exposures put together"}, merged.exposures.size()) + '\n';
    text += exposures_text(say, merged) + agreement_text(say, merged) + notes_text(say, merged) +
            units_text(say, merged.has_target, merged.certificate);
    for (report::MergedRegion const& region : merged.regions) {
        text += '\n' + merged_region_text(say, merged, region);
    }
    return text;
}

} // namespace cmq::cli
