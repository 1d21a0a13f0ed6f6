// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/typography.hpp"

#include <gtest/gtest.h>

namespace cmq::report {
namespace {

constexpr Language fr = Language::french;
constexpr Language en = Language::english;

TEST(CountText, GroupsByThree) {
    EXPECT_EQ(count_text(1234567, fr), "1\u202F234\u202F567");
    EXPECT_EQ(count_text(1234567, en), "1,234,567");
    EXPECT_EQ(count_text(999, fr), "999");
    EXPECT_EQ(count_text(-1000, en), "\u22121,000");
}

TEST(DecimalText, UsesTheCommaInFrench) {
    EXPECT_EQ(decimal_text(1234.5, 2, fr), "1\u202F234,50");
    EXPECT_EQ(decimal_text(1234.5, 2, en), "1,234.50");
    EXPECT_EQ(decimal_text(-0.25, 1, fr),
              "\u22120,2"); // ties to even in the binary value: exact 0.25
}

TEST(DecimalText, NeverWritesMinusZero) {
    EXPECT_EQ(decimal_text(-0.001, 1, en), "0.0");
}

TEST(RoundedText, KeepsSignificantDigits) {
    EXPECT_EQ(rounded_text(0.00123, 1, fr), "0,001");
    EXPECT_EQ(rounded_text(31234.0, 1, fr), "30\u202F000");
    EXPECT_EQ(rounded_text(9.96, 2, en), "10");
}

TEST(MeasuredText, RoundsTheValueToTheDecimalOfItsUncertainty) {
    EXPECT_EQ(measured_text(12.5, 0.75, fr), "12,50\u00A0±\u00A00,75");
    EXPECT_EQ(measured_text(5300.25, 45.4, en), "5,300\u00A0±\u00A045");
    EXPECT_EQ(measured_text(1.0, 0.0996, en), "1.00\u00A0±\u00A00.10"); // rounds up to 0.10
    EXPECT_EQ(measured_text(123456.0, 1234.0, en), "123,456\u00A0±\u00A01,200");
    EXPECT_EQ(measured_text(3.0, 0.0, en), "3.0\u00A0±\u00A00.0");
}

TEST(PercentText, HasTheSpaceOfTheLanguage) {
    EXPECT_EQ(percent_text(0.25, fr), "25\u202F%");
    EXPECT_EQ(percent_text(0.0051, en), "0.51%");
}

TEST(RatioText, WritesSupportForTheOtherSideAsAFraction) {
    EXPECT_EQ(ratio_text(1.5, 1, en), "30"); // 10^1.5 = 31.6
    EXPECT_EQ(ratio_text(-1.5, 1, en), "1/30");
    EXPECT_EQ(ratio_text(-3.0, 1, fr), "1/1\u202F000");
}

TEST(RatioText, WritesOneFromEitherSideAlike) {
    EXPECT_EQ(ratio_text(0.02, 1, en), "1"); // 1.05
    EXPECT_EQ(ratio_text(-0.02, 1, en), "1");
    EXPECT_EQ(ratio_text(-0.01, 2, fr), "1,0"); // 1.02
}

TEST(FactorText, IsTheSameForBothSides) {
    EXPECT_EQ(factor_text(-1.5, 1, fr), factor_text(1.5, 1, fr));
}

TEST(DateText, IsWrittenOut) {
    EXPECT_EQ(date_text("2026-11-21", fr), "21\u00A0novembre\u00A02026");
    EXPECT_EQ(date_text("2026-08-01", fr), "1er\u00A0août\u00A02026");
    EXPECT_EQ(date_text("2026-08-01", en), "1\u00A0August\u00A02026");
}

TEST(DateText, LeavesWhatIsNoDate) {
    EXPECT_EQ(date_text("", fr), "");
    EXPECT_EQ(date_text("2026-13-01", fr), "2026-13-01");
    EXPECT_EQ(date_text("21/11/2026", fr), "21/11/2026");
    EXPECT_EQ(date_text("20x6-11-21", fr), "20x6-11-21");
}

TEST(DurationText, ChoosesTheUnit) {
    EXPECT_EQ(duration_text(30.0, fr), "30\u202Fs");
    EXPECT_EQ(duration_text(300.0, fr), "5\u202Fmin");
    EXPECT_EQ(duration_text(5400.0, fr), "1\u202Fh\u202F30");
    EXPECT_EQ(duration_text(3900.0, fr), "1\u202Fh\u202F05");
    EXPECT_EQ(duration_text(3900.0, en), "1\u202Fh\u202F5\u202Fmin");
    EXPECT_EQ(duration_text(3.0 * 86400.0, fr), "3\u202Fjours");
    EXPECT_EQ(duration_text(3.5 * 86400.0, en), "3.5\u202Fdays");
}

TEST(Capitalised, RaisesTheFirstLetterWithOrWithoutAccent) {
    EXPECT_EQ(capitalised("mains"), "Mains");
    EXPECT_EQ(capitalised("étendue à revoir"), "Étendue à revoir");
    EXPECT_EQ(capitalised("à la main"), "À la main");
}

TEST(Capitalised, LeavesAnyOtherBeginning) {
    for (char const* text : {"", "0,36 %", "Mains", "« mains »", "÷", "\u0153il"}) {
        EXPECT_EQ(capitalised(text), text);
    }
}

} // namespace
} // namespace cmq::report
