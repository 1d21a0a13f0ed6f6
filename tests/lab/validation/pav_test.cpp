// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/pav.hpp"

#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

constexpr double infinite = std::numeric_limits<double>::infinity();

std::vector<PavBlock> pav_of(PooledLrs const& pooled) {
    std::vector<PavBlock> blocks;
    fit_pav(pooled.counts, blocks);
    return blocks;
}

// Isotonic regression by its min-max formula: at value i, the largest over a <= i of the smallest over b >= i of the
// share of H1 among the values a to b.
std::vector<double> slow_shares(LrCounts const& counts) {
    std::size_t const n = counts.h1.size();
    std::vector<double> shares;
    for (std::size_t i = 0; i < n; ++i) {
        double largest = -1.0;
        for (std::size_t a = 0; a <= i; ++a) {
            double smallest = 2.0;
            for (std::size_t b = i; b < n; ++b) {
                double h1 = 0.0;
                double all = 0.0;
                for (std::size_t k = a; k <= b; ++k) {
                    h1 += counts.h1[k];
                    all += counts.h1[k] + counts.h2[k];
                }
                smallest = std::min(smallest, h1 / all);
            }
            largest = std::max(largest, smallest);
        }
        shares.push_back(largest);
    }
    return shares;
}

// Cllr of ratios made from those shares.
double slow_cllr_min(LrCounts const& counts) {
    auto const shares = slow_shares(counts);
    auto const n1 = static_cast<double>(counts.all_h1);
    auto const n2 = static_cast<double>(counts.all_h2);
    double cost = 0.0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        double const lr = shares[i] / (1.0 - shares[i]) * n2 / n1;
        cost += counts.h1[i] > 0 ? counts.h1[i] / n1 * std::log2(1.0 + 1.0 / lr) : 0.0;
        cost += counts.h2[i] > 0 ? counts.h2[i] / n2 * std::log2(1.0 + lr) : 0.0;
    }
    return 0.5 * cost;
}

TEST(FitPav, IsTheMinMaxFormula) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        Simulated const how{.h1 = 25, .h2 = 35, .m = 0.8};
        auto const pooled =
            pool(seed % 2 == 0 ? simulate_tied(how, seed) : simulate_lrs(how, seed));
        auto const expected = slow_shares(pooled.counts);
        auto const blocks = pav_of(pooled);
        std::size_t value = 0;
        for (PavBlock const& block : blocks) {
            EXPECT_EQ(block.first, value);
            double const share =
                static_cast<double>(block.h1) / static_cast<double>(block.h1 + block.h2);
            for (; value <= block.last; ++value) {
                EXPECT_NEAR(share, expected[value], 1e-12);
            }
        }
        EXPECT_EQ(value, expected.size());
        EXPECT_NEAR(measure_cllr_min(blocks, pooled.counts), slow_cllr_min(pooled.counts), 1e-12);
    }
}

TEST(FitPav, RisesStrictlyAndKeepsEveryRatio) {
    auto const pooled = pool(simulate_lrs({.h1 = 2000, .h2 = 1000, .m = 1.0}, 5));
    auto const blocks = pav_of(pooled);
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        h1 += blocks[i].h1;
        h2 += blocks[i].h2;
        if (i > 0) {
            EXPECT_LT(pav_log10_lr(blocks[i - 1], pooled.counts),
                      pav_log10_lr(blocks[i], pooled.counts));
        }
    }
    EXPECT_EQ(h1, 2000U);
    EXPECT_EQ(h2, 1000U);
}

TEST(FitPav, LeavesOutValuesThatDoNotOccur) {
    auto const pooled = pooled_of({5, 5, 5, 0.2}, {5, 0.2, 0.2, 0.2});
    LrCounts counts = pooled.counts;
    counts.h1.insert(counts.h1.begin() + 1, 0);
    counts.h2.insert(counts.h2.begin() + 1, 0);
    std::vector<PavBlock> blocks;
    fit_pav(counts, blocks);
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0].last, 0U);
    EXPECT_EQ(blocks[1].first, 2U);
}

