// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/curves.hpp"

#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

constexpr double infinite = std::numeric_limits<double>::infinity();

struct Whole {
    PooledLrs pooled;
    std::vector<PavBlock> blocks;
};

Whole whole_of(std::vector<KnownLr> const& rows) {
    Whole whole{.pooled = pool(rows), .blocks = {}};
    fit_pav(whole.pooled.counts, whole.blocks);
    return whole;
}

std::vector<EcePoint> ece_of(Whole const& whole, unsigned threads = 1) {
    return make_ece(whole.pooled.values, whole.pooled.counts, whole.blocks, threads);
}

// The definition, summed as it stands.
double literal_ece(std::vector<KnownLr> const& rows, double odds) {
    double h1 = 0.0;
    double h2 = 0.0;
    double n1 = 0.0;
    double n2 = 0.0;
    for (KnownLr const& row : rows) {
        double const posterior = std::pow(10.0, row.log10_lr) * odds;
        (row.h1 ? n1 : n2) += 1.0;
        (row.h1 ? h1 : h2) += std::log2(1.0 + (row.h1 ? 1.0 / posterior : posterior));
    }
    double const p = odds / (1.0 + odds);
    return p * h1 / n1 + (1.0 - p) * h2 / n2;
}

TEST(MakeTippett, GivesTheShareAtOrAboveEachRatio) {
    auto const pooled = pooled_of({0.1, 10, 10, 100}, {1, 0.01});
    auto const h1 = make_tippett(pooled.values, pooled.counts, true);
    ASSERT_EQ(h1.size(), 3U);
    EXPECT_DOUBLE_EQ(h1[0].log10_lr, -1.0);
    EXPECT_DOUBLE_EQ(h1[0].share, 1.0);
    EXPECT_DOUBLE_EQ(h1[1].share, 0.75);
    EXPECT_DOUBLE_EQ(h1[2].share, 0.25);
    auto const h2 = make_tippett(pooled.values, pooled.counts, false);
    ASSERT_EQ(h2.size(), 2U);
    EXPECT_DOUBLE_EQ(h2[1].share, 0.5);
}

TEST(MakeTippett, CountsZeroAndInfinityWithoutDrawingThem) {
    auto const pooled = pooled_of({0, 10, infinite, infinite}, {1});
    auto const h1 = make_tippett(pooled.values, pooled.counts, true);
    ASSERT_EQ(h1.size(), 1U);
    EXPECT_DOUBLE_EQ(h1[0].share, 0.75);
}

TEST(MakeTippett, ThinsManyRatiosAndKeepsTheEnds) {
    auto const pooled = pool(simulate_lrs({.h1 = 5000, .h2 = 10}, 1));
    auto const points = make_tippett(pooled.values, pooled.counts, true);
    ASSERT_EQ(points.size(), most_curve_points);
    EXPECT_DOUBLE_EQ(points.front().share, 1.0);
    EXPECT_DOUBLE_EQ(points.back().share, 1.0 / 5000.0);
    for (std::size_t i = 1; i < points.size(); ++i) {
        EXPECT_GT(points[i].log10_lr, points[i - 1].log10_lr);
        EXPECT_LT(points[i].share, points[i - 1].share);
    }
}

TEST(MakePavPoints, NamesTheEndsOfEachBlock) {
    auto const whole = whole_of(rows_of({0.1, 100}, {0.01, 10}));
    auto const points = make_pav_points(whole.blocks, whole.pooled.values, whole.pooled.counts);
    ASSERT_EQ(points.size(), 3U);
    EXPECT_EQ(points[0].log10_pav, -infinite);
    EXPECT_DOUBLE_EQ(points[1].log10_lr_low, -1.0);
    EXPECT_DOUBLE_EQ(points[1].log10_lr_high, 1.0);
    EXPECT_EQ(points[1].log10_pav, 0.0);
    EXPECT_EQ(points[1].h1, 1U);
    EXPECT_EQ(points[2].log10_pav, infinite);
}

TEST(MakeEce, IsTheLiteralSum) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Simulated const how{.h1 = 80, .h2 = 50, .m = 6.0, .stretch = 4.0};
        auto const rows = seed % 2 == 0 ? simulate_tied(how, seed) : simulate_lrs(how, seed);
        for (EcePoint const& point : ece_of(whole_of(rows))) {
            double const expected = literal_ece(rows, std::pow(10.0, point.log10_prior_odds));
            EXPECT_NEAR(point.ece.value(), expected, 1e-12 * std::max(1.0, expected));
        }
    }
}

TEST(MakeEce, IsCllrAtEvenOdds) {
    auto const whole = whole_of(simulate_lrs({.h1 = 400, .h2 = 300}, 3));
    auto const points = ece_of(whole);
    ASSERT_EQ(points.size(), prior_steps + 1);
    auto const& even = points[prior_steps / 2];
    EXPECT_EQ(even.log10_prior_odds, 0.0);
    EXPECT_NEAR(even.ece.value(), measure_cllr(whole.pooled.values, whole.pooled.counts), 1e-12);
    EXPECT_NEAR(even.after_pav, measure_cllr_min(whole.blocks, whole.pooled.counts), 1e-12);
    EXPECT_NEAR(even.neutral, 1.0, 1e-15);
}

TEST(MakeEce, IsNeverBetterThanAfterPavAndThatNeverWorseThanNoEvidence) {
    for (EcePoint const& point : ece_of(whole_of(simulate_lrs({.shift = 1.0}, 7)))) {
        EXPECT_LE(point.after_pav, point.ece.value() + 1e-12);
        EXPECT_LE(point.after_pav, point.neutral + 1e-12);
    }
}

TEST(MakeEce, HoldsBeyondTheRangeOfADouble) {
    std::vector<KnownLr> const rows{{.log10_lr = -400.0, .group = 0, .h1 = true},
                                    {.log10_lr = 0.0, .group = 0, .h1 = true},
                                    {.log10_lr = 350.0, .group = 0, .h1 = false}};
    auto const even = ece_of(whole_of(rows))[prior_steps / 2];
    // Mean of 400 log2(10) and 1 on one side, 350 log2(10) on the other.
    EXPECT_NEAR(
        even.ece.value(), 0.5 * (0.5 * (400 * std::log2(10.0) + 1) + 350 * std::log2(10.0)), 1e-9);
}

TEST(MakeEce, HasNoValueWhereARatioRuledOutTheTruth) {
    for (EcePoint const& point : ece_of(whole_of(rows_of({0, 10, 5}, {0.1, 7})))) {
        EXPECT_FALSE(point.ece.has_value());
        EXPECT_TRUE(std::isfinite(point.after_pav));
    }
}

TEST(MakeEce, HasTheSameBitsOnAnyNumberOfThreads) {
    auto const whole = whole_of(simulate_lrs({.h1 = 3000, .h2 = 3000}, 2));
    auto const one = ece_of(whole, 1);
    auto const many = ece_of(whole, 5);
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].ece, many[i].ece);
    }
}

} // namespace
