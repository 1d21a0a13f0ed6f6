// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/clock_time.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace cmq::casefile;

Node text_node(std::string text) {
    Node node;
    node.kind = NodeKind::text;
    node.text = std::move(text);
    return node;
}

// From the calendar: 30 years of which 7 are leap years are 10 957 days.
TEST(ToDayNumber, CountsFromTheFirstOfJanuary1970) {
    EXPECT_EQ(to_day_number("1970-01-01"), 0);
    EXPECT_EQ(to_day_number("1969-12-31"), -1);
    EXPECT_EQ(to_day_number("2000-01-01"), 10'957);
    EXPECT_EQ(to_day_number("2000-02-29"), 10'957 + 59);
    EXPECT_EQ(to_day_number("2000-03-01"), 10'957 + 60);
}

TEST(ToDayNumber, RefusesDaysThatNoCalendarHas) {
    for (char const* text : {"1900-02-29",
                             "2023-02-29",
                             "2024-04-31",
                             "2024-13-01",
                             "2024-00-10",
                             "2024-01-00",
                             "2024-1-01",
                             "24-01-01",
                             "2024/01/01",
                             "2024-01-0x",
                             "+024-01-01",
                             ""}) {
        EXPECT_FALSE(to_day_number(text)) << text;
    }
}

TEST(ToClockTime, TakesHoursWithOrWithoutSecondsAndDay) {
    EXPECT_EQ(to_clock_time(text_node("00:00"))->minutes, 0.0);
    EXPECT_EQ(to_clock_time(text_node("23:59"))->minutes, 23.0 * 60.0 + 59.0);
    EXPECT_EQ(to_clock_time(text_node("12:40:30"))->minutes, 12.0 * 60.0 + 40.5);
    for (char const* text : {"2024-02-29 12:40", "2024-02-29T12:40:00"}) {
        auto const time = to_clock_time(text_node(text));
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(time->minutes, 760.0);
        EXPECT_EQ(time->day, "2024-02-29");
    }
}

TEST(ToClockTime, RefusesWhatNoClockShows) {
    for (char const* text : {"24:00",
                             "12:60",
                             "12:40:60",
                             "1:00",
                             "12.40",
                             "12:4",
                             "12:40 ",
                             "-1:00",
                             "12:40+02:00",
                             "2023-02-29 12:40",
                             "2024-02-29_12:40",
                             "2024-02-29",
                             ""}) {
        EXPECT_FALSE(to_clock_time(text_node(text))) << text;
    }
    Node number;
    number.kind = NodeKind::number;
    number.text = "12:40";
    EXPECT_FALSE(to_clock_time(number));
}

} // namespace
