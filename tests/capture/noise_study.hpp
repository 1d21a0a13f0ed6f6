// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Frames of known noise, and what estimate_noise makes of them: for scripts/study_noise and the test that repeats a tenth.

#pragma once

#include "capture/estimate_noise.hpp"
#include "capture/make_frame.hpp"
#include "capture/simulate_scene.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace cmq::capture::study {

inline constexpr double gain_dn = 0.5;
inline constexpr double read_noise_electrons = 3.0;
// Rounding adds the variance of a uniform error one DN wide.
inline double const read_noise_dn =
    std::sqrt(gain_dn * gain_dn * read_noise_electrons * read_noise_electrons + 1.0 / 12.0);

struct Surface {
    std::string name;
    Background background;
};

/// A weave of that many photosites a yarn, folds as they come with it.
inline Surface cloth(double period, double depth, std::string const& colour) {
    Background background;
    background.kind = BackgroundKind::woven;
    background.weave_period = period;
    background.weave_depth = depth;
    background.electrons = colour == "neutral" ? PerPlane<double>{120, 120, 120, 120}
                                               : PerPlane<double>{30, 60, 60, 300};
    return {colour, background};
}

inline Surface plain(BackgroundKind kind) {
    Background background;
    background.kind = kind;
    background.gradient = 1.5;
    return {std::string{to_text(kind)}, background};
}

/// Photon noise, read noise and rounding only, so that the truth is two numbers.
inline SimulatedScene simulate(Surface const& surface, Shape shape, std::uint64_t seed) {
    SceneSettings settings;
    settings.shape = shape;
    settings.masked_columns = 0;
    settings.burn_mark = false;
    settings.background = surface.background;
    settings.seed = seed;
    settings.sensor.gain_dn = gain_dn;
    settings.sensor.read_noise_electrons = read_noise_electrons;
    settings.sensor.prnu = 0;
    settings.sensor.dsnu_electrons = 0;
    settings.sensor.row_noise_electrons = 0;
    settings.sensor.hot_share = 0;
    return simulate_scene(settings);
}

inline NoiseEstimate estimate(Surface const& surface, Shape shape, std::uint64_t seed) {
    return estimate_noise(to_frame(simulate(surface, shape, seed)), 0);
}

/// From so many of the blocks of each plane only.
inline NoiseEstimate estimate_from(SimulatedScene const& scene, std::size_t blocks) {
    Levels levels;
    levels.black_dn = scene.settings.sensor.black_dn;
    levels.saturation.fill(16383);
    Shape const shape = scene.raw_shape;
    return estimate_noise(make_sample({scene.raw.data(), shape, shape.width},
                                      {0, 0, shape.height, shape.width},
                                      scene.settings.cfa,
                                      levels,
                                      blocks),
                          0);
}

/// Model over truth at the plane's median signal.
inline PerPlane<double> variance_ratios(NoiseEstimate const& estimate) {
    PerPlane<double> ratios{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const truth = read_noise_dn * read_noise_dn + gain_dn * estimate.signal_dn[p];
        ratios[p] = estimate.model.variance(static_cast<Plane>(p), estimate.signal_dn[p]) / truth;
    }
    return ratios;
}

/// How often a stated standard uncertainty and twice it (1.96) hold the truth.
struct Coverage {
    std::size_t values = 0;
    std::size_t within_one = 0;
    std::size_t within_two = 0;
    double sum_z = 0;

    void add(double value, double truth, double sigma) {
        double const z = (value - truth) / sigma;
        ++values;
        within_one += std::abs(z) <= 1.0 ? 1U : 0U;
        within_two += std::abs(z) <= 1.96 ? 1U : 0U;
        sum_z += z;
    }
};

struct Coverages {
    Coverage gain;
    Coverage read_noise;
};

inline Coverages
count_coverage(Surface const& surface, Shape shape, std::uint64_t first_seed, std::size_t frames) {
    Coverages all;
    for (std::size_t i = 0; i < frames; ++i) {
        NoiseEstimate const found = estimate(surface, shape, first_seed + i);
        for (std::size_t p = 0; p < plane_count; ++p) {
            NoiseModel const& model = found.model;
            all.gain.add(model.gain_dn[p], gain_dn, model.gain_dn_sigma[p]);
            all.read_noise.add(model.read_noise_dn[p], read_noise_dn, model.read_noise_dn_sigma[p]);
        }
    }
    return all;
}

} // namespace cmq::capture::study
