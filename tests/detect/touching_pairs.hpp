// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pairs of droplets side by side, made by the simulated sensor: what their places and light come out as.

#pragma once

#include "capture/simulate_scene.hpp"
#include "detect/detect_traces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace touching_pairs {

struct Sums {
    double pairs = 0.0;
    double told = 0.0; ///< exactly two traces near the two
    /// Of the fainter and the brighter: error of the place along the line through both, away from the other; measured
    /// light by true, sum over planes.
    std::array<double, 2> outwards{};
    std::array<double, 2> light{};
    double across = 0.0; ///< squared error across that line, of both
    double both = 0.0;   ///< light of both by the truth
};

namespace detail {

struct Place {
    double x;
    double y;
    double light;
};

inline double light_of(cmq::detect::Trace const& trace) {
    return trace.flux_dn[0] + trace.flux_dn[1] + trace.flux_dn[2] + trace.flux_dn[3];
}

// One droplet of each group, at the same place of its region in every frame.
inline std::vector<Place> truth_of(cmq::capture::SimulatedScene const& scene) {
    auto const column = [&](char const* name) {
        return std::get<std::vector<double>>(scene.truth.column(name).cells);
    };
    auto const x = column("x");
    auto const y = column("y");
    std::vector<Place> places;
    for (std::size_t i = 0; i < x.size(); ++i) {
        places.push_back(
            {x[i],
             y[i],
             column("dn_r")[i] + column("dn_g1")[i] + column("dn_g2")[i] + column("dn_b")[i]});
    }
    return places;
}

} // namespace detail

/// Discs of radius 2 under a blur of some 1.2 photosites; signal-to-noise of the fainter one about 60.
inline Sums measure(double apart, double ratio, std::uint64_t pairs) {
    Sums sums;
    for (std::uint64_t number = 0; number < pairs; ++number) {
        cmq::capture::SceneSettings settings;
        settings.shape = {160, 200};
        settings.seed = 70'000 + number;
        settings.sensor.hot_share = 0.0;
        settings.burn_mark = false;
        // Places within the photosites, and directions, are spread evenly.
        double const turn = 0.618033988749895 * 3.14159265358979 * static_cast<double>(number);
        double const fx = std::fmod(0.754877666 * static_cast<double>(number), 2.0);
        double const fy = std::fmod(0.569840291 * static_cast<double>(number), 2.0);
        for (int k = 0; k < 2; ++k) {
            cmq::capture::DropletGroup group;
            group.count = 1;
            group.radius = 2.0;
            group.radius_log_sd = 0.0;
            group.flux_log_sd = 0.0;
            group.flux_electrons = k == 0 ? 8000.0 : 8000.0 * ratio;
            double const from = k == 0 ? -0.5 : 0.5;
            double const x = 100.0 + fx + from * apart * std::cos(turn);
            double const y = 80.0 + fy + from * apart * std::sin(turn);
            group.region = cmq::capture::Region{x, y, 1e-6, 1e-6};
            settings.droplets.push_back(group);
        }
        auto const scene = cmq::capture::simulate_scene(settings);
        auto const truth = detail::truth_of(scene);
        auto const detection = cmq::detect::detect_traces(cmq::capture::to_frame(scene), {});
        sums.pairs += 1.0;
        if (detection.traces.size() != 2) {
            continue;
        }
        sums.told += 1.0;
        double const ux = (truth[1].x - truth[0].x) / apart;
        double const uy = (truth[1].y - truth[0].y) / apart;
        double measured = 0.0;
        for (std::size_t k = 0; k < 2; ++k) {
            auto const* trace = &detection.traces[0];
            auto const far = [&](cmq::detect::Trace const& one) {
                return std::hypot(one.x - truth[k].x, one.y - truth[k].y);
            };
            if (far(detection.traces[1]) < far(*trace)) {
                trace = &detection.traces[1];
            }
            double const dx = trace->x - truth[k].x;
            double const dy = trace->y - truth[k].y;
            sums.outwards[k] += (k == 0 ? -1.0 : 1.0) * (ux * dx + uy * dy);
            sums.across += std::pow(uy * dx - ux * dy, 2);
            sums.light[k] += detail::light_of(*trace) / truth[k].light;
            measured += detail::light_of(*trace);
        }
        sums.both += measured / (truth[0].light + truth[1].light);
    }
    return sums;
}

} // namespace touching_pairs
