// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/minimum_detectable.hpp"

#include "core/random.hpp"
#include "lab/blanks/distributions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using namespace cmq::lab;

// Levels 0, 1, 2, two results each, 0.1 either side of 1 + 2x: slope 2, intercept 1, S_xx 4, residual squares 0.06 with
// 4 degrees of freedom. w^2 = 1 + 1/6 + 1/4.
std::vector<KnownAmount> simple_series() {
    std::vector<KnownAmount> series;
    for (double const x : {0.0, 1.0, 2.0}) {
        series.push_back({x, 1 + 2 * x - 0.1});
        series.push_back({x, 1 + 2 * x + 0.1});
    }
    return series;
}

TEST(MeasureMinimumDetectable, FollowsTheFormula) {
    auto const found = measure_minimum_detectable(simple_series());
    ASSERT_TRUE(found.minimum);
    auto const& minimum = *found.minimum;
    double const s = std::sqrt(0.06 / 4);
    double const w = std::sqrt(1 + 1.0 / 6 + 1.0 / 4);
    EXPECT_NEAR(minimum.slope, 2, 1e-12);
    EXPECT_NEAR(minimum.intercept, 1, 1e-12);
    EXPECT_NEAR(minimum.slope_se, s / 2, 1e-12);
    EXPECT_NEAR(minimum.residual_sd, s, 1e-12);
    EXPECT_NEAR(minimum.critical_amount, 2.131847 * s / 2 * w, 1e-6); // t(4; 0.95), printed tables
    EXPECT_NEAR(minimum.value, 4.07 * s / 2 * w, 1e-3);               // delta(4), Currie 1995
    EXPECT_EQ(minimum.degrees, 4);
    EXPECT_EQ(minimum.levels, 2U);
    EXPECT_EQ(minimum.results, 6U);
    EXPECT_NEAR(found.lack_of_fit_p.value(), 1, 1e-6); // F of rounding alone: its root is taken
}

TEST(MeasureMinimumDetectable, MovesWithUnits) {
    auto series = simple_series();
    double const plain = measure_minimum_detectable(series).minimum.value().value;
    for (KnownAmount& one : series) {
        one = {1000 * one.amount, 1e-3 * one.result - 4};
    }
    EXPECT_NEAR(
        measure_minimum_detectable(series).minimum.value().value, 1000 * plain, 1e-6 * plain);
}

// A sample of the true amount x_d = delta sigma w / slope exceeds the critical result in 95 %, and one of none in 5 %.
TEST(MeasureMinimumDetectable, IsFoundAsOftenAsItSays) {
    constexpr int trials = 1500;
    constexpr double slope = 3;
    int false_positive = 0;
    int found = 0;
    int refused = 0;
    double const w = std::sqrt(1 + 1.0 / 16 + 1.5 * 1.5 / 20); // levels 0, 1, 2, 3, four each
    double const amount = detectable_shift(14, 0.05, 0.05) / slope * w;
    for (int i = 0; i < trials; ++i) {
        cmq::Random random{21, 6, static_cast<std::uint64_t>(i)};
        std::vector<KnownAmount> series;
        for (int k = 0; k < 16; ++k) {
            double const x = k / 4;
            series.push_back({x, 5 + slope * x + random.normal()});
        }
        auto const dilution = measure_minimum_detectable(series);
        if (!dilution.minimum) {
            ++refused; // straight as it is: 5 % by lack of fit, 1 % by spread
            continue;
        }
        auto const& minimum = *dilution.minimum;
        double const limit = minimum.intercept + minimum.slope * minimum.critical_amount;
        false_positive += 5 + random.normal() > limit ? 1 : 0;
        found += 5 + slope * amount + random.normal() > limit ? 1 : 0;
    }
    double const judged = trials - refused;
    // Five binomial standard errors at 5 % of 1400 are 2.9 %.
    EXPECT_NEAR(false_positive / judged, 0.05, 0.029);
    EXPECT_NEAR(found / judged, 0.95, 0.029);
    EXPECT_NEAR(refused / double{trials}, 0.06, 0.031);
}

WhyNoMinimum why(std::vector<KnownAmount> const& series) {
    auto const dilution = measure_minimum_detectable(series);
    EXPECT_EQ(dilution.minimum.has_value(), dilution.why == WhyNoMinimum::given);
    return dilution.why;
}

TEST(MeasureMinimumDetectable, NeedsTwoLevelsBesideTheBlanks) {
    EXPECT_EQ(why({{0, 1}, {0, 2}}), WhyNoMinimum::too_few_levels);
    EXPECT_EQ(why({{0, 1}, {0, 2}, {5, 9}, {5, 10}}), WhyNoMinimum::too_few_levels);
}

TEST(MeasureMinimumDetectable, SeesALineThatBends) {
    std::vector<KnownAmount> series;
    for (double const x : {0.0, 1.0, 2.0, 3.0}) {
        series.push_back({x, 10 * x - x * x - 0.1});
        series.push_back({x, 10 * x - x * x + 0.1});
    }
    EXPECT_EQ(why(series), WhyNoMinimum::not_straight);
}

TEST(MeasureMinimumDetectable, SeesASpreadThatGrows) {
    std::vector<KnownAmount> series;
    for (double const x : {0.0, 1.0, 2.0, 3.0}) {
        for (double const off : {-1.0, -0.5, 0.5, 1.0}) {
            series.push_back({x, 100 * x + off * (0.1 + 5 * x)});
        }
    }
    EXPECT_EQ(why(series), WhyNoMinimum::spread_changes);
}

TEST(MeasureMinimumDetectable, SeesALineThatDoesNotRise) {
    EXPECT_EQ(why({{0, 1.0}, {0, 1.2}, {1, 1.1}, {1, 0.9}, {2, 1.0}, {2, 1.2}}),
              WhyNoMinimum::no_slope);
    auto falling = simple_series();
    for (KnownAmount& one : falling) {
        one.result = -one.result;
    }
    EXPECT_EQ(why(falling), WhyNoMinimum::no_slope);
}

TEST(MeasureMinimumDetectable, StandsAtExactRepeats) {
    // Blanks that differ, levels that repeat exactly: another spread, not a division by none.
    EXPECT_EQ(why({{0, 1.0}, {0, 1.2}, {1, 3}, {1, 3}, {2, 5}, {2, 5}}),
              WhyNoMinimum::spread_changes);
    // Levels once each: only the blanks repeat.
    EXPECT_EQ(why({{0, 1.0}, {0, 1.2}, {1, 3.1}, {2, 5.1}}), WhyNoMinimum::given);
}

} // namespace
