// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/prior_points.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::lab;

// A lattice of 256 points, folded in the middle.
TEST(PriorPoint, HasTwoPointsInEachCellOfEveryCoordinate) {
    for (std::size_t const coordinate : {0U, 1U, 17U, 63U}) {
        for (std::uint64_t const lattice : {0U, 31U}) {
            std::vector<int> counts(128, 0);
            for (std::uint64_t i = 0; i < 256; ++i) {
                double const x = prior_point(3, i * lattices + lattice, coordinate);
                EXPECT_GT(x, 0.0);
                EXPECT_LT(x, 1.0);
                ++counts[static_cast<std::size_t>(128.0 * x)];
            }
            EXPECT_EQ(counts, std::vector<int>(128, 2));
        }
    }
}

// At its two ends a parameter's law jumps from one quantile to the other; a folded lattice does not see it.
TEST(PriorPoint, IntegratesALineExactly) {
    for (std::size_t const coordinate : {0U, 5U, 40U}) {
        double sum = 0.0;
        for (std::uint64_t i = 0; i < 512; ++i) {
            sum += prior_point(9, i * lattices + 4, coordinate);
        }
        EXPECT_NEAR(sum / 512.0, 0.5, 1.0 / (512.0 * 512.0));
    }
}

TEST(PriorPoint, IsUniformOverSeeds) {
    std::vector<int> counts(10, 0);
    for (std::uint64_t seed = 0; seed < 10000; ++seed) {
        ++counts[static_cast<std::size_t>(10.0 * prior_point(seed, 12345, 7))];
    }
    double chi2 = 0.0;
    for (int const count : counts) {
        chi2 += (count - 1000.0) * (count - 1000.0) / 1000.0;
    }
    EXPECT_LT(chi2, 27.9); // 0.1 % of nine degrees of freedom
}

TEST(PriorPoint, GoesOnWithANewShift) {
    std::uint64_t const round = std::uint64_t{1} << 14U;
    double const first = prior_point(1, 5, 2);
    double const again = prior_point(1, 5 + lattices * round, 2);
    EXPECT_NE(first, again);
}

// A product over coordinates with known integral 1. Its main effects are all but gone on a lattice.
double smooth(std::vector<double> const& x) {
    double product = 1.0;
    for (double const each : x) {
        product *= 1.0 + 0.5 * (std::numbers::e_v<double> / (std::numbers::e_v<double> - 1.0) *
                                    std::exp(-each) -
                                1.0);
    }
    return product;
}

struct Measured {
    double mean = 0.0;
    double se = 0.0;
};

template <class Point>
Measured integrate(std::size_t draws, Point const& point) {
    std::vector<double> means(lattices, 0.0);
    for (std::size_t i = 0; i < draws; ++i) {
        std::vector<double> x(12);
        for (std::size_t c = 0; c < x.size(); ++c) {
            x[c] = point(i, c);
        }
        means[i % lattices] +=
            smooth(x) * static_cast<double>(lattices) / static_cast<double>(draws);
    }
    Measured result;
    for (double const mean : means) {
        result.mean += mean / lattices;
    }
    for (double const mean : means) {
        result.se += (mean - result.mean) * (mean - result.mean);
    }
    result.se = std::sqrt(result.se / (lattices * (lattices - 1.0)));
    return result;
}

TEST(PriorPoint, IsCloserThanIndependentDrawsAndSaysHowClose) {
    double squares = 0.0;
    double lattice_se = 0.0;
    double independent_se = 0.0;
    constexpr int seeds = 60;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        auto const lattice =
            integrate(2048, [&](std::size_t i, std::size_t c) { return prior_point(seed, i, c); });
        auto const independent = integrate(2048, [&](std::size_t i, std::size_t c) {
            return Random{seed, static_cast<std::uint32_t>(c), i}.uniform();
        });
        double const z = (lattice.mean - 1.0) / lattice.se;
        squares += z * z;
        lattice_se += lattice.se / seeds;
        independent_se += independent.se / seeds;
    }
    EXPECT_LT(lattice_se, independent_se / 3.0);
    // Student's t with 31 degrees of freedom: variance 31/29; 60 of them, three standard deviations.
    EXPECT_NEAR(squares / seeds, 31.0 / 29.0, 3.0 * std::sqrt(2.2 / seeds) * 31.0 / 29.0);
}

} // namespace
