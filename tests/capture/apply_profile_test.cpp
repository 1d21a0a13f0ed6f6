// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/apply_profile.hpp"

#include "capture/simulate_scene.hpp"
#include "core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr Shape shape{64, 96};
constexpr std::size_t area = 64 * 96;

// A capture of an even surface by a simulated sensor, as a reader without any profile gives it.
Capture simulated_capture(double exposure_s = 2) {
    SceneSettings settings;
    settings.shape = shape;
    settings.masked_columns = 0;
    settings.burn_mark = false;
    settings.sensor.hot_share = 0;
    SimulatedScene const scene = simulate_scene(settings, 1);
    Capture capture;
    capture.frame = to_frame(scene);
    capture.frame.noise = {};
    capture.metadata.make = "Contremarque";
    capture.metadata.model = "SIMULATED";
    capture.metadata.iso = 800;
    capture.metadata.exposure_s = exposure_s;
    capture.metadata.simulated = true;
    capture.white_level_dn = 16383;
    capture.warnings = {CaptureWarning::noise_uncertain, CaptureWarning::no_masked_photosites};
    return capture;
}

CameraProfile matching_profile() {
    CameraProfile profile;
    profile.make = "Contremarque";
    profile.model = "SIMULATED";
    profile.iso = 800;
    profile.dark_exposure_s = 2;
    profile.simulated = true;
    profile.shape = shape;
    profile.white_level_dn = 16383;
    for (PlaneProfile& plane : profile.planes) {
        plane.gain_dn = {0.5, 0.01, 0.48, 0.52};
        plane.temporal_dark_dn = {1.6, 0.02, 1.56, 1.64};
        plane.read_noise_dn = {1.57, 0.02, 1.53, 1.61};
        plane.prnu = {0.006, 0.0005, 0.005, 0.007};
        plane.dsnu_dn = {0.25, 0.02, 0.2, 0.3};
        plane.dark_signal_dn = {0.5, 0.1, 0.3, 0.7};
    }
    profile.dark_dn.assign(area, 0.5F);
    profile.dark_sigma_dn.fill(0.4);
    profile.flat.assign(area, 1.0F);
    profile.flat[7] = 0.5F;
    profile.flat_sigma.fill(0.002);
    profile.defects.assign(area, 0);
    profile.sha256 = "feed";
    return profile;
}

TEST(ApplyProfile, TakesOffDarkAndDividesByFlat) {
    Capture capture = simulated_capture();
    Frame const before = capture.frame;
    apply_profile(matching_profile(), capture, 1);
    for (std::size_t i = 0; i < area; ++i) {
        double const signal = static_cast<double>(before.value[i]) - 0.5;
        double const flat = i == 7 ? 0.5 : 1.0;
        EXPECT_NEAR(static_cast<double>(capture.frame.value[i]),
                    signal / flat,
                    1e-4 * std::abs(signal) + 1e-4);
        double const noise = 1.6 * 1.6 + 0.5 * std::max(signal, 0.0) + 0.4 * 0.4;
        double const expected = noise / (flat * flat) + std::pow(signal / flat * 0.002, 2) / flat;
        EXPECT_NEAR(static_cast<double>(capture.frame.variance[i]), expected, 1e-4 * expected);
    }
    ASSERT_TRUE(capture.profile);
    EXPECT_EQ(capture.profile->sha256, "feed");
    EXPECT_TRUE(capture.profile->flat);
    EXPECT_EQ(capture.profile->dark_exposure_ratio, 1.0);
    EXPECT_EQ(capture.frame.noise.origin, NoiseOrigin::profile);
    // The one frame no longer has to tell its noise.
    EXPECT_EQ(capture.warnings, std::vector{CaptureWarning::no_masked_photosites});
}

TEST(ApplyProfile, WidensTheVarianceWhereExposuresDiffer) {
    Capture capture = simulated_capture(8);
    Frame const before = capture.frame;
    CameraProfile profile = matching_profile();
    profile.flat.clear();
    apply_profile(profile, capture, 1);
    EXPECT_EQ(capture.profile->dark_exposure_ratio, 4.0);
    EXPECT_NE(std::ranges::find(capture.warnings, CaptureWarning::dark_exposure_differs),
              capture.warnings.end());
    double const signal = static_cast<double>(before.value[9]) - 0.5;
    double const mismatch2 =
        9 * (0.25 * 0.25 + 0.5 * 0.5); // (4 - 1)^2 times spread and level of the dark
    double const expected =
        1.6 * 1.6 + 0.5 * signal + std::pow(0.006 * signal, 2) + 0.4 * 0.4 + mismatch2;
    EXPECT_NEAR(static_cast<double>(capture.frame.variance[9]), expected, 1e-4 * expected);
}

