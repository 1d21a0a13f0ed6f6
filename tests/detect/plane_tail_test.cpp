// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_tail.hpp"

#include "core/random.hpp"
#include "detect/plane_relief.hpp"
#include "detect/plane_skewness.hpp"
#include "tests/detect/plane_picture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace {

using cmq::detect::BrightTail;
using cmq::detect::measure_bright_tail;
using cmq::detect::PlaneMesh;
using cmq::detect::PlaneSurface;
using plane_picture::Picture;

std::vector<double> draw_tail(std::size_t n, double from, double mean, std::uint64_t seed) {
    cmq::Random random{seed, 1, 0};
    std::vector<double> maxima(n);
    for (double& t : maxima) {
        t = from - mean * std::log(1.0 - random.uniform());
    }
    std::sort(maxima.begin(), maxima.end(), std::greater<>{});
    return maxima;
}

// Excesses of a generalised Pareto law: exponential ones, bent.
std::vector<double> bend(std::vector<double> maxima, double from, double scale, double shape) {
    for (double& t : maxima) {
        t = from + scale * std::expm1(shape * (t - from) / scale) / shape;
    }
    return maxima;
}

TEST(BrightTail, SaysTheSameBothWays) {
    BrightTail tail{20.0, 20.0, {}};
    for (double const flattest : {0.0, 0.1}) {
        for (std::size_t i = 0; i < tail.law.size(); ++i) {
            double const part = 1.0 - 0.25 * static_cast<double>(i); // from the flattest to none
            tail.law[i] = {flattest * part, 7.0, 21.0, 4.0};
        }
        for (double const expected : {15.0, 3.0, 1.0, 0.01, 1e-6}) {
            EXPECT_NEAR(
                tail.log_expected(tail.significance_for(expected)), std::log(expected), 1e-10);
        }
    }
    // With more and more maxima behind it the law is the exponential one.
    BrightTail sure{20.0, 1e9, {}};
    sure.law.fill({0.0, 7.0, 1e9, 20.0});
    EXPECT_NEAR(sure.log_expected(55.0), std::log(1e9) - 5.0, 1e-6);
    // Half flat: far out the flat ones are all that is expected.
    sure.law[0].shape = 0.1;
    EXPECT_NEAR(sure.log_expected(20.0 + 7.0 * 100.0),
                std::log(1e9 / 5.0) - std::log1p(0.1 * 100.0) / 0.1,
                1e-6);
}

// Maxima found at or beyond the significance that the picture itself gives, of 400 drawn, by promise.
double found_by_promise(double promise, double shape, int pictures) {
    std::size_t found = 0;
    for (int seed = 0; seed < pictures; ++seed) {
        auto maxima = draw_tail(400, 12.0, 6.0, static_cast<std::uint64_t>(seed));
        if (shape > 0.0) {
            maxima = bend(std::move(maxima), 12.0, 6.0, shape);
        }
        double const bound = measure_bright_tail(maxima, 20, 200, 1e9).significance_for(promise);
        found += static_cast<std::size_t>(
            std::count_if(maxima.begin(), maxima.end(), [bound](double t) { return t >= bound; }));
    }
    return static_cast<double>(found) / (promise * static_cast<double>(pictures));
}

// The mean excess of 20 maxima is known to a fifth, and they are the very ones that are judged; where the
// tail grows flatter (shape 0.1: print, skin), an exponential law would break a promise of a tenth twice over.
TEST(BrightTail, KeepsAPromiseOnAverageThoughItKnowsLittle) {
    for (double const shape : {0.0, 0.05, 0.1}) {
        EXPECT_NEAR(found_by_promise(1.0, shape, 4000), 1.0, 0.1) << shape;  // standard error 0.02
        EXPECT_NEAR(found_by_promise(0.1, shape, 8000), 1.0, 0.25) << shape; // standard error 0.04
    }
}

TEST(BrightTail, JudgesEachMaximumByTheOthersExactly) {
    // No shape (as many deep ones as used ones would be noisy): excesses 1 to 20 have the sum 210; of 20
    // exponential ones as many as 20 (1 - 20 / 210)^19 are so large a share of their sum.
    std::vector<double> maxima;
    for (int i = 20; i >= 0; --i) {
        maxima.push_back(30.0 + i);
    }
    BrightTail const tail = measure_bright_tail(maxima, 20, 20, 1e9);
    EXPECT_EQ(tail.shape(),
              0.0); // evenly spaced: a lighter tail than exponential, which is not believed
    EXPECT_NEAR(std::exp(tail.log_expected(50.0)), 20.0 * std::pow(1.0 - 20.0 / 210.0, 19.0), 1e-9);
    // One more, as strong as all of them together: 20 (1 + 1)^-20.
    EXPECT_NEAR(std::exp(tail.log_expected(240.0)), 20.0 * std::pow(2.0, -20.0), 1e-12);
}

TEST(BrightTail, MeasuresItsShape) {
    for (double const shape : {0.05, 0.15}) {
        double sum = 0.0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            auto const maxima = bend(draw_tail(2000, 12.0, 6.0, seed), 12.0, 6.0, shape);
            sum += measure_bright_tail(maxima, 20, 1999, 1e9).shape() / 200.0;
        }
        EXPECT_NEAR(sum, shape, 0.01); // standard error 0.002
    }
}

TEST(BrightTail, HeedsNoTrace) {
    double without = 0.0;
    double with = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto maxima = draw_tail(400, 12.0, 6.0, seed);
        without += measure_bright_tail(maxima, 20, 150, 40.0).significance_for(1.0);
        for (int i = 0; i < 200; ++i) { // more than are used
            maxima.push_back(200.0 + 30.0 * i);
        }
        std::sort(maxima.begin(), maxima.end(), std::greater<>{});
        with += measure_bright_tail(maxima, 20, 150, 40.0).significance_for(1.0);
    }
    EXPECT_NEAR(with / 50.0, without / 50.0, 1.0); // 12 + 6 ln 400 = 48
    EXPECT_NEAR(without / 50.0, 12.0 + 6.0 * std::log(400.0), 2.0);
}

