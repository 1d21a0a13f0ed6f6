// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_checks.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::capture {
namespace {

constexpr double same = 1e-3;              // relative: one exposure, however it was rounded
constexpr double most_cut_off = 0.001;     // share of raw zeros in a dark frame
constexpr double most_flicker = 0.03;      // relative; more changes the pattern of the light too
constexpr double most_dark = 0.05;         // of the range: as bright as a flat
constexpr double noises_of_light = 3.0;    // read noises that planes or frames of darks may differ
constexpr double steps_of_light = 2.0;     // DN: stated black levels are rounded by plane
constexpr double most_dark_in_flat = 0.01; // of a flat, from a dark exposure that is not its own
constexpr double spare_bits = 0.9; // of what noise takes: models of coders are not that good

bool is_same(std::optional<double> const& a, std::optional<double> const& b) {
    return a.has_value() == b.has_value() &&
           (!a || std::abs(*a - *b) <= same * std::max(std::abs(*a), std::abs(*b)));
}

std::string text_of(std::optional<double> const& value) {
    return value ? significant_text(*value, 3) : "?";
}

template <class... Texts>
[[noreturn]] void
unlike(Seen const& first, Seen const& one, Form<sizeof...(Texts)> how, Texts const&... texts) {
    throw Error{ErrorKind::domain,
                {"« {} » et « {} » ne peuvent pas servir au même profil : {}",
                 "'{}' and '{}' can not serve one profile: {}"},
                first.name,
                one.name,
                Sentence{how, texts...}};
}

double light_limit(double read_noise) {
    return std::max(steps_of_light, noises_of_light * read_noise);
}

double brightness(Seen const& one) {
    double sum = 0;
    for (double const mean : one.mean_dn) {
        sum += mean;
    }
    return sum;
}

void check_flicker(std::vector<Seen> const& flats, Level const& level) {
    Seen const& first = flats[level.flats.front()];
    for (std::size_t const i : level.flats) {
        double const ratio = brightness(flats[i]) / std::max(brightness(first), 1e-9);
        if (!(std::abs(ratio - 1.0) <= most_flicker)) {
            throw Error{ErrorKind::domain,
                        {"les images uniformes « {} » et « {} », de même pose ({} s), diffèrent "
                         "de {} % en luminosité, plus que les {} % que l’on peut corriger : "
                         "laisser la lampe se stabiliser, ou ne pas changer l’éclairage au sein "
                         "d’une pose",
                         "the flats '{}' and '{}' of one exposure ({} s) differ by {} % in "
                         "brightness, more than the {} % that can be corrected: let the lamp "
                         "settle, or do not change the light within one exposure"},
                        first.name,
                        flats[i].name,
                        text_of(level.exposure_s),
                        significant_text(100.0 * std::abs(ratio - 1.0), 2),
                        significant_text(100.0 * most_flicker, 1)};
        }
    }
}

} // namespace

void check_alike(Seen const& first, Seen const& one) {
    if (one.said.simulated != first.said.simulated) {
        unlike(
            first, one, {"l’une est simulée, l’autre non", "one is simulated, the other is not"});
    }
    if (one.said.make != first.said.make || one.said.model != first.said.model ||
        one.said.unique_model != first.said.unique_model) {
        unlike(first,
               one,
               {"les appareils diffèrent (« {} » et « {} »)", "the cameras differ ('{}' and '{}')"},
               first.said.model,
               one.said.model);
    }
    if (!is_same(one.said.iso, first.said.iso)) {
        unlike(first,
               one,
               {"la sensibilité diffère (ISO {} et {}) ; le gain en dépend : faire un profil par "
                "réglage",
                "the ISO setting differs ({} and {}), and the gain with it: make a profile for "
                "each setting"},
               text_of(first.said.iso),
               text_of(one.said.iso));
    }
    if (one.shape != first.shape || one.raw_shape != first.raw_shape || one.cfa != first.cfa) {
        throw Error{ErrorKind::shape,
                    {"« {} » et « {} » ne peuvent pas servir au même profil : les dimensions ou "
                     "la mosaïque diffèrent ({} x {} {} et {} x {} {})",
                     "'{}' and '{}' can not serve one profile: their sizes or mosaics differ "
                     "({} x {} {} and {} x {} {})"},
                    first.name,
                    one.name,
                    first.shape.width,
                    first.shape.height,
                    first.cfa.name(),
                    one.shape.width,
                    one.shape.height,
                    one.cfa.name()};
    }
    if (one.white_level_dn != first.white_level_dn) {
        unlike(first,
               one,
               {"le niveau de blanc diffère ({} et {})", "the white level differs ({} and {})"},
               first.white_level_dn,
               one.white_level_dn);
    }
}

