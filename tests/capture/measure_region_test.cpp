// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/measure_region.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr std::ptrdiff_t side = 60;

// Planes of 100, 200, 300 and 400 DN times `light`, and noise of `sd`.
Frame frame_of(double light, double sd, std::uint64_t seed) {
    Frame frame;
    frame.shape = {side, side};
    Random random{3, 1, seed};
    for (std::ptrdiff_t y = 0; y < side; ++y) {
        for (std::ptrdiff_t x = 0; x < side; ++x) {
            double const mean = light * 100.0 * (1 + static_cast<double>(frame.cfa.at(y, x)));
            frame.value.push_back(static_cast<float>(mean + sd * random.normal()));
            frame.variance.push_back(static_cast<float>(sd * sd));
            frame.mask.push_back(0);
        }
    }
    return frame;
}

constexpr FrameRegion whole{0, 0, side, side};

template <class Work>
ErrorKind kind_of(Work const& work) {
    try {
        work();
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(MeasureRegion, GivesMeansOfEachPlane) {
    RegionLight const light = measure_region(frame_of(1, 0, 1), {10, 20, 20, 8});
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_NEAR(light.mean_dn[p].value, 100.0 * (1 + static_cast<double>(p)), 1e-9);
        EXPECT_EQ(light.photosites[p], 40U);
        EXPECT_NEAR(light.spread_dn[p], 0, 1e-4);
    }
}

// 500 frames: the scatter of the mean is what sigma states, to sqrt(2 / 2000) = 3.2 % (four planes); and the black
// level's uncertainty adds in quadrature.
TEST(MeasureRegion, StatesTheScatterOfTheMean) {
    double square = 0;
    double stated = 0;
    for (std::uint64_t turn = 0; turn < 500; ++turn) {
        RegionLight const light = measure_region(frame_of(1, 6, turn), {0, 0, 12, 12});
        for (std::size_t p = 0; p < plane_count; ++p) {
            double const off = light.mean_dn[p].value - 100.0 * (1 + static_cast<double>(p));
            square += off * off;
            stated += light.mean_dn[p].sigma * light.mean_dn[p].sigma;
        }
    }
    EXPECT_NEAR(stated / square, 1, 0.13);
    Frame frame = frame_of(1, 6, 1);
    frame.black_dn_sigma.fill(0.3);
    EXPECT_NEAR(measure_region(frame, whole).mean_dn[0].sigma, std::hypot(6.0 / 30, 0.3), 1e-6);
}

TEST(MeasureRegion, RefusesARegionBeyondTheFrame) {
    Frame const frame = frame_of(1, 1, 1);
    for (FrameRegion const& region : {FrameRegion{-1, 0, 9, 9},
                                      FrameRegion{0, 52, 9, 9},
                                      FrameRegion{0, 0, 0, 9},
                                      FrameRegion{1, 0, PTRDIFF_MAX, 9}}) {
        EXPECT_EQ(kind_of([&] { static_cast<void>(measure_region(frame, region)); }),
                  ErrorKind::domain);
    }
}

TEST(MeasureRegion, RefusesTooFewPhotosites) {
    Frame frame = frame_of(1, 1, 1);
    EXPECT_EQ(kind_of([&] {
                  static_cast<void>(measure_region(frame, {0, 0, 6, 6}));
              }),
              ErrorKind::insufficient);
    std::fill_n(frame.mask.begin(), side * 7, mask_bit::hot); // 7 of 60 rows
    EXPECT_EQ(kind_of([&] { static_cast<void>(measure_region(frame, whole)); }),
              ErrorKind::insufficient);
}

// Twice the light at four times the exposure: half the radiance.
TEST(RelativeRadiance, ComparesLightPerSecond) {
    auto const region = measure_region(frame_of(2, 1, 1), whole);
    auto const target = measure_region(frame_of(1, 1, 2), whole);
    auto const ratio = relative_radiance(region, 4, target, 1);
    for (std::size_t p = 0; p < plane_count; ++p) {
        ASSERT_TRUE(ratio[p]);
        double const mean = 100.0 * (1 + static_cast<double>(p));
        double const sigma = 0.5 * std::hypot(1.0 / 30 / (2 * mean), 1.0 / 30 / mean);
        EXPECT_NEAR(ratio[p]->value, 0.5, 5 * sigma);
        EXPECT_NEAR(ratio[p]->sigma, sigma, 0.01 * sigma);
    }
}

TEST(RelativeRadiance, IsUnknownBesideADarkTarget) {
    auto const region = measure_region(frame_of(1, 1, 1), whole);
    auto const target = measure_region(frame_of(0, 1, 2), whole);
    EXPECT_FALSE(relative_radiance(region, 1, target, 1)[0]);
}

TEST(AbsoluteRadiance, CarriesTheCertificatesUncertainty) {
    TargetCertificate const paper{.radiance = {2, 4, 4, 8},
                                  .sigma = {0.1, 0.1, 0.1, 0.8},
                                  .unit = "W/(sr m2)",
                                  .source = "certificate 12"};
    PerPlane<std::optional<WithSigma>> const relative{
        WithSigma{0.5, 0}, WithSigma{1, 0.1}, std::nullopt, WithSigma{2, 0.1}};
    auto const absolute = absolute_radiance(relative, paper);
    EXPECT_NEAR(absolute[0]->value, 1, 1e-12);
    EXPECT_NEAR(absolute[0]->sigma, 0.05, 1e-12);
    EXPECT_NEAR(absolute[1]->sigma, std::hypot(0.4, 0.1), 1e-12);
    EXPECT_FALSE(absolute[2]);
    EXPECT_NEAR(absolute[3]->value, 16, 1e-12);
    EXPECT_NEAR(absolute[3]->sigma, std::hypot(0.8, 1.6), 1e-12);
}

TEST(AbsoluteRadiance, RefusesATargetWithoutCertificate) {
    TargetCertificate const good{
        .radiance = {1, 1, 1, 1}, .sigma = {}, .unit = "W/(sr m2)", .source = "x"};
    auto const refuses = [&](auto const& change) {
        TargetCertificate bad = good;
        change(bad);
        return kind_of([&] { static_cast<void>(absolute_radiance({}, bad)); }) == ErrorKind::domain;
    };
    EXPECT_TRUE(refuses([](auto& c) { c.radiance[2] = 0; }));
    EXPECT_TRUE(refuses([](auto& c) { c.sigma[2] = -1; }));
    EXPECT_TRUE(refuses([](auto& c) { c.unit.clear(); }));
    EXPECT_TRUE(refuses([](auto& c) { c.source.clear(); }));
}

TEST(MeasureDrift, FindsALampThatLostLight) {
    std::vector<RegionLight> const targets{measure_region(frame_of(1, 2, 1), whole),
                                           measure_region(frame_of(1, 2, 2), whole),
                                           measure_region(frame_of(0.95 * 2, 2, 3), whole)};
    std::vector<double> const exposures{1, 1, 2};
    auto const drifts = measure_drift(targets, exposures);
    EXPECT_EQ(drifts[0].relative.value, 1);
    EXPECT_FALSE(drifts[1].drifted);
    EXPECT_NEAR(drifts[1].relative.value, 1, 5 * drifts[1].relative.sigma);
    EXPECT_TRUE(drifts[2].drifted);
    EXPECT_NEAR(drifts[2].relative.value, 0.95, 5 * drifts[2].relative.sigma);
    EXPECT_FALSE(drifts[2].colour_changed);
}

TEST(MeasureDrift, NoticesAChangeOfColour) {
    Frame second = frame_of(1, 2, 2);
    for (std::ptrdiff_t y = 1; y < side; y += 2) {
        for (std::ptrdiff_t x = 1; x < side; x += 2) { // blue loses a tenth
            second.value[static_cast<std::size_t>(y * side + x)] *= 0.9F;
        }
    }
    std::vector<RegionLight> const targets{measure_region(frame_of(1, 2, 1), whole),
                                           measure_region(second, whole)};
    std::vector<double> const exposures{1, 1};
    EXPECT_TRUE(measure_drift(targets, exposures)[1].colour_changed);
}

TEST(MeasureDrift, RefusesADarkTarget) {
    std::vector<RegionLight> const targets{measure_region(frame_of(0, 2, 1), whole),
                                           measure_region(frame_of(1, 2, 2), whole)};
    std::vector<double> const exposures{1, 1};
    EXPECT_EQ(kind_of([&] { static_cast<void>(measure_drift(targets, exposures)); }),
              ErrorKind::insufficient);
}

} // namespace
