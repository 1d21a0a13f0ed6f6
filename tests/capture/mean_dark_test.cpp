// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/mean_dark.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr Shape shape{40, 50};
constexpr std::size_t area = 40 * 50;
constexpr double photosites = area;
constexpr double read_dn = 2;

double dark_level(std::size_t i) {
    return 1 + 0.01 * static_cast<double>(i % 50);
}

// Fixed pattern and read noise; `light` DN on top.
Capture capture_of(double light, std::uint64_t seed, double exposure_s = 4) {
    Capture capture;
    capture.frame.shape = shape;
    capture.frame.mask.assign(area, 0);
    capture.frame.variance.assign(area, static_cast<float>(read_dn * read_dn));
    capture.frame.noise.read_noise_dn.fill(read_dn);
    capture.white_level_dn = 4095;
    capture.metadata.make = "A";
    capture.metadata.model = "B";
    capture.metadata.iso = 100;
    capture.metadata.exposure_s = exposure_s;
    Random random{21, 1, seed};
    for (std::size_t i = 0; i < area; ++i) {
        capture.frame.value.push_back(
            static_cast<float>(dark_level(i) + light + read_dn * random.normal()));
    }
    return capture;
}

std::vector<Capture> darks(std::size_t count) {
    std::vector<Capture> frames;
    for (std::size_t k = 0; k < count; ++k) {
        frames.push_back(capture_of(0, 100 + k));
    }
    return frames;
}

TEST(MakeMeanDark, IsTheMeanWithItsUncertainty) {
    auto const frames = darks(4);
    MeanDark const dark = make_mean_dark(frames);
    EXPECT_EQ(dark.frames, 4U);
    double square = 0;
    for (std::size_t i = 0; i < area; ++i) {
        double const off = static_cast<double>(dark.dn[i]) - dark_level(i);
        square += off * off;
    }
    EXPECT_DOUBLE_EQ(dark.sigma_dn[0], 1.0);                // 2 / sqrt(4)
    EXPECT_NEAR(std::sqrt(square / photosites), 1.0, 0.06); // 2000 values: 1.6 %
    EXPECT_NEAR(dark.mean_dn[0], 1.24, 5 * dark.mean_dn_sigma[0]);
    EXPECT_NEAR(dark.mean_dn_sigma[0], 1 / std::sqrt(500.0), 1e-9);
}

// Errors of the mean dark and of the frame add up in the variance; the pattern is gone.
TEST(SubtractDark, LeavesTheLightWithItsVariance) {
    auto const frames = darks(4);
    MeanDark const dark = make_mean_dark(frames);
    Capture capture = capture_of(30, 7);
    ASSERT_TRUE(fits(dark, capture));
    subtract_dark(dark, capture, 1);
    double sum = 0;
    double square = 0;
    for (std::size_t i = 0; i < area; ++i) {
        double const off = static_cast<double>(capture.frame.value[i]) - 30;
        sum += off;
        square += off * off;
        EXPECT_NEAR(static_cast<double>(capture.frame.variance[i]), 5, 1e-4); // 4 + 4 / 4
    }
    EXPECT_NEAR(sum / photosites, 0, 5 * std::sqrt(5.0 / photosites));
    EXPECT_NEAR(square / photosites, 5, 5 * 5 * std::sqrt(2.0 / photosites));
    EXPECT_EQ(capture.dark_frames, 4U);
    EXPECT_NEAR(capture.frame.noise.read_noise_dn[2], std::sqrt(5.0), 1e-12);
}

TEST(Fits, AsksForTheSameCameraSettingAndExposure) {
    MeanDark const dark = make_mean_dark(darks(1));
    EXPECT_TRUE(fits(dark, capture_of(9, 1)));
    EXPECT_TRUE(fits(dark, capture_of(9, 1, 4.3)));
    EXPECT_FALSE(fits(dark, capture_of(9, 1, 5)));
    Capture other = capture_of(9, 1);
    other.metadata.iso = 200;
    EXPECT_FALSE(fits(dark, other));
    other = capture_of(9, 1);
    other.metadata.exposure_s.reset();
    EXPECT_FALSE(fits(dark, other));
    other = capture_of(9, 1);
    other.frame.cfa = make_cfa("BGGR");
    EXPECT_FALSE(fits(dark, other));
}

std::optional<ErrorKind> refusal(std::vector<Capture> const& frames) {
    try {
        static_cast<void>(make_mean_dark(frames));
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

TEST(MakeMeanDark, RefusesFramesOfUnlikeSizeOrPattern) {
    auto frames = darks(2);
    frames[1].frame.cfa = make_cfa("GBRG");
    EXPECT_EQ(refusal(frames), ErrorKind::shape);
}

TEST(MakeMeanDark, RefusesUnlikeSettings) {
    auto frames = darks(2);
    frames[1].metadata.exposure_s = 8;
    EXPECT_EQ(refusal(frames), ErrorKind::domain);
    frames = darks(2);
    frames[1].metadata.model = "C";
    EXPECT_EQ(refusal(frames), ErrorKind::domain);
}

TEST(MakeMeanDark, RefusesAFrameWithLightInIt) {
    auto frames = darks(1);
    frames.push_back(capture_of(60, 3)); // 1 % of 4095 is 41
    EXPECT_EQ(refusal(frames), ErrorKind::domain);
}

} // namespace
