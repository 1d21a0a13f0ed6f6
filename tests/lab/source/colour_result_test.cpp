// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/source/colour_result.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using cmq::lab::ColourCondition;
using cmq::lab::ColourConditions;
using cmq::lab::compare_conditions;

ColourConditions skin() {
    return {.substrate = "skin", .lamp_nm = 365.0, .filter = "LP 420", .camera = "Maker One"};
}

TEST(CompareConditions, FindsNothingWhereAllIsAlike) {
    ColourConditions written = skin();
    written.filter = " lp  420 ";
    written.camera = "MAKER ONE";
    EXPECT_TRUE(compare_conditions("marker", skin(), {skin(), written}).empty());
    EXPECT_TRUE(compare_conditions("marker", skin(), {}).empty());
}

TEST(CompareConditions, NamesEachThatDiffersOnce) {
    ColourConditions cotton = skin();
    cotton.substrate = "cotton";
    cotton.lamp_nm = 395.0;
    auto const differences = compare_conditions("leaf", skin(), {skin(), cotton, cotton});
    ASSERT_EQ(differences.size(), 2U);
    EXPECT_EQ(differences[0].of_class, "leaf");
    EXPECT_EQ(differences[0].condition, ColourCondition::substrate);
    EXPECT_EQ(differences[0].trace, "skin");
    EXPECT_EQ(differences[0].references, "cotton");
    EXPECT_EQ(differences[1].condition, ColourCondition::lamp);
    EXPECT_EQ(differences[1].trace, "365");
    EXPECT_EQ(differences[1].references, "395");
}

TEST(CompareConditions, TakesWhatNobodyStatedForADifference) {
    ColourConditions silent = skin();
    silent.filter = "";
    EXPECT_EQ(compare_conditions("marker", silent, {silent}).size(), 1U);
    EXPECT_EQ(compare_conditions("marker", skin(), {silent}).size(), 1U);
    EXPECT_EQ(compare_conditions("marker", {}, {ColourConditions{}}).size(), 4U);
}

TEST(CompareConditions, AsksHowJoinedCapturesWereTakenWhereThereAreAny) {
    ColourConditions joined = skin();
    joined.joined = "450 nm, LP 515";
    EXPECT_TRUE(compare_conditions("marker", joined, {skin()}).empty()); // one capture: of no use
    joined.captures = 2;
    auto const differences = compare_conditions("marker", joined, {joined, skin()});
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_EQ(differences[0].condition, ColourCondition::joined);
    EXPECT_EQ(differences[0].references, "");
    joined.joined = "";
    EXPECT_EQ(compare_conditions("marker", joined, {joined}).size(), 1U);
}

TEST(RatioOf, IsThatOfItsDensitiesAndDifferences) {
    cmq::lab::ColourResult result;
    result.classes = {{.name = "marker", .samples = 10, .log_density = 2.0},
                      {.name = "dye", .weight = 3.0, .samples = 10, .log_density = 1.0}};
    result.unknown_weight = 1.0;
    result.unknown_log_density = 0.0;
    // e^2 / ((3 e + 1) / 4)
    double const expected = std::log10(std::exp(2.0) / ((3.0 * std::exp(1.0) + 1.0) / 4.0));
    ASSERT_TRUE(ratio_of(result, false).log10_lr);
    EXPECT_NEAR(*ratio_of(result, false).log10_lr, expected, 1e-12);
    EXPECT_FALSE(ratio_of(result, true).log10_lr); // saturated
    result.differences = {{"dye", ColourCondition::lamp, "365", "395"}};
    EXPECT_FALSE(ratio_of(result, false).log10_lr);
    EXPECT_EQ(ratio_of(result, false).of_classes, std::vector<std::string>{"dye"});
}

} // namespace
