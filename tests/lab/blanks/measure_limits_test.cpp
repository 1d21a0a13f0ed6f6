// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/measure_limits.hpp"

#include "core/random.hpp"
#include "lab/blanks/blank_days.hpp"
#include "lab/blanks/critical_value.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

using namespace cmq::lab;

TEST(MeasureLimits, TakesMeansOfDaysWhereDaysRepeat) {
    auto const limits = measure_limits(parse_blanks(
        "value,date\n4,2026-01-02\n6,2026-01-02\n1,2026-01-01\n3,2026-01-01\n7,2026-01-03\n"));
    EXPECT_TRUE(limits.of_days);
    EXPECT_TRUE(limits.unequal_days);
    ASSERT_EQ(limits.points.size(), 3U);
    EXPECT_DOUBLE_EQ(limits.points[0].value, 2);
    EXPECT_DOUBLE_EQ(limits.points[2].value, 7);
    EXPECT_EQ(limits.critical.days, 3U);
    EXPECT_NEAR(limits.critical.value,
                measure_critical_over_days(std::array{1.0, 3.0, 4.0, 6.0, 7.0},
                                           std::array<std::int64_t, 5>{1, 1, 2, 2, 3})
                    .value,
                1e-12);
    EXPECT_EQ(limits.largest.value, 7);
    EXPECT_DOUBLE_EQ(limits.largest.exceeded_at_most, 0.25);
    EXPECT_EQ(limits.dilution.why, WhyNoMinimum::too_few_levels);
}

TEST(MeasureLimits, TakesBlanksThemselvesWithoutDatesOrOnOneDay) {
    double const expected = measure_critical_value(std::array{1.0, 3.0, 4.0}).value;
    auto const undated = measure_limits(parse_blanks("value\n1\n3\n4\n"));
    EXPECT_FALSE(undated.critical.days);
    EXPECT_EQ(undated.critical.value, expected);
    EXPECT_DOUBLE_EQ(undated.largest.exceeded_at_most, 0.25);
    auto const one_day =
        measure_limits(parse_blanks("value,date\n1,2026-01-01\n3,2026-01-01\n4,2026-01-01\n"));
    EXPECT_EQ(one_day.critical.days, 1U);
    EXPECT_EQ(one_day.critical.value, expected);
    EXPECT_EQ(one_day.points.size(), 3U);
    EXPECT_FALSE(one_day.of_days);
}

TEST(MeasureLimits, DoubtsTheValueWhereTheBlanksStep) {
    cmq::Random random{4, 4, 4};
    std::string steady = "value\n";
    std::string step = "value\n";
    for (int i = 0; i < 24; ++i) {
        auto const value = static_cast<int>(1000 + 10 * random.normal());
        steady += std::to_string(value) + '\n';
        step += std::to_string(value + (i < 12 ? 0 : 60)) + '\n';
    }
    EXPECT_TRUE(measure_limits(parse_blanks(step)).in_doubt());
    EXPECT_FALSE(measure_limits(parse_blanks(steady)).in_doubt());
}

TEST(MeasureLimits, KnowsKnownAmountsFromBlanks) {
    auto const limits =
        measure_limits(parse_blanks("value,level\n0.9,\n1.1,0\n2.9,1\n3.1,1\n4.9,2\n5.1,2\n"));
    EXPECT_EQ(limits.critical.blanks, 2U);
    ASSERT_TRUE(limits.dilution.minimum);
    EXPECT_NEAR(limits.dilution.minimum->slope, 2, 1e-12);
}

} // namespace
