// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/write_abif.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;

TEST(ToAbif, LaysOutHeadDataAndDirectoryAsTheFormatSays) {
    std::vector<AbifValue> const values{{"PBAS", 2, 2, 1, "ACGTA"}, {"FWO_", 1, 2, 1, "GATC"}};
    auto const bytes = to_abif(values);
    // Head of 128 bytes, five of data, two entries of 28.
    ASSERT_EQ(bytes.size(), 128U + 9U + 56U);
    EXPECT_EQ(bytes.substr(0, 4), "ABIF");
    EXPECT_EQ(bytes.substr(6, 4), "tdir");
    EXPECT_EQ(bytes.substr(18, 4), std::string("\0\0\0\x02", 4)) << "entries";
    EXPECT_EQ(bytes.substr(26, 4), std::string("\0\0\0\x89", 4)) << "the directory is at 137";
    EXPECT_EQ(bytes.substr(128, 5), "ACGTA");
    auto const first = bytes.substr(137, 28);
    EXPECT_EQ(first.substr(0, 4), "PBAS");
    EXPECT_EQ(first.substr(4, 4), std::string("\0\0\0\x02", 4));
    EXPECT_EQ(first.substr(20, 4), std::string("\0\0\0\x80", 4)) << "its data are at 128";
    EXPECT_EQ(bytes.substr(165 + 20, 4), "GATC") << "four bytes stand in the entry itself";
}

TEST(ToAbifShorts, AreBigEndianAndKeepTheSign) {
    std::vector<int> const values{1, 258, -2};
    EXPECT_EQ(to_abif_shorts(values), std::string("\0\x01\x01\x02\xff\xfe", 6));
}

TEST(ToAbifText, HasItsLengthInFront) {
    EXPECT_EQ(to_abif_text("abc"),
              "\x03"
              "abc");
    EXPECT_EQ(to_abif_text(""), std::string(1, '\0'));
}

TEST(AddBigEndian, TakesTheLastBytes) {
    std::string bytes = "x";
    add_big_endian(bytes, 0x01020304, 2);
    EXPECT_EQ(bytes, "x\x03\x04");
}

} // namespace
