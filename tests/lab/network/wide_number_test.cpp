// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/wide_number.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::lab::WideNumber;

TEST(WideNumber, CountsAsDoublesDo) {
    cmq::Random random{1, 0, 0};
    for (int i = 0; i < 10000; ++i) {
        double const a = std::exp(20.0 * random.normal());
        double const b = std::exp(20.0 * random.normal());
        WideNumber product{a};
        product *= WideNumber{b};
        EXPECT_EQ(static_cast<double>(product), a * b);
        WideNumber sum{a};
        sum += WideNumber{b};
        EXPECT_EQ(static_cast<double>(sum), a + b);
        EXPECT_EQ(static_cast<double>(WideNumber{a} / WideNumber{b}), a / b);
        EXPECT_NEAR(
            product.log(), std::log(a) + std::log(b), 1e-13 * (1.0 + std::abs(product.log())));
    }
}

TEST(WideNumber, GoesWhereDoublesEnd) {
    WideNumber tiny{1e-300};
    for (int i = 0; i < 1000; ++i) {
        tiny *= WideNumber{1e-300};
    }
    EXPECT_NEAR(tiny.log(), -300300.0 * std::log(10.0), 1e-8);
    EXPECT_TRUE(tiny.positive());
    EXPECT_EQ(static_cast<double>(tiny), 0.0);
    EXPECT_EQ(static_cast<double>(tiny / tiny), 1.0);
    WideNumber one{1.0};
    one += tiny;
    EXPECT_EQ(static_cast<double>(one), 1.0);
}

TEST(WideNumber, KnowsZero) {
    WideNumber zero{0.0};
    EXPECT_FALSE(zero.positive());
    zero *= WideNumber{5.0};
    EXPECT_FALSE(zero.positive());
    zero += WideNumber{};
    EXPECT_FALSE(zero.positive());
    zero += WideNumber{3.0};
    EXPECT_EQ(static_cast<double>(zero), 3.0);
}

} // namespace
