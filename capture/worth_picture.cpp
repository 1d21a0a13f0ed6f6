// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth_facts.hpp"
#include "core/number_text.hpp"

#include <algorithm>

namespace cmq::capture {
namespace {

Sentence percent(std::size_t part, std::size_t whole) {
    double const share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return part == 0 ? Sentence::verbatim("0") : figure(significant_text(share, 2));
}

} // namespace

Fact saturation_fact(Examined const& file) {
    constexpr auto kind = FactKind::saturation;
    auto const pixels = static_cast<std::size_t>(file.shape().area());
    if (file.is_raw()) {
        auto const& counts = file.capture->saturated_photosites;
        if (std::ranges::max(counts) == 0) {
            return make_fact(kind, FactState::not_found);
        }
        return found(kind,
                     Sentence{{"photosites saturés : R {} %, G1 {} %, G2 {} %, B {} % ; il y a eu "
                               "là au moins autant de lumière",
                               "saturated photosites: R {} %, G1 {} %, G2 {} %, B {} %; there was "
                               "at least so much light there"},
                              percent(counts[0], pixels / 4),
                              percent(counts[1], pixels / 4),
                              percent(counts[2], pixels / 4),
                              percent(counts[3], pixels / 4)},
                     {});
    }
    auto const& counts = file.picture->saturated;
    if (std::ranges::max(counts) == 0) {
        return make_fact(kind, FactState::not_found);
    }
    if (file.picture->channels == 1) {
        return found(
            kind,
            Sentence{{"pixels à la valeur maximale : {} %", "pixels at the greatest value: {} %"},
                     percent(counts[0], pixels)},
            {});
    }
    return found(kind,
                 Sentence{{"pixels à la valeur maximale : rouge {} %, vert {} %, bleu {} %",
                           "pixels at the greatest value: red {} %, green {} %, blue {} %"},
                          percent(counts[0], pixels),
                          percent(counts[1], pixels),
                          percent(counts[2], pixels)},
                 {});
}

Fact orientation_fact(Examined const& file) {
    auto const value = file.tags.number("Exif.Image.Orientation");
    if (!value || *value < 1 || *value > 8) {
        return make_fact(FactKind::orientation, FactState::not_stated);
    }
    if (*value == 1) {
        return make_fact(FactKind::orientation, FactState::not_found);
    }
    return found(
        FactKind::orientation,
        Sentence{{"une rotation est demandée pour l’affichage ; elle n’est pas appliquée ici, "
                  "lignes et colonnes sont celles du capteur",
                  "the file asks for rotation on display; it is not applied here, rows and "
                  "columns are as stored"}},
        sources_of(file.tags, {"Exif.Image.Orientation"}));
}

Fact several_pictures_fact(Examined const& file) {
    constexpr auto kind = FactKind::several_pictures;
    if (file.is_raw()) {
        if (file.capture->raw_images <= 1) {
            return make_fact(kind, FactState::not_found);
        }
        return found(kind,
                     Sentence{{"le fichier contient {} images brutes ; la première est lue",
                               "the file holds {} raw pictures; the first is read"},
                              file.capture->raw_images},
                     {});
    }
    if (file.picture->pages > 1) {
        return found(kind,
                     Sentence{{"le fichier contient {} images ; l’image n° {} est lue",
                               "the file holds {} pictures; number {} is read"},
                              file.picture->pages,
                              file.picture->page + 1},
                     {});
    }
    constexpr std::uint64_t padding = 16; // cameras round lengths up
    if (file.picture->bytes_behind > padding) {
        return found(
            kind,
            Sentence{{"{} octets suivent l’image (une autre image, un film, des données de "
                      "l’appareil) et ne sont pas lus",
                      "{} bytes follow the picture (another picture, a film, data of the "
                      "camera) and are not read"},
                     file.picture->bytes_behind},
            {});
    }
    return make_fact(kind, FactState::not_found);
}

} // namespace cmq::capture
