// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/write_dng.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <string_view>

namespace cmq::capture {

namespace {

/// A null-terminated printable ASCII text, as TIFF wants it.
void check_text(std::string const& text, Words name) {
    bool const fits = text.size() <= 1000 &&
                      std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
    if (!fits) {
        throw Error{ErrorKind::domain,
                    {"{} d’un fichier DNG : au plus 1000 caractères ASCII imprimables",
                     "the {} of a DNG file must be at most 1000 printable ASCII characters"},
                    Sentence{name}};
    }
}

bool is_date_time(std::string const& text) {
    constexpr std::string_view form = "dddd:dd:dd dd:dd:dd";
    return std::ranges::equal(
        text, form, [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; });
}

} // namespace

void check_dng_picture(DngPicture const& picture) {
    Shape const shape = picture.shape;
    std::ptrdiff_t const masked = picture.masked_columns;
    if (shape.height < 2 || shape.width < 2 || shape.height > 65534 || shape.width > 65534 ||
        shape.height % 2 != 0 || shape.width % 2 != 0 ||
        picture.mosaic.size() != static_cast<std::size_t>(shape.area())) {
        throw Error{ErrorKind::shape,
                    {"une mosaïque DNG doit avoir des côtés pairs de 2 à 65 534 et autant de "
                     "valeurs que de "
                     "photosites ; celle-ci a {} x {} photosites et {} valeurs",
                     "a DNG mosaic needs even sides from 2 to 65534 and as many values as "
                     "photosites; this one is {} x {} with {} values"},
                    shape.height,
                    shape.width,
                    picture.mosaic.size()};
    }
    if (masked < 0 || masked % 2 != 0 || masked > shape.width - 2) {
        throw Error{
            ErrorKind::shape,
            {"les colonnes masquées doivent être en nombre pair et laisser une partie visible ; "
             "ici {} sur {} sont masquées",
             "the masked columns must be even in number and leave a visible area; {} of {} "
             "columns are masked"},
            masked,
            shape.width};
    }
    if (!std::ranges::all_of(picture.black_dn, [&](double black) {
            return black >= 0.0 && black < picture.white_dn;
        })) {
        throw Error{ErrorKind::domain,
                    {"chaque niveau de noir doit être compris entre 0 et le niveau de blanc",
                     "every black level must lie between 0 and the white level"}};
    }
    // The range that an unsigned rational of 32 bits holds with at least six digits.
    if (!(picture.exposure_s >= 1e-4 && picture.exposure_s <= 86'400.0)) {
        throw Error{ErrorKind::domain,
                    {"la pose doit durer de 0,0001 s à 86 400 s",
                     "the exposure must be from 0.0001 s to 86400 s"}};
    }
    if (picture.iso < 1 || picture.iso > 65535) {
        throw Error{
            ErrorKind::domain,
            {"la valeur ISO doit aller de 1 à 65 535", "the ISO value must be from 1 to 65535"}};
    }
    auto const is_share = [](double value) { return value >= 0.0 && value < 1.0; };
    std::size_t const numbers = picture.noise_profile.size();
    if ((numbers != 0 && numbers != 2 && numbers != 6) ||
        !std::ranges::all_of(picture.noise_profile, is_share)) {
        throw Error{ErrorKind::domain,
                    {"un profil de bruit DNG compte 2 ou 6 nombres d’au moins 0 et inférieurs à 1",
                     "a DNG noise profile has 2 or 6 numbers, each at least 0 and below 1"}};
    }
    check_text(picture.make, {"marque", "make"});
    check_text(picture.model, {"modèle", "model"});
    check_text(picture.unique_model, {"modèle unique d’appareil", "unique camera model"});
    check_text(picture.description, {"description", "description"});
    if (picture.unique_model.empty()) {
        throw Error{ErrorKind::domain,
                    {"un fichier DNG doit nommer un modèle d’appareil unique (UniqueCameraModel)",
                     "a DNG file must name a unique camera model"}};
    }
    if (!picture.date_time.empty() && !is_date_time(picture.date_time)) {
        throw Error{ErrorKind::domain,
                    {"la date d’un fichier DNG doit avoir la forme 2026:11:21 12:40:00",
                     "the date of a DNG file must have the form 2026:11:21 12:40:00"}};
    }
}

} // namespace cmq::capture