// A bright photosite that only the profile shows to be saturated spills into its eight neighbours, at an edge into five;
// one that the profile knows as hot does not.
TEST(ApplyProfile, MarksNeighboursOfWhatTheProfileShowsToBeSaturated) {
    Capture capture = simulated_capture();
    Frame& frame = capture.frame;
    auto const at = [](std::size_t y, std::size_t x) { return y * 96 + x; };
    frame.saturation_dn.fill(15'000);
    frame.value[at(20, 30)] = 9500;
    frame.value[at(0, 50)] = 9500;
    frame.value[at(40, 60)] = 9500; // known to be hot
    // Saturated as the reader saw it, its neighbours marked by the reader; one of them is found saturated now.
    frame.value[at(30, 10)] = 15'500;
    frame.mask[at(30, 10)] = mask_bit::saturated;
    for (std::size_t y = 29; y <= 31; ++y) {
        for (std::size_t x = 9; x <= 11; ++x) {
            frame.mask[at(y, x)] |= y == 30 && x == 10 ? 0 : mask_bit::blooming;
        }
    }
    frame.value[at(30, 11)] = 9600;
    capture.blooming_photosites = 8;

    CameraProfile profile = matching_profile();
    profile.defects[at(40, 60)] = mask_bit::hot;
    for (PlaneProfile& plane : profile.planes) {
        plane.saturation_reached = true;
        plane.saturation_dn = {9000, 10, 8980, 9020};
    }
    apply_profile(profile, capture, 2);

    for (std::size_t y = 0; y < 64; ++y) {
        for (std::size_t x = 0; x < 96; ++x) {
            auto const near = [&](std::size_t v, std::size_t u) {
                return y + 1 >= v && y <= v + 1 && x + 1 >= u && x <= u + 1;
            };
            bool const saturated =
                (y == 20 && x == 30) || (y == 0 && x == 50) || (y == 30 && (x == 10 || x == 11));
            bool const spoilt = near(20, 30) || near(0, 50) || near(30, 10) || near(30, 11);
            int expected = saturated ? mask_bit::saturated : spoilt ? mask_bit::blooming : 0;
            if (y == 40 && x == 60) {
                expected = mask_bit::saturated | mask_bit::hot;
            }
            EXPECT_EQ(frame.mask[at(y, x)], expected) << y << ' ' << x;
        }
    }
    // 8 and 5; of the pair 10 of the 12 photosites around and in it.
    EXPECT_EQ(capture.blooming_photosites, 23U);
}

TEST(ApplyProfile, MarksKnownDefects) {
    Capture capture = simulated_capture();
    capture.frame.mask[3] = mask_bit::hot;
    CameraProfile profile = matching_profile();
    profile.defects[3] = mask_bit::hot;
    profile.defects[4] = mask_bit::hot;
    profile.defects[5] = mask_bit::dead;
    profile.defects[6] = mask_bit::no_data;
    apply_profile(profile, capture, 1);
    EXPECT_EQ(capture.frame.mask[4], mask_bit::hot);
    EXPECT_EQ(capture.frame.mask[5], mask_bit::dead);
    EXPECT_EQ(capture.frame.mask[6], mask_bit::no_data);
    EXPECT_EQ(capture.hot_photosites, 1U); // the other was counted by the reader
    EXPECT_EQ(capture.dead_photosites, 1U);
    EXPECT_EQ(capture.no_data_photosites, 1U);
}

TEST(ApplyProfile, LowersTheSaturationThatWasSeen) {
    Capture capture = simulated_capture();
    capture.frame.value[0] = 12'000; // red
    capture.frame.value[1] = 12'000; // green
    CameraProfile profile = matching_profile();
    profile.planes[0].saturation_dn = {11'000, 10, 10'980, 11'020};
    profile.planes[0].saturation_reached = true;
    profile.planes[1].saturation_dn = {11'000, 10, 10'980, 11'020}; // stated only: not used
    apply_profile(profile, capture, 1);
    EXPECT_EQ(capture.frame.mask[0], mask_bit::saturated);
    EXPECT_EQ(capture.frame.mask[1], mask_bit::blooming); // not saturated, but beside one that is
    EXPECT_EQ(capture.frame.saturation_dn[0], 11'000);
    EXPECT_EQ(capture.saturated_photosites[0], 1U);
}

std::optional<ErrorKind> refusal(std::function<void(CameraProfile&, Capture&)> const& change) {
    Capture capture = simulated_capture();
    CameraProfile profile = matching_profile();
    change(profile, capture);
    try {
        check_profile_fits(profile, capture);
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

TEST(CheckProfileFits, AcceptsTheCamera) {
    EXPECT_EQ(refusal([](auto&, auto&) {}), std::nullopt);
}

TEST(CheckProfileFits, RefusesAnotherCameraOrSetting) {
    EXPECT_EQ(refusal([](auto& p, auto&) { p.make = "Other"; }), ErrorKind::domain);
    EXPECT_EQ(refusal([](auto& p, auto&) { p.model = "Other"; }), ErrorKind::domain);
    EXPECT_EQ(refusal([](auto& p, auto&) { p.unique_model = "Other"; }), ErrorKind::domain);
    EXPECT_EQ(refusal([](auto& p, auto&) { p.iso = 400; }), ErrorKind::domain);
    EXPECT_EQ(refusal([](auto&, auto& c) { c.metadata.iso.reset(); }), ErrorKind::domain);
    EXPECT_EQ(refusal([](auto& p, auto&) { p.white_level_dn = 4095; }), ErrorKind::domain);
}

TEST(CheckProfileFits, RefusesARealProfileForASimulatedFile) {
    EXPECT_EQ(refusal([](auto& p, auto&) { p.simulated = false; }), ErrorKind::domain);
    EXPECT_EQ(refusal([](auto&, auto& c) { c.metadata.simulated = false; }), ErrorKind::domain);
}

TEST(CheckProfileFits, RefusesAnotherSizeOrPattern) {
    EXPECT_EQ(refusal([](auto& p, auto&) { p.shape.width = 98; }), ErrorKind::shape);
    EXPECT_EQ(refusal([](auto& p, auto&) { p.cfa = make_cfa("BGGR"); }), ErrorKind::shape);
}

} // namespace
