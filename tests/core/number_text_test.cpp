// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/number_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace {

TEST(NumberText, ReadsBackToTheSameBits) {
    for (double const value :
         {0.1, -1.0 / 3.0, 1e-300, 6.02214076e23, std::numeric_limits<double>::denorm_min()}) {
        EXPECT_EQ(cmq::parse_number(cmq::number_text(value)), value);
    }
}

TEST(SignificantText, RoundsToTheDigitsAskedFor) {
    EXPECT_EQ(cmq::significant_text(9.96, 2), "10");
    EXPECT_EQ(cmq::significant_text(0.00123456, 2), "0.0012");
    EXPECT_EQ(cmq::significant_text(31415.9, 2), "31000");
    EXPECT_EQ(cmq::significant_text(99.96, 3), "100");
    EXPECT_EQ(cmq::significant_text(1000.0, 1), "1000");
    EXPECT_EQ(cmq::significant_text(0.0, 3), "0");
}

TEST(FixedText, KeepsTrailingZeros) {
    EXPECT_EQ(cmq::fixed_text(2.5, 3), "2.500");
    EXPECT_EQ(cmq::fixed_text(-0.004, 2), "-0.00");
}

TEST(ParseNumber, TakesAPointAndNothingElse) {
    EXPECT_EQ(cmq::parse_number("+0.5"), 0.5);
    for (char const* text : {"0,5", "", "nan", "inf", "1e999", "1.5 ", "1.5m", "0x10", "+-1"}) {
        EXPECT_EQ(cmq::parse_number(text), std::nullopt) << text;
    }
}

} // namespace
