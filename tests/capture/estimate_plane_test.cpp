// SPDX-License-Identifier: GPL-3.0-or-later

// Sums put together by hand, so that every number has a closed form. How the intervals hold the truth is for
// measure_profile_test.cpp, which simulates frames.

#include "capture/estimate_plane.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr std::size_t bands = 8;
constexpr double rows_a_band = 20;
constexpr double photosites_a_row = 100;

struct Truth {
    double gain = 0.5;
    double dark_variance = 9;   // within rows
    double row_variance = 0.64; // of the shift of a row
    double dark_dn = 2.5;
    double dsnu = 0.75;
    double prnu = 0.01;
    double scale = 1; // of every DN
};

// One band: variance `within`, mean `signal`, and rows that shift by variance `row`.
ContrastSums band_of(double within, double signal, double row) {
    double const photosites = rows_a_band * photosites_a_row;
    double const all_rows = rows_a_band * bands;
    // A row's mean scatters by its shift and by its photosites' noise, about a mean of all rows.
    double const mean_square = (row + within / photosites_a_row) * (all_rows - 1) / all_rows;
    return {.within_squares = within * (photosites - rows_a_band),
            .within_degrees = photosites - rows_a_band,
            .row_squares = mean_square * rows_a_band,
            .rows = rows_a_band,
            .row_share = rows_a_band / photosites_a_row,
            .signal = signal * photosites,
            .photosites = photosites};
}

LevelSums level_of(Truth const& truth, double signal_dn, double exposure_s) {
    double const c = truth.scale;
    LevelSums level;
    level.bands.assign(bands,
                       band_of(c * c * (truth.dark_variance + truth.gain * signal_dn),
                               c * (truth.dark_dn + signal_dn),
                               0));
    level.means_dn.assign(2, c * (truth.dark_dn + signal_dn));
    level.exposure_s = exposure_s;
    level.in_gain = level.in_flat = true;
    return level;
}

constexpr double unit_dn = 2 * (1000 + 2000 + 4000); // two frames each

PlaneSums sums_of(Truth const& truth) {
    double const c = truth.scale;
    PlaneSums sums;
    ContrastSums const dark =
        band_of(c * c * truth.dark_variance, c * truth.dark_dn, c * c * truth.row_variance);
    double const all_rows = rows_a_band * bands;
    sums.dark.assign(bands, dark);
    sums.dark_frames = 4;
    sums.rows = static_cast<std::size_t>(all_rows);
    for (double const signal : {1000.0, 2000.0, 4000.0}) {
        sums.levels.push_back(level_of(truth, signal, signal / 1000));
    }
    sums.stated_saturation_dn = 16'000 * c;
    double const degrees = residual_degrees * 40;
    double const dark_noise =
        (truth.dark_variance + row_share_in_residual * truth.row_variance) / 4;
    ResidualSums dark_map;
    dark_map.squares = c * c * (truth.dsnu * truth.dsnu + dark_noise) * degrees;
    dark_map.degrees = degrees;
    sums.dark_map.assign(bands, dark_map);
    // The flat map is a sum of six frames less six times the mean of four darks, over its mean.
    double const light = truth.gain / unit_dn;
    double const dark_sum = (truth.dark_variance + row_share_in_residual * truth.row_variance) *
                            (6.0 + 36.0 / 4.0) / (unit_dn * unit_dn);
    ResidualSums flat_map;
    flat_map.squares = (truth.prnu * truth.prnu + light + dark_sum) * degrees;
    flat_map.degrees = flat_map.levels = flat_map.level_squares = degrees;
    sums.flat_map.assign(bands, flat_map);
    return sums;
}

TEST(EstimatePlane, GivesBackTheNumbersOfSumsWithoutScatter) {
    Truth const truth;
    auto const found = estimate_plane(sums_of(truth));
    ASSERT_TRUE(found);
    PlaneProfile const& plane = found->profile;
    EXPECT_NEAR(plane.gain_dn.value, 0.5, 1e-9);
    EXPECT_NEAR(plane.gain_dn.sigma, 0, 1e-9); // no band differs from another
    double const temporal2 = 9 + 0.64;
    EXPECT_NEAR(plane.temporal_dark_dn.value, std::sqrt(temporal2), 1e-9);
    // Rounding adds 1/12 of a step squared (W. F. Sheppard, 1898), but for 1e-8 at such noise.
    EXPECT_NEAR(plane.read_noise_dn.value, std::sqrt(temporal2 - 1.0 / 12), 1e-6);
    EXPECT_NEAR(plane.dark_signal_dn.value, 2.5, 1e-9);
    EXPECT_NEAR(plane.row_noise_dn.value, 0.8, 1e-6);
    EXPECT_NEAR(plane.dsnu_dn.value, 0.75, 1e-6);
    EXPECT_NEAR(plane.prnu.value, 0.01, 1e-9);
    EXPECT_NEAR(found->dark_sigma_dn, std::sqrt(temporal2 / 4), 1e-9);
    double const light = 0.5 / unit_dn;
    double const dark = temporal2 * (6.0 + 36.0 / 4.0) / (unit_dn * unit_dn);
    EXPECT_NEAR(found->flat_sigma, std::sqrt(light + dark), 1e-9);
    EXPECT_EQ(flat_sigma_of(sums_of(truth)), found->flat_sigma);
    EXPECT_FALSE(found->rounding_hides_noise);
    for (Measured const& one : {plane.gain_dn,
                                plane.read_noise_dn,
                                plane.temporal_dark_dn,
                                plane.dark_signal_dn,
                                plane.row_noise_dn,
                                plane.dsnu_dn,
                                plane.prnu}) {
        EXPECT_LE(one.low, one.value);
        EXPECT_GE(one.high, one.value);
    }
}