void check_not_cut_off(Seen const& dark) {
    if (std::ranges::max(dark.zero_share) > most_cut_off) {
        throw Error{
            ErrorKind::unsupported,
            {"dans l’image d’obscurité « {} », {} % des nombres bruts sont nuls : l’appareil "
             "retranche "
             "le noir lui-même et coupe le bruit au-dessous ; aucun profil n’est possible",
             "in the dark frame '{}' {} % of the raw numbers are 0: the camera takes off black by "
             "itself and cuts off the noise below it; no profile can be made"},
            dark.name,
            significant_text(100.0 * std::ranges::max(dark.zero_share), 2)};
    }
}

void check_darks(std::vector<Seen> const& darks, PerPlane<double> const& read_noise_dn) {
    Seen const& first = darks.front();
    for (Seen const& dark : darks) {
        if (!is_same(dark.said.exposure_s, first.said.exposure_s)) {
            unlike(first,
                   dark,
                   {"les poses des images d’obscurité diffèrent ({} s et {} s)",
                    "the exposures of the darks differ ({} s and {} s)"},
                   text_of(first.said.exposure_s),
                   text_of(dark.said.exposure_s));
        }
        auto const [least, most] = std::ranges::minmax(dark.mean_dn);
        double const limit = light_limit(std::ranges::max(read_noise_dn));
        double shift = 0;
        double above_masked = 0;
        for (std::size_t p = 0; p < plane_count; ++p) {
            shift = std::max(shift, std::abs(dark.mean_dn[p] - first.mean_dn[p]));
            above_masked = std::max(above_masked, dark.mean_dn[p] - 5.0 * dark.black_sigma_dn[p]);
        }
        bool const is_bright =
            most > most_dark * (dark.white_level_dn - std::ranges::max(dark.black_dn));
        bool const is_masked = dark.black_origin == BlackOrigin::masked_photosites;
        if (is_bright || most - least > limit || (is_masked && above_masked > limit)) {
            throw Error{
                ErrorKind::domain,
                {"l’image d’obscurité « {} » n’est pas noire : ses plans valent de {} à {} DN "
                 "au-dessus du noir, pour un bruit de {} DN ; couvrir l’objectif et "
                 "l’oculaire, dans une pièce sombre",
                 "the dark frame '{}' is not dark: its planes lie {} to {} DN above black, "
                 "with a noise of {} DN; cover lens and viewfinder, in a dark room"},
                dark.name,
                significant_text(least, 3),
                significant_text(most, 3),
                significant_text(std::ranges::max(read_noise_dn), 3)};
        }
        if (shift > limit) {
            unlike(first,
                   dark,
                   {"leurs niveaux moyens diffèrent de {} DN : l’une a reçu de la lumière, ou le "
                    "capteur chauffait",
                    "their mean levels differ by {} DN: one has light in it, or the sensor was "
                    "warming up"},
                   significant_text(shift, 3));
        }
    }
}

