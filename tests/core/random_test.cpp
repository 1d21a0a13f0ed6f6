// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace {

using cmq::Random;

constexpr int draws = 200'000;

struct Moments {
    double mean;
    double variance;
};

Moments sample(std::function<double(Random&)> const& draw) {
    Random random{7, 1, 0};
    double sum = 0.0;
    double squares = 0.0;
    for (int i = 0; i < draws; ++i) {
        double const x = draw(random);
        sum += x;
        squares += x * x;
    }
    double const mean = sum / draws;
    return {mean, squares / draws - mean * mean};
}

// Five standard errors of the mean, so that a right generator fails once in two million runs; the
// seed is fixed, so it never does.
void expect_moments(Moments found, double mean, double variance) {
    EXPECT_NEAR(found.mean, mean, 5.0 * std::sqrt(variance / draws));
    EXPECT_NEAR(found.variance, variance, 0.05 * variance);
}

TEST(Random, GivesTheSameBitsForTheSameName) {
    Random a{42, 3, 17};
    Random b{42, 3, 17};
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(a.bits64(), b.bits64());
    }
}

TEST(Random, DiffersWhenAnyPartOfTheNameDiffers) {
    auto const first = Random{42, 3, 17}.bits64();
    EXPECT_NE(first, (Random{43, 3, 17}.bits64()));
    EXPECT_NE(first, (Random{42, 4, 17}.bits64()));
    EXPECT_NE(first, (Random{42, 3, 18}.bits64()));
    EXPECT_NE(first, (Random{42, 3, 17ULL + (1ULL << 40U)}.bits64()));
}

TEST(Random, MatchesThePublishedKnownAnswer) {
    // Random123 kat_vectors: philox4x32 10 rounds, counter 0, key 0 -> 6627e8d5 e169c58d bc57ac4c 9b00dbd8
    Random random{0, 0, 0};
    EXPECT_EQ(random.bits32(), 0x6627e8d5U);
    EXPECT_EQ(random.bits32(), 0xe169c58dU);
    EXPECT_EQ(random.bits32(), 0xbc57ac4cU);
    EXPECT_EQ(random.bits32(), 0x9b00dbd8U);
}

TEST(Random, UniformStaysInsideTheOpenInterval) {
    expect_moments(sample([](Random& r) { return r.uniform(); }), 0.5, 1.0 / 12.0);
}

TEST(Random, NormalHasMeanZeroAndVarianceOne) {
    expect_moments(sample([](Random& r) { return r.normal(); }), 0.0, 1.0);
}

TEST(Random, GammaHasMeanAndVarianceEqualToItsShape) {
    for (double const shape : {0.3, 1.0, 7.5}) {
        expect_moments(sample([=](Random& r) { return r.gamma(shape); }), shape, shape);
    }
}

TEST(Random, BetaHasItsMoments) {
    double const a = 0.61;
    double const b = 2.05;
    expect_moments(sample([=](Random& r) { return r.beta(a, b); }),
                   a / (a + b),
                   a * b / ((a + b) * (a + b) * (a + b + 1.0)));
}

TEST(Random, PoissonHasMeanAndVarianceEqualOnBothSidesOfTheSwitch) {
    for (double const mean : {0.2, 9.9, 10.1, 500.0}) {
        expect_moments(
            sample([=](Random& r) { return static_cast<double>(r.poisson(mean)); }), mean, mean);
    }
}

TEST(Random, PoissonMatchesItsProbabilitiesAboveTheSwitch) {
    // Pearson's chi-square over the 41 values 0..40 at mean 15; 99.99 % point of chi-square(40) is 80.1 (tables).
    std::vector<double> counts(41, 0.0);
    Random random{11, 0, 0};
    for (int i = 0; i < draws; ++i) {
        auto const k = random.poisson(15.0);
        counts[std::min<std::size_t>(k, 40)] += 1.0;
    }
    double chi2 = 0.0;
    double tail = draws;
    for (std::size_t k = 0; k < 40; ++k) {
        double const x = static_cast<double>(k);
        double const expected = draws * std::exp(x * std::log(15.0) - 15.0 - std::lgamma(x + 1.0));
        tail -= expected;
        chi2 += (counts[k] - expected) * (counts[k] - expected) / expected;
    }
    EXPECT_LT(chi2, 80.1);
    EXPECT_NEAR(counts[40], tail, 5.0 * std::sqrt(tail + 1.0));
}

TEST(Random, CategoricalFollowsItsWeights) {
    std::array<double, 4> const weights{0.0, 1.0, 0.0, 3.0};
    Moments const found =
        sample([&](Random& r) { return r.categorical(weights) == 3 ? 1.0 : 0.0; });
    expect_moments(found, 0.75, 0.75 * 0.25);
}

} // namespace
