// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/exp_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

using namespace cmq;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> exp_of(std::vector<double> x) {
    exp_each(x);
    return x;
}

std::vector<double> log_of(std::vector<double> x) {
    log_each(x);
    return x;
}

/// From `first`, so many numbers with an irrational step: every remainder of ln 2 occurs.
std::vector<double> sweep(double first, double last, std::size_t count) {
    std::vector<double> x;
    for (std::size_t i = 0; i < count; ++i) {
        double const place = std::fmod(static_cast<double>(i) * 0.6180339887498949, 1.0);
        x.push_back(first + (last - first) * place);
    }
    return x;
}

TEST(ExpEach, IsTheExponentialToTheLastDigit) {
    double worst = 0.0;
    for (auto const& x : {sweep(-708.0, 709.0, 400'000), sweep(-1.0, 1.0, 100'000)}) {
        std::vector<double> const y = exp_of(x);
        for (std::size_t i = 0; i < x.size(); ++i) {
            long double const exact = std::exp(static_cast<long double>(x[i]));
            worst = std::max(worst, static_cast<double>(std::abs(y[i] / exact - 1.0L)));
        }
    }
    EXPECT_LT(worst, 3e-16);
}

TEST(ExpEach, EndsWhereDoublesEnd) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    auto const y = exp_of({0.0, -708.5, -infinity, 709.5, infinity, nan, -0.0, -1e300});
    EXPECT_EQ(y[0], 1.0);
    EXPECT_EQ(y[1], 0.0);
    EXPECT_EQ(y[2], 0.0);
    EXPECT_EQ(y[3], infinity);
    EXPECT_EQ(y[4], infinity);
    EXPECT_TRUE(std::isnan(y[5]));
    EXPECT_EQ(y[6], 1.0);
    EXPECT_EQ(y[7], 0.0);
}

// What a number becomes must not depend on its place, nor on how many stand beside it.
TEST(ExpEach, HasTheSameBitsAlone) {
    std::vector<double> const x = sweep(-60.0, 3.0, 37);
    std::vector<double> const y = exp_of(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_EQ(std::bit_cast<std::uint64_t>(exp_of({x[i]})[0]),
                  std::bit_cast<std::uint64_t>(y[i]));
        EXPECT_EQ(log_of({y[i]})[0], log_of(y)[i]);
    }
}

TEST(LogEach, IsTheLogarithmToTheLastDigit) {
    double worst = 0.0;
    std::vector<double> x = sweep(0.5, 2.0, 200'000); // where it changes its sign
    std::vector<double> const wide = exp_of(sweep(-708.0, 709.0, 200'000));
    x.insert(x.end(), wide.begin(), wide.end());
    std::vector<double> const y = log_of(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
        long double const exact = std::log(static_cast<long double>(x[i]));
        long double const unit = std::max(1.0L, std::abs(exact));
        worst = std::max(worst, static_cast<double>(std::abs(y[i] - exact) / unit));
    }
    EXPECT_LT(worst, 3e-16);
}

TEST(LogEach, OfPowersOfTwo) {
    auto const y = log_of(
        {1.0, 2.0, 0.25, std::numeric_limits<double>::min(), std::numeric_limits<double>::max()});
    EXPECT_EQ(y[0], 0.0);
    EXPECT_DOUBLE_EQ(y[1], std::log(2.0));
    EXPECT_DOUBLE_EQ(y[2], std::log(0.25));
    EXPECT_DOUBLE_EQ(y[3], std::log(std::numeric_limits<double>::min()));
    EXPECT_DOUBLE_EQ(y[4], std::log(std::numeric_limits<double>::max()));
}

TEST(Sums, OfIntegersAreExact) {
    std::vector<double> x;
    std::vector<double> y;
    EXPECT_EQ(sum_of(x), 0.0);
    for (int n = 1; n <= 103; ++n) { // n (n + 1) / 2, and n (n + 1) (2n + 1) / 6
        x.push_back(n);
        y.push_back(n);
        EXPECT_EQ(sum_of(x), n * (n + 1) / 2);
        EXPECT_EQ(sum_of_products(x, y), n * (n + 1) * (2 * n + 1) / 6);
    }
}

} // namespace