std::vector<Level> to_levels(std::vector<Seen> const& flats) {
    std::vector<Level> levels;
    for (std::size_t i = 0; i < flats.size(); ++i) {
        auto const& exposure = flats[i].said.exposure_s;
        auto const found = std::ranges::find_if(
            levels, [&](Level const& level) { return is_same(level.exposure_s, exposure); });
        if (found == levels.end()) {
            levels.push_back({exposure, {i}});
        } else {
            found->flats.push_back(i);
        }
    }
    for (Level const& level : levels) {
        if (level.flats.size() < 2) {
            throw Error{ErrorKind::insufficient,
                        {"« {} » est la seule image uniforme de sa pose ({} s) : il en faut deux "
                         "pour séparer le bruit du motif fixe",
                         "'{}' is the only flat of its exposure ({} s): two are needed to tell "
                         "noise from fixed pattern"},
                        flats[level.flats.front()].name,
                        text_of(level.exposure_s)};
        }
        check_flicker(flats, level);
    }
    std::ranges::sort(
        levels, {}, [&](Level const& level) { return brightness(flats[level.flats.front()]); });
    return levels;
}

void check_against_darks(std::vector<Seen> const& darks,
                         std::vector<Seen> const& flats,
                         PerPlane<double> const& read_noise_dn) {
    PerPlane<double> dark{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        for (Seen const& one : darks) {
            dark[p] += one.mean_dn[p] / static_cast<double>(darks.size());
        }
    }
    auto const& dark_exposure = darks.front().said.exposure_s;
    for (Seen const& flat : flats) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            double const light = flat.mean_dn[p] - dark[p];
            if (!(light > noises_of_light * read_noise_dn[p])) {
                throw Error{ErrorKind::insufficient,
                            {"l’image uniforme « {} » est à peine plus claire que les images "
                             "d’obscurité ({} DN dans le plan {}) : l’éclairer davantage",
                             "the flat '{}' is hardly brighter than the darks ({} DN in plane "
                             "{}): give it more light"},
                            flat.name,
                            significant_text(light, 3),
                            plane_names[p]};
            }
            if (!dark_exposure || !flat.said.exposure_s || !(*dark_exposure > 0)) {
                continue;
            }
            // Only what stands out from the error of a stated black level is dark signal.
            double const signal = std::max(std::abs(dark[p]) - light_limit(0.0), 0.0);
            double const other = std::abs(*flat.said.exposure_s / *dark_exposure - 1.0) * signal;
            if (other > most_dark_in_flat * light) {
                throw Error{
                    ErrorKind::domain,
                    {"les images d’obscurité ont une pose de {} s et l’image uniforme « {} » de "
                     "{} s : leur signal d’obscurité ({} DN) ne vaut pas pour elle ; poser les "
                     "images "
                     "d’obscurité comme les images uniformes",
                     "the darks were exposed for {} s and the flat '{}' for {} s: their dark "
                     "signal ({} DN) does not hold for it; expose the darks as the flats"},
                    text_of(dark_exposure),
                    flat.name,
                    text_of(flat.said.exposure_s),
                    significant_text(dark[p], 3)};
            }
        }
    }
}

void check_lossless(Seen const& flat, PerPlane<double> const& variance_dn2) {
    double bits = 0;
    for (double const variance : variance_dn2) { // entropy of a normal variable in steps of one
        double const noise =
            0.5 * std::log2(2.0 * std::numbers::pi * std::numbers::e * std::max(variance, 1e-3));
        bits += std::max(noise, 0.0) / plane_count;
    }
    if (flat.bits_per_photosite < spare_bits * bits) {
        throw Error{ErrorKind::unsupported,
                    {"« {} » a été comprimée avec perte : {} bits par photosite, quand son bruit "
                     "seul en demande {} ; enregistrer sans perte",
                     "'{}' was compressed with loss: {} bits a photosite where its noise alone "
                     "takes {}; record without loss"},
                    flat.name,
                    fixed_text(flat.bits_per_photosite, 1),
                    fixed_text(bits, 1)};
    }
}

} // namespace cmq::capture
