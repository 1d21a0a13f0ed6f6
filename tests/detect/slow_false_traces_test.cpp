// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/detect/count_false_traces.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::capture::BackgroundKind;
using false_traces::poisson_range;

// A part of the study docs/studies/false_traces.md, on frames that it does not use.
void expect_promise_kept(BackgroundKind background) {
    constexpr std::uint64_t frames = 20;
    std::size_t at_a_tenth = 0;
    std::size_t at_one = 0;
    for (std::uint64_t i = 0; i < frames; ++i) {
        cmq::Frame const frame = false_traces::make_empty_frame(background, i);
        at_a_tenth += false_traces::count_traces(frame, 0.1);
        at_one += false_traces::count_traces(frame, 1.0);
    }
    auto const few = poisson_range(0.1 * frames);
    EXPECT_GE(at_a_tenth, few.low);
    EXPECT_LE(at_a_tenth, few.high);
    auto const many = poisson_range(1.0 * frames);
    EXPECT_GE(at_one, many.low);
    EXPECT_LE(at_one, many.high);
}

TEST(SlowFalseTraces, AreAsManyAsPromisedOnAFlatBackground) {
    expect_promise_kept(BackgroundKind::flat);
}

TEST(SlowFalseTraces, AreAsManyAsPromisedOnAGradient) {
    expect_promise_kept(BackgroundKind::gradient);
}

TEST(SlowFalseTraces, AreAsManyAsPromisedOnWovenCloth) {
    expect_promise_kept(BackgroundKind::woven);
}

TEST(PoissonRange, IsExact) {
    // P(X <= 9; 20) = 0.00500, P(X <= 8; 20) = 0.0021, P(X >= 33; 20) = 0.0047, P(X >= 32) = 0.0081:
    // tables of the Poisson distribution (e.g. Molina 1942).
    EXPECT_EQ(poisson_range(20.0).high, 32U);
    EXPECT_LE(poisson_range(20.0).low, 10U);
    EXPECT_GE(poisson_range(20.0).low, 9U);
    // Mean 2: P(X = 0) = 0.135, P(X >= 7) = 0.0045, P(X >= 6) = 0.0166.
    EXPECT_EQ(poisson_range(2.0).low, 0U);
    EXPECT_EQ(poisson_range(2.0).high, 6U);
    // Beyond exp(-745) too. Normal to the order of skewness: 900 -+ 2.576 * 30 + (2.576^2 - 1) / 6.
    EXPECT_NEAR(static_cast<double>(poisson_range(900.0).low), 823.7, 1.0);
    EXPECT_NEAR(static_cast<double>(poisson_range(900.0).high), 978.2, 1.0);
}

} // namespace
