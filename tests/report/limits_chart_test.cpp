// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/limits_chart.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using report::CurveChart;

report::Chart chart_of(std::string const& text, Language language = Language::english) {
    auto const table = lab::parse_blanks(text);
    return report::limits_chart(table, lab::measure_limits(table), language);
}

// Moving ranges of 2: s = 2 / 1.128 around a centre of 2.
TEST(LimitsChart, DrawsHeightsInSpreadsAndLabelsThemInTheUnit) {
    auto const chart = chart_of("value\n1\n3\n1\n3\n");
    auto const& points = std::get<CurveChart>(chart.content).series.at(0);
    EXPECT_EQ(points.x, (std::vector<double>{1, 2, 3, 4}));
    EXPECT_NEAR(points.y.at(1), 1.128 / 2, 1e-12);
    ASSERT_EQ(chart.y_ticks.size(), 5U);
    EXPECT_EQ(chart.y_ticks[2].text, "2.00");
    EXPECT_EQ(chart.y_ticks[0].text, "−3.32"); // 2 - 6 / 1.128
    ASSERT_EQ(chart.x_ticks.size(), 6U);       // with two margins
    EXPECT_EQ(chart.x_ticks[1].text, "1");
    EXPECT_EQ(chart.x_ticks[4].text, "4");
    EXPECT_EQ(chart.x_ticks[4].at, 4);
    EXPECT_EQ(chart_of("value\n1\n3\n1\n3\n", Language::french).y_ticks[2].text, "2,00");
}

TEST(LimitsChart, LabelsDatesAndMarksSignals) {
    std::string text = "value,date\n";
    for (int i = 0; i < 20; ++i) {
        std::string const value = i == 13 ? "12" : i % 2 == 0 ? "1" : "-1";
        text += value + ",2026-01-" + (i < 9 ? "0" : "") + std::to_string(i + 1) + '\n';
    }
    auto const chart = chart_of(text);
    ASSERT_EQ(chart.x_ticks.size(), 8U);
    EXPECT_EQ(chart.x_ticks[6].text, "2026-01-20");
    auto const& series = std::get<CurveChart>(chart.content).series;
    ASSERT_EQ(series.size(), 2U);
    EXPECT_EQ(series[1].x, (std::vector<double>{14, 14, 14}));
    EXPECT_TRUE(std::isnan(series[1].y.at(2))); // a gap
}

ErrorKind kind_of(std::string const& text) {
    try {
        static_cast<void>(chart_of(text));
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(LimitsChart, RefusesTooManyPoints) {
    std::string text = "value\n";
    for (std::size_t i = 0; i <= report::most_drawn_points; ++i) {
        text += i % 2 == 0 ? "1\n" : "2\n";
    }
    EXPECT_EQ(kind_of(text), ErrorKind::limits);
}

TEST(LimitsChart, RefusesPointsThatDoNotVary) {
    EXPECT_EQ(kind_of("value,date\n1,2026-01-01\n3,2026-01-01\n3,2026-01-02\n1,2026-01-02\n"),
              ErrorKind::insufficient);
}

} // namespace