// Numbers in another unit: gain and noise go with it, relative numbers stay.
TEST(EstimatePlane, ScalesWithTheNumbers) {
    auto const one = estimate_plane(sums_of({}));
    auto const four = estimate_plane(sums_of({.scale = 4}));
    ASSERT_TRUE(one && four);
    EXPECT_NEAR(four->profile.gain_dn.value, 4 * one->profile.gain_dn.value, 1e-9);
    EXPECT_NEAR(four->profile.dark_signal_dn.value, 4 * one->profile.dark_signal_dn.value, 1e-9);
    EXPECT_NEAR(
        four->profile.temporal_dark_dn.value, 4 * one->profile.temporal_dark_dn.value, 1e-9);
    EXPECT_NEAR(four->profile.prnu.value, one->profile.prnu.value, 1e-9);
    EXPECT_NEAR(four->flat_sigma, one->flat_sigma, 1e-12);
}

// Leaving out one of two kinds of bands moves the dark level: with values +-1 about it, half each, the jackknife's
// standard uncertainty is that of their mean, sqrt(sum of squares / (n (n - 1))).
TEST(EstimatePlane, TakesUncertaintyFromTheSpreadOfBands) {
    PlaneSums sums = sums_of({});
    for (std::size_t i = 0; i < bands; ++i) {
        sums.dark[i].signal += (i % 2 == 0 ? 1 : -1) * sums.dark[i].photosites;
    }
    auto const found = estimate_plane(sums);
    ASSERT_TRUE(found);
    double const expected = std::sqrt(8.0 / (8 * 7));
    EXPECT_NEAR(found->profile.dark_signal_dn.value, 2.5, 1e-9);
    EXPECT_NEAR(found->profile.dark_signal_dn.sigma, expected, 1e-6);
    // 95 % of Student's t with 7 degrees of freedom (tables): 2.365.
    EXPECT_NEAR(found->profile.dark_signal_dn.high, 2.5 + 2.365 * expected, 2e-3);
    sums.black_sigma_dn = 0.3;
    EXPECT_NEAR(
        estimate_plane(sums)->profile.dark_signal_dn.sigma, std::hypot(expected, 0.3), 1e-6);
}

TEST(EstimatePlane, CannotTellAGainWhereVarianceDoesNotGrow) {
    EXPECT_FALSE(estimate_plane(sums_of({.gain = 0})));
    EXPECT_FALSE(estimate_plane(sums_of({.gain = -0.001})));
}

TEST(EstimatePlane, SaysWhereRoundingHidesTheNoise) {
    auto const found =
        estimate_plane(sums_of({.dark_variance = 0.05, .row_variance = 0, .dsnu = 0}));
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->rounding_hides_noise);
    EXPECT_GT(found->profile.read_noise_dn.high, found->profile.read_noise_dn.low);
}

TEST(EstimatePlane, AsksForTwoDarksAndTwoBands) {
    PlaneSums one_dark = sums_of({});
    one_dark.dark_frames = 1;
    EXPECT_DEATH(static_cast<void>(estimate_plane(one_dark)), "dark_frames > 1");
    PlaneSums one_band = sums_of({});
    one_band.dark.resize(1);
    EXPECT_DEATH(static_cast<void>(estimate_plane(one_band)), "dark.size");
}