TEST(PavLog10Lr, IsTheRatioOfShares) {
    auto const pooled = pooled_of({5, 5, 5, 0.2}, {5, 0.2, 0.2, 0.2});
    auto const blocks = pav_of(pooled);
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_NEAR(pav_log10_lr(blocks[0], pooled.counts), -std::log10(3.0), 1e-15);
    EXPECT_NEAR(pav_log10_lr(blocks[1], pooled.counts), std::log10(3.0), 1e-15);
    auto const apart = pooled_of({10}, {0.1});
    EXPECT_EQ(pav_log10_lr(pav_of(apart)[0], apart.counts), -infinite);
    EXPECT_EQ(pav_log10_lr(pav_of(apart)[1], apart.counts), infinite);
}

TEST(MeasureCllrMin, IsZeroWhereTheSidesAreApartAndOneWhereTheyAreTheWrongWayRound) {
    auto const apart = pooled_of({10, 20}, {0.1, 5});
    EXPECT_EQ(measure_cllr_min(pav_of(apart), apart.counts), 0.0);
    auto const wrong = pooled_of({1.0 / 3, 1.0 / 3}, {3, 3});
    EXPECT_NEAR(measure_cllr_min(pav_of(wrong), wrong.counts), 1.0, 1e-15);
}

TEST(MeasureCllrMin, ComesNearTheCllrOfCalibratedRatios) {
    // Of 20 000 ratios a side, Cllr has a standard error of 0.005, and pooling takes less than 0.005 away.
    auto const pooled = pool(simulate_lrs({.h1 = 20000, .h2 = 20000, .m = 2.0}, 9));
    double const min = measure_cllr_min(pav_of(pooled), pooled.counts);
    double const cllr = measure_cllr(pooled.values, pooled.counts);
    EXPECT_LE(min, cllr);
    EXPECT_NEAR(min, cllr, 0.005);
}

TEST(MeasureCllrMin, DoesNotChangeWhereRatiosAreStretchedAndMoved) {
    auto const plain = pool(simulate_lrs({.h1 = 300, .h2 = 200}, 4));
    auto const moved = pool(simulate_lrs({.h1 = 300, .h2 = 200, .stretch = 3.0, .shift = 2.0}, 4));
    EXPECT_NEAR(measure_cllr_min(pav_of(plain), plain.counts),
                measure_cllr_min(pav_of(moved), moved.counts),
                1e-14);
}

// Twice the area between the hull's line and equal rates, by walking along it in small steps.
double slow_equal_error_rate(std::vector<PavBlock> const& blocks, LrCounts const& counts) {
    constexpr int steps = 20000;
    double missed = 0.0;
    double taken = 1.0;
    double best = 1.0;
    for (PavBlock const& block : blocks) {
        double const more = static_cast<double>(block.h1) / static_cast<double>(counts.all_h1);
        double const less = static_cast<double>(block.h2) / static_cast<double>(counts.all_h2);
        for (int i = 0; i <= steps; ++i) {
            double const t = static_cast<double>(i) / steps;
            best = std::min(best, std::max(missed + t * more, taken - t * less));
        }
        missed += more;
        taken -= less;
    }
    return best;
}

TEST(MeasureEqualErrorRate, IsWhereTheHullHasEqualRates) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        auto const pooled = pool(simulate_lrs({.h1 = 90, .h2 = 60, .m = 1.0}, seed));
        auto const blocks = pav_of(pooled);
        EXPECT_NEAR(measure_equal_error_rate(blocks, pooled.counts),
                    slow_equal_error_rate(blocks, pooled.counts),
                    1e-4); // its steps
    }
    // By hand: the hull runs (0, 1), (1/4, 1/4), (1, 0): equal at 1/4.
    auto const pooled = pooled_of({5, 5, 5, 0.2}, {5, 0.2, 0.2, 0.2});
    EXPECT_NEAR(measure_equal_error_rate(pav_of(pooled), pooled.counts), 0.25, 1e-15);
    auto const apart = pooled_of({10}, {0.1});
    EXPECT_EQ(measure_equal_error_rate(pav_of(apart), apart.counts), 0.0);
    auto const wrong = pooled_of({0.1}, {10});
    EXPECT_NEAR(measure_equal_error_rate(pav_of(wrong), wrong.counts), 0.5, 1e-15);
}

} // namespace
