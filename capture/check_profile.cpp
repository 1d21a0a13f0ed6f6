// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/metadata.hpp"
#include "capture/profile_bytes.hpp"
#include "capture/profile_reader/profile_kind.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr double most_dn = 65'536.0;
constexpr double most_response = 1000.0; // of a flat map; at the edge of a dark lens 0.01
constexpr std::size_t longest_text = 1000;
constexpr std::size_t most_files = 10'000;

template <class... Texts>
void require(bool good, Form<sizeof...(Texts)> otherwise, Texts const&... texts) {
    if (!good) {
        throw Error{ErrorKind::format,
                    {"le contenu du profil d’appareil est défectueux : {}",
                     "the camera profile's content is broken: {}"},
                    Sentence{otherwise, texts...}};
    }
}

bool is_between(double value, double low, double high) {
    return value >= low && value <= high; // false for NaN
}

void check(Measured const& one, double low, double high, Words name) {
    require(
        is_between(one.value, low, high) && is_between(one.low, low, one.value) &&
            is_between(one.high, one.value, high) && is_between(one.sigma, 0.0, high),
        {"{} : valeur ou intervalle hors de ses bornes", "{}: value or interval out of its bounds"},
        Sentence{name});
}

void check(PlaneProfile const& plane) {
    constexpr double least_gain = 1e-6;
    check(plane.gain_dn, least_gain, most_dn, {"gain", "gain"});
    check(plane.read_noise_dn, 0.0, most_dn, {"bruit de lecture", "read noise"});
    check(plane.temporal_dark_dn, 0.0, most_dn, {"bruit temporel", "temporal noise"});
    check(plane.dark_signal_dn, -most_dn, most_dn, {"signal d’obscurité", "dark signal"});
    check(plane.saturation_dn, 0.0, 2.0 * most_dn, {"saturation", "saturation"});
    check(plane.prnu, 0.0, 1.0, {"PRNU", "PRNU"});
    check(plane.dsnu_dn, 0.0, most_dn, {"DSNU", "DSNU"});
    check(plane.row_noise_dn, 0.0, most_dn, {"bruit de ligne", "row noise"});
    if (plane.linearity_error) {
        check(*plane.linearity_error, 0.0, 1e6, {"erreur de linéarité", "linearity error"});
    }
    if (plane.curvature_per_dn) {
        check(*plane.curvature_per_dn, -1.0, 1.0, {"courbure", "curvature"});
    }
}

void check_texts(CameraProfile const& profile) {
    for (std::string const& text :
         {profile.make, profile.model, profile.unique_model, profile.filter}) {
        require(text.size() <= longest_text && to_printable(text) == text,
                {"un texte trop long ou qui ne s’affiche pas",
                 "a text that is too long or can not be shown"});
    }
    require(profile.sources.size() <= most_files, {"trop de fichiers", "too many files"});
    for (std::string const& source : profile.sources) {
        require(source.size() == 64 && std::ranges::all_of(source,
                                                           [](char c) {
                                                               return (c >= '0' && c <= '9') ||
                                                                      (c >= 'a' && c <= 'f');
                                                           }),
                {"une empreinte qui n’en est pas une", "a hash that is none"});
    }
}

void check_numbers(CameraProfile const& profile) {
    require(!profile.iso || is_between(*profile.iso, 0.0, 1e9),
            {"sensibilité ISO hors de ses bornes", "ISO setting out of its bounds"});
    require(!profile.dark_exposure_s || is_between(*profile.dark_exposure_s, 0.0, 1e9),
            {"pose hors de ses bornes", "exposure out of its bounds"});
    require(is_between(profile.white_level_dn, 1.0, most_dn),
            {"niveau de blanc hors de ses bornes", "white level out of its bounds"});
    for (std::size_t p = 0; p < plane_count; ++p) {
        require(is_between(profile.black_dn[p], 0.0, most_dn) &&
                    is_between(profile.dark_sigma_dn[p], 0.0, most_dn) &&
                    is_between(profile.flat_sigma[p], 0.0, 1.0),
                {"niveau de noir ou incertitude hors de ses bornes",
                 "black level or uncertainty out of its bounds"});
        check(profile.planes[p]);
    }
    require(profile.transfer.size() <= most_files, {"trop de poses", "too many exposures"});
    for (TransferPoint const& point : profile.transfer) {
        bool good = !point.exposure_s || is_between(*point.exposure_s, 0.0, 1e9);
        for (std::size_t p = 0; p < plane_count; ++p) {
            good = good && is_between(point.mean_dn[p], -most_dn, most_dn) &&
                   is_between(point.variance_dn2[p], 0.0, most_dn * most_dn);
        }
        require(good,
                {"un point de transfert de photons hors de ses bornes",
                 "a point of the photon transfer out of its bounds"});
    }
    for (ProfileNote const note : profile.notes) {
        require(!to_text(note).empty() && profile.notes.size() < 100,
                {"une remarque inconnue", "an unknown note"});
    }
}

void check_maps(CameraProfile const& profile) {
    constexpr std::ptrdiff_t longest_side = 65'535;
    require(profile.shape.height > 0 && profile.shape.width > 0 &&
                profile.shape.height <= longest_side && profile.shape.width <= longest_side &&
                static_cast<std::uint64_t>(profile.shape.area()) <= most_profile_photosites,
            {"dimensions hors de leurs bornes", "sizes out of their bounds"});
    auto const area = static_cast<std::size_t>(profile.shape.area());
    require(profile.dark_dn.size() == area && profile.defects.size() == area &&
                (profile.flat.empty() || profile.flat.size() == area),
            {"une carte d’une autre taille que l’image", "a map of another size than the frame"});
    require(
        std::ranges::all_of(
            profile.dark_dn,
            [](float value) { return is_between(static_cast<double>(value), -most_dn, most_dn); }),
        {"la carte d’obscurité hors de ses bornes", "the dark map out of its bounds"});
    constexpr unsigned known = mask_bit::hot | mask_bit::dead | mask_bit::no_data;
    require(std::ranges::all_of(profile.defects,
                                [](std::uint8_t bits) { return (bits & ~known) == 0; }),
            {"des photosites marqués d’un signe inconnu", "photosites with an unknown mark"});
    for (std::size_t i = 0; i < profile.flat.size(); ++i) {
        auto const value = static_cast<double>(profile.flat[i]);
        require(is_between(value, -most_response, most_response) &&
                    (value > 0 || profile.defects[i] != 0),
                {"la carte de réponse hors de ses bornes", "the flat map out of its bounds"});
    }
}

} // namespace

void check_profile(CameraProfile const& profile) {
    auto planes = profile.cfa.cell;
    std::ranges::sort(planes);
    require(planes == Cfa{}.cell,
            {"une mosaïque sans ses quatre plans", "a mosaic without its four planes"});
    check_texts(profile);
    check_numbers(profile);
    check_maps(profile);
}

} // namespace cmq::capture
