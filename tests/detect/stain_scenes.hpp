// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One large stain of the simulated sensor on each surface: whether it is told as an area.

#pragma once

#include "capture/simulate_scene.hpp"
#include "detect/large_area.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace stain_scenes {

using cmq::capture::BackgroundKind;

inline constexpr std::array kinds{BackgroundKind::flat,
                                  BackgroundKind::gradient,
                                  BackgroundKind::woven,
                                  BackgroundKind::printed,
                                  BackgroundKind::skin};

/// Photosites; a disc of 218 is a tenth of the frame.
inline constexpr std::array<double, 2> radii{100.0, 218.0};

/// Light of the stain by that of the surface, all planes together.
inline constexpr std::array<double, 3> contrasts{0.1, 0.5, 2.0};

struct Colour {
    char const* name;
    cmq::PerPlane<double> shares;
};

inline constexpr std::array<Colour, 2> colours{Colour{"yellow-green", {0.55, 1.0, 1.0, 0.25}},
                                               Colour{"the surface's", {60.0, 90.0, 90.0, 180.0}}};

struct Sums {
    double stains = 0.0;
    double told = 0.0; ///< an area that holds the stain's middle
    double true_share = 0.0;
    double share = 0.0;
    double excess = 0.0; ///< mean light of a photosite in the area by that of the stain
};

inline cmq::capture::SimulatedScene scene_of(BackgroundKind kind,
                                             double radius,
                                             double contrast,
                                             Colour const& colour,
                                             std::uint64_t number) {
    cmq::capture::SceneSettings settings;
    settings.background.kind = kind;
    settings.seed = 80'000 + number;
    settings.sensor_seed = 580'000 + number;
    cmq::capture::DropletGroup stain;
    stain.count = 1;
    stain.kind = cmq::capture::DropletKind::stain;
    stain.radius = radius;
    stain.radius_log_sd = 0.0;
    stain.flux_log_sd = 0.0;
    stain.colour = colour.shares;
    stain.flux_electrons = contrast * 105.0 * 3.14159265358979 * radius * radius;
    stain.region = cmq::capture::Region{300.0, 300.0, 900.0, 400.0};
    settings.droplets.push_back(stain);
    return cmq::capture::simulate_scene(settings);
}

inline Sums measure(BackgroundKind kind,
                    double radius,
                    double contrast,
                    Colour const& colour,
                    std::uint64_t stains) {
    Sums sums;
    for (std::uint64_t number = 0; number < stains; ++number) {
        auto const scene = scene_of(kind, radius, contrast, colour, number);
        auto const at = [&](char const* name) {
            return std::get<std::vector<double>>(scene.truth.column(name).cells)[0];
        };
        double const area = at("area_photosites");
        sums.stains += 1.0;
        sums.true_share += area / 1.5e6;
        for (auto const& found :
             cmq::detect::find_large_areas(cmq::capture::to_frame(scene), {}, 0)) {
            bool const holds = at("x") >= static_cast<double>(found.box[0]) &&
                               at("x") <= static_cast<double>(found.box[2]) &&
                               at("y") >= static_cast<double>(found.box[1]) &&
                               at("y") <= static_cast<double>(found.box[3]);
            if (holds) {
                sums.told += 1.0;
                sums.share += found.share;
                double const light =
                    0.25 * (at("dn_r") + at("dn_g1") + at("dn_g2") + at("dn_b")) / (0.25 * area);
                sums.excess += 0.25 *
                               (found.excess_dn[0] + found.excess_dn[1] + found.excess_dn[2] +
                                found.excess_dn[3]) /
                               light;
                break;
            }
        }
    }
    return sums;
}

} // namespace stain_scenes
