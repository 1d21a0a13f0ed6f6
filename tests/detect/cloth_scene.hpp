// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Simulated droplets of known truth on woven cloth, as the demonstration case has them.

#pragma once

#include "capture/estimate_noise.hpp"
#include "capture/simulate_scene.hpp"
#include "detect/detect_traces.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace cloth_scene {

/// What the truth table says of one droplet.
struct Truth {
    bool smear = false;
    double x = 0.0;
    double y = 0.0;
    double snr_ideal = 0.0;
    cmq::PerPlane<double> flux_dn{};
};

struct Scene {
    cmq::Frame frame;
    std::vector<Truth> truth;
};

/// Woven cotton that glows blue, under a lamp that falls off, without droplets yet.
inline cmq::capture::SceneSettings cloth(cmq::Shape shape, std::uint64_t seed) {
    cmq::capture::SceneSettings settings;
    settings.shape = shape;
    settings.background.kind = cmq::capture::BackgroundKind::woven;
    settings.background.electrons = {30.0, 65.0, 65.0, 200.0};
    settings.background.lamp_falloff = 0.6;
    settings.background.weave_period = 9.0;
    settings.background.weave_depth = 0.14;
    settings.background.fold_period = 520.0;
    settings.background.fold_depth = 0.3;
    settings.seed = seed;
    settings.sensor_seed = seed + 500'000;
    return settings;
}

/// Droplets of a marker that glows yellow-green.
inline cmq::capture::DropletGroup
droplets(std::size_t count, double flux_electrons, double flux_log_sd, double separation) {
    cmq::capture::DropletGroup group;
    group.count = count;
    group.kind = cmq::capture::DropletKind::ellipse;
    group.axis_ratio = 0.75;
    group.colour = {0.6, 1.0, 1.0, 0.12};
    group.flux_electrons = flux_electrons;
    group.flux_log_sd = flux_log_sd;
    group.radius = 2.2;
    group.separation = separation;
    return group;
}

/// The frame with the noise model that it gives itself, as a camera file without a profile has it.
inline Scene expose(cmq::capture::SceneSettings const& settings) {
    auto const simulated = cmq::capture::simulate_scene(settings);
    Scene scene;
    scene.frame = cmq::capture::to_frame(simulated);
    scene.frame.noise = cmq::capture::estimate_noise(scene.frame, 0).model;
    for (std::ptrdiff_t y = 0; y < scene.frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < scene.frame.shape.width; ++x) {
            auto const i = static_cast<std::size_t>(y * scene.frame.shape.width + x);
            scene.frame.variance[i] = static_cast<float>(scene.frame.noise.variance(
                scene.frame.cfa.at(y, x), static_cast<double>(scene.frame.value[i])));
        }
    }
    auto const number = [&](char const* name, std::size_t row) {
        return std::get<std::vector<double>>(simulated.truth.column(name).cells)[row];
    };
    auto const& kind = std::get<std::vector<std::string>>(simulated.truth.column("kind").cells);
    for (std::size_t i = 0; i < kind.size(); ++i) {
        scene.truth.push_back(
            {kind[i] == "smear",
             number("x", i),
             number("y", i),
             number("snr_ideal", i),
             {number("dn_r", i), number("dn_g1", i), number("dn_g2", i), number("dn_b", i)}});
    }
    return scene;
}

/// The nearest trace whose centre lies within `within` photosites.
inline cmq::detect::Trace const*
trace_at(cmq::detect::Detection const& detection, Truth const& truth, double within) {
    cmq::detect::Trace const* best = nullptr;
    for (cmq::detect::Trace const& trace : detection.traces) {
        double const r = std::hypot(trace.x - truth.x, trace.y - truth.y);
        if (r < within) {
            best = &trace;
            within = r;
        }
    }
    return best;
}

} // namespace cloth_scene
