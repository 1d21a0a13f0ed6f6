// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/student_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::capture;

TEST(StudentFactor, IsThatOfTheTables) {
    // Abramowitz and Stegun, table 26.10, A = 0.95 and 0.99.
    EXPECT_NEAR(student_factor(1), 12.706, 5e-4);
    EXPECT_NEAR(student_factor(2), 4.303, 5e-4);
    EXPECT_NEAR(student_factor(5), 2.571, 5e-4);
    EXPECT_NEAR(student_factor(10), 2.228, 5e-4);
    EXPECT_NEAR(student_factor(15), 2.131, 5e-4);
    EXPECT_NEAR(student_factor(60), 2.000, 5e-4);
    EXPECT_NEAR(student_factor(1, 0.01), 63.657, 5e-3);
    EXPECT_NEAR(student_factor(4, 0.01), 4.604, 5e-4);
    EXPECT_NEAR(student_factor(30, 0.01), 2.750, 5e-4);
}

TEST(MeasuredRoot, KeepsWithinZeroAndAboutItsValue) {
    Measured const clear = measured_root(4.0, 0.04, 2.0);
    EXPECT_DOUBLE_EQ(clear.value, 2.0);
    EXPECT_DOUBLE_EQ(clear.sigma, 0.01);             // sigma / (2 root)
    EXPECT_NEAR(clear.low * clear.high, 4.0, 1e-12); // even on the scale of logarithms
    EXPECT_NEAR(clear.high, 2.0 * std::exp(0.01), 1e-12);

    Measured const faint = measured_root(-0.5, 1.0, 2.0);
    EXPECT_EQ(faint.value, 0.0);
    EXPECT_EQ(faint.low, 0.0);
    EXPECT_DOUBLE_EQ(faint.high, std::sqrt(1.5));

    Measured const below = measured_root(-3.0, 1.0, 2.0);
    EXPECT_EQ(below.high, 0.0);
}

} // namespace
