// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/measure_levels.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr std::uint32_t white = 4095;

// A border of the given levels, with noise of sd 5 and a shift of sd 1 common to each row.
std::vector<std::uint16_t> border(Shape shape, PerPlane<double> const& level, double row_sd) {
    std::vector<std::uint16_t> raw;
    Cfa const cfa;
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        Random random{5, 6, static_cast<std::uint64_t>(y)};
        double const shift = row_sd * random.normal();
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            double const mean = level[static_cast<std::size_t>(cfa.at(y, x))];
            raw.push_back(
                static_cast<std::uint16_t>(std::round(mean + shift + 5 * random.normal())));
        }
    }
    return raw;
}

TEST(MeasureBlack, FindsTheLevelOfEachPlaneAndItsUncertainty) {
    Shape const shape{1000, 40};
    PerPlane<double> const level{127.3, 128.6, 126.9, 129.4};
    auto raw = border(shape, level, 1.0);
    raw[50 * 40 + 7] = 4000; // a hot photosite sits in the border too
    std::array<Area, 1> const areas{{{0, 0, 1000, 40}}};
    auto const black = measure_black({raw.data(), shape, 40}, {}, areas);
    for (std::size_t p = 0; p < plane_count; ++p) {
        // 500 rows of 20 photosites: row means have sd sqrt(1 + 25 / 20) = 1.5, so 0.067 for the level; known to 3 %.
        EXPECT_NEAR(black.mean_dn[p], level[p], 4 * 0.067);
        EXPECT_NEAR(black.sigma_dn[p], 0.067, 4 * 0.03 * 0.067);
        // sqrt(25 + 1 + 1/12) = 5.11; 10 000 values, and 500 row shifts: known to 1 %.
        EXPECT_NEAR(black.sd_dn[p], 5.11, 0.2);
        EXPECT_GE(black.photosites[p], 9999U);
    }
}

TEST(MeasureBlack, CutsAreasToTheSensorAndTakesNoneForNoAnswer) {
    Shape const shape{10, 10};
    std::vector<std::uint16_t> const raw(100, 50);
    std::array<Area, 2> const areas{{{-5, 8, 99, 99}, {4, 4, 4, 9}}};
    auto const black = measure_black({raw.data(), shape, 10}, {}, areas);
    EXPECT_EQ(black.photosites, (PerPlane<std::size_t>{5, 5, 5, 5}));
    EXPECT_EQ(black.mean_dn[0], 50.0);
    EXPECT_EQ(measure_black({raw.data(), shape, 10}, {}, {}).photosites[0], 0U);
}

TEST(CountValues, CountsEachPhotositeOnceInItsPlane) {
    Shape const shape{6, 8};
    std::vector<std::uint16_t> raw(48);
    Cfa const cfa = make_cfa("GBRG");
    for (std::ptrdiff_t y = 0; y < 6; ++y) {
        for (std::ptrdiff_t x = 0; x < 8; ++x) {
            raw[static_cast<std::size_t>(8 * y + x)] =
                static_cast<std::uint16_t>(10 + static_cast<int>(cfa.at(y, x)));
        }
    }
    auto const counts = count_values({raw.data(), shape, 8}, {1, 1, 5, 7}, cfa, 2);
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_EQ(counts[p][10 + p], 6U); // 4 x 6 photosites, a quarter each
    }
}

// Falls off towards the top as a picture's lights do.
Histogram lights(std::size_t top) {
    Histogram histogram(65536);
    for (std::size_t value = 100; value <= top; ++value) {
        histogram[value] =
            static_cast<std::uint32_t>(2000 * std::exp(-static_cast<double>(value) / 700)) + 3;
    }
    return histogram;
}

TEST(FindSaturation, IsTheWhiteLevelWhereNothingPilesUp) {
    EXPECT_EQ(find_saturation(lights(3000), white), white);
    EXPECT_EQ(find_saturation(lights(4095), white), white);
    EXPECT_EQ(find_saturation(Histogram(65536), white), white);
}

TEST(FindSaturation, FindsADigitalClipBelowWhite) {
    auto histogram = lights(3500);
    histogram[3500] = 200;
    EXPECT_EQ(find_saturation(histogram, white), 3500U);
}

// A full well at 3815 blurred by read noise of 8 DN: below 3815 - 3 x 8 there is next to nothing of it.
TEST(FindSaturation, FindsTheFootOfABlurredHeap) {
    auto histogram = lights(3800);
    for (int value = 3770; value < 3870; ++value) {
        double const z = (value - 3815) / 8.0;
        histogram[static_cast<std::size_t>(value)] +=
            static_cast<std::uint32_t>(15000 / (8 * 2.507) * std::exp(-z * z / 2));
    }
    auto const level = find_saturation(histogram, white);
    EXPECT_LE(level, 3815U - 16U);
    EXPECT_GE(level, 3815U - 24U - 2U * 15U);
}

// Dark ground and few droplets, some of them full: no continuum to compare with.
TEST(FindSaturation, FindsAHeapAboveADarkPicture) {
    Histogram histogram(65536);
    for (std::size_t value = 120; value < 200; ++value) {
        histogram[value] = 9000;
    }
    for (std::size_t value = 200; value < 3800; value += 50) {
        histogram[value] = 1;
    }
    for (int value = 3790; value < 3840; ++value) {
        histogram[static_cast<std::size_t>(value)] += 6;
    }
    auto const level = find_saturation(histogram, white);
    EXPECT_LE(level, 3790U);
    EXPECT_GE(level, 3740U);
}

// An evenly lit flat of 3600 +- 30 DN is a heap of its own, and not saturated.
TEST(FindSaturation, LeavesAnEvenFlatAlone) {
    Histogram histogram(65536);
    for (int value = 3450; value < 3750; ++value) {
        double const z = (value - 3600) / 30.0;
        histogram[static_cast<std::size_t>(value)] =
            static_cast<std::uint32_t>(1e6 / (30 * 2.507) * std::exp(-z * z / 2));
    }
    EXPECT_EQ(find_saturation(histogram, white), white);
}

} // namespace
