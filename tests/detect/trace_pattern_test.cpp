// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/trace_pattern.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace {

using cmq::detect::Detection;
using cmq::detect::measure_trace_pattern;
using cmq::detect::Trace;

Trace trace(double x, double y, std::int64_t area_cells, double flux) {
    Trace one;
    one.x = x;
    one.y = y;
    one.area_cells = area_cells;
    one.flux_dn = {flux, 2.0 * flux, 2.0 * flux, flux};
    return one;
}

TEST(MeasureTracePattern, TakesPlacesLightAndDiameters) {
    Detection detection;
    detection.shape = {600, 800};
    for (int i = 0; i < 12; ++i) {
        detection.traces.push_back(
            trace(100.0 + 50.0 * i, 300.0, i % 2 == 0 ? 314 : 1256, i == 0 ? 300.0 : 0.0));
    }
    auto const pattern = measure_trace_pattern(detection, {.seek_symmetry = false});
    EXPECT_EQ(pattern.count, 12U);
    EXPECT_EQ(pattern.unit, "photosite");
    EXPECT_DOUBLE_EQ(*pattern.centre_x, 100.0); // all light is in the first
    EXPECT_DOUBLE_EQ(*pattern.centre_y, 300.0);
    ASSERT_TRUE(pattern.sizes);
    double const small = 2.0 * std::sqrt(4.0 * 314.0 / std::numbers::pi);
    EXPECT_NEAR(pattern.sizes->mean_log, std::log(small) + 0.5 * std::log(2.0), 1e-12);
    ASSERT_TRUE(pattern.clark_evans);
    EXPECT_FALSE(pattern.symmetry);
}

TEST(MeasureTracePattern, SpeaksInMillimetresWithAScale) {
    Detection detection;
    detection.shape = {600, 800};
    for (int i = 0; i < 12; ++i) {
        detection.traces.push_back(trace(100.0 + 50.0 * i, 300.0 + 2.0 * i * i, 100, 10.0));
    }
    auto const plain = measure_trace_pattern(detection, {.seek_symmetry = false});
    auto const scaled =
        measure_trace_pattern(detection, {.mm_per_photosite = 0.1, .seek_symmetry = false});
    EXPECT_EQ(scaled.unit, "mm");
    EXPECT_NEAR(scaled.sizes->mean_log, plain.sizes->mean_log + std::log(0.1), 1e-12);
    EXPECT_NEAR(scaled.clark_evans->ratio, plain.clark_evans->ratio, 1e-12);
}

TEST(MeasureTracePattern, SaysNothingOfAFrameWithoutTraces) {
    Detection detection;
    detection.shape = {600, 800};
    auto const pattern = measure_trace_pattern(detection);
    EXPECT_EQ(pattern.count, 0U);
    EXPECT_FALSE(pattern.sizes);
    EXPECT_FALSE(pattern.clark_evans);
    EXPECT_NEAR(pattern.expected_count.high, 3.688879, 1e-5); // -ln 0.025
}

} // namespace
