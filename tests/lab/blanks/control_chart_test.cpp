// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/control_chart.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

using namespace cmq::lab;

TEST(MakeControlChart, TakesItsSpreadFromMovingRanges) {
    auto const chart = make_control_chart(std::array{1.0, 3.0, 2.0, 6.0});
    EXPECT_DOUBLE_EQ(chart.centre, 3.0);
    EXPECT_NEAR(chart.sd, (2.0 + 1.0 + 4.0) / 3.0 / 1.128, 1e-12);
    EXPECT_FALSE(chart.judged);
    EXPECT_TRUE(chart.signals.empty());
}

TEST(MakeControlChart, DoesNotJudgeFewerThanEightPointsOrEqualOnes) {
    EXPECT_FALSE(make_control_chart(std::array{0.0, 0.1, 0.0, 0.1, 0.0, 0.1, 99.0}).judged);
    EXPECT_FALSE(make_control_chart(std::vector<double>(20, 4.0)).judged);
}

std::vector<std::size_t> points_of(ControlChart const& chart, ChartRule rule, bool upward) {
    for (ChartSignal const& signal : chart.signals) {
        if (signal.rule == rule && signal.upward == upward) {
            return signal.points;
        }
    }
    return {};
}

using Points = std::vector<std::size_t>;

// Thirty values of 1 and -1 in turn: s = 2 / 1.128 = 1.77, about half as wide as one outlier moves it.
std::vector<double> zigzag(std::size_t n = 30) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        values.push_back(i % 2 == 0 ? 1.0 : -1.0);
    }
    return values;
}

TEST(MakeControlChart, NamesAPointBeyondThreeSpreads) {
    auto values = zigzag();
    values[11] = -12;
    auto const chart = make_control_chart(values);
    EXPECT_EQ(points_of(chart, ChartRule::beyond_action, false), Points{11});
    EXPECT_TRUE(points_of(chart, ChartRule::beyond_action, true).empty());
    EXPECT_EQ(chart.signals.size(), 1U);
}

// s = (2 * 25 + 7 + 7 + 7 + 7) / 29 / 1.128 = 2.38 about a centre of 0.47: 2 s ends at 5.2, 3 s at 7.6.
TEST(MakeControlChart, NamesTwoOfThreeBeyondTwoSpreads) {
    auto values = zigzag();
    values[10] = 6;
    values[12] = 6;
    auto chart = make_control_chart(values);
    EXPECT_EQ(points_of(chart, ChartRule::two_of_three, true), (Points{10, 12}));
    EXPECT_EQ(chart.signals.size(), 1U);
    values[12] = 1;
    values[14] = 6; // three apart at least: no longer two of three
    EXPECT_TRUE(make_control_chart(values).signals.empty());
}

TEST(MakeControlChart, NamesNineOnASideAndNotEight) {
    auto values = zigzag();
    for (std::size_t i = 8; i < 17; ++i) {
        values[i] = i % 2 == 0 ? -1.0 : -2.5;
    }
    values[17] = 1;
    auto const chart = make_control_chart(values);
    // Point 7 is -1 as well.
    EXPECT_EQ(points_of(chart, ChartRule::nine_on_a_side, false),
              (Points{7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));
    values[11] = 1;
    EXPECT_TRUE(points_of(make_control_chart(values), ChartRule::nine_on_a_side, false).empty());
}

TEST(MakeControlChart, NamesSixRisingOrFallingAndNotFive) {
    auto values = zigzag();
    std::array const rising{-1.0, -0.6, -0.2, 0.2, 0.6, 1.0};
    std::ranges::copy(rising, values.begin() + 9);
    auto const chart = make_control_chart(values);
    EXPECT_EQ(points_of(chart, ChartRule::six_in_a_row, true), (Points{9, 10, 11, 12, 13, 14}));
    auto falling = values;
    std::ranges::transform(falling, falling.begin(), [](double value) { return -value; });
    EXPECT_EQ(points_of(make_control_chart(falling), ChartRule::six_in_a_row, false),
              (Points{9, 10, 11, 12, 13, 14}));
    values[12] = values[11]; // equal is not rising
    EXPECT_TRUE(points_of(make_control_chart(values), ChartRule::six_in_a_row, true).empty());
}

// A second reading of the rules, window by window.
bool signals_slowly(std::vector<double> const& x) {
    double mean = 0;
    double range = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        mean += x[i] / static_cast<double>(x.size());
        range += i > 0 ? std::abs(x[i] - x[i - 1]) : 0.0;
    }
    double const s = range / static_cast<double>(x.size() - 1) / 1.128;
    auto const any_window = [&](std::size_t length, auto const& shows) {
        for (std::size_t i = 0; i + length <= x.size(); ++i) {
            if (shows(x.begin() + static_cast<std::ptrdiff_t>(i))) {
                return true;
            }
        }
        return false;
    };
    for (double const sign : {1.0, -1.0}) {
        auto const beyond = [&](double limit) {
            return [&, limit](double value) { return sign * (value - mean) > limit * s; };
        };
        if (std::ranges::any_of(x, beyond(3)) ||
            any_window(3, [&](auto at) { return std::count_if(at, at + 3, beyond(2)) >= 2; }) ||
            any_window(9, [&](auto at) { return std::all_of(at, at + 9, beyond(0)); }) ||
            any_window(6, [&](auto at) {
                return std::is_sorted(
                    at, at + 6, [&](double a, double b) { return sign * a < sign * b; });
            })) {
            return true;
        }
    }
    return false;
}

TEST(MakeControlChart, AgreesWithASlowReadingOfTheRules) {
    int with_signal = 0;
    for (std::uint64_t i = 0; i < 3000; ++i) {
        cmq::Random random{8, 3, i};
        std::vector<double> values(8 + i % 40);
        double level = 0;
        for (double& value : values) {
            level += 0.1 * random.normal();
            value = level + random.normal();
        }
        bool const slow = signals_slowly(values);
        EXPECT_EQ(!make_control_chart(values).signals.empty(), slow) << i;
        with_signal += slow ? 1 : 0;
    }
    EXPECT_GT(with_signal, 300); // both kinds were seen
    EXPECT_LT(with_signal, 2700);
}

// The same with random numbers of its own, 4000 charts: binomial standard error at most 0.8 %; five of both.
TEST(SimulateFalseSignals, CountsChartsOfASteadyProcess) {
    for (std::size_t const n : {20U, 50U}) {
        int with_signal = 0;
        for (std::uint64_t i = 0; i < 4000; ++i) {
            cmq::Random random{9, 4, i};
            std::vector<double> values(n);
            std::ranges::generate(values, [&] { return random.normal(); });
            with_signal += signals_slowly(values) ? 1 : 0;
        }
        auto const found = simulate_false_signals(n, 5);
        EXPECT_NEAR(found.share, with_signal / 4000.0, 0.04) << n;
        EXPECT_EQ(found.charts, 20'000U);
    }
}

TEST(SimulateFalseSignals, GivesTheSameForTheSameSeed) {
    EXPECT_EQ(simulate_false_signals(9, 3).share, simulate_false_signals(9, 3).share);
}

} // namespace
