// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One large stain of the simulated sensor on each surface: whether it is told as an area.

#pragma once

#include "capture/simulate_scene.hpp"
#include "detect/detect_traces.hpp"
#include "detect/large_area.hpp"
#include "detect/total_flux.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

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

/// How one stain came out. Light and sizes by the truth.
struct Outcome {
    bool in_trace = false; ///< a trace lies on it
    double trace_flux = 0.0;
    bool in_area = false; ///< an area touches it
    std::optional<double> flux, flux_sigma;
    std::optional<double> outline, outline_sigma;
    std::size_t elsewhere = 0; ///< areas that hold no part of it
};

/// \param with_traces  whether traces are sought too, which takes most of the time
inline Outcome look_at(cmq::capture::SimulatedScene const& scene, double radius, bool with_traces) {
    auto const at = [&](char const* name) {
        return std::get<std::vector<double>>(scene.truth.column(name).cells)[0];
    };
    double const x = at("x");
    double const y = at("y");
    double const light = at("dn_r") + at("dn_g1") + at("dn_g2") + at("dn_b");
    auto const frame = cmq::capture::to_frame(scene);
    auto const detection =
        with_traces ? cmq::detect::detect_traces(frame, {}) : cmq::detect::Detection{};
    Outcome outcome;
    for (auto const& trace : detection.traces) {
        if (std::hypot(trace.x - x, trace.y - y) < 1.5 * radius + 5.0) {
            outcome.in_trace = true;
            outcome.trace_flux += cmq::detect::total_flux(trace) / light;
        }
    }
    for (auto const& area : cmq::detect::find_large_areas(frame, detection, 0)) {
        bool const holds = x >= static_cast<double>(area.box[0]) - 16.0 &&
                           x <= static_cast<double>(area.box[2]) + 16.0 &&
                           y >= static_cast<double>(area.box[1]) - 16.0 &&
                           y <= static_cast<double>(area.box[3]) + 16.0;
        if (!holds || outcome.in_area) {
            outcome.elsewhere += 1;
            continue;
        }
        outcome.in_area = true;
        if (area.flux) {
            outcome.flux = area.flux->total_dn / light;
            outcome.flux_sigma = area.flux->total_dn_sigma / light;
        }
        if (area.outline_photosites) {
            outcome.outline = *area.outline_photosites / at("area_photosites");
            outcome.outline_sigma = area.outline_photosites_sigma / at("area_photosites");
        }
    }
    return outcome;
}

/// Measured less true by the standard uncertainty: how many lie within 1 and 1.96 of 0.
struct Covered {
    double count = 0.0;
    double within_1 = 0.0;
    double within_196 = 0.0;
    double ratio = 0.0; ///< sum of measured by true
    double sigma = 0.0; ///< sum of uncertainties by true

    void add(double by_truth, double sigma_by_truth) {
        double const z = std::abs(by_truth - 1.0) / sigma_by_truth;
        count += 1.0;
        within_1 += z <= 1.0 ? 1.0 : 0.0;
        within_196 += z <= 1.96 ? 1.0 : 0.0;
        ratio += by_truth;
        sigma += sigma_by_truth;
    }
};

} // namespace stain_scenes
