// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/blank_days.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "lab/blanks/critical_value.hpp"
#include "lab/blanks/distributions.hpp"
#include "tests/times.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <iostream>
#include <vector>

namespace {

using cmq::lab::measure_critical_over_days;

TEST(GroupByDay, KeepsTheOrderOfDaysAndOfBlanks) {
    std::array const blanks{5.0, 1.0, 3.0, 7.0};
    std::array<std::int64_t, 4> const days{9, -2, 9, 4};
    auto const groups = cmq::lab::group_by_day(blanks, days);
    ASSERT_EQ(groups.size(), 3U);
    EXPECT_EQ(groups[0].day, -2);
    EXPECT_EQ(groups[2].blanks, (std::vector<std::size_t>{0, 2}));
    EXPECT_DOUBLE_EQ(groups[2].mean, 4.0);
}

TEST(MeasureCriticalOverDays, IsTheOrdinaryOneWithOneBlankADay) {
    std::array const blanks{1.0, 4.0, 2.5, 3.0, 3.7};
    auto const found =
        measure_critical_over_days(blanks, std::array<std::int64_t, 5>{1, 2, 3, 4, 5});
    auto const ordinary = cmq::lab::measure_critical_value(blanks);
    EXPECT_NEAR(found.value, ordinary.value, 1e-9);
    EXPECT_NEAR(found.sd, ordinary.blank_sd, 1e-12);
    EXPECT_DOUBLE_EQ(found.degrees, 4.0);
    EXPECT_FALSE(found.between_sd);
}

// Four days of two: means 2, 5, 8, 5, so S2 = 6; within each day squares of 2, so W2 = 2 with 4 degrees of freedom.
// Between days 6 - 2/2 = 5. V = 6 * 5/4 + 2 * 1/2 = 8.5; f = 72.25 / (56.25/3 + 1/4).
TEST(MeasureCriticalOverDays, FollowsTheFormula) {
    std::array const blanks{1.0, 3.0, 4.0, 6.0, 7.0, 9.0, 4.0, 6.0};
    auto const found =
        measure_critical_over_days(blanks, std::array<std::int64_t, 8>{1, 1, 2, 2, 3, 3, 4, 4});
    EXPECT_DOUBLE_EQ(found.mean, 5.0);
    EXPECT_NEAR(found.between_sd.value(), std::sqrt(5.0), 1e-12);
    EXPECT_NEAR(found.within_sd.value(), std::sqrt(2.0), 1e-12);
    EXPECT_NEAR(found.sd, std::sqrt(7.0), 1e-12);
    EXPECT_NEAR(found.degrees, 72.25 / 19.0, 1e-9);
    EXPECT_NEAR(found.value, 5.0 + cmq::lab::t_quantile(0.95, 72.25 / 19.0) * std::sqrt(8.5), 1e-9);
    EXPECT_EQ(found.days, 4U);
    EXPECT_EQ(found.blanks, 8U);
}

// Three days of two: means 2, 5, 8, S2 = 9, W2 = 2 with 3 degrees of freedom: V = 12 + 1, each with its own t
// (2.919986 and 2.353363, printed tables).
TEST(MeasureCriticalOverDays, WeighsTwoTsWithThreeDays) {
    std::array const blanks{1.0, 3.0, 4.0, 6.0, 7.0, 9.0};
    auto const found =
        measure_critical_over_days(blanks, std::array<std::int64_t, 6>{1, 1, 2, 2, 3, 3});
    EXPECT_NEAR(
        found.value, 5.0 + std::sqrt(12.0 * 2.919986 * 2.919986 + 2.353363 * 2.353363), 1e-5);
    EXPECT_GT(found.degrees, 2.0);
    EXPECT_LT(found.degrees, 3.0);
}

// Days whose means agree better than their blanks would let them: no variance below 0.
TEST(MeasureCriticalOverDays, SaysZeroBetweenDaysThatAgreeTooWell) {
    auto const found = measure_critical_over_days(std::array{1.0, 3.0, 0.0, 4.0},
                                                  std::array<std::int64_t, 4>{1, 1, 2, 2});
    EXPECT_EQ(found.between_sd.value(), 0.0);
    EXPECT_GE(found.degrees, 1.0);
    EXPECT_LE(found.degrees, 3.0);
}

TEST(MeasureCriticalOverDays, MovesWithUnitAndOrigin) {
    std::array<std::int64_t, 5> const days{1, 1, 1, 2, 3};
    double const plain =
        measure_critical_over_days(std::array{1.0, 4.0, 2.5, 3.0, 6.0}, days).value;
    double const moved = measure_critical_over_days(std::array{17.0, 47.0, 32.0, 37.0, 67.0}, days)
                             .value; // 10 x + 7
    EXPECT_NEAR(moved, 10.0 * plain + 7.0, 1e-9);
}

// One blank of a further day, within days of standard deviation 1.
double share_exceeded(std::vector<std::size_t> const& sizes, double between, int trials) {
    int exceeded = 0;
    for (int trial = 0; trial < trials; ++trial) {
        cmq::Random random{77, 1, static_cast<std::uint64_t>(trial)};
        std::vector<double> blanks;
        std::vector<std::int64_t> days;
        for (std::size_t d = 0; d < sizes.size(); ++d) {
            double const day = between * random.normal();
            for (std::size_t i = 0; i < sizes[d]; ++i) {
                blanks.push_back(day + random.normal());
                days.push_back(static_cast<std::int64_t>(d));
            }
        }
        double const further = between * random.normal() + random.normal();
        exceeded += further > measure_critical_over_days(blanks, days).value ? 1 : 0;
    }
    return static_cast<double>(exceeded) / trials;
}

// A tenth of the table in docs/methods/blanks.md. Five binomial standard errors at 5 % of 2000 are 2.4 %; Satterthwaite
// is within 0.8 % there.
TEST(MeasureCriticalOverDays, IsExceededByABlankOfAFurtherDayAsOftenAsItSays) {
    std::vector<std::vector<std::size_t>> const designs{
        {1, 1, 1, 1, 1, 1}, {3, 3, 3, 3, 3}, {2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, {1, 2, 4, 8, 1, 2}};
    for (auto const& sizes : designs) {
        for (double const between : {0.0, 0.3, 1.0, 3.0}) {
            EXPECT_NEAR(share_exceeded(sizes, between, 2000), 0.05, 0.032)
                << sizes.size() << ' ' << between;
        }
    }
}

// The designs of the table in docs/methods/blanks.md (there 10 000 trials each: CMQ_TIMES=5), within five binomial
// standard errors.
TEST(SlowMeasureCriticalOverDays, KeepsItsPromiseOverDesignsAndSpreads) {
    std::vector<std::vector<std::size_t>> const designs{{2, 2},
                                                        {10, 10},
                                                        {2, 1},
                                                        {2, 2, 2},
                                                        {5, 5, 5},
                                                        {3, 1, 1},
                                                        {2, 2, 2, 2},
                                                        {10, 10, 10, 10},
                                                        {20, 1, 1, 1},
                                                        {2, 1, 1, 1, 1},
                                                        {3, 3, 3, 3, 3},
                                                        {1, 1, 1, 1, 1, 1},
                                                        {1, 2, 4, 8, 1, 2},
                                                        std::vector<std::size_t>(10, 2),
                                                        std::vector<std::size_t>(20, 5)};
    int const trials = 2000 * cmq::study_times();
    double const chance = 5.0 * std::sqrt(0.05 * 0.95 / trials);
    for (auto const& sizes : designs) {
        for (double const between : {0.0, 0.3, 1.0, 3.0, 10.0}) {
            double const share = share_exceeded(sizes, between, trials);
            std::cout << testing::PrintToString(sizes) << " between " << between << ": " << share
                      << '\n';
            EXPECT_LT(share, 0.05 + chance + 0.008);
            EXPECT_GT(share, sizes.size() < 4 ? 0.002 : 0.05 - chance - 0.005);
        }
    }
}

TEST(MeasureCriticalOverDays, IsNotExceededMoreOftenWithTwoOrThreeDays) {
    std::vector<std::vector<std::size_t>> const designs{{10, 10}, {5, 5, 5}, {3, 1, 1}};
    for (auto const& sizes : designs) {
        for (double const between : {0.0, 1.0, 10.0}) {
            EXPECT_LT(share_exceeded(sizes, between, 500), 0.05 + 5 * std::sqrt(0.05 * 0.95 / 500))
                << sizes.size() << ' ' << between;
        }
    }
}

cmq::ErrorKind kind_of(std::vector<double> const& blanks,
                       std::vector<std::int64_t> const& days,
                       double alpha = 0.05) {
    try {
        static_cast<void>(measure_critical_over_days(blanks, days, alpha));
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

TEST(MeasureCriticalOverDays, RefusesOneDay) {
    EXPECT_EQ(kind_of({1.0, 2.0, 3.0}, {4, 4, 4}), cmq::ErrorKind::insufficient);
    EXPECT_EQ(kind_of({}, {}), cmq::ErrorKind::insufficient);
}

TEST(MeasureCriticalOverDays, RefusesWhatIsNoNumberOrNoChance) {
    EXPECT_EQ(kind_of({1.0, std::nan("")}, {1, 2}), cmq::ErrorKind::domain);
    EXPECT_EQ(kind_of({1.0, 2.0}, {1, 2}, 0.5), cmq::ErrorKind::domain);
}

} // namespace
