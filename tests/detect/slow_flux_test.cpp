// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A tenth of the table of docs/studies/flux.md, with other frames: stated intervals hold the true light.

#include "tests/detect/flux_scenes.hpp"

#include <gtest/gtest.h>

namespace {

// Classes from signal-to-noise 12 on, taken together.
flux_scenes::Class measure(flux_scenes::BackgroundKind kind, double radius, std::uint64_t frames) {
    flux_scenes::Classes classes;
    for (std::uint64_t number = 0; number < frames; ++number) {
        flux_scenes::add_frame(kind, radius, 900 + number, classes);
    }
    flux_scenes::Class all;
    for (std::size_t k = 0; k < classes.size(); ++k) {
        if (flux_scenes::edges[k] >= 12.0) {
            flux_scenes::Class const& one = classes[k];
            all.droplets += one.droplets;
            all.found += one.found;
            all.within_68 += one.within_68;
            all.within_95 += one.within_95;
            all.ratio.insert(all.ratio.end(), one.ratio.begin(), one.ratio.end());
        }
    }
    return all;
}

// Four standard deviations of a share beside it; intervals may be too wide by a third.
void expect_covered(flux_scenes::Class const& all) {
    ASSERT_GT(all.found, 60.0);
    EXPECT_GE(all.found, 0.9 * all.droplets);
    double const share68 = all.within_68 / all.found;
    double const share95 = all.within_95 / all.found;
    EXPECT_GE(share68, 0.683 - 4.0 * std::sqrt(0.683 * 0.317 / all.found));
    EXPECT_LE(share68, 0.82 + 4.0 * std::sqrt(0.82 * 0.18 / all.found)); // 1.96 / 1.34 of a width
    EXPECT_GE(share95, 0.95 - 4.0 * std::sqrt(0.95 * 0.05 / all.found));
    EXPECT_NEAR(flux_scenes::median(all.ratio), 1.0, 0.03);
}

TEST(SlowFlux, LiesWithinItsIntervalsOnFlatFrames) {
    expect_covered(measure(flux_scenes::BackgroundKind::flat, 2.0, 2));
    expect_covered(measure(flux_scenes::BackgroundKind::flat, 6.0, 2));
}

TEST(SlowFlux, LiesWithinItsIntervalsOnGradients) {
    expect_covered(measure(flux_scenes::BackgroundKind::gradient, 2.0, 2));
    expect_covered(measure(flux_scenes::BackgroundKind::gradient, 6.0, 2));
}

TEST(SlowFlux, LiesWithinItsIntervalsOnWovenCloth) {
    expect_covered(measure(flux_scenes::BackgroundKind::woven, 2.0, 3));
}

} // namespace
