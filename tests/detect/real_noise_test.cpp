// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/detect/real_noise.hpp"

#include "tests/detect/processed_frame.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace {

using cmq::Frame;

constexpr char const* programs = CMQ_BINARY_DIR "/bin";

double mean(std::vector<double> const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sd(std::vector<double> const& values) {
    double const middle = mean(values);
    double sum = 0.0;
    for (double const value : values) {
        sum += (value - middle) * (value - middle);
    }
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/// Good photosites of a plane.
std::vector<double> plane_values(Frame const& frame, cmq::Plane plane) {
    std::vector<double> values;
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            if (frame.cfa.at(y, x) == plane && frame.mask[i] == 0) {
                values.push_back(static_cast<double>(frame.value[i]));
            }
        }
    }
    return values;
}

/// Correlation of a photosite with the one `step` columns on; values of one level.
double correlation(Frame const& frame, std::ptrdiff_t step) {
    std::vector<double> const all(frame.value.begin(), frame.value.end());
    double const middle = mean(all);
    double product = 0.0;
    double square = 0.0;
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x + step < frame.shape.width; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            double const here = all[i] - middle;
            product += here * (all[i + static_cast<std::size_t>(step)] - middle);
            square += here * here;
        }
    }
    return product / square;
}

cmq::capture::SceneSettings dark(double electrons) {
    cmq::capture::SceneSettings settings;
    settings.shape = {400, 600};
    settings.background.electrons.fill(electrons);
    settings.sensor.gain_dn = 2.0;
    settings.sensor.hot_share = 0.0;
    settings.sensor.prnu = 0.0;
    settings.burn_mark = false;
    return settings;
}

TEST(RealNoise, OfTheD30HasItsBandsAndItsSpread) {
    auto const sheet = real_noise::read_d30_border(programs);
    if (!sheet) {
        GTEST_SKIP() << real_noise::no_data;
    }
    EXPECT_EQ(sheet->shape.height, 1448);
    EXPECT_NEAR(static_cast<double>(sheet->shape.width), 46.0, 4.0);
    // Measured apart from this code: sd 4.8 DN, means of rows 0.976 where white noise gives 0.746, so bands of
    // sqrt(0.976^2 - 0.746^2) = 0.63 DN; 1448 rows know a spread to 1.9 %, the difference of squares to some 8 %.
    EXPECT_NEAR(sheet->sd_dn, 4.8, 0.3);
    EXPECT_NEAR(sheet->bands_sd_dn, 0.63, 0.16);
    EXPECT_EQ(sheet->cut_off_share, 0.0);
}

TEST(RealNoise, IsLaidOnWithTheStatedSpreadAndTheSheetsBands) {
    auto const sheet = real_noise::read_d30_border(programs);
    if (!sheet) {
        GTEST_SKIP() << real_noise::no_data;
    }
    Frame const frame = real_noise::lay_on(dark(0.0), *sheet, {.noise_electrons = 5.0}, 3);
    auto const values = plane_values(frame, cmq::Plane::green1);
    // 60000 values drawn from 35000 of a plane in the sheet: 0.5 %; rows share a seventh of the spread. Rounding of
    // 0.3 DN in 10. 4 % covers that, and that the sheet's tails are heavier than a normal law's.
    EXPECT_NEAR(sd(values), 10.0, 0.4);
    EXPECT_NEAR(mean(values), 0.0, 0.1);
    std::vector<double> rows;
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        auto const first = frame.value.begin() + y * frame.shape.width;
        rows.push_back(mean({first, first + frame.shape.width}));
    }
    // Bands of sheet.bands_sd_dn / sheet.sd_dn times 10 DN, and the mean of 600 photosites: 10 / sqrt(600) = 0.41.
    double const expected = std::hypot(10.0 * sheet->bands_sd_dn / sheet->sd_dn, 0.41);
    EXPECT_NEAR(sd(rows), expected, 0.2 * expected); // 400 rows: 3.5 %; five of them
    EXPECT_EQ(real_noise::lay_on(dark(0.0), *sheet, {.noise_electrons = 5.0}, 3).value,
              frame.value);
    EXPECT_NE(real_noise::lay_on(dark(0.0), *sheet, {.noise_electrons = 5.0}, 4).value,
              frame.value);
}

