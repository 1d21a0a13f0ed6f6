// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/share_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using cmq::lab::clopper_pearson;

/// P(at most k of n) for a share p, term by term.
double at_most(int k, int n, double p) {
    double sum = 0.0;
    for (int i = 0; i <= k; ++i) {
        sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) +
                        i * std::log(p) + (n - i) * std::log1p(-p));
    }
    return sum;
}

TEST(ClopperPearson, LeavesTwoAndAHalfPercentOnEitherSide) {
    for (auto const& [k, n] : {std::pair{7, 500}, {3, 10}, {250, 500}, {499, 500}, {1, 2000}}) {
        auto const interval = clopper_pearson(k, n);
        // Bisection to 1e-12 of the share, times a slope of at most n.
        EXPECT_NEAR(1.0 - at_most(k - 1, n, interval.low), 0.025, 1e-8) << k << '/' << n;
        EXPECT_NEAR(at_most(k, n, interval.high), 0.025, 1e-8) << k << '/' << n;
    }
}

TEST(ClopperPearson, HasAClosedFormWhereNoneOrAllWereCounted) {
    auto const none = clopper_pearson(0, 500);
    EXPECT_EQ(none.low, 0.0);
    EXPECT_NEAR(none.high, 1.0 - std::pow(0.025, 1.0 / 500.0), 1e-12);
    auto const all = clopper_pearson(20, 20);
    EXPECT_NEAR(all.low, std::pow(0.025, 1.0 / 20.0), 1e-12);
    EXPECT_EQ(all.high, 1.0);
}

TEST(ClopperPearson, MirrorsTheOthers) {
    auto const some = clopper_pearson(30, 400, 0.9);
    auto const others = clopper_pearson(370, 400, 0.9);
    EXPECT_NEAR(some.low, 1.0 - others.high, 1e-11);
    EXPECT_NEAR(some.high, 1.0 - others.low, 1e-11);
}

TEST(ClopperPearson, StandsAtTheLargestCounts) {
    // For large counts the normal interval p +- 1.96 sqrt(p (1-p) / n) comes within its own width / sqrt(n p).
    auto const interval = clopper_pearson(300'000'000, 1'000'000'000);
    double const half = 1.959964 * std::sqrt(0.3 * 0.7 / 1e9);
    EXPECT_NEAR(interval.low, 0.3 - half, 0.01 * half);
    EXPECT_NEAR(interval.high, 0.3 + half, 0.01 * half);
}

} // namespace