// Strengths from those of the tail itself on up: some of the weak ones count as tail and raise the bound.
TEST(BrightTail, HeedsFewOfTracesOfAllStrengths) {
    double without = 0.0;
    double with = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto maxima = draw_tail(400, 12.0, 6.0, seed);
        without += measure_bright_tail(maxima, 20, 150, 34.0).significance_for(1.0);
        for (int i = 0; i < 15; ++i) {
            maxima.push_back(42.0 + 8.0 * i);
        }
        std::sort(maxima.begin(), maxima.end(), std::greater<>{});
        with += measure_bright_tail(maxima, 20, 150, 34.0).significance_for(1.0);
    }
    EXPECT_LT(with / 50.0, without / 50.0 + 20.0);
}

TEST(BrightTail, SaysNothingFromFewMaxima) {
    EXPECT_EQ(measure_bright_tail({}, 20, 60, 25.0).used, 0.0);
    EXPECT_EQ(measure_bright_tail({30.0, 25.0, 20.0}, 20, 60, 25.0).used, 0.0);
    EXPECT_EQ(measure_bright_tail(std::vector<double>(50, 20.0), 20, 60, 25.0).used, 0.0);
    EXPECT_EQ(measure_bright_tail(std::vector<double>(50, 30.0), 20, 60, 25.0).used, 0.0);
}

TEST(PlaneSkewness, IsThatOfPhotonsAndReadNoise) {
    // Third cumulant of a Poisson count: its mean; read noise has none. 90 electrons and 9 of variance.
    for (double const electrons : {10.0, 90.0}) {
        Picture const picture =
            plane_picture::make_picture({640, 640}, {electrons, electrons}, {}, 31);
        PlaneMesh const mesh{{640}, {640}};
        auto const background = cmq::detect::measure_plane_background(picture.view(), mesh, {}, 1);
        auto const skewness =
            cmq::detect::measure_plane_skewness(picture.view(), mesh, background, 1);
        ASSERT_EQ(skewness.size(), 100U);
        double const expected = electrons / std::pow(electrons + 9.0, 1.5);
        double mean = 0.0;
        for (double const one : skewness) {
            EXPECT_NEAR(
                one, expected, 0.08); // standard error in the middle 0.014, at a corner 0.022
            mean += one / 100.0;
        }
        EXPECT_NEAR(mean, expected, 0.03); // 0.0075 of chance, some 2 % of cut
        EXPECT_EQ(skewness,
                  cmq::detect::measure_plane_skewness(picture.view(), mesh, background, 2));
    }
}

TEST(PlaneSkewness, HeedsNoTraceAndNoHole) {
    Picture picture = plane_picture::make_picture(
        {640, 640}, {90.0, 90.0}, {{100.0, 100.0, 3000.0}, {200.0, 330.0, 20'000.0, 8.0}}, 32);
    for (std::size_t i = 0; i < 640 * 70; ++i) {
        picture.value[i] = std::numeric_limits<float>::quiet_NaN();
    }
    PlaneMesh const mesh{{640}, {640}};
    auto const background = cmq::detect::measure_plane_background(picture.view(), mesh, {}, 1);
    for (double const one :
         cmq::detect::measure_plane_skewness(picture.view(), mesh, background, 1)) {
        EXPECT_NEAR(one, 90.0 / std::pow(99.0, 1.5), 0.09);
    }
}

TEST(PlaneRelief, IsTheBrightnessByTheLevel) {
    constexpr std::ptrdiff_t side = 128;
    PlaneMesh const mesh{{side}, {side}};
    std::vector<float> values(side * side);
    for (std::ptrdiff_t y = 0; y < side; ++y) {
        for (std::ptrdiff_t x = 0; x < side; ++x) {
            values[static_cast<std::size_t>(y * side + x)] = x < 64 ? 90.0F : 120.0F;
        }
    }
    values[10 * side + 10] = 1e6F;                                    // a trace
    values[20 * side + 20] = std::numeric_limits<float>::quiet_NaN(); // a hole
    PlaneSurface const level{{100.0, 100.0, 100.0, 100.0}, mesh, true};
    std::vector<cmq::detect::PlaneClip> const clip(4, {100.0F, 50.0F, {}});
    cmq::detect::PlaneRelief const relief{{values.data(), {side, side}, side}, mesh, level, clip};
    std::vector<float> row(side);
    for (std::ptrdiff_t const y : {0, 10, 20, 127}) {
        relief.photosites(y, {0, side}, row.data());
        EXPECT_NEAR(row[0], 0.9F, 1e-6F);
        EXPECT_NEAR(row[10], 0.9F, 1e-6F);
        EXPECT_NEAR(row[127], 1.2F, 1e-6F);
        // Middles of the squares beside the edge lie at 55.5 and 71.5.
        EXPECT_NEAR(row[63], 0.9F + 0.3F * 7.5F / 16.0F, 1e-5F);
    }
    // Dark print changes no more than that.
    std::fill(values.begin(), values.end(), 1.0F);
    std::vector<cmq::detect::PlaneClip> const wide(4, {100.0F, 500.0F, {}});
    cmq::detect::PlaneRelief const dark{{values.data(), {side, side}, side}, mesh, level, wide};
    dark.photosites(5, {0, side}, row.data());
    EXPECT_EQ(row[50], 0.8F);
}

} // namespace
