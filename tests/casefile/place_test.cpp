// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/place.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::casefile::Place;

TEST(ToText, NamesFileLineAndKey) {
    EXPECT_EQ(to_text(Place{"case.toml", 12, "capture[2].role"}),
              "case.toml line 12, key capture[2].role");
}

TEST(ToText, LeavesOutWhatIsNotKnown) {
    EXPECT_EQ(to_text(Place{"case.toml", 0, ""}), "case.toml");
    EXPECT_EQ(to_text(Place{"case.toml", 3, ""}), "case.toml line 3");
}

TEST(MakeError, BeginsWithThePlaceAndKeepsTheKind) {
    auto const error = cmq::casefile::make_error(cmq::ErrorKind::domain,
                                                 {"case.toml", 7, "report.date"},
                                                 {"attendu : une date", "expected a date"});
    EXPECT_EQ(error.kind(), cmq::ErrorKind::domain);
    EXPECT_STREQ(error.what(), "case.toml line 7, key report.date: expected a date");
}

} // namespace
