// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/elub.hpp"

#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

Elub elub_of(std::vector<KnownLr> const& rows) {
    auto const pooled = pool(rows);
    return measure_elub(pooled.values, pooled.counts);
}

// The normalised Bayes error rate as defined: a ratio that misleads with full force on each side, decisions for H1
// above the threshold, divided by the error rate without evidence.
double literal_nbe(std::vector<KnownLr> const& rows, double log10_t) {
    double const t = std::pow(10.0, log10_t);
    double missed = 1.0;
    double taken = 1.0;
    double n1 = 1.0;
    double n2 = 1.0;
    for (KnownLr const& row : rows) {
        (row.h1 ? n1 : n2) += 1.0;
        missed += row.h1 && row.log10_lr <= log10_t ? 1.0 : 0.0;
        taken += !row.h1 && row.log10_lr > log10_t ? 1.0 : 0.0;
    }
    return (missed / n1 + t * taken / n2) / std::min(1.0, t);
}

constexpr double step = 1e-3;

// The last step away from 1 up to which every NBE is at most 1.
double slow_bound(std::vector<KnownLr> const& rows, double direction) {
    for (int i = 1; i < 20000; ++i) {
        double const log10_t = direction * (i - 0.5) * step;
        if (literal_nbe(rows, log10_t) > 1.0) {
            return direction * (i - 1) * step;
        }
    }
    return direction * std::numeric_limits<double>::infinity();
}

TEST(MeasureElub, IsWhereTheLiteralErrorRateFirstExceedsOne) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Simulated const how{.h1 = 40 + 10 * seed, .h2 = 150, .m = 0.5 * static_cast<double>(seed)};
        auto const rows = seed % 3 == 0 ? simulate_tied(how, seed) : simulate_lrs(how, seed);
        auto const elub = elub_of(rows);
        EXPECT_NEAR(elub.log10_upper, slow_bound(rows, 1.0), step) << seed;
        EXPECT_NEAR(elub.log10_lower, slow_bound(rows, -1.0), step) << seed;
    }
}

TEST(MeasureElub, OfSidesApartIsTheSizeOfTheTable) {
    // Nothing misleads: the upper bound is N1/(N1 + 1) (N2 + 1), the lower one N1 + 1 over ... the other way round.
    auto const elub = elub_of(rows_of(std::vector<double>(99, 1e6), std::vector<double>(49, 1e-6)));
    EXPECT_NEAR(elub.log10_upper, std::log10(99.0 / 100.0 * 50.0), 1e-12);
    EXPECT_NEAR(elub.log10_lower, -std::log10(49.0 / 50.0 * 100.0), 1e-12);
}

TEST(MeasureElub, NeverGoesBeyondTheRatiosOfTheTable) {
    auto const elub = elub_of(rows_of(std::vector<double>(99, 3.0), std::vector<double>(99, 0.5)));
    EXPECT_NEAR(elub.log10_upper, std::log10(3.0), 1e-12);
    EXPECT_NEAR(elub.log10_lower, std::log10(0.5), 1e-12);
}

TEST(MeasureElub, IsOneWhereTheTableSpeaksAgainstTheMethod) {
    auto const elub = elub_of(rows_of({0.1, 0.2, 0.3}, {3, 4, 5}));
    EXPECT_EQ(elub.log10_upper, 0.0);
    EXPECT_EQ(elub.log10_lower, 0.0);
}

TEST(MeasureElub, SwapsItsBoundsWithTheSides) {
    auto rows = simulate_lrs({.h1 = 120, .h2 = 80}, 6);
    auto const before = elub_of(rows);
    for (KnownLr& row : rows) {
        row = {.log10_lr = -row.log10_lr, .group = 0, .h1 = !row.h1};
    }
    auto const after = elub_of(rows);
    EXPECT_NEAR(after.log10_upper, -before.log10_lower, 1e-12);
    EXPECT_NEAR(after.log10_lower, -before.log10_upper, 1e-12);
}

TEST(MeasureElub, StandsWithRatiosOfZeroAndInfinity) {
    double const infinite = std::numeric_limits<double>::infinity();
    auto const elub = elub_of(rows_of({infinite, infinite, 1}, {0, 0, 1}));
    EXPECT_NEAR(elub.log10_upper, std::log10(2.0), 1e-12); // 2/4 above, 1/4 misleading
    EXPECT_NEAR(elub.log10_lower, -std::log10(2.0), 1e-12);
}

} // namespace
