// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/profile_text.hpp"

#include "apps/cli/wrap_text.hpp"
#include "capture/metadata.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

namespace cmq::cli {
namespace {

using capture::CameraProfile;
using capture::Measured;
using capture::PlaneProfile;
using capture::ProfileNote;

constexpr std::size_t label_width = 22;
constexpr std::size_t cell_width = 11;

std::string line(std::string const& label, std::string const& value) {
    std::size_t const used = columns_of(label) + 2;
    return "  " + label + std::string(used < label_width ? label_width - used : 1, ' ') + value +
           '\n';
}

std::string cell(std::string const& text) {
    std::size_t const used = columns_of(text);
    return std::string(used < cell_width ? cell_width - used : 1, ' ') + text;
}

// As many decimals as leave two digits to the uncertainty, 5 at most.
int decimals_for(double sigma) {
    if (!(sigma > 0)) {
        return 0;
    }
    return std::clamp(1 - static_cast<int>(std::floor(std::log10(sigma))), 0, 5);
}

struct Quantity {
    Words label;
    Words unit;
    double scale = 1.0; // 100 for percent
    std::function<std::optional<Measured>(PlaneProfile const&)> of;
};

std::string quantity_lines(Speaker const& say, CameraProfile const& profile, Quantity const& what) {
    std::string values;
    std::string lows;
    std::string highs;
    int decimals = 1;
    for (PlaneProfile const& plane : profile.planes) {
        auto const one = what.of(plane);
        decimals = std::max(decimals, one ? decimals_for(what.scale * one->sigma) : 0);
    }
    for (PlaneProfile const& plane : profile.planes) {
        auto const one = what.of(plane);
        if (!one) {
            for (std::string* cells : {&values, &lows, &highs}) {
                *cells += cell("-");
            }
            continue;
        }
        auto const figure = [&](double number) {
            return cell(say.figure(fixed_text(what.scale * number, decimals)));
        };
        values += figure(one->value);
        lows += figure(one->low);
        highs += figure(one->high);
    }
    return line(say(what.label), values + "  " + say(what.unit)) +
           line(say({"  95 % : de", "  95 %: from"}), lows) + line(say({"  à", "  to"}), highs);
}

std::string plane_line(
    Speaker const& say, Words label, PerPlane<double> const& values, double scale, Words unit) {
    std::string cells;
    for (double const value : values) {
        cells += cell(say.figure(significant_text(scale * value, 3)));
    }
    return line(say(label), cells + "  " + say(unit));
}

std::string planes_text(Speaker const& say, CameraProfile const& profile) {
    auto const of = [](Measured PlaneProfile::*member) {
        return [member](PlaneProfile const& plane) { return std::optional{plane.*member}; };
    };
    std::string text = line("", cell("r") + cell("g1") + cell("g2") + cell("b"));
    std::vector<Quantity> const quantities{
        {{"gain", "gain"}, {"DN/e-", "DN/e-"}, 1.0, of(&PlaneProfile::gain_dn)},
        {{"bruit de lecture", "read noise"}, {"DN", "DN"}, 1.0, of(&PlaneProfile::read_noise_dn)},
        {{"bruit temporel", "temporal noise"},
         {"DN", "DN"},
         1.0,
         of(&PlaneProfile::temporal_dark_dn)},
        {{"signal d’obscurité", "dark signal"},
         {"DN", "DN"},
         1.0,
         of(&PlaneProfile::dark_signal_dn)},
        {{"saturation", "saturation"}, {"DN", "DN"}, 1.0, of(&PlaneProfile::saturation_dn)},
        {{"linéarité", "linearity"},
         {"%", "%"},
         100.0,
         [](PlaneProfile const& plane) { return plane.linearity_error; }},
        {{"PRNU", "PRNU"}, {"%", "%"}, 100.0, of(&PlaneProfile::prnu)},
        {{"DSNU", "DSNU"}, {"DN", "DN"}, 1.0, of(&PlaneProfile::dsnu_dn)},
        {{"bruit de ligne", "row noise"}, {"DN", "DN"}, 1.0, of(&PlaneProfile::row_noise_dn)},
    };
    for (Quantity const& quantity : quantities) {
        text += quantity_lines(say, profile, quantity);
    }
    return text;
}

Words words(ProfileNote note) {
    switch (note) {
    case ProfileNote::few_levels:
        return {"moins de trois poses servent au gain : rien ne montre que la variance croît en "
                "ligne droite",
                "fewer than three exposures serve the gain: nothing shows that the variance grows "
                "in a straight line"};
    case ProfileNote::linearity_unknown:
        return {"linéarité non déterminée : il faut trois poses indiquées, dans un rapport de deux "
                "au moins",
                "linearity is not determined: three stated exposures, a factor of two apart at "
                "least, are needed"};
    case ProfileNote::saturation_unknown:
        return {"saturation telle que le fichier l’indique : aucune image uniforme ne l’atteint",
                "saturation is as the file states: no flat reaches it"};
    case ProfileNote::black_as_stated:
        return {"noir indiqué, et non mesuré : le signal d’obscurité contient son erreur",
                "black is as stated, not measured: dark signal holds its error"};
    case ProfileNote::rounding_hides_noise:
        return {"bruit plus petit que le pas des nombres bruts : intervalles larges",
                "noise of less than a step of the raw numbers: wide intervals"};
    case ProfileNote::levels_left_out:
        return {"des images uniformes trop claires ne servent pas au gain",
                "some flats are too bright to serve the gain"};
    case ProfileNote::lamp_corrected:
        return {"la lampe a varié de plus de 0,5 % au sein d’une pose ; corrigé",
                "the lamp changed by more than 0.5 % within one exposure; corrected"};
    case ProfileNote::iso_unknown:
        return {"les fichiers n’indiquent pas leur sensibilité ISO",
                "the files do not state their ISO setting"};
    case ProfileNote::flat_left_out:
        return {"pas de carte de réponse : un plan a reçu trop peu de lumière sous la saturation",
                "no flat map: a plane got too little light below saturation"};
    case ProfileNote::exposure_unknown:
        return {"les images d’obscurité n’indiquent pas leur pose",
                "the dark frames do not state their exposure"};
    }
    return {"remarque", "note"};
}

std::string camera_of(Speaker const& say, CameraProfile const& profile) {
    std::string name =
        profile.make + (profile.make.empty() || profile.model.empty() ? "" : " ") + profile.model;
    if (name.empty()) {
        name = profile.unique_model;
    }
    return name.empty() ? say({"non nommé", "not named"}) : std::string{first_columns(name, 60)};
}

std::string setting_text(Speaker const& say, CameraProfile const& profile) {
    std::string const iso = profile.iso ? number_text(*profile.iso) : "?";
    std::string const exposure =
        profile.dark_exposure_s ? say.figure(significant_text(*profile.dark_exposure_s, 3)) : "?";
    return say(
        {"ISO {}, images d’obscurité de {} s", "ISO {}, dark frames of {} s"}, iso, exposure);
}

} // namespace

std::string
profile_text(Speaker const& say, CameraProfile const& profile, std::string const& file) {
    std::string text = capture::to_printable(file) + '\n';
    if (profile.simulated) {
        text += line(say({"SIMULÉ", "SIMULATED"}),
                     say({"jamais une preuve hors démonstration",
                          "never evidence outside a demonstration"}));
    }
    text += line(say({"appareil", "camera"}), camera_of(say, profile));
    text += line(say({"réglage", "setting"}), setting_text(say, profile));
    if (!profile.filter.empty()) {
        text += line(say({"filtre", "filter"}), std::string{first_columns(profile.filter, 60)});
    }
    text += line("photosites",
                 std::to_string(profile.shape.width) + " x " +
                     std::to_string(profile.shape.height) + ' ' + profile.cfa.name());
    text += line(say({"fait de", "made from"}),
                 say({"{} images d’obscurité, {} différences d’images uniformes",
                      "{} dark frames, {} differences of flats"},
                     profile.dark_frames,
                     profile.flat_pairs));
    text +=
        line("SHA-256", profile.sha256.substr(0, std::min<std::size_t>(32, profile.sha256.size())));
    if (profile.sha256.size() > 32) {
        text += line("", profile.sha256.substr(32));
    }
    text += planes_text(say, profile);
    text += plane_line(
        say, {"carte d’obscurité", "dark map"}, profile.dark_sigma_dn, 1.0, {"DN", "DN"});
    if (!profile.flat.empty()) {
        text += plane_line(
            say, {"carte de réponse", "flat map"}, profile.flat_sigma, 100.0, {"%", "%"});
    }
    text += line(say({"défauts", "defects"}),
                 say({"{} chauds, {} morts", "{} hot, {} dead"},
                     profile.hot_photosites,
                     profile.dead_photosites));
    for (ProfileNote const note : profile.notes) {
        text += wrapped(say(words(note)), 80, "  ! ", "    ") + '\n';
    }
    return text;
}

} // namespace cmq::cli