TEST(RealNoise, AddsToPhotonNoiseOfTheScene) {
    auto const sheet = real_noise::read_plantcv_dark(programs);
    if (!sheet) {
        GTEST_SKIP() << real_noise::no_data;
    }
    EXPECT_EQ(sheet->shape, (cmq::Shape{1038, 1388}));
    Frame const frame = real_noise::lay_on(dark(64.0), *sheet, {.noise_electrons = 6.0}, 3);
    auto const values = plane_values(frame, cmq::Plane::blue);
    // 2 DN per electron, sqrt(64 + 36) = 10 electrons. Blocks of 64 x 256 differ in their noise: 10 of them, by a tenth.
    EXPECT_NEAR(sd(values), 20.0, 1.2);
    EXPECT_NEAR(mean(values), 128.0, 0.5);
}

TEST(ProcessedFrame, DenoisedNoiseIsLessAndCorrelatedWithinAPlane) {
    Frame const frame = cmq::capture::to_frame(cmq::capture::simulate_scene(dark(400.0)));
    Frame const smooth = processed::to_denoised_frame(frame, {.blur_sd = 1.0});
    // White noise under a Gaussian of s: variance times 1 / (4 pi s^2) = 0.0796 (sampled: 0.0796 within 1 %), so the
    // spread times 0.282; the next photosite of the plane at exp(-1 / (4 s^2)) = 0.779. Rounding: 0.3 DN in 11.
    auto const before = sd(plane_values(frame, cmq::Plane::red));
    auto const after = sd(plane_values(smooth, cmq::Plane::red));
    EXPECT_NEAR(after / before, 0.282, 0.02);
    EXPECT_NEAR(correlation(smooth, 2), 0.779, 0.03);
    EXPECT_NEAR(correlation(smooth, 1), 0.0, 0.03) << "planes stay apart";
    EXPECT_LT(smooth.noise.variance(cmq::Plane::red, 800.0),
              0.3 * frame.noise.variance(cmq::Plane::red, 800.0));
}

TEST(ProcessedFrame, KeepsEdgesWhereAsked) {
    auto settings = dark(100.0);
    settings.droplets.resize(1);
    settings.droplets[0].count = 1;
    settings.droplets[0].flux_electrons = 3e4;
    settings.droplets[0].flux_log_sd = 0.0;
    settings.droplets[0].radius = 3.0;
    settings.droplets[0].radius_log_sd = 0.0;
    Frame const frame = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    Frame const plain = processed::to_denoised_frame(frame, {.blur_sd = 1.0});
    Frame const sparing = processed::to_denoised_frame(frame, {.blur_sd = 1.0, .edge_sigmas = 3.0});
    float const top = *std::ranges::max_element(frame.value);
    EXPECT_LT(*std::ranges::max_element(plain.value), 0.9F * top);
    EXPECT_GT(*std::ranges::max_element(sparing.value), 0.9F * top);
    EXPECT_LT(sd(plane_values(sparing, cmq::Plane::red)), sd(plane_values(frame, cmq::Plane::red)));
}

TEST(ProcessedFrame, JpegKeepsTheLightAndBlursItsNoise) {
    Frame const frame = cmq::capture::to_frame(cmq::capture::simulate_scene(dark(400.0)));
    for (bool const half_colour : {false, true}) {
        Frame const picture =
            processed::to_jpeg_frame(frame, {.quality = 90, .half_colour = half_colour});
        for (cmq::Plane const plane : {cmq::Plane::red, cmq::Plane::green1, cmq::Plane::blue}) {
            // 8 bits of a curve: a step at a quarter of white is 0.7 % of white, 22 DN; its rounding is even in
            // the mean. The curve bends: half of its second derivative times the variance (40^2) is below 1 %.
            EXPECT_NEAR(mean(plane_values(picture, plane)), 800.0, 0.02 * 800.0);
        }
    }
    Frame const coarse = processed::to_jpeg_frame(frame, {.quality = 30});
    EXPECT_GT(correlation(coarse, 1), correlation(frame, 1) + 0.2);
}

} // namespace
