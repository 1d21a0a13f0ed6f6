// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/devpav.hpp"

#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

constexpr double infinite = std::numeric_limits<double>::infinity();

std::optional<double> devpav_of(PooledLrs const& pooled) {
    std::vector<PavBlock> blocks;
    fit_pav(pooled.counts, blocks);
    return measure_devpav(blocks, pooled.values, pooled.counts);
}

// The mean distance by the midpoint rule over the lines between all points, one a ratio.
double slow_devpav(PooledLrs const& pooled) {
    std::vector<PavBlock> blocks;
    fit_pav(pooled.counts, blocks);
    std::vector<std::pair<double, double>> points;
    for (PavBlock const& block : blocks) {
        double const y = pav_log10_lr(block, pooled.counts);
        for (std::uint32_t i = block.first; i <= block.last && std::isfinite(y); ++i) {
            points.emplace_back(pooled.values.log10_lr[i], y);
        }
    }
    constexpr int steps = 2000;
    double sum = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        auto const [x1, y1] = points[i - 1];
        auto const [x2, y2] = points[i];
        for (int k = 0; k < steps; ++k) {
            double const t = (k + 0.5) / steps;
            sum += std::abs((y1 - x1) + t * ((y2 - x2) - (y1 - x1))) * (x2 - x1) / steps;
        }
    }
    return sum / (points.back().first - points.front().first);
}

TEST(MeasureDevpav, GivesTheVectorsOfTheLiterature) {
    // From (-log 5, -log 3) to (log 5, log 3): largest at the ends, none in the middle.
    EXPECT_NEAR(devpav_of(pooled_of({5, 5, 5, 0.2}, {5, 0.2, 0.2, 0.2})).value(),
                (std::log10(5.0) - std::log10(3.0)) / 2.0,
                1e-15);
    // Level at 0 from -1 to 1; what is calibrated to 0 and infinity on either side does not count.
    EXPECT_NEAR(devpav_of(pooled_of({0.1, 100}, {0.01, 10})).value(), 0.5, 1e-15);
}

TEST(MeasureDevpav, IsTheMeanDistanceByTheMidpointRule) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Simulated const how{.h1 = 60, .h2 = 40, .m = 1.0, .stretch = 1.5, .shift = 0.3};
        auto const pooled =
            pool(seed % 2 == 0 ? simulate_tied(how, seed) : simulate_lrs(how, seed));
        EXPECT_NEAR(devpav_of(pooled).value(), slow_devpav(pooled), 1e-6);
    }
}

TEST(MeasureDevpav, IsZeroForItsOwnTransform) {
    auto const rows = simulate_lrs({.h1 = 60, .h2 = 40, .m = 1.0}, 2);
    auto const pooled = pool(rows);
    std::vector<PavBlock> blocks;
    fit_pav(pooled.counts, blocks);
    auto calibrated = rows;
    for (KnownLr& row : calibrated) {
        auto const block = std::ranges::find_if(blocks, [&](PavBlock const& one) {
            return row.log10_lr <= pooled.values.log10_lr[one.last];
        });
        row.log10_lr = pav_log10_lr(*block, pooled.counts);
    }
    EXPECT_NEAR(devpav_of(pool(calibrated)).value(), 0.0, 1e-14);
}

TEST(MeasureDevpav, IsTheShiftOfATableMovedFromItsTransform) {
    // Both curves are parallel lines: a decade apart.
    EXPECT_NEAR(
        devpav_of(pooled_of({30, 30, 30, 10.0 / 3}, {30, 10.0 / 3, 10.0 / 3, 10.0 / 3})).value(),
        1.0,
        1e-14);
}

TEST(MeasureDevpav, IsOneDistanceWhereOnePointIsLeft) {
    EXPECT_NEAR(devpav_of(pooled_of({100, 100}, {100, 100})).value(), 2.0, 1e-15);
}

TEST(MeasureDevpav, IsNoNumberWhereTheSidesAreApart) {
    EXPECT_FALSE(devpav_of(pooled_of({10, 20}, {0.1, 5})).has_value());
}

TEST(MeasureDevpav, IsInfiniteWhereARatioOfNothingIsAmongTheOthers) {
    EXPECT_EQ(devpav_of(pooled_of({0, 10}, {0.1, 20})).value(), infinite);
    EXPECT_TRUE(std::isfinite(devpav_of(pooled_of({1, 10, infinite}, {0, 1, 10})).value()));
}

} // namespace
