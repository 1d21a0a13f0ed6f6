// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/flux_with_areas.hpp"

#include "capture/simulate_scene.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <variant>
#include <vector>

namespace {

namespace capture = cmq::capture;
using cmq::detect::flux_with_areas;
using cmq::detect::LargeArea;
using cmq::detect::LargeAreaFlux;
using cmq::detect::TotalFlux;

TotalFlux const traces{.flux_dn = 1000.0, .flux_dn_sigma = 50.0};

LargeArea area(double flux_dn, double sigma_dn) {
    LargeArea made;
    made.flux = LargeAreaFlux{.total_dn = flux_dn, .total_dn_sigma = sigma_dn};
    return made;
}

TEST(FluxWithAreas, IsNoneWithoutAnAreaWhoseLightIsKnown) {
    EXPECT_FALSE(flux_with_areas(traces, {}));
    EXPECT_FALSE(flux_with_areas(traces, {LargeArea{}}));
}

TEST(FluxWithAreas, CountsTracesOfAnAreaOnce) {
    LargeArea stain = area(9000.0, 120.0);
    stain.traces_within = 2;
    stain.traces_dn = 400.0;
    stain.traces_dn_sigma = 30.0;
    auto const sum = flux_with_areas(traces, {stain});
    ASSERT_TRUE(sum);
    EXPECT_DOUBLE_EQ(sum->flux_dn, 1000.0 - 400.0 + 9000.0);
    // Outside: 50^2 - 30^2 = 40^2.
    EXPECT_DOUBLE_EQ(sum->flux_dn_sigma, std::hypot(40.0, 120.0));
    EXPECT_EQ(sum->areas, 1U);
    EXPECT_FALSE(sum->lower_limit);
}

TEST(FluxWithAreas, AddsUncertaintiesOfAreasAsIfTheyWereOne) {
    auto const sum = flux_with_areas(traces, {area(9000.0, 120.0), area(500.0, 30.0)});
    ASSERT_TRUE(sum);
    EXPECT_DOUBLE_EQ(sum->flux_dn, 10'500.0);
    EXPECT_DOUBLE_EQ(sum->flux_dn_sigma, std::hypot(50.0, 150.0));
    EXPECT_EQ(sum->areas, 2U);
}

TEST(FluxWithAreas, IsALowerLimitWhereSomethingIsSaturatedOrLeftOut) {
    LargeArea saturated = area(9000.0, 120.0);
    saturated.flux->saturated_photosites = 1;
    EXPECT_TRUE(flux_with_areas(traces, {saturated})->lower_limit);
    TotalFlux lit = traces;
    lit.saturated = true;
    EXPECT_TRUE(flux_with_areas(lit, {area(9000.0, 120.0)})->lower_limit);
    EXPECT_TRUE(flux_with_areas(traces, {area(9000.0, 120.0), LargeArea{}})->lower_limit);
    LargeArea beside = area(700.0, 20.0);
    beside.shares_light = true;
    auto const sum = flux_with_areas(traces, {area(9000.0, 120.0), beside});
    EXPECT_TRUE(sum->lower_limit);
    EXPECT_DOUBLE_EQ(sum->flux_dn, 10'000.0);
    EXPECT_EQ(sum->areas, 1U);
}

// Stains, droplets on one of them and droplets far from them; each of known light.
capture::SimulatedScene stained(std::uint64_t seed, bool two_stains) {
    capture::SceneSettings settings;
    settings.seed = seed;
    settings.burn_mark = false;
    auto const add = [&](std::size_t count,
                         capture::DropletKind kind,
                         double radius,
                         double flux,
                         capture::Region region) {
        capture::DropletGroup group;
        group.count = count;
        group.kind = kind;
        group.radius = radius;
        group.radius_log_sd = 0.0;
        group.flux_electrons = flux;
        group.flux_log_sd = 0.0;
        group.separation = 30.0;
        group.region = region;
        settings.droplets.push_back(group);
    };
    double const stain = 0.5 * 105.0 * 3.14159265358979 * 120.0 * 120.0; // half of the surface's
    add(1, capture::DropletKind::stain, 120.0, stain, {395.0, 495.0, 10.0, 10.0});
    add(4, capture::DropletKind::disc, 3.0, 40'000.0, {350.0, 450.0, 100.0, 100.0});
    add(8, capture::DropletKind::disc, 3.0, 40'000.0, {1300.0, 60.0, 150.0, 880.0});
    if (two_stains) {
        add(1, capture::DropletKind::stain, 120.0, stain, {945.0, 495.0, 10.0, 10.0});
    }
    return capture::simulate_scene(settings);
}

double light_of(capture::SimulatedScene const& scene) {
    double light = 0.0;
    for (char const* const name : {"dn_r", "dn_g1", "dn_g2", "dn_b"}) {
        auto const& cells = std::get<std::vector<double>>(scene.truth.column(name).cells);
        light += std::accumulate(cells.begin(), cells.end(), 0.0);
    }
    return light;
}

TEST(FluxWithAreas, HoldsTheLightOfStainsAndDropletsOfKnownTruth) {
    for (std::uint64_t const seed : {31U, 32U, 33U}) {
        for (bool const two : {false, true}) {
            auto const scene = stained(seed, two);
            auto const frame = capture::to_frame(scene);
            auto const detection = cmq::detect::detect_traces(frame, {});
            auto const areas = cmq::detect::find_large_areas(frame, detection, 0);
            ASSERT_EQ(areas.size(), two ? 2U : 1U);
            auto const total = cmq::detect::total_flux(detection);
            auto const sum = flux_with_areas(total, areas);
            ASSERT_TRUE(sum && !sum->lower_limit);
            EXPECT_EQ(sum->areas, areas.size());
            double const light = light_of(scene);
            // 4 standard uncertainties: once in 16 000 of a normal law.
            EXPECT_NEAR(sum->flux_dn, light, 4.0 * sum->flux_dn_sigma) << seed;
            EXPECT_LT(sum->flux_dn_sigma, 0.02 * light);
            EXPECT_LT(total.flux_dn, 0.5 * light); // the traces alone
            std::int64_t within = 0;
            double twice = total.flux_dn;
            for (LargeArea const& each : areas) {
                EXPECT_FALSE(each.shares_light);
                within += each.traces_within;
                twice += each.flux->total_dn;
            }
            EXPECT_GE(within, 2) << seed; // the droplets on the stain; two may be one trace
            EXPECT_LE(within, 4) << seed;
            // Four droplets of 20 000 DN, as far as they are told from the stain, would be there twice.
            EXPECT_GT(twice - sum->flux_dn, 40'000.0) << seed;
            EXPECT_LT(twice - sum->flux_dn, 90'000.0) << seed;
            EXPECT_GT(twice - sum->flux_dn, 2.0 * sum->flux_dn_sigma) << seed;
        }
    }
}

} // namespace