TEST(FindSaturationOf, TakesTheStatedLevelWhereNoFlatReachesIt) {
    PlaneSums sums = sums_of({});
    sums.levels.push_back(level_of({}, 12'000, 12)); // 75 %
    sums.levels.push_back(level_of({}, 15'000, 15)); // 94 %
    Saturation const found = find_saturation_of(sums);
    EXPECT_FALSE(found.reached);
    EXPECT_EQ(found.level.value, 16'000);
    EXPECT_EQ(found.level.low, 15'002.5); // the brightest flat was still clear of it
    std::vector<bool> gain;
    std::vector<bool> flat;
    for (LevelSums const& level : sums.levels) {
        gain.push_back(level.in_gain);
        flat.push_back(level.in_flat);
    }
    EXPECT_EQ(gain, (std::vector{true, true, true, false, false})); // up to 70 %
    EXPECT_EQ(flat, (std::vector{true, true, true, true, false}));  // up to 90 %
}

TEST(FindSaturationOf, FindsItWhereTheVarianceFalls) {
    PlaneSums sums = sums_of({});
    sums.levels.push_back(level_of({}, 9'500, 9.5));
    LevelSums full = level_of({}, 9'997.5, 20);
    full.bands.assign(bands, band_of(0.01, 10'000, 0));
    full.saturated_share = 1;
    sums.levels.push_back(full);
    Saturation const found = find_saturation_of(sums);
    EXPECT_TRUE(found.reached);
    EXPECT_EQ(found.level.value, 10'000);
    EXPECT_LE(found.level.low, 9'999.5); // a step of the numbers
    EXPECT_GE(found.level.high, 10'000.5);
    EXPECT_FALSE(sums.levels[3].in_flat); // 95 % of what is reached, 59 % of what is stated
    EXPECT_FALSE(sums.levels[4].in_gain);
    EXPECT_TRUE(sums.levels[2].in_gain);
}

TEST(FindSaturationOf, LeavesOutLevelsWithSaturatedPhotosites) {
    PlaneSums sums = sums_of({});
    sums.levels[1].saturated_share = 0.002;
    static_cast<void>(find_saturation_of(sums));
    EXPECT_TRUE(sums.levels[0].in_gain);
    EXPECT_FALSE(sums.levels[1].in_gain);
    EXPECT_FALSE(sums.levels[1].in_flat);
}

TEST(MeasureLinearity, IsNothingOnALineAndTheDepartureOffIt) {
    PlaneSums sums = sums_of({});
    auto const straight = measure_linearity(sums, 16'000);
    ASSERT_TRUE(straight);
    EXPECT_NEAR(straight->value, 0, 1e-9);
    // Three points with weights 1 / mean^2, the middle one moved from 2000 to 2040: the normal equations of
    // y = a + b t with t = 1, 2, 4 in relative terms, solved here.
    for (double& mean : sums.levels[1].means_dn) {
        mean += 40;
    }
    double const t[] = {1, 2, 4};
    double const y[] = {1000, 2040, 4000};
    double s[5] = {};
    for (int i = 0; i < 3; ++i) {
        double const w = 1 / (y[i] * y[i]);
        s[0] += w;
        s[1] += w * t[i];
        s[2] += w * t[i] * t[i];
        s[3] += w * y[i];
        s[4] += w * t[i] * y[i];
    }
    double const slope = (s[0] * s[4] - s[1] * s[3]) / (s[0] * s[2] - s[1] * s[1]);
    double const start = (s[3] - slope * s[1]) / s[0];
    double greatest = 0;
    for (int i = 0; i < 3; ++i) {
        greatest = std::max(greatest, std::abs((y[i] - start - slope * t[i]) / y[i]));
    }
    EXPECT_NEAR(measure_linearity(sums, 16'000)->value, greatest, 1e-9);
}

// u = mean / t = r (1 - c r t) is a straight line: its slope gives c exactly.
TEST(MeasureCurvature, GivesBackTheBendOfTheResponse) {
    for (double const c : {-2e-6, 0.0, 5e-6}) {
        PlaneSums sums = sums_of({});
        for (LevelSums& level : sums.levels) {
            double const x = 1000 * *level.exposure_s;
            level.means_dn.assign(2, 2.5 + x * (1 - c * x));
        }
        auto const found = measure_curvature(sums, 16'000);
        ASSERT_TRUE(found);
        EXPECT_NEAR(found->value, c, 1e-12);
        EXPECT_LE(found->low, c + 1e-12);
        EXPECT_GE(found->high, c - 1e-12);
    }
}

TEST(MeasureLinearity, NeedsThreeExposuresOverAFactorOfTwo) {
    PlaneSums two = sums_of({});
    two.levels.pop_back();
    PlaneSums narrow = sums_of({});
    narrow.levels[1] = level_of({}, 1500, 1.5);
    narrow.levels[2] = level_of({}, 1900, 1.9);
    PlaneSums dark = sums_of({}); // two of three below 5 % of saturation
    PlaneSums unstated = sums_of({});
    unstated.levels[1].exposure_s = {};
    for (PlaneSums const& sums : {two, narrow, unstated}) {
        EXPECT_FALSE(measure_linearity(sums, 16'000));
        EXPECT_FALSE(measure_curvature(sums, 16'000));
    }
    EXPECT_FALSE(measure_linearity(dark, 60'000));
    EXPECT_FALSE(measure_curvature(dark, 60'000));
}

} // namespace
