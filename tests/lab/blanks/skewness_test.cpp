// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/skewness.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace {

using namespace cmq::lab;

// Mean 2, second moment 1.2 (0,1,1,2,2,2,2,3,3,4 is even about 2): none; and a closed form for one outlier:
// n - 1 zeros and a one have skewness (n - 2) / sqrt(n - 1).
TEST(MeasureSkewness, HasItsClosedForms) {
    EXPECT_NEAR(
        measure_skewness(std::array{0.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 4.0}).value,
        0,
        1e-12);
    std::vector<double> one(12, 0.0);
    one[5] = 1;
    auto const found = measure_skewness(one);
    EXPECT_NEAR(found.value, 10 / std::sqrt(11.0), 1e-12);
    EXPECT_EQ(found.verdict, Lean::right);
}

TEST(MeasureSkewness, MirrorsAndScales) {
    std::vector<double> const values{1, 2, 2, 3, 3, 4, 30, 2, 3};
    std::vector<double> mirrored;
    for (double const value : values) {
        mirrored.push_back(-7 * value + 3);
    }
    auto const plain = measure_skewness(values);
    auto const other = measure_skewness(mirrored);
    EXPECT_NEAR(plain.value, -other.value, 1e-12);
    EXPECT_NEAR(plain.z, -other.z, 1e-12);
    EXPECT_EQ(plain.verdict, Lean::right);
    EXPECT_EQ(other.verdict, Lean::left);
}

TEST(MeasureSkewness, CannotTellWithFewerThanEightOrEqualValues) {
    EXPECT_EQ(measure_skewness(std::array{0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0}).verdict,
              Lean::cannot_tell);
    EXPECT_EQ(measure_skewness(std::vector<double>(20, 3.0)).verdict, Lean::cannot_tell);
}

double share_named(std::size_t n, bool log_normal) {
    constexpr int trials = 20'000;
    int named = 0;
    std::vector<double> values(n);
    for (int i = 0; i < trials; ++i) {
        cmq::Random random{12, 5, static_cast<std::uint64_t>(i)};
        for (double& value : values) {
            value = log_normal ? std::exp(random.normal()) : random.normal();
        }
        auto const verdict = measure_skewness(values).verdict;
        named += verdict == Lean::right || verdict == Lean::left ? 1 : 0;
    }
    return static_cast<double>(named) / trials;
}

// Binomial standard error 0.15 %: five of them, and half a percent for the approximation at n = 8.
TEST(MeasureSkewness, NamesOneNormalSampleInTwenty) {
    for (std::size_t const n : {8U, 20U, 60U}) {
        EXPECT_NEAR(share_named(n, false), 0.05, 0.0125) << n;
    }
}

// Lognormal with a standard deviation of 1 in logs has a skewness of 6.2; twenty values show it more often than not.
TEST(MeasureSkewness, NamesLogNormalBlanks) {
    EXPECT_GT(share_named(20, true), 0.7);
}

} // namespace
