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

} // namespace
