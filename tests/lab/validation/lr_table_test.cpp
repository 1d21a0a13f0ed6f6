// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/lr_table.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::lab;
using testing::HasSubstr;

constexpr double infinite = std::numeric_limits<double>::infinity();

void expect_refusal(std::string const& text, ErrorKind kind, std::string const& words) {
    try {
        static_cast<void>(parse_lrs(text));
        FAIL() << "read: " << text;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind) << error.full_text();
        EXPECT_THAT(error.full_text(), HasSubstr(words));
    }
}

TEST(ParseLrs, ReadsRatiosAndTruthsInAnyOrderOfColumns) {
    auto const table = parse_lrs("lr,truth\n100,h1\n0.01,h2\n1,H1\n");
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_FALSE(table.in_log10);
    EXPECT_TRUE(table.groups.empty());
    EXPECT_DOUBLE_EQ(table.rows[0].log10_lr, 2.0);
    EXPECT_TRUE(table.rows[0].h1);
    EXPECT_DOUBLE_EQ(table.rows[1].log10_lr, -2.0);
    EXPECT_FALSE(table.rows[1].h1);
    EXPECT_EQ(table.rows[2].log10_lr, 0.0);
}

TEST(ParseLrs, SaysWhatWasTakenAsWhichTruth) {
    auto const table = parse_lrs("truth,log10_lr\nh1,1\nTRUE,2\n1,3\nh1,4\nH2,0\nfalse,0\n0,0\n");
    ASSERT_EQ(table.spellings[0].size(), 3U);
    EXPECT_EQ(table.spellings[0][0].text, "h1");
    EXPECT_EQ(table.spellings[0][0].rows, 2U);
    EXPECT_EQ(table.spellings[0][1].text, "TRUE");
    EXPECT_EQ(table.spellings[0][2].text, "1");
    ASSERT_EQ(table.spellings[1].size(), 3U);
    EXPECT_EQ(table.spellings[1][0].text, "H2");
    EXPECT_EQ(table.spellings[1][2].rows, 1U);
    EXPECT_TRUE(table.in_log10);
}

TEST(ParseLrs, ReadsZeroAndInfinity) {
    auto const ratios = parse_lrs("truth,lr\nh1,0\nh1,inf\nh2,Infinity\n");
    EXPECT_EQ(ratios.rows[0].log10_lr, -infinite);
    EXPECT_EQ(ratios.rows[1].log10_lr, infinite);
    EXPECT_EQ(ratios.rows[2].log10_lr, infinite);
    auto const logs = parse_lrs("truth,log10_lr\nh1,-inf\nh2,+inf\nh2,-400\n");
    EXPECT_EQ(logs.rows[0].log10_lr, -infinite);
    EXPECT_EQ(logs.rows[1].log10_lr, infinite);
    EXPECT_EQ(logs.rows[2].log10_lr, -400.0);
}

TEST(ParseLrs, NumbersGroupsInOrderOfAppearance) {
    auto const table =
        parse_lrs("\xEF\xBB\xBFgroup,truth,lr\r\n\"b, c\",1,2\r\na,0,3\r\n\"b, c\",0,4\r\n");
    EXPECT_THAT(table.groups, testing::ElementsAre("b, c", "a"));
    EXPECT_EQ(table.rows[0].group, 0U);
    EXPECT_EQ(table.rows[1].group, 1U);
    EXPECT_EQ(table.rows[2].group, 0U);
}

TEST(ParseLrs, RefusesHeadersThatLackOrDoubleAColumn) {
    expect_refusal("lr\n1\n", ErrorKind::format, "column 'truth'");
    expect_refusal("truth\nh1\n", ErrorKind::format, "neither 'lr' nor 'log10_lr'");
    expect_refusal("truth,lr,log10_lr\nh1,1,0\n", ErrorKind::format, "both 'lr' and 'log10_lr'");
    expect_refusal("truth,lr,lr\nh1,1,1\n", ErrorKind::format, "stands there twice");
    expect_refusal("truth,lr,weight\nh1,1,1\n", ErrorKind::format, "column 'weight'");
}

TEST(ParseLrs, RefusesOtherSeparators) {
    expect_refusal("truth;lr\nh1;0,5\n", ErrorKind::format, "not separated by commas");
    expect_refusal("truth\tlr\nh1\t0.5\n", ErrorKind::format, "not separated by commas");
    expect_refusal("truth,lr\nh1,\"0,5\"\n", ErrorKind::format, "'0,5' is no number");
}

TEST(ParseLrs, RefusesCellsWithLineAndColumn) {
    expect_refusal("truth,lr\nh1,1\nh3,1\n", ErrorKind::format, "line 3, column 'truth'");
    expect_refusal("truth,lr\nh1,\n", ErrorKind::format, "line 2, column 'lr'");
    expect_refusal("truth,lr\nh1,nan\n", ErrorKind::format, "'nan' is no number");
    expect_refusal("truth,lr\nh1,-2\n", ErrorKind::format, "a likelihood ratio is not negative");
    expect_refusal("truth,lr\nh1,-inf\n", ErrorKind::format, "line 2, column 'lr'");
    expect_refusal("truth,lr,group\nh1,1,a\nh1,1,\n", ErrorKind::format, "has no group");
}

TEST(ParseLrs, RefusesRowsOfOtherLengthsAndOpenQuotes) {
    expect_refusal("truth,lr\nh1,1\nh1,1,2\n",
                   ErrorKind::format,
                   "3 cells where the first line has 2, at line 3");
    expect_refusal("truth,lr\n\nh1,1\n", ErrorKind::format, "line 2");
    expect_refusal("truth,lr\nh1,\"1\nh1,2\n", ErrorKind::format, "a quote is not closed");
}

TEST(ParseLrs, RefusesWhatIsNoTable) {
    expect_refusal("", ErrorKind::format, "empty");
    expect_refusal(std::string("truth,lr\nh1,\0", 13), ErrorKind::format, "no table of text");
    expect_refusal("truth,lr\n", ErrorKind::insufficient, "no row");
    expect_refusal(
        "truth,lr\nh1," + std::string(5000, '1') + "\n", ErrorKind::limits, "4096 bytes");
    expect_refusal(
        "truth,lr\n" + std::string(most_lr_rows + 1, '\n') + "h1,1", ErrorKind::limits, "rows");
}

} // namespace
