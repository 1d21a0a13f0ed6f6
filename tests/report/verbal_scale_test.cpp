// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/verbal_scale.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace cmq::report {
namespace {

std::string words(double factor) {
    return std::string{degree_of(factor).words.english};
}

// ENFSI Guideline for evaluative reporting (2015), the example of a scale: 2-10 weak, 10-100 moderate,
// 100-1000 moderately strong, 1000-10 000 strong, 10 000-1 000 000 very strong, above extremely strong.
TEST(DegreeOf, FollowsTheBandsOfEnfsi2015) {
    EXPECT_EQ(words(5.0), "weak support");
    EXPECT_EQ(words(30.0), "moderate support");
    EXPECT_EQ(words(300.0), "moderately strong support");
    EXPECT_EQ(words(3e3), "strong support");
    EXPECT_EQ(words(3e5), "very strong support");
    EXPECT_EQ(words(3e6), "extremely strong support");
}

TEST(DegreeOf, PutsAnEdgeIntoTheLowerDegree) {
    EXPECT_EQ(words(2.0), "no support");
    EXPECT_EQ(words(std::nextafter(2.0, 3.0)), "weak support");
    EXPECT_EQ(words(10.0), "weak support");
    EXPECT_EQ(words(std::nextafter(10.0, 11.0)), "moderate support");
    EXPECT_EQ(words(100.0), "moderate support");
    EXPECT_EQ(words(1e3), "moderately strong support");
    EXPECT_EQ(words(1e4), "strong support");
    EXPECT_EQ(words(1e6), "very strong support");
}

TEST(DegreeOf, SaysNothingForARatioOfOne) {
    EXPECT_EQ(words(1.0), "no support");
}

TEST(DegreeOfDeathTest, RefusesAFactorBelowOne) {
    EXPECT_DEATH((void)degree_of(0.5), "factor >= 1");
}

TEST(VerbalScale, HasNoGapAndNoEnd) {
    double edge = 0.0;
    for (VerbalDegree const& degree : verbal_scale()) {
        EXPECT_EQ(degree.above, edge);
        EXPECT_GT(degree.up_to, degree.above);
        edge = degree.up_to;
    }
    EXPECT_TRUE(std::isinf(edge));
}

} // namespace
} // namespace cmq::report
