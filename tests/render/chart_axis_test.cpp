// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart_axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using cmq::render::Axis;
using cmq::render::axis_number;
using cmq::render::make_linear_axis;
using cmq::render::make_log_axis;
using cmq::render::make_ratio_axis;
using cmq::render::ratio_label;
using cmq::report::Language;
using testing::ElementsAre;

std::vector<std::string> labels(Axis const& axis) {
    std::vector<std::string> result;
    for (auto const& tick : axis.ticks) {
        result.push_back(tick.label);
    }
    return result;
}

TEST(AxisNumber, WritesNumbersAsTheLanguageDoes) {
    EXPECT_EQ(axis_number(1234567.5, Language::french), "1\u202F234\u202F567,5");
    EXPECT_EQ(axis_number(1234567.5, Language::english), "1,234,567.5");
    EXPECT_EQ(axis_number(-0.05, Language::french), "\u22120,05");
    EXPECT_EQ(axis_number(0.0, Language::french), "0");
    EXPECT_EQ(axis_number(0.1 + 0.2, Language::english), "0.3"); // 0.30000000000000004
}

TEST(RatioLabel, NamesBothSidesAlike) {
    EXPECT_EQ(ratio_label(0, Language::french), "1");
    EXPECT_EQ(ratio_label(2, Language::french), "100");
    EXPECT_EQ(ratio_label(-2, Language::french), "1/100");
    EXPECT_EQ(ratio_label(-3, Language::english), "1/1,000");
    EXPECT_EQ(ratio_label(-9, Language::english), "1/10^9");
}

TEST(MakeRatioAxis, HoldsItsRange) {
    Axis const axis = make_ratio_axis(-1.2, 2.0, 1, Language::french);
    EXPECT_EQ(axis.low, -2.0);
    EXPECT_EQ(axis.high, 2.0);
    EXPECT_THAT(labels(axis), ElementsAre("1/100", "1/10", "1", "10", "100"));
}

TEST(MakeRatioAxis, MirrorsTwoAndFive) {
    Axis const axis = make_ratio_axis(-1.0, 1.0, 0, Language::english);
    EXPECT_THAT(labels(axis), ElementsAre("1/10", "1/5", "1/2", "1", "2", "5", "10"));
    for (std::size_t i = 0; i < axis.ticks.size(); ++i) {
        EXPECT_NEAR(axis.ticks[i].at, -axis.ticks[axis.ticks.size() - 1 - i].at, 1e-15);
    }
}

TEST(MakeLinearAxis, TakesRoundSteps) {
    EXPECT_THAT(labels(make_linear_axis(0.0, 1.0, 5, Language::french)),
                ElementsAre("0", "0,2", "0,4", "0,6", "0,8", "1"));
    Axis const axis = make_linear_axis(3.0, 47.0, 7, Language::english);
    EXPECT_THAT(labels(axis), ElementsAre("0", "10", "20", "30", "40", "50"));
}

TEST(MakeLinearAxis, HoldsASingleValue) {
    Axis const axis = make_linear_axis(5.0, 5.0, 7, Language::english);
    EXPECT_LT(axis.low, axis.high);
    EXPECT_LE(axis.low, 5.0);
    EXPECT_GE(axis.high, 5.0);
}

TEST(MakeLogAxis, EndsAtRoundNumbers) {
    EXPECT_THAT(
        labels(make_log_axis(0.0011, 0.3, Language::french)),
        ElementsAre("0,001", "0,002", "0,005", "0,01", "0,02", "0,05", "0,1", "0,2", "0,5"));
    EXPECT_THAT(labels(make_log_axis(110.0, 190.0, Language::english)), ElementsAre("100", "200"));
    EXPECT_THAT(labels(make_log_axis(1e-4, 1.0, Language::english)),
                ElementsAre("0.0001", "0.001", "0.01", "0.1", "1"));
}

TEST(MakeLogAxis, HoldsASingleValue) {
    Axis const axis = make_log_axis(5.0, 5.0, Language::english);
    EXPECT_LT(axis.low, std::log10(5.0));
    EXPECT_GT(axis.high, std::log10(5.0));
    EXPECT_GE(axis.ticks.size(), 2U);
}

} // namespace
