// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_spectrum.hpp"

#include "core/error.hpp"

#include <array>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr std::string_view common_knowledge = "general knowledge, not read in a source";
constexpr std::string_view invented = "invented";

double gaussian(double x, double mean, double sd) {
    double const z = (x - mean) / sd;
    return std::exp(-0.5 * z * z);
}

} // namespace

std::span<Emitter const> emitters() {
    static std::array const all{
        Emitter{"marker, yellow-green", {{525.0, 25.0, 1.0}}, invented},
        Emitter{"marker, blue", {{455.0, 25.0, 1.0}}, invented},
        Emitter{"skin",
                {{450.0, 30.0, 0.75}, {520.0, 30.0, 0.23}, {625.0, 25.0, 0.02}},
                "Na 2000; Zeng 1995; Kollias 1999"},
        Emitter{"optical brightener", {{437.0, 25.0, 1.0}}, "Materials 14 (2021) 4995"},
        Emitter{"riboflavin, wet",
                {{535.0, 25.0, 1.0}},
                "microparticles of riboflavin in water, 351 to 355 nm"},
        Emitter{"riboflavin, dry", {{560.0, 25.0, 1.0}}, "microparticles of riboflavin, dried"},
        Emitter{"riboflavin after light",
                {{535.0, 25.0, 0.6}, {420.0, 25.0, 0.4}},
                "turns into lumichrome under ultraviolet light"},
        Emitter{"leaves",
                {{450.0, 30.0, 0.3}, {530.0, 25.0, 0.15}, {690.0, 10.0, 0.3}, {735.0, 20.0, 0.25}},
                "Stober, Lichtenthaler 1993; Lang 1991"},
        Emitter{"highlighter, fluorescein", {{515.0, 20.0, 1.0}}, common_knowledge},
        Emitter{"highlighter, pyranine", {{511.0, 20.0, 1.0}}, common_knowledge},
        Emitter{"tonic water", {{450.0, 25.0, 1.0}}, common_knowledge},
    };
    return all;
}

std::string short_name(Emitter const& emitter) {
    std::string name;
    for (char const letter : emitter.name) {
        bool const is_letter = letter >= 'a' && letter <= 'z';
        if (is_letter) {
            name += letter;
        } else if (!name.empty() && name.back() != '-') {
            name += '-';
        }
    }
    return name;
}

Emitter const* find_emitter(std::string_view name) {
    for (Emitter const& emitter : emitters()) {
        if (emitter.name == name || short_name(emitter) == name) {
            return &emitter;
        }
    }
    return nullptr;
}

std::span<CameraResponse const> camera_responses() {
    static std::array const all{
        CameraResponse{"A", {600.0, 530.0, 530.0, 460.0}, {35.0, 40.0, 40.0, 30.0}, 680.0},
        CameraResponse{"B", {610.0, 540.0, 540.0, 450.0}, {40.0, 45.0, 45.0, 35.0}, 660.0},
        CameraResponse{"C", {605.0, 525.0, 525.0, 465.0}, {60.0, 40.0, 40.0, 30.0}, 760.0},
    };
    return all;
}

PerPlane<double> simulate_plane_response(std::span<EmissionBand const> bands,
                                         CameraResponse const& camera,
                                         double cut_on_nm) {
    CMQ_EXPECTS(!bands.empty());
    PerPlane<double> taken{};
    for (int nm = 380; nm <= 780; ++nm) {
        double const wavelength = nm;
        if (wavelength < cut_on_nm || wavelength > camera.cut_off_nm) {
            continue;
        }
        double light = 0.0;
        for (EmissionBand const& band : bands) {
            light += band.weight / band.sd_nm * gaussian(wavelength, band.peak_nm, band.sd_nm);
        }
        for (std::size_t p = 0; p < plane_count; ++p) {
            taken[p] += light * gaussian(wavelength, camera.peak_nm[p], camera.sd_nm[p]);
        }
    }
    return taken;
}

} // namespace cmq::capture
