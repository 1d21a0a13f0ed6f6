// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/misleading.hpp"

#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

std::array<Misleading, 3> misleading_of(std::vector<KnownLr> const& rows) {
    auto const pooled = pool(rows);
    return count_misleading(
        pooled.values, pooled.counts, pooled.counts.all_h1, pooled.counts.all_h2);
}

TEST(CountMisleading, CountsEachSideAtEachStrength) {
    auto const all = misleading_of(rows_of({1, 0.5, 0.1, 0.01, 50}, {1, 2, 10, 99, 100, 1e6, 0.1}));
    EXPECT_EQ(all[0].strength, 1.0);
    EXPECT_EQ(all[0].under_h1.count, 3U); // 1 itself misleads nobody
    EXPECT_EQ(all[0].under_h2.count, 5U);
    EXPECT_EQ(all[1].strength, 10.0);
    EXPECT_EQ(all[1].under_h1.count, 2U); // 10 itself does
    EXPECT_EQ(all[1].under_h2.count, 4U);
    EXPECT_EQ(all[2].under_h1.count, 1U);
    EXPECT_EQ(all[2].under_h2.count, 2U);
    EXPECT_NEAR(all[0].under_h1.share, 0.6, 1e-15);
    EXPECT_EQ(all[0].under_h1.of, 5U);
}

TEST(CountMisleading, OfCalibratedRatiosIsAtMostOneInItsStrength) {
    auto const all = misleading_of(simulate_lrs({.h1 = 50000, .h2 = 50000, .m = 3.0}, 8));
    for (Misleading const& one : all) {
        // Three standard errors of 50 000.
        double const most = 1.0 / one.strength + 3.0 * std::sqrt(1.0 / one.strength / 50000.0);
        EXPECT_LE(one.under_h1.share, most);
        EXPECT_LE(one.under_h2.share, most);
    }
}

// Wilson's ends are the shares from which the count lies 1.96 standard errors away.
TEST(MakeShare, HasEndsThatLieOneQuantileAway) {
    auto const range = make_share(3, 40, 40);
    for (double const end : {range.low, range.high}) {
        EXPECT_NEAR(
            std::abs(3.0 / 40 - end), 1.959963984540054 * std::sqrt(end * (1 - end) / 40), 1e-12);
    }
    EXPECT_LT(range.low, range.share);
    EXPECT_GT(range.high, range.share);
}

TEST(MakeShare, IsWiderWithFewerUnits) {
    auto const alone = make_share(3, 40, 40);
    auto const grouped = make_share(3, 40, 5);
    EXPECT_LT(grouped.low, alone.low);
    EXPECT_GT(grouped.high, alone.high);
    EXPECT_EQ(grouped.share, alone.share);
}

TEST(MakeShare, KeepsItsEnds) {
    EXPECT_EQ(make_share(0, 7, 7).low, 0.0);
    EXPECT_NEAR(make_share(0, 7, 7).high, 3.841458820694124 / (7 + 3.841458820694124), 1e-12);
    EXPECT_EQ(make_share(7, 7, 7).high, 1.0);
    EXPECT_EQ(make_share(0, 0, 0).high, 1.0);
}

} // namespace
