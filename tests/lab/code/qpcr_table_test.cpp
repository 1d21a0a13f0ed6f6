// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/qpcr_table.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using cmq::Error;
using cmq::ErrorKind;

void expect_refused(std::string const& text, ErrorKind kind, std::string const& says) {
    try {
        (void)parse_qpcr(text);
        FAIL() << text;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind);
        EXPECT_THAT(error.what(), testing::HasSubstr(says));
    }
}

TEST(ParseQpcr, ReadsColumnsInAnyOrderAndCase) {
    auto const table =
        parse_qpcr("\xEF\xBB\xBFTarget,ct,Dye,Sample Name,Quantity\n"
                   "SVC,30.5,FAM,swab,\nSVC,NaN,FAM,STD,100\nSVC,Undetermined,FAM,ntc 1,\n"
                   "SVC,35,FAM,x,0\n");
    ASSERT_EQ(table.wells.size(), 4U);
    EXPECT_EQ(table.wells[0].cq, 30.5);
    EXPECT_EQ(table.wells[0].sample, "swab");
    EXPECT_FALSE(table.wells[0].copies.has_value());
    EXPECT_FALSE(table.wells[1].cq.has_value());
    EXPECT_EQ(table.wells[1].copies, 100);
    EXPECT_TRUE(table.wells[2].is_blank);
    EXPECT_TRUE(table.wells[3].is_blank);
    EXPECT_EQ(table.wells[3].line, 5U);
}

TEST(ParseQpcr, RefusesWhatIsNoTable) {
    expect_refused("", ErrorKind::insufficient, "no wells");
    expect_refused("Cq\n", ErrorKind::insufficient, "no wells");
    expect_refused("a,b\n1,2\n", ErrorKind::format, "no column 'Cq'");
    expect_refused("Cq\n12\nx\n", ErrorKind::format, "line 3, column 'Cq'");
    expect_refused("Cq\n-1\n", ErrorKind::format, "line 2");
    expect_refused("Cq,SQ\n30,-5\n", ErrorKind::format, "line 2");
    expect_refused("Cq,SQ\n30\n", ErrorKind::format, "");
    std::string many = "Cq\n";
    for (std::size_t i = 0; i <= most_wells; ++i) {
        many += "1\n";
    }
    expect_refused(many, ErrorKind::limits, "100000 wells");
}

TEST(IsQpcrTable, LooksForAColumn) {
    EXPECT_TRUE(is_qpcr_table("Well,\"Cq\"\nA1,30\n"));
    EXPECT_TRUE(is_qpcr_table("CT\r\n"));
    EXPECT_FALSE(is_qpcr_table("@r\nACGT\n+\nIIII\n"));
    EXPECT_FALSE(is_qpcr_table("value,date\n"));
    EXPECT_FALSE(is_qpcr_table(""));
}

} // namespace
