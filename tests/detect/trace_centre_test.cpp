// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/trace_centre.hpp"

#include "core/random.hpp"
#include "detect/detect_traces.hpp"
#include "tests/detect/synthetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using cmq::Frame;
using cmq::PerPlane;
using synthetic::Recipe;
using synthetic::Spot;

// The least standard deviation that any unbiased estimate of x can have (Cramer and Rao), place alone unknown.
double least_sd(Recipe const& recipe, Spot const& spot) {
    double information = 0.0;
    cmq::Cfa const cfa{};
    for (int y = -30; y <= 30; ++y) {
        for (int x = -30; x <= 30; ++x) {
            double const px = std::floor(spot.x) + x;
            double const py = std::floor(spot.y) + y;
            auto const plane = static_cast<std::size_t>(
                cfa.at(static_cast<std::ptrdiff_t>(py), static_cast<std::ptrdiff_t>(px)));
            double const light = spot.flux_dn[plane] * synthetic::share(spot, px, py);
            double const slope = light * (px - spot.x) / (spot.sigma * spot.sigma);
            double const variance = recipe.read_noise_dn * recipe.read_noise_dn +
                                    recipe.gain_dn * (recipe.level_dn[plane] + light);
            information += slope * slope / variance;
        }
    }
    return 1.0 / std::sqrt(information);
}

struct Errors {
    double x = 0.0;
    double y = 0.0;
    double squares = 0.0; // of both, in units of the least variance
    int count = 0;
};

// Spots of one kind at places within a photosite that chance chose, as detect_traces finds them.
Errors errors_of(PerPlane<double> const& flux, double sigma, int frames) {
    Errors errors;
    for (int f = 0; f < frames; ++f) {
        Recipe recipe;
        recipe.shape = {512, 512};
        recipe.seed = static_cast<std::uint64_t>(100 + f);
        cmq::Random random{55, 1, static_cast<std::uint64_t>(f)};
        auto const spots = synthetic::scattered_spots(6, 60.0, flux, sigma, random);
        auto const found = cmq::detect::detect_traces(synthetic::make_frame(recipe, spots), {});
        for (Spot const& spot : spots) {
            if (auto const* trace = synthetic::trace_at(found.traces, spot)) {
                double const least = least_sd(recipe, spot);
                errors.x += trace->x - spot.x;
                errors.y += trace->y - spot.y;
                errors.squares +=
                    (std::pow(trace->x - spot.x, 2) + std::pow(trace->y - spot.y, 2)) /
                    (2.0 * least * least);
                ++errors.count;
            }
        }
    }
    errors.x /= errors.count;
    errors.y /= errors.count;
    return errors;
}

void expect_near_the_bound(PerPlane<double> const& flux, double sigma, double most) {
    Errors const errors = errors_of(flux, sigma, 6);
    ASSERT_GE(errors.count, 200); // of 216
    EXPECT_LT(std::sqrt(errors.squares / errors.count), most);
    EXPECT_NEAR(errors.x, 0.0, 0.05); // spread of the mean: some 0.02
    EXPECT_NEAR(errors.y, 0.0, 0.05);
}

TEST(TraceCentre, IsNearlyAsSharpAsNoiseAllows) {
    expect_near_the_bound({350.0, 600.0, 600.0, 160.0}, 1.6, 1.5);
}

TEST(TraceCentre, IsNotPulledToThePhotositesOfOnePlane) {
    expect_near_the_bound(
        {0.0, 0.0, 0.0, 2500.0}, 2.0, 1.6); // blue lies on every second row and column
    expect_near_the_bound({1800.0, 0.0, 0.0, 0.0}, 2.0, 1.6);
}

TEST(TraceCentre, FollowsAWideSpot) {
    expect_near_the_bound({900.0, 1500.0, 1500.0, 400.0}, 3.5, 1.7);
}

TEST(TraceCentre, SaysWhereThereIsNoLight) {
    Recipe recipe;
    recipe.noise = false;
    Frame const frame = synthetic::make_frame(recipe);
    auto cells = cmq::detect::make_cells(frame, 1);
    for (auto& plane : cells.residual) {
        std::fill(plane.begin(), plane.end(), -1.0F);
    }
    std::vector<std::int32_t> const aperture(cells.flags.size(), 0);
    EXPECT_FALSE(cmq::detect::centre_of_light(
        cells, frame.cfa, aperture, {{100.0, 100.0}, 2.0, {1.0, 1.0, 1.0, 1.0}, 1}));
    EXPECT_FALSE(
        cmq::detect::centre_of_light(cells, frame.cfa, aperture, {{100.0, 100.0}, 2.0, {}, 1}));
}

} // namespace
