// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Small frames of known truth, made without the product's simulator.

#pragma once

#include "core/frame.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace synthetic {

/// What a frame is made of; light in DN.
struct Recipe {
    cmq::Shape shape{256, 256};
    cmq::Cfa cfa{};
    cmq::PerPlane<double> level_dn{60.0, 90.0, 90.0, 120.0};
    double gain_dn = 0.5;
    double read_noise_dn = 2.0;
    std::uint64_t seed = 1;
    cmq::NoiseOrigin origin = cmq::NoiseOrigin::profile;
    bool noise = true;
    double weave_depth = 0.0; ///< most that threads take or add, of the level, alike in all planes
    double weave_period = 10.0; ///< photosites
};

/// Two sets of threads at right angles, 20 degrees off the rows.
inline double weave(Recipe const& recipe, double y, double x) {
    double const turn = 2.0 * 3.14159265358979 / recipe.weave_period;
    double const c = std::cos(0.349);
    double const s = std::sin(0.349);
    return 1.0 + 0.5 * recipe.weave_depth *
                     (std::cos(turn * (c * x + s * y)) + std::cos(turn * (c * y - s * x)));
}

/// A round Gaussian of light; flux per plane in DN, summed over the plane's photosites.
struct Spot {
    double x = 0.0;
    double y = 0.0;
    cmq::PerPlane<double> flux_dn{};
    double sigma = 2.0; ///< photosites
};

/// The share of a plane's flux that falls on a photosite: the plane has one photosite in four.
inline double share(Spot const& spot, double x, double y) {
    double const r2 = (x - spot.x) * (x - spot.x) + (y - spot.y) * (y - spot.y);
    return 4.0 * std::exp(-0.5 * r2 / (spot.sigma * spot.sigma)) /
           (2.0 * 3.14159265358979 * spot.sigma * spot.sigma);
}

/// side x side spots of one kind 75 photosites apart, each at a place within four photosites that chance chose.
inline std::vector<Spot> scattered_spots(int side,
                                         double first,
                                         cmq::PerPlane<double> const& flux_dn,
                                         double sigma,
                                         cmq::Random& random) {
    std::vector<Spot> spots;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            spots.push_back({first + 75.0 * x + 4.0 * random.uniform(),
                             first + 75.0 * y + 4.0 * random.uniform(),
                             flux_dn,
                             sigma});
        }
    }
    return spots;
}

/// The first of some traces within three photosites of a spot; null where there is none.
template <class Traces>
auto const* trace_at(Traces const& traces, Spot const& spot) {
    auto const found = std::ranges::find_if(traces, [&spot](auto const& trace) {
        return std::hypot(trace.x - spot.x, trace.y - spot.y) < 3.0;
    });
    return found == traces.end() ? nullptr : &*found;
}

inline cmq::Frame make_frame(Recipe const& recipe, std::vector<Spot> const& spots = {}) {
    cmq::Frame frame;
    frame.shape = recipe.shape;
    frame.cfa = recipe.cfa;
    frame.noise.origin = recipe.origin;
    for (std::size_t p = 0; p < cmq::plane_count; ++p) {
        frame.noise.gain_dn[p] = recipe.gain_dn;
        frame.noise.read_noise_dn[p] = recipe.read_noise_dn;
        frame.saturation_dn[p] = 15'000.0;
    }
    auto const area = static_cast<std::size_t>(recipe.shape.area());
    std::vector<double> mean(area);
    for (std::size_t i = 0; i < area; ++i) {
        auto const y = static_cast<std::ptrdiff_t>(i) / recipe.shape.width;
        auto const x = static_cast<std::ptrdiff_t>(i) % recipe.shape.width;
        mean[i] = recipe.level_dn[static_cast<std::size_t>(frame.cfa.at(y, x))] *
                  weave(recipe, static_cast<double>(y), static_cast<double>(x));
    }
    for (Spot const& spot : spots) {
        auto const reach = static_cast<std::ptrdiff_t>(6.0 * spot.sigma) + 1;
        auto const cx = static_cast<std::ptrdiff_t>(spot.x);
        auto const cy = static_cast<std::ptrdiff_t>(spot.y);
        for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, cy - reach);
             y < std::min(recipe.shape.height, cy + reach);
             ++y) {
            for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, cx - reach);
                 x < std::min(recipe.shape.width, cx + reach);
                 ++x) {
                mean[static_cast<std::size_t>(y * recipe.shape.width + x)] +=
                    spot.flux_dn[static_cast<std::size_t>(frame.cfa.at(y, x))] *
                    share(spot, static_cast<double>(x), static_cast<double>(y));
            }
        }
    }
    cmq::Random random{recipe.seed, 7, 0};
    frame.mask.assign(area, 0);
    frame.value.resize(area);
    frame.variance.resize(area);
    for (std::size_t i = 0; i < area; ++i) {
        double value = mean[i];
        if (recipe.noise) {
            value = recipe.gain_dn > 0.0
                        ? recipe.gain_dn * static_cast<double>(random.poisson(
                                               std::max(0.0, mean[i]) / recipe.gain_dn))
                        : mean[i];
            value += recipe.read_noise_dn * random.normal();
        }
        frame.value[i] = static_cast<float>(value);
        frame.variance[i] = static_cast<float>(frame.noise.variance(cmq::Plane::red, value));
    }
    return frame;
}

/// Standard deviation of one photosite of the background.
inline double noise_sd(Recipe const& recipe, std::size_t plane) {
    return std::sqrt(recipe.read_noise_dn * recipe.read_noise_dn +
                     recipe.gain_dn * recipe.level_dn[plane]);
}

} // namespace synthetic
