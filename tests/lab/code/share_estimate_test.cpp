// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/share_estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;

TEST(Wilson, FollowsTheFormula) {
    // The ends are the shares p with |p - hits/all| = z sqrt(p (1 - p) / all).
    auto const estimate = wilson(15, 50);
    for (double const p : {estimate.low, estimate.high}) {
        EXPECT_NEAR(std::abs(p - 0.3), 1.959963984540054 * std::sqrt(p * (1 - p) / 50), 1e-12);
    }
    EXPECT_EQ(wilson(0, 10).low, 0.0);
    EXPECT_EQ(wilson(10, 10).high, 1.0);
}

TEST(RateBound, IsTheRuleOfThreeWithoutHits) {
    EXPECT_DOUBLE_EQ(rate_bound(0, 300), 0.01);
    EXPECT_DOUBLE_EQ(rate_bound(0, 2), 1.0);
    EXPECT_DOUBLE_EQ(rate_bound(4, 4), 1.0);
}

TEST(RateBound, LeavesFivePercentBelowTheHits) {
    double const rate = rate_bound(1, 20);
    double const head = std::pow(1 - rate, 20) + 20 * rate * std::pow(1 - rate, 19);
    EXPECT_NEAR(head, 0.05, 1e-9);
}

TEST(SplitCounts, IsTheMostProbableMixture) {
    std::vector<double> const counts{30, 10, 0};
    // Reads that say nothing go as the others do.
    std::vector<SplitRead> const reads(20, SplitRead{.first = 0, .second = 1, .odds = 1.0});
    auto const split = split_counts(counts, reads);
    EXPECT_NEAR(split[0], 45, 1e-6);
    EXPECT_NEAR(split[1], 15, 1e-6);
    EXPECT_EQ(split[2], 0);
    std::vector<SplitRead> const sure(20, SplitRead{.first = 0, .second = 1, .odds = 1e12});
    EXPECT_NEAR(split_counts(counts, sure)[0], 50, 1e-6);
}

TEST(PoissonTail, IsOneMinusTheSum) {
    EXPECT_EQ(poisson_tail(0, 2.0), 1.0);
    EXPECT_EQ(poisson_tail(3, 0.0), 0.0);
    EXPECT_NEAR(poisson_tail(2, 1.5), 1 - std::exp(-1.5) * 2.5, 1e-15);
    EXPECT_EQ(poisson_tail(10, 1000), 1.0);
    EXPECT_EQ(poisson_tail(2000, 1000), 0.0);
}

} // namespace
