// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Isolated droplets of known light on flat, gradient and woven surfaces: how often the truth lies within the stated
/// uncertainty of the flux.

#pragma once

#include "tests/detect/cloth_scene.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace flux_scenes {

using cmq::capture::BackgroundKind;

struct Surface {
    std::string_view name;
    BackgroundKind kind;
};

inline constexpr std::array<Surface, 3> surfaces{Surface{"flat", BackgroundKind::flat},
                                                 Surface{"gradient", BackgroundKind::gradient},
                                                 Surface{"woven", BackgroundKind::woven}};

/// Median radius before blur, photosites: droplets of a few photosites, spots, small stains.
inline constexpr std::array<double, 3> radii{2.0, 6.0, 16.0};

/// Ideal signal-to-noise, lower edges of the classes.
inline constexpr std::array<double, 7> edges{0.0, 8.0, 12.0, 20.0, 40.0, 100.0, 300.0};

struct Class {
    double droplets = 0.0;
    double found = 0.0;
    double within_68 =
        0.0; ///< of the sum over planes: truth within 1 and 1.96 standard uncertainties
    double within_95 = 0.0;
    double planes_68 = 0.0; ///< of the four planes apart
    double planes_95 = 0.0;
    std::vector<double> ratio{}; ///< measured by true, sum over planes
    std::vector<double> pull{};
};

using Classes = std::array<Class, edges.size()>;

inline cmq::capture::SceneSettings surface_of(BackgroundKind kind, std::uint64_t number) {
    if (kind == BackgroundKind::woven) {
        return cloth_scene::cloth({1000, 1500}, 60'000 + number);
    }
    cmq::capture::SceneSettings settings;
    settings.background.kind = kind;
    settings.seed = 60'000 + number;
    settings.sensor_seed = 560'000 + number;
    return settings;
}

/// One frame of 1500 x 1000 photosites. Fluxes are spread so that every class of signal-to-noise has some.
inline void add_frame(BackgroundKind kind, double radius, std::uint64_t number, Classes& classes) {
    auto settings = surface_of(kind, number);
    double const spacing = 60.0 + 4.0 * radius;
    cmq::capture::DropletGroup group;
    group.colour = {0.55, 1.0, 1.0, 0.25};
    group.radius = radius;
    group.radius_log_sd = 0.3;
    group.flux_electrons = 1500.0 * radius;
    group.flux_log_sd = 1.4;
    group.separation = spacing;
    group.count = static_cast<std::size_t>(0.35 * 1500.0 * 1000.0 / (spacing * spacing));
    double const margin = 30.0 + 2.0 * radius;
    group.region =
        cmq::capture::Region{margin, margin, 1500.0 - 2.0 * margin, 1000.0 - 2.0 * margin};
    settings.droplets.push_back(group);
    auto const scene = cloth_scene::expose(settings);
    auto const detection = cmq::detect::detect_traces(scene.frame, {});
    for (cloth_scene::Truth const& droplet : scene.truth) {
        std::size_t k = edges.size() - 1;
        while (droplet.snr_ideal < edges[k]) {
            --k;
        }
        classes[k].droplets += 1.0;
        auto const* trace = cloth_scene::trace_at(detection, droplet, 5.0 + 0.5 * radius);
        if (trace == nullptr || trace->saturated) {
            continue;
        }
        Class& to = classes[k];
        to.found += 1.0;
        double measured = 0.0;
        double truth = 0.0;
        for (std::size_t p = 0; p < cmq::plane_count; ++p) {
            measured += trace->flux_dn[p];
            truth += droplet.flux_dn[p];
            double const pull =
                std::abs(trace->flux_dn[p] - droplet.flux_dn[p]) / trace->flux_dn_sigma[p];
            to.planes_68 += pull <= 1.0 ? 0.25 : 0.0;
            to.planes_95 += pull <= 1.96 ? 0.25 : 0.0;
        }
        double const pull = (measured - truth) / trace->total_flux_dn_sigma;
        to.within_68 += std::abs(pull) <= 1.0 ? 1.0 : 0.0;
        to.within_95 += std::abs(pull) <= 1.96 ? 1.0 : 0.0;
        to.ratio.push_back(measured / truth);
        to.pull.push_back(pull);
    }
}

/// 0 without any.
inline double median(std::vector<double> values) {
    if (values.empty()) {
        return 0.0;
    }
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Of the absolute distances from the median the median, times 1.4826: a standard deviation where all is normal.
inline double spread(std::vector<double> values) {
    double const middle = median(values);
    for (double& value : values) {
        value = std::abs(value - middle);
    }
    return 1.4826 * median(std::move(values));
}

} // namespace flux_scenes
