// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/critical_value.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace {

using cmq::lab::measure_critical_value;
using cmq::lab::student_t_quantile;

// Printed tables of Student's t (for example NIST/SEMATECH e-Handbook, 1.3.6.7.2), three decimals.
TEST(StudentTQuantile, AgreesWithPrintedTables) {
    EXPECT_NEAR(student_t_quantile(0.95, 1), 6.314, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.95, 2), 2.920, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.95, 3), 2.353, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.95, 10), 1.812, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.975, 5), 2.571, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.99, 30), 2.457, 5e-4);
    EXPECT_NEAR(student_t_quantile(0.999, 7), 4.785, 5e-4);
}

TEST(StudentTQuantile, MatchesTheClosedFormsOfOneAndTwoDegrees) {
    double const p = 0.93;
    EXPECT_NEAR(student_t_quantile(p, 1), std::tan(3.14159265358979323846 * (p - 0.5)), 1e-9);
    double const a = 2.0 * p - 1.0;
    EXPECT_NEAR(student_t_quantile(p, 2), a * std::sqrt(2.0 / (1.0 - a * a)), 1e-9);
    EXPECT_NEAR(student_t_quantile(0.5, 4), 0.0, 1e-9);
}

TEST(MeasureCriticalValue, FollowsTheFormula) {
    // mean 2, sd 1, n 3: 2 + 2.920 * sqrt(4/3)
    auto const found = measure_critical_value(std::array{1.0, 2.0, 3.0});
    EXPECT_NEAR(found.value, 2.0 + 2.919986 * std::sqrt(4.0 / 3.0), 1e-5);
    EXPECT_DOUBLE_EQ(found.blank_mean, 2.0);
    EXPECT_DOUBLE_EQ(found.blank_sd, 1.0);
    EXPECT_EQ(found.blanks, 3U);
}

TEST(MeasureCriticalValue, MovesWithUnitAndOrigin) {
    double const plain = measure_critical_value(std::array{1.0, 4.0, 2.5, 3.0}).value;
    double const moved =
        measure_critical_value(std::array{17.0, 47.0, 32.0, 37.0}).value; // 10 x + 7
    EXPECT_NEAR(moved, 10.0 * plain + 7.0, 1e-9);
}

TEST(MeasureCriticalValue, IsExceededByAFurtherBlankAsOftenAsItSays) {
    constexpr int trials = 20'000;
    int exceeded = 0;
    cmq::Random random{5, 0, 0};
    for (int i = 0; i < trials; ++i) {
        std::vector<double> blanks(4);
        for (double& blank : blanks) {
            blank = random.normal();
        }
        exceeded += random.normal() > measure_critical_value(blanks).value ? 1 : 0;
    }
    // Binomial standard error at 5 %: 0.0015; five of them.
    EXPECT_NEAR(static_cast<double>(exceeded) / trials, 0.05, 0.0077);
}

cmq::ErrorKind kind_of(std::vector<double> const& blanks, double alpha) {
    try {
        static_cast<void>(measure_critical_value(blanks, alpha));
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

TEST(MeasureCriticalValue, RefusesFewerThanTwoBlanks) {
    EXPECT_EQ(kind_of({}, 0.05), cmq::ErrorKind::insufficient);
    EXPECT_EQ(kind_of({1.0}, 0.05), cmq::ErrorKind::insufficient);
}

TEST(MeasureCriticalValue, RefusesWhatIsNoNumberOrNoChance) {
    EXPECT_EQ(kind_of({1.0, std::nan("")}, 0.05), cmq::ErrorKind::domain);
    EXPECT_EQ(kind_of({1.0, 2.0}, 0.9), cmq::ErrorKind::domain);
    EXPECT_EQ(kind_of({1.0, 2.0}, std::nan("")), cmq::ErrorKind::domain);
}

} // namespace
