// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Droplets of known places on an even background, and how many of the traces found are false.

#pragma once

#include "capture/simulate_scene.hpp"
#include "detect/detect_traces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace false_discoveries {

inline constexpr std::array<double, 3> shares{0.01, 0.05, 0.10};

/// An even background of `electrons` in every plane, and droplets of which about half are found.
struct Level {
    double electrons;
    double flux_electrons; ///< median of the droplets
};

inline constexpr std::array<Level, 3> levels{
    Level{2.0, 350.0}, Level{10.0, 450.0}, Level{60.0, 900.0}};

/// Standard deviation of a droplet's picture: even disc of radius 2 (1.0), disc of confusion of radius 1 (0.5),
/// Gaussian of 0.7, photosite (0.29); photosites.
inline double blur_sd() {
    return std::sqrt(1.0 + 0.25 + 0.49 + 1.0 / 12.0);
}

struct Count {
    double found = 0.0;
    double false_ones = 0.0; ///< no true droplet within 2 standard deviations of the blur
    double wings = 0.0; ///< of these, within 12 photosites of one: fragments, wings, places far off
    double covered = 0.0; ///< share of the frames where a trace would be true
    double frames = 0.0;
};

/// One frame of 1500 x 1000 photosites with 250 droplets, at every share.
inline void add_frame(Level const& level, std::uint64_t number, std::array<Count, 3>& counts) {
    cmq::capture::SceneSettings settings;
    settings.seed = 40'000 + number;
    settings.sensor_seed = 50'000 + number;
    settings.burn_mark = false;
    settings.sensor.hot_share = 0.0;
    settings.background.electrons.fill(level.electrons);
    cmq::capture::DropletGroup group;
    group.count = 250;
    group.flux_electrons = level.flux_electrons;
    group.flux_log_sd = 0.8;
    group.separation = 30.0;
    group.region = cmq::capture::Region{20.0, 20.0, 1460.0, 960.0};
    settings.droplets.push_back(group);
    auto const scene = cmq::capture::simulate_scene(settings);
    auto const frame = cmq::capture::to_frame(scene);
    auto const& x = std::get<std::vector<double>>(scene.truth.column("x").cells);
    auto const& y = std::get<std::vector<double>>(scene.truth.column("y").cells);
    double const reach = 2.0 * blur_sd();
    for (std::size_t q = 0; q < shares.size(); ++q) {
        cmq::detect::Settings choice;
        choice.false_discovery_rate = shares[q];
        Count& count = counts[q];
        count.frames += 1.0;
        count.covered += static_cast<double>(x.size()) * 3.14159265358979 * reach * reach / 1.5e6;
        for (auto const& trace : cmq::detect::detect_traces(frame, choice).traces) {
            double nearest = 1e9;
            for (std::size_t i = 0; i < x.size(); ++i) {
                nearest = std::min(nearest, std::hypot(trace.x - x[i], trace.y - y[i]));
            }
            count.found += 1.0;
            count.false_ones += nearest > reach ? 1.0 : 0.0;
            count.wings += nearest > reach && nearest < 12.0 ? 1.0 : 0.0;
        }
    }
}

/// Realised share of false traces over what was promised (q times the share of the frame without droplets), and the
/// upper bound of 95 % of it: count + 1.645 sqrt(count + 1) + 1, one-sided, Poisson.
struct Ratio {
    double point = 0.0;
    double upper = 0.0;
};

inline Ratio ratio_of(Count const& count, double share) {
    double const promised = share * (1.0 - count.covered / count.frames) * count.found;
    return {count.false_ones / promised,
            (count.false_ones + 1.645 * std::sqrt(count.false_ones + 1.0) + 1.0) / promised};
}

} // namespace false_discoveries
