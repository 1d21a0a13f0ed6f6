// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Touching droplets of the simulated sensor are placed where they are, and share their light. The full tables:
/// docs/studies/flux.md.

#include "detect/share_light.hpp"

#include "tests/detect/touching_pairs.hpp"

#include <gtest/gtest.h>

namespace {

// A centre of a droplet of signal-to-noise 60 and width 1.6 photosites is known to some 0.03 photosites; a mean over ten
// and more to 0.01. Without sharing, the cut at the saddle moves both outwards by 0.5 to 0.8.
TEST(ShareLight, PlacesEqualDropletsWhereTheyAre) {
    auto const sums = touching_pairs::measure(12.0, 1.0, 10);
    ASSERT_EQ(sums.told, 10.0);
    EXPECT_NEAR(sums.outwards[0] / sums.told, 0.0, 0.05);
    EXPECT_NEAR(sums.outwards[1] / sums.told, 0.0, 0.05);
    EXPECT_LT(std::sqrt(sums.across / (2.0 * sums.told)), 0.1);
}

TEST(ShareLight, PlacesAFaintDropletBesideABrightOne) {
    auto const sums = touching_pairs::measure(12.0, 5.0, 14);
    ASSERT_GE(sums.told, 8.0);
    EXPECT_NEAR(sums.outwards[0] / sums.told, 0.0, 0.05);
    EXPECT_NEAR(sums.outwards[1] / sums.told, 0.0, 0.05);
    // The faint one's light is known to some 3 % each.
    EXPECT_NEAR(sums.light[0] / sums.told, 1.0, 0.03);
    EXPECT_NEAR(sums.light[1] / sums.told, 1.0, 0.02);
}

TEST(ShareLight, LeavesTheSumOfAGroupAsItWas) {
    auto const sums = touching_pairs::measure(10.0, 1.0, 10);
    ASSERT_GE(sums.told, 4.0);
    EXPECT_NEAR(sums.both / sums.told, 1.0, 0.02);
    EXPECT_NEAR(sums.outwards[0] / sums.told, 0.0, 0.05);
}

// One cell of light each, side by side: too narrow for a width, so the cut stays.
TEST(ShareLight, SaysNothingOfLightWithoutWidthAndOfLoneSegments) {
    cmq::Frame frame;
    frame.shape = {64, 64};
    frame.value.assign(4096, 0.0F);
    cmq::detect::Cells cells;
    cells.shape = {32, 32};
    cells.flags.assign(1024, cmq::detect::all_planes);
    for (auto& plane : cells.residual) {
        plane.assign(1024, 0.0F);
    }
    cmq::detect::Background background;
    background.mesh = cmq::detect::make_mesh({32, 32}, 32);
    for (auto& plane : background.variance_dn2) {
        plane.assign(1, 1.0);
    }
    std::vector<cmq::detect::Segment> segments(3);
    std::vector<std::int32_t> aperture(1024, 0);
    for (std::size_t i = 0; i < 3; ++i) {
        segments[i].cells = {100 + 5 * i};
        segments[i].peak = 100 + 5 * i;
        segments[i].parent = i < 2 ? 1 : 0;
        aperture[100 + 5 * i] = static_cast<std::int32_t>(i) + 1;
        cells.residual[0][100 + 5 * i] = 50.0F; // a single photosite
    }
    for (auto const& shared :
         cmq::detect::share_light(frame, cells, background, segments, aperture)) {
        EXPECT_FALSE(shared);
    }
}

} // namespace
