// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_plane.hpp"
#include "tests/detect/count_false_traces.hpp"
#include "tests/detect/surface_plane.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace {

using cmq::capture::BackgroundKind;
using plane_picture::Picture;

// A part of what study_plane counts (docs/methods/detection.md), on pictures that it does not use.
void expect_promise_kept(std::function<Picture(std::uint64_t)> const& make,
                         cmq::detect::PlaneNoise const& noise,
                         std::uint64_t first_seed,
                         std::uint64_t pictures) {
    cmq::detect::PlaneSettings settings;
    settings.noise = noise;
    std::size_t at_a_tenth = 0;
    std::size_t at_one = 0;
    for (std::uint64_t i = 0; i < pictures; ++i) {
        Picture const picture = make(first_seed + i);
        settings.false_traces_expected = 0.1;
        at_a_tenth += cmq::detect::detect_plane(picture.view(), settings).traces.size();
        settings.false_traces_expected = 1.0;
        at_one += cmq::detect::detect_plane(picture.view(), settings).traces.size();
    }
    auto const few = false_traces::poisson_range(0.1 * static_cast<double>(pictures));
    EXPECT_GE(at_a_tenth, few.low);
    EXPECT_LE(at_a_tenth, few.high);
    auto const many = false_traces::poisson_range(static_cast<double>(pictures));
    EXPECT_GE(at_one, many.low);
    EXPECT_LE(at_one, many.high);
}

std::function<Picture(std::uint64_t)> even(double left, double right) {
    return [left, right](std::uint64_t seed) {
        return plane_picture::make_picture({1000, 1500}, {left, right}, {}, seed);
    };
}

std::function<Picture(std::uint64_t)> through_jpeg(BackgroundKind kind) {
    return [kind](std::uint64_t seed) { return plane_picture::make_screened_surface(kind, seed); };
}

TEST(SlowDetectPlane, KeepsItsPromiseOnAnEvenSurface) {
    expect_promise_kept(even(90.0, 90.0), plane_picture::noise, 50'000, 40);
}

TEST(SlowDetectPlane, KeepsItsPromiseOnAGradient) {
    expect_promise_kept(even(40.0, 160.0), plane_picture::noise, 51'000, 40);
}

TEST(SlowDetectPlane, KeepsItsPromiseWhereCountsAreLow) {
    expect_promise_kept(even(10.0, 10.0), plane_picture::noise, 52'000, 40);
}

TEST(SlowDetectPlane, KeepsItsPromiseWhereTheNoiseIsNotTold) {
    expect_promise_kept(even(10.0, 10.0), {}, 53'000, 40);
    expect_promise_kept(even(40.0, 160.0), {}, 53'100, 40);
}

// Noise that JPEG has made alike in neighbours: raised, and filtered again.
TEST(SlowDetectPlane, KeepsItsPromiseOnAnEvenSurfaceThroughJpeg) {
    expect_promise_kept(through_jpeg(BackgroundKind::flat), {}, 56'000, 40);
}

TEST(SlowDetectPlane, KeepsItsPromiseOnCloth) {
    expect_promise_kept(
        [](std::uint64_t seed) { return plane_picture::make_surface(BackgroundKind::woven, seed); },
        plane_picture::noise,
        54'000,
        20);
}

TEST(SlowDetectPlane, KeepsItsPromiseOnClothThroughJpeg) {
    expect_promise_kept(through_jpeg(BackgroundKind::woven), {}, 55'000, 10);
}

} // namespace
