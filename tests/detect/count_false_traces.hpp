// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Counts false traces on simulated frames without droplets, and says what counts a Poisson law allows.

#pragma once

#include "capture/estimate_noise.hpp"
#include "capture/simulate_scene.hpp"
#include "detect/darker.hpp"
#include "detect/detect_traces.hpp"

#include <cmath>
#include <cstdint>

namespace false_traces {

/// A frame of nothing but background, 1500 x 1000 photosites, with the simulator's own sensor: photon,
/// read, fixed-pattern and row noise, hot photosites, letters without data. Its noise model is what the
/// frame itself gives.
/// \param electrons  of each plane, before texture; 0: 60, 90, 180 for red, green, blue
inline cmq::Frame make_empty_frame(cmq::capture::BackgroundKind background,
                                   std::uint64_t number,
                                   double electrons = 0.0) {
    cmq::capture::SceneSettings settings;
    settings.background.kind = background;
    if (electrons > 0.0) {
        settings.background.electrons.fill(electrons);
    }
    settings.seed = 10'000 + number;
    settings.sensor_seed = 20'000 + number;
    cmq::Frame frame = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    frame.noise = cmq::capture::estimate_noise(frame, 0).model;
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            frame.variance[i] = static_cast<float>(
                frame.noise.variance(frame.cfa.at(y, x), static_cast<double>(frame.value[i])));
        }
    }
    return frame;
}

inline std::size_t count_traces(cmq::Frame const& frame, double promise) {
    cmq::detect::Settings settings;
    settings.false_traces_expected = promise;
    return cmq::detect::detect_traces(frame, settings).traces.size();
}

inline std::size_t count_darker_traces(cmq::Frame& frame, double promise) {
    cmq::detect::Settings settings;
    settings.false_traces_expected = promise;
    return cmq::detect::detect_darker_traces(frame, settings).traces.size();
}

/// The counts k with P(X < low) <= 0.005 and P(X > high) <= 0.005 for a Poisson X: 99 %, two-sided.
struct PoissonRange {
    std::size_t low = 0;
    std::size_t high = 0;
};

inline PoissonRange poisson_range(double mean) {
    PoissonRange range;
    double below = 0.0; // P(X < k)
    bool low_known = false;
    for (std::size_t k = 0;; ++k) {
        auto const n = static_cast<double>(k);
        below += std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0)); // now P(X <= k)
        if (!low_known && below > 0.005) {
            range.low = k;
            low_known = true;
        }
        if (1.0 - below <= 0.005) {
            range.high = k;
            return range;
        }
    }
}

} // namespace false_traces
