// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/read_blanks.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using cmq::ErrorKind;
using cmq::lab::parse_blanks;
using testing::AllOf;
using testing::HasSubstr;

TEST(ParseBlanks, ReadsAllColumnsInAnyOrder) {
    auto const table = parse_blanks("label,level, value ,date\r\n"
                                    "\"a, b\",, 1.5 ,2026-03-01\r\n"
                                    "c,0,-2e-3,2024-02-29\r\n"
                                    "d,10,7,\r\n\r\n");
    ASSERT_EQ(table.blanks.size(), 2U);
    ASSERT_EQ(table.levels.size(), 1U);
    EXPECT_TRUE(table.dated);
    EXPECT_EQ(table.blanks[0].line, 3U); // by date
    EXPECT_EQ(table.blanks[0].value, -2e-3);
    EXPECT_EQ(table.blanks[0].day, 19782); // date -d 2024-02-29 +%s, over 86400
    EXPECT_EQ(table.blanks[1].label, "a, b");
    EXPECT_EQ(table.blanks[1].day, 20513); // of 2026-03-01
    EXPECT_EQ(table.levels[0].level, 10);
    EXPECT_FALSE(table.levels[0].day);
}

TEST(ParseBlanks, KeepsTheOrderOfTheFileWithinADay) {
    auto const table = parse_blanks("value,date\n3,2026-01-02\n1,2026-01-01\n2,2026-01-02\n");
    EXPECT_EQ(table.blanks[0].line, 3U);
    EXPECT_EQ(table.blanks[1].line, 2U);
    EXPECT_EQ(table.blanks[2].line, 4U);
}

TEST(ParseBlanks, PassesOverAByteOrderMark) {
    EXPECT_EQ(parse_blanks("\xEF\xBB\xBFvalue\n1\n2").blanks.size(), 2U);
}

struct Refusal {
    ErrorKind kind = ErrorKind::internal;
    std::string text;
};

Refusal refusal_of(std::string const& text) {
    try {
        static_cast<void>(parse_blanks(text));
    } catch (cmq::Error const& error) {
        return {error.kind(), error.full_text()};
    }
    return {};
}

TEST(ParseBlanks, RefusesWhatIsNoTableOfBlanks) {
    for (auto const& [text, words] : std::initializer_list<std::pair<std::string, std::string>>{
             {"", "empty"},
             {"date\n2026-01-01\n", "line 1, column 'value'"},
             {"value,Date\n1,\n2,\n", "line 1, column 'Date'"},
             {"value,value\n1,1\n2,2\n", "line 1, column 'value'"},
             {"value;date\n1;2026-01-01\n", "semicolons"},
             {"value\n1\n2,5\n", "line 3 has 2 cells"},
             {"value\n1\n\n2\n", "line 3, column 'value'"},
             {"value\n1\nnan\n", "line 3, column 'value'"},
             {"value\n1\n0x12\n", "line 3, column 'value'"},
             {"value\n1e31\n2\n", "line 2, column 'value'"},
             {"value\n1e-31\n2\n", "line 2, column 'value'"},
             {"value,level\n1,\n2,-1\n", "line 3, column 'level'"},
             {"value,level\n1,\n2,x\n", "line 3, column 'level'"},
             {"value,date\n1,2026-02-29\n2,2026-03-01\n", "line 2, column 'date'"},
             {"value,date\n1,2026-2-1\n2,2026-03-01\n", "line 2, column 'date'"},
             {"value,date\n1,2026-+1-01\n2,2026-03-01\n", "line 2, column 'date'"},
             {"value,date\n1,01/02/2026\n2,2026-03-01\n", "line 2, column 'date'"},
             {"value,date\n1,2026-02-01\n2,\n", "line 3, column 'date'"},
             {"value,label\n1,\"a\nb\"\n2,c\n", "line 2"}}) {
        auto const refusal = refusal_of(text);
        EXPECT_EQ(refusal.kind, ErrorKind::format) << text;
        EXPECT_THAT(refusal.text, HasSubstr(words)) << text;
    }
}

TEST(ParseBlanks, RefusesWhatIsNoText) {
    try {
        (void)parse_blanks(std::string_view{"value\n1\0,2\n3\n", 13});
        FAIL() << "read";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        EXPECT_NE(std::string_view{error.what()}.find("no table of text"), std::string_view::npos);
    }
}

TEST(ParseBlanks, RefusesFewerThanTwoBlanks) {
    for (std::string const text : {"value\n", "value\n1\n", "value,level\n1,\n2,5\n3,6\n"}) {
        auto const refusal = refusal_of(text);
        EXPECT_EQ(refusal.kind, ErrorKind::insufficient) << text;
        EXPECT_THAT(refusal.text, AllOf(HasSubstr("two blanks"), HasSubstr("column 'value'")));
    }
}

TEST(ParseBlanks, RefusesBlanksThatAreAllEqual) {
    for (std::string const text :
         {"value\n4\n4\n4\n", "value\n0\n0\n", "value\n1\n1.0000000000000002\n"}) {
        auto const refusal = refusal_of(text);
        EXPECT_EQ(refusal.kind, ErrorKind::insufficient) << text;
        EXPECT_THAT(refusal.text, HasSubstr("same value"));
    }
}

TEST(ParseBlanks, RefusesTooManyRows) {
    std::string text = "value\n";
    for (std::size_t i = 0; i <= cmq::lab::most_blank_rows; ++i) {
        text += i % 2 == 0 ? "1\n" : "2\n";
    }
    EXPECT_EQ(refusal_of(text).kind, ErrorKind::limits);
}

TEST(ParseBlanks, QuotesOnlyWholeCharacters) {
    std::string text = "value\n1\n" + std::string(59, 'x');
    for (int i = 0; i < 30; ++i) {
        text += "é";
    }
    auto const refusal = refusal_of(text + '\n');
    EXPECT_THAT(refusal.text, HasSubstr(std::string(59, 'x') + "..."));
}

} // namespace
