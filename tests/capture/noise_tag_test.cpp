// SPDX-License-Identifier: GPL-3.0-or-later

// A file that states its own noise (DNG NoiseProfile), from its bytes to the frame's variance.

#include "capture/read_capture.hpp"
#include "capture/simulate_scene.hpp"
#include "capture/tiff_tags.hpp"
#include "capture/write_dng.hpp"
#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;
using testing::Contains;
using testing::Not;

constexpr double gain_dn = 0.5;
constexpr double read_noise_electrons = 6.0;
// Rounding adds the variance of a uniform error one DN wide.
constexpr double read_variance_dn2 =
    gain_dn * gain_dn * read_noise_electrons * read_noise_electrons + 1.0 / 12.0;
constexpr double range_dn = 16383.0 - 512.0;

SimulatedScene make_scene() {
    SceneSettings settings;
    settings.shape = {384, 512};
    settings.background.kind = BackgroundKind::gradient;
    settings.background.electrons = {300, 500, 500, 700};
    settings.background.gradient = 1.5;
    settings.sensor.gain_dn = gain_dn;
    settings.sensor.read_noise_electrons = read_noise_electrons;
    settings.sensor.prnu = 0;
    settings.sensor.dsnu_electrons = 0;
    settings.sensor.row_noise_electrons = 0;
    settings.sensor.hot_share = 0;
    return simulate_scene(settings);
}

// The scene's file with a tag that states `factor` times the true variance.
Capture read_with_tag(SimulatedScene const& scene, double factor) {
    DngPicture picture = to_dng_picture(scene);
    picture.noise_profile = {factor * gain_dn / range_dn,
                             factor * read_variance_dn2 / (range_dn * range_dn)};
    return to_capture(
        to_dng(picture), "tagged.dng", {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"});
}

TEST(NoiseTag, GivesTheFrameItsVariance) {
    Capture const capture = read_with_tag(make_scene(), 1.0);
    Frame const& frame = capture.frame;
    EXPECT_EQ(frame.noise.origin, NoiseOrigin::dng_tag);
    for (std::size_t i = 0; i < frame.value.size(); ++i) {
        double const signal = std::max(static_cast<double>(frame.value[i]), 0.0);
        double const expected = read_variance_dn2 + gain_dn * signal;
        // Black is measured: to 0.1 DN of 15 871, so the range to 1e-5.
        ASSERT_NEAR(static_cast<double>(frame.variance[i]), expected, 2e-5 * expected);
    }
    ASSERT_TRUE(capture.noise_comparison);
    for (std::size_t p = 0; p < plane_count; ++p) {
        // A quarter of 768 blocks, 9 values each: 3.4 %; four of those.
        EXPECT_NEAR(capture.noise_comparison->shown_dn2[p] /
                        capture.noise_comparison->stated_dn2[p],
                    1.0,
                    0.14);
    }
    EXPECT_THAT(capture.warnings, Not(Contains(CaptureWarning::noise_stated_low)));
    EXPECT_THAT(capture.warnings, Not(Contains(CaptureWarning::noise_stated_high)));
}

TEST(NoiseTag, IsContradictedByAFrameThatShowsTenTimesAsMuch) {
    Capture const capture = read_with_tag(make_scene(), 0.1);
    EXPECT_EQ(capture.frame.noise.origin,
              NoiseOrigin::dng_tag); // used as stated, and said to be wrong
    EXPECT_THAT(capture.warnings, Contains(CaptureWarning::noise_stated_low));
    EXPECT_THAT(capture.warnings, Not(Contains(CaptureWarning::noise_stated_high)));
    ASSERT_TRUE(capture.noise_comparison);
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_NEAR(capture.noise_comparison->shown_dn2[p] /
                        capture.noise_comparison->stated_dn2[p],
                    10.0,
                    1.4);
    }
}

TEST(NoiseTag, IsContradictedByAFrameThatShowsATenth) {
    Capture const capture = read_with_tag(make_scene(), 10.0);
    EXPECT_THAT(capture.warnings, Contains(CaptureWarning::noise_stated_high));
    EXPECT_THAT(capture.warnings, Not(Contains(CaptureWarning::noise_stated_low)));
}

TEST(NoiseTag, IsNotComparedWithAFrameOfTooFewBlocks) {
    SimulatedScene const scene = make_scene();
    DngPicture picture = to_dng_picture(scene);
    std::vector<std::uint16_t> corner;
    for (std::size_t y = 0; y < 96; ++y) { // 6 x 10 blocks beside the masked columns
        auto const row = scene.raw.begin() + static_cast<std::ptrdiff_t>(y) * scene.raw_shape.width;
        corner.insert(corner.end(), row, row + 48 + 160);
    }
    picture.shape = {96, 208};
    picture.mosaic = corner;
    picture.noise_profile = {gain_dn / range_dn, 1e-12};
    Capture const capture = to_capture(
        to_dng(picture), "small.dng", {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"});
    EXPECT_EQ(capture.frame.noise.origin, NoiseOrigin::dng_tag);
    EXPECT_FALSE(capture.noise_comparison);
}

TEST(NoiseTag, IsWrittenAsDoublesOfItsOwnTag) {
    SimulatedScene const scene = make_scene();
    DngPicture picture = to_dng_picture(scene);
    auto const plain = to_dng(picture);
    TiffFile const without{plain};
    EXPECT_EQ(without.find(tiff_tag::noise_profile), nullptr);
    picture.noise_profile = {1e-4, 1e-6, 2e-4, 2e-6, 3e-4, 3e-6};
    auto const bytes = to_dng(picture);
    TiffFile const file{bytes};
    auto const* entry = file.find(tiff_tag::noise_profile);
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->type, 12); // TIFF 6.0: DOUBLE
    ASSERT_EQ(entry->count, 6U);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(file.number(entry, i), picture.noise_profile[i]);
    }
}

TEST(NoiseTag, RefusesNumbersThatNoProfileHas) {
    SimulatedScene const scene = make_scene();
    DngPicture picture = to_dng_picture(scene);
    for (std::vector<double> const& numbers : {std::vector<double>{1e-4},
                                               {1e-4, 1e-6, 1e-4, 1e-6},
                                               {-1e-4, 1e-6},
                                               {1e-4, 1.0},
                                               {std::nan(""), 1e-6}}) {
        picture.noise_profile = numbers;
        try {
            static_cast<void>(to_dng(picture));
            FAIL() << "nothing was refused";
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::domain);
        }
    }
}

} // namespace
