// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/log_sum.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace {

constexpr double minus_infinity = -std::numeric_limits<double>::infinity();

TEST(LogSum, AddsNumbersFarBelowTheSmallestDouble) {
    // ln(e^-2000 + e^-2000) = -2000 + ln 2
    EXPECT_DOUBLE_EQ(cmq::log_add(-2000.0, -2000.0), -2000.0 + std::log(2.0));
    EXPECT_DOUBLE_EQ(cmq::log_add(2000.0, 2000.0), 2000.0 + std::log(2.0));
}

TEST(LogSum, OfNothingAndOfZerosIsZero) {
    EXPECT_EQ(cmq::log_sum({}), minus_infinity);
    EXPECT_EQ(cmq::log_sum(std::array{minus_infinity, minus_infinity}), minus_infinity);
    EXPECT_EQ(cmq::log_add(minus_infinity, 1.5), 1.5);
}

TEST(LogSum, AgreesWithTheGeometricSeries) {
    std::vector<double> terms;
    for (int i = 1; i <= 60; ++i) {
        terms.push_back(-i * std::log(2.0));
    }
    EXPECT_NEAR(cmq::log_sum(terms), 0.0, 1e-15); // 1/2 + 1/4 + ... = 1
}

TEST(LogSum, PassesNanOn) {
    EXPECT_TRUE(std::isnan(cmq::log_add(0.0, std::nan(""))));
}

} // namespace
