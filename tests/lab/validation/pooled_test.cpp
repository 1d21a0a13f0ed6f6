// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/pooled.hpp"

#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

constexpr double infinite = std::numeric_limits<double>::infinity();

// The definition, summed as it stands.
double literal_cllr(std::vector<KnownLr> const& rows) {
    double h1 = 0.0;
    double h2 = 0.0;
    double n1 = 0.0;
    double n2 = 0.0;
    for (KnownLr const& row : rows) {
        double const lr = std::pow(10.0, row.log10_lr);
        (row.h1 ? n1 : n2) += 1.0;
        (row.h1 ? h1 : h2) += std::log2(1.0 + (row.h1 ? 1.0 / lr : lr));
    }
    return 0.5 * (h1 / n1 + h2 / n2);
}

double cllr_of(std::vector<KnownLr> const& rows) {
    auto const pooled = pool(rows);
    return measure_cllr(pooled.values, pooled.counts);
}

TEST(Pool, PutsEqualRatiosTogetherAndKeepsTheirSides) {
    auto const pooled = pooled_of({5, 5, 0.2, 5}, {0.2, 5, 0.2, 0.2});
    ASSERT_EQ(pooled.values.size(), 2U);
    EXPECT_EQ(pooled.counts.h1, (std::vector<std::uint32_t>{1, 3}));
    EXPECT_EQ(pooled.counts.h2, (std::vector<std::uint32_t>{3, 1}));
    EXPECT_EQ(pooled.counts.all_h1, 4U);
    EXPECT_EQ(pooled.items.size(), 8U);
}

TEST(MeasureCllr, IsOneWhereEveryRatioIsOne) {
    EXPECT_NEAR(cllr_of(rows_of({1, 1, 1}, {1, 1})), 1.0, 1e-15);
}

TEST(MeasureCllr, IsTwoForThirdsAndThreesOnTheWrongSides) {
    EXPECT_NEAR(cllr_of(rows_of({1.0 / 3, 1.0 / 3}, {3, 3})), 2.0, 1e-15); // log2(1 + 3)
}

TEST(MeasureCllr, IsTheLiteralSum) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        auto const rows = simulate_lrs({.h1 = 300, .h2 = 120, .m = 3.0}, seed);
        EXPECT_NEAR(cllr_of(rows), literal_cllr(rows), 1e-13);
        auto const tied = simulate_tied({.h1 = 300, .h2 = 120, .m = 3.0}, seed);
        EXPECT_NEAR(cllr_of(tied), literal_cllr(tied), 1e-13);
    }
}

TEST(MeasureCllr, StaysTheSameWithSidesSwappedAndRatiosInverted) {
    auto rows = simulate_lrs({.h1 = 50, .h2 = 80, .m = 1.0, .shift = 0.4}, 3);
    double const before = cllr_of(rows);
    for (KnownLr& row : rows) {
        row = {.log10_lr = -row.log10_lr, .group = 0, .h1 = !row.h1};
    }
    EXPECT_NEAR(cllr_of(rows), before, 1e-14);
}

TEST(MeasureCllr, HoldsFarBeyondTheRangeOfADouble) {
    std::vector<KnownLr> const rows{{.log10_lr = -1000.0, .group = 0, .h1 = true},
                                    {.log10_lr = 0.0, .group = 0, .h1 = false}};
    // log2(1 + 10^1000) = 1000 log2(10) to far more digits than a double has; the other side costs 1.
    EXPECT_NEAR(cllr_of(rows), 0.5 * (1000.0 * std::log2(10.0) + 1.0), 1e-9);
}

TEST(MeasureCllr, IsInfiniteWhereARatioRuledOutTheTruth) {
    EXPECT_EQ(cllr_of(rows_of({0, 10}, {0.1})), infinite);
    EXPECT_EQ(cllr_of(rows_of({10}, {infinite, 0.1})), infinite);
}

TEST(MeasureCllr, TakesRightCertaintyAsFree) {
    EXPECT_NEAR(cllr_of(rows_of({infinite, 1}, {0, 1})), 0.5, 1e-15);
    auto const pooled = pooled_of({infinite, 1}, {0, 1});
    EXPECT_FALSE(infinite_cost(pooled.values, pooled.counts));
}

TEST(CostUnderH1, IsTheBinaryLogarithm) {
    EXPECT_NEAR(cost_under_h1(0.0), 1.0, 1e-15);
    EXPECT_NEAR(cost_under_h1(std::log10(3.0)), std::log2(4.0 / 3.0), 1e-15);
    EXPECT_EQ(cost_under_h1(infinite), 0.0);
    EXPECT_EQ(cost_under_h1(-infinite), infinite);
}

} // namespace
