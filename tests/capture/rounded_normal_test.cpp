// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/rounded_normal.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::capture;

TEST(RoundedVariance, IsThatOfRoundedDraws) {
    for (double const sd : {0.1, 0.25, 0.5, 0.9}) {
        for (double const phase : {0.0, 0.2, 0.5}) {
            cmq::Random random{1, 2, 3};
            constexpr int draws = 400'000;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < draws; ++i) {
                double const value = std::floor(phase + sd * random.normal() + 0.5);
                sum += value;
                squares += value * value;
            }
            double const mean = sum / draws;
            double const variance = squares / draws - mean * mean;
            // The fourth moment about the mean is at most that of a step's worth: 5 sqrt(max(var, var^2) 3 / n).
            EXPECT_NEAR(rounded_variance(sd, phase), variance, 5.0 * std::sqrt(3.0 / draws))
                << sd << ' ' << phase;
        }
    }
}

TEST(RoundedVariance, IsTheNoiseAndATwelfthFromThreeQuartersOfAStepOn) {
    for (double const phase : {0.0, 0.25, 0.5}) {
        EXPECT_NEAR(rounded_variance(0.75, phase), 0.75 * 0.75 + 1.0 / 12.0, 1e-4);
        EXPECT_NEAR(rounded_variance(1.0, phase), 1.0 + 1.0 / 12.0, 1e-7);
    }
    EXPECT_EQ(rounded_variance(0.0, 0.0), 0.0);
    EXPECT_EQ(rounded_variance(0.0, 0.5), 0.25);
}

TEST(BeforeRounding, HoldsTheNoiseWhereverBlackLies) {
    for (double const sd : {0.05, 0.2, 0.35, 0.5, 0.8, 3.0}) {
        for (double const phase : {0.0, 0.1, 0.3, 0.5}) {
            double const variance = rounded_variance(sd, phase);
            BeforeRounding const found = to_before_rounding(variance, variance, variance);
            EXPECT_LE(found.low, sd + 1e-6) << sd << ' ' << phase;
            EXPECT_GE(found.high, sd - 1e-6) << sd << ' ' << phase;
            EXPECT_LE(found.low, found.sd + 1e-9);
            EXPECT_LE(found.sd, found.high + 1e-9);
        }
    }
}

TEST(BeforeRounding, TakesATwelfthOffNoiseOfManySteps) {
    BeforeRounding const found = to_before_rounding(8.0, 9.0, 10.0);
    EXPECT_DOUBLE_EQ(found.sd, std::sqrt(9.0 - 1.0 / 12.0));
    EXPECT_DOUBLE_EQ(found.low, std::sqrt(8.0 - 1.0 / 12.0));
    EXPECT_DOUBLE_EQ(found.high, std::sqrt(10.0 - 1.0 / 12.0));
}

} // namespace
