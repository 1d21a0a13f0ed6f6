// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/resample.hpp"

#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

double mean_of(std::vector<double> const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sd_of(std::vector<double> const& values) {
    double const mean = mean_of(values);
    double sum = 0.0;
    for (double const value : values) {
        sum += (value - mean) * (value - mean);
    }
    return std::sqrt(sum / static_cast<double>(values.size()));
}

std::vector<double> cllrs_of(std::vector<Measures> const& all) {
    std::vector<double> values;
    for (Measures const& one : all) {
        values.push_back(one.cllr);
    }
    return values;
}

TEST(MakeUnits, AreRatiosWithoutGroups) {
    auto const pooled = pooled_of({3, 1}, {2, 0.5, 1});
    auto const units = make_units(pooled, false, 0);
    EXPECT_EQ(units.all, 5U);
    EXPECT_EQ(units.with_h1, 2U);
    EXPECT_EQ(units.with_h2, 3U);
    EXPECT_EQ(units.of_item, (std::vector<std::uint32_t>{2, 0, 3, 4, 1})); // 0.5, 1, 1, 2, 3
}

TEST(MakeUnits, AreGroupsInThreeStrata) {
    auto rows = rows_of({1, 2, 3}, {4, 5, 6});
    std::vector<std::uint32_t> const groups{0, 1, 1, 1, 2, 2};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].group = groups[i];
    }
    auto const units = make_units(pool(rows), true, 3);
    ASSERT_EQ(units.strata.size(), 3U);
    EXPECT_EQ(units.strata[0].units, 1U); // group 0
    EXPECT_EQ(units.strata[1].units, 1U); // group 2
    EXPECT_EQ(units.strata[2].units, 1U); // group 1 holds both
    EXPECT_EQ(units.with_h1, 2U);
    EXPECT_EQ(units.with_h2, 2U);
    EXPECT_EQ(units.of_item, (std::vector<std::uint32_t>{0, 2, 2, 2, 1, 1}));
}

TEST(Resample, SpreadsCllrAsItsStandardError) {
    auto const rows = simulate_lrs({.h1 = 200, .h2 = 100}, 1);
    auto const pooled = pool(rows);
    auto const drawn = cllrs_of(resample(pooled, make_units(pooled, false, 0), 4000, 7, 2));
    // Cllr is half the sum of two means, whose variances a drawn table has but for nothing.
    double variance = 0.0;
    double cllr = 0.0;
    for (bool const h1 : {true, false}) {
        std::vector<double> costs;
        for (KnownLr const& row : rows) {
            if (row.h1 == h1) {
                costs.push_back(cost_under_h1(h1 ? row.log10_lr : -row.log10_lr));
            }
        }
        variance += 0.25 * std::pow(sd_of(costs), 2.0) / static_cast<double>(costs.size());
        cllr += 0.5 * mean_of(costs);
    }
    double const sd = std::sqrt(variance);
    EXPECT_NEAR(mean_of(drawn), cllr, 4.0 * sd / std::sqrt(4000.0));
    EXPECT_NEAR(sd_of(drawn), sd, 0.06 * sd); // 1/sqrt(2 * 4000) is 1.1 %; five of them
}

TEST(Resample, DrawsGroupsAsOne) {
    // 30 groups a side of ten equal ratios: Cllr varies as of 30 ratios a side, not of 300.
    auto const few = simulate_lrs({.h1 = 30, .h2 = 30}, 3);
    std::vector<KnownLr> many;
    for (std::size_t i = 0; i < few.size(); ++i) {
        for (int k = 0; k < 10; ++k) {
            many.push_back({.log10_lr = few[i].log10_lr,
                            .group = static_cast<std::uint32_t>(i),
                            .h1 = few[i].h1});
        }
    }
    auto const plain = pool(few);
    auto const grouped = pool(many);
    double const expected =
        sd_of(cllrs_of(resample(plain, make_units(plain, false, 0), 3000, 5, 1)));
    double const in_groups =
        sd_of(cllrs_of(resample(grouped, make_units(grouped, true, 60), 3000, 6, 1)));
    double const alone =
        sd_of(cllrs_of(resample(grouped, make_units(grouped, false, 0), 3000, 5, 1)));
    EXPECT_NEAR(
        in_groups, expected, 0.09 * expected); // two spreads, each known to 1.3 %; five of them
    EXPECT_NEAR(alone, expected / std::sqrt(10.0), 0.09 * expected);
}

TEST(Resample, HasTheSameBitsOnAnyNumberOfThreads) {
    auto const pooled = pool(simulate_lrs({.h1 = 300, .h2 = 300}, 2));
    auto const units = make_units(pooled, false, 0);
    auto const one = resample(pooled, units, 40, 11, 1);
    auto const many = resample(pooled, units, 40, 11, 7);
    auto const other = resample(pooled, units, 40, 12, 7);
    ASSERT_EQ(one.size(), 40U);
    bool differs = false;
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].cllr, many[i].cllr);
        EXPECT_EQ(one[i].cllr_min, many[i].cllr_min);
        EXPECT_EQ(one[i].devpav, many[i].devpav);
        EXPECT_EQ(one[i].log10_upper, many[i].log10_upper);
        differs = differs || one[i].cllr != other[i].cllr;
    }
    EXPECT_TRUE(differs);
}

TEST(DrawCalibrated, CostsOneBitWhereEveryRatioIsOne) {
    // All ratios are 1, on 50 of each side: truths are drawn at even odds, and Cllr is 1 in every table.
    auto const pooled = pooled_of(std::vector<double>(50, 1.0), std::vector<double>(50, 1.0));
    for (Measures const& one : draw_calibrated(pooled, 30, 1, 4, 2)) {
        EXPECT_NEAR(one.cllr, 1.0, 1e-14);
        EXPECT_NEAR(one.cllr_min, 1.0, 1e-14);
    }
}

TEST(DrawCalibrated, GivesTheRatiosTheTruthThatTheyClaim) {
    // LR is 3 or 1/3 at even prior odds: H1 is drawn for three of four, and one of four. With 40 000 of each, the
    // calibrated ratio of each value is itself within 5 standard errors, 5 sqrt(1/0.75/0.25/40000)/ln 10 = 0.025.
    std::vector<double> h1(20000, 3.0);
    std::vector<double> h2(20000, 1.0 / 3.0);
    h1.insert(h1.end(), 20000, 1.0 / 3.0);
    h2.insert(h2.end(), 20000, 3.0);
    auto const pooled = pooled_of(h1, h2);
    auto const tables = draw_calibrated(pooled, 5, 2, 9, 1);
    ASSERT_EQ(tables.size(), 5U);
    for (Measures const& one : tables) {
        EXPECT_LT(one.devpav.value(), 0.025);
    }
}

TEST(DrawCalibrated, LeavesOutTablesWithTooFewOnASide) {
    auto const pooled = pooled_of({1e9, 1e9}, {1e9, 1e9});
    EXPECT_TRUE(draw_calibrated(pooled, 20, 2, 1, 1).empty());
}

} // namespace
