// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/columns.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ColumnsOf, CountsCharactersAndNotBytes) {
    EXPECT_EQ(cmq::columns_of("été\u00A0: «"),
              7U); // three letters, two spaces, a colon, a guillemet
    EXPECT_EQ(cmq::columns_of(""), 0U);
}

TEST(FirstColumns, CutsBetweenCharacters) {
    EXPECT_EQ(cmq::first_columns("été", 2), "ét");
    EXPECT_EQ(cmq::first_columns("été", 1), "é");
    EXPECT_EQ(cmq::first_columns("été", 3), "été");
}

TEST(Wrapped, BreaksAtOrdinarySpacesOnly) {
    EXPECT_EQ(cmq::wrapped("un deux\u00A0: trois", 8), "un\ndeux\u00A0:\ntrois");
}

TEST(Wrapped, BeginsAndIndentsItsLines) {
    EXPECT_EQ(cmq::wrapped("aa bb cc", 8, "* ", "  "), "* aa bb\n  cc");
}

TEST(Wrapped, KeepsALongWordWholeAndLineFeeds) {
    EXPECT_EQ(cmq::wrapped("a bbbbbbbbbb c\n\nd", 4), "a\nbbbbbbbbbb\nc\n\nd");
}

} // namespace
