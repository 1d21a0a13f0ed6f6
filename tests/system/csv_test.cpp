// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/csv.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

namespace {

using Rows = std::vector<std::vector<std::string>>;

TEST(ParseCsv, ReadsQuotesCommasAndLineBreaks) {
    EXPECT_EQ(cmq::parse_csv("a,b\r\n\"1,5\",\"say \"\"no\"\"\nthen\"\n"),
              (Rows{{"a", "b"}, {"1,5", "say \"no\"\nthen"}}));
    EXPECT_EQ(cmq::parse_csv("a,b\n1,"), (Rows{{"a", "b"}, {"1", ""}}));
    EXPECT_EQ(cmq::parse_csv(""), Rows{});
}

TEST(ParseCsv, RefusesRowsOfUnequalLengthAndNamesTheLine) {
    try {
        static_cast<void>(cmq::parse_csv("a,b\n1,2\n3\n"));
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::format);
        EXPECT_NE(std::string{error.what()}.find("line 3"), std::string::npos);
    }
}

TEST(ParseCsv, RefusesAnOpenQuote) {
    EXPECT_THROW(static_cast<void>(cmq::parse_csv("a\n\"1\n")), cmq::Error);
}

TEST(ToCsv, RoundTripsAndDisarmsFormulas) {
    cmq::Table table;
    table.add(
        {.name = "x", .unit = "px", .meaning = "Position.", .cells = std::vector<double>{-0.5}});
    table.add({.name = "who",
               .unit = "",
               .meaning = "Name.",
               .cells = std::vector<std::string>{"=cmd(\"a\")"}});
    EXPECT_EQ(cmq::parse_csv(cmq::to_csv(table)), (Rows{{"x", "who"}, {"-0.5", "'=cmd(\"a\")"}}));
}

// What a spreadsheet would run, and what it must not touch.
TEST(ToCsv, DisarmsEveryBeginningOfAFormula) {
    for (std::string const risky : {"=1+1",
                                    "+1",
                                    "-2+3",
                                    "@SUM(A1)",
                                    "\t=1",
                                    "\r=1",
                                    "\n=1",
                                    "  =1+1",
                                    "\uFF1D1+1",
                                    "\uFF0B1",
                                    "\uFF0D1",
                                    "\uFF20A"}) {
        cmq::Table table;
        table.add({.name = "who",
                   .unit = "",
                   .meaning = "Name.",
                   .cells = std::vector<std::string>{risky}});
        EXPECT_EQ(cmq::parse_csv(cmq::to_csv(table)).at(1).at(0), "'" + risky);
    }
    for (std::string const harmless : {"", " ", "a=1", "P1.right_hand", "2026-11-21", "été"}) {
        cmq::Table table;
        table.add({.name = "who",
                   .unit = "",
                   .meaning = "Name.",
                   .cells = std::vector<std::string>{harmless, "x"}});
        EXPECT_EQ(cmq::parse_csv(cmq::to_csv(table)).at(1).at(0), harmless);
    }
}

} // namespace
