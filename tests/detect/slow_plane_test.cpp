// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_plane.hpp"
#include "tests/detect/count_false_traces.hpp"
#include "tests/detect/plane_picture.hpp"

#include <gtest/gtest.h>

namespace {

// A part of what study_plane counts (docs/methods/detection.md), on pictures that it does not use.
void expect_promise_kept(plane_picture::Surface surface, std::uint64_t first_seed) {
    constexpr std::uint64_t pictures = 40;
    cmq::detect::PlaneSettings settings;
    settings.noise = plane_picture::noise;
    std::size_t at_a_tenth = 0;
    std::size_t at_one = 0;
    for (std::uint64_t i = 0; i < pictures; ++i) {
        auto const picture = plane_picture::make_picture({1000, 1500}, surface, {}, first_seed + i);
        settings.false_traces_expected = 0.1;
        at_a_tenth += cmq::detect::detect_plane(picture.view(), settings).traces.size();
        settings.false_traces_expected = 1.0;
        at_one += cmq::detect::detect_plane(picture.view(), settings).traces.size();
    }
    auto const few = false_traces::poisson_range(0.1 * pictures);
    EXPECT_GE(at_a_tenth, few.low);
    EXPECT_LE(at_a_tenth, few.high);
    auto const many = false_traces::poisson_range(1.0 * pictures);
    EXPECT_GE(at_one, many.low);
    EXPECT_LE(at_one, many.high);
}

TEST(SlowDetectPlane, KeepsItsPromiseOnAnEvenSurface) {
    expect_promise_kept({90.0, 90.0}, 50'000);
}

TEST(SlowDetectPlane, KeepsItsPromiseOnAGradient) {
    expect_promise_kept({40.0, 160.0}, 51'000);
}

TEST(SlowDetectPlane, KeepsItsPromiseWhereCountsAreLow) {
    expect_promise_kept({10.0, 10.0}, 52'000);
}

} // namespace
