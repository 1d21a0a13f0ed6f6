// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/printed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace cmq::lab;

bool has(Printed const& printed, PrintReason reason) {
    return std::ranges::find(printed.reasons, reason, &PrintReasonEntry::reason) !=
           printed.reasons.end();
}

/// A value whose influential parameters were all measured, with a narrow sensitivity.
Printed measured(double lr) {
    double const log10_lr = std::log10(lr);
    return make_printed(
        log10_lr, log10_lr - 0.01, log10_lr + 0.01, {{"kappa", 0.5, true}}, true, {});
}

TEST(MakePrinted, GivesTwoFiguresAndWordsWhenAllThatMattersWasMeasured) {
    Printed const printed = measured(43.7);
    EXPECT_EQ(printed.value, 44.0);
    EXPECT_EQ(printed.supports, Supports::h1);
    EXPECT_TRUE(printed.words_allowed);
    EXPECT_TRUE(printed.reasons.empty());
}

TEST(MakePrinted, GivesOneFigureAndNoWordsWhenAProxyMatters) {
    Printed const printed = make_printed(std::log10(43.7),
                                         1.6,
                                         1.7,
                                         {{"kappa", 0.5, false}, {"dry.tau_min", 0.01, false}},
                                         true,
                                         {});
    EXPECT_EQ(printed.value, 40.0);
    EXPECT_FALSE(printed.words_allowed);
    ASSERT_TRUE(has(printed, PrintReason::influential_not_measured));
    EXPECT_EQ(printed.reasons[0].parameters,
              std::vector<std::string>{"kappa"}); // the other moves little
}

TEST(MakePrinted, PrintsValuesBelowOneAsTheirInverseForH2) {
    Printed const one = measured(1.0 / 43.7);
    EXPECT_EQ(one.value, 44.0);
    EXPECT_EQ(one.supports, Supports::h2);
}

TEST(MakePrinted, IsTheSamePageWithTheSidesSwapped) {
    for (double const lr : {1.4, 3.2, 80.0, 5000.0}) {
        Printed const there = measured(lr);
        Printed const back = measured(1.0 / lr);
        EXPECT_EQ(there.value, back.value);
        EXPECT_EQ(there.at_cap, back.at_cap);
        EXPECT_EQ(there.words_allowed, back.words_allowed);
        EXPECT_EQ(there.reasons.size(), back.reasons.size());
    }
}

TEST(MakePrinted, SupportsNeitherWhereItRoundsToOne) {
    Printed const printed =
        make_printed(std::log10(1.3), 0.05, 0.15, {{"kappa", 1.0, false}}, true, {});
    EXPECT_EQ(printed.value, 1.0);
    EXPECT_EQ(printed.supports, Supports::neither);
}

TEST(MakePrinted, CapsEitherWay) {
    for (double const log10_lr : {5.0, -5.0, 400.0}) {
        Printed const printed = make_printed(log10_lr, log10_lr, log10_lr, {}, true, {});
        EXPECT_EQ(printed.value, 100.0);
        EXPECT_TRUE(printed.at_cap);
        EXPECT_TRUE(has(printed, PrintReason::not_validated_cap));
    }
    EXPECT_FALSE(measured(99.0).at_cap);
}

TEST(MakePrinted, HasNoWordsWhereTheSensitivityCrossesOneOrABand) {
    Printed const across_one = make_printed(0.5, -0.2, 0.9, {}, true, {});
    EXPECT_TRUE(has(across_one, PrintReason::sensitivity_crosses_one));
    EXPECT_FALSE(across_one.words_allowed);
    Printed const across_band = make_printed(0.9, 0.8, 1.2, {}, true, {}); // 6.3 to 15.8: over 10
    EXPECT_TRUE(has(across_band, PrintReason::sensitivity_crosses_bands));
    EXPECT_FALSE(across_band.words_allowed);
    EXPECT_TRUE(make_printed(0.9, 0.8, 0.95, {}, true, {}).words_allowed);
}

TEST(MakePrinted, HasNoWordsWithoutASensitivity) {
    Printed const printed = make_printed(0.9, std::nullopt, std::nullopt, {}, true, {});
    EXPECT_TRUE(has(printed, PrintReason::sensitivity_withheld));
    EXPECT_FALSE(printed.words_allowed);
}

TEST(MakePrinted, NamesLookAlikesWithoutData) {
    EXPECT_TRUE(
        has(make_printed(0.9, 0.9, 0.9, {}, false, {}), PrintReason::look_alike_without_data));
}

TEST(MakePrinted, PrintsNothingForAWithheldValue) {
    Printed const printed = make_printed(std::nullopt, std::nullopt, std::nullopt, {}, true, {});
    EXPECT_FALSE(printed.value);
    EXPECT_FALSE(printed.words_allowed);
    EXPECT_TRUE(has(printed, PrintReason::value_withheld));
}

} // namespace
