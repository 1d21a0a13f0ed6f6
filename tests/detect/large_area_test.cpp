// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Stains wider than the background's mesh, of known truth, and frames without any. The full tables:
/// docs/studies/large_areas.md.

#include "detect/large_area.hpp"

#include "tests/detect/count_false_traces.hpp"
#include "tests/detect/stain_scenes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using cmq::capture::BackgroundKind;
using cmq::detect::find_large_areas;
using cmq::detect::LargeArea;
using testing::HasSubstr;

TEST(FindLargeAreas, TellsAStainOfATenthOfTheFrame) {
    for (auto const kind : {BackgroundKind::flat, BackgroundKind::woven, BackgroundKind::printed}) {
        // A print of its own colour hides fainter ones.
        double const contrast = kind == BackgroundKind::printed ? 2.0 : 0.5;
        auto const sums = stain_scenes::measure(kind, 218.0, contrast, stain_scenes::colours[0], 2);
        EXPECT_EQ(sums.told, sums.stains) << to_text(kind);
        // 37 blocks; those at the border count or not: 2 % of the frame are 7 blocks.
        EXPECT_NEAR(sums.share / sums.told, sums.true_share / sums.stains, 0.02) << to_text(kind);
    }
}

TEST(FindLargeAreas, MeasuresItsLightOnEvenSurfaces) {
    auto const sums =
        stain_scenes::measure(BackgroundKind::flat, 218.0, 2.0, stain_scenes::colours[1], 2);
    EXPECT_EQ(sums.told, 2.0);
    EXPECT_NEAR(sums.excess / sums.told, 0.95, 0.06); // blocks at its border lie partly beside it
}

TEST(FindLargeAreas, FindsNoneOnEmptyFrames) {
    for (auto const kind : stain_scenes::kinds) {
        EXPECT_TRUE(find_large_areas(false_traces::make_empty_frame(kind, 950), {}, 0).empty())
            << to_text(kind);
    }
}

TEST(FindLargeAreas, GivesTheSameBitsOnAnyNumberOfThreads) {
    auto const frame = cmq::capture::to_frame(
        stain_scenes::scene_of(BackgroundKind::woven, 100.0, 2.0, stain_scenes::colours[0], 5));
    auto const one = find_large_areas(frame, {}, 1);
    auto const two = find_large_areas(frame, {}, 2);
    ASSERT_EQ(one.size(), 1U);
    ASSERT_EQ(two.size(), 1U);
    EXPECT_EQ(one[0].x, two[0].x);
    EXPECT_EQ(one[0].clearest, two[0].clearest);
    EXPECT_EQ(one[0].excess_dn, two[0].excess_dn);
}

TEST(FindLargeAreas, LeavesOutWhatTakesLightAwayAndSmallFrames) {
    cmq::capture::SceneSettings settings;
    settings.seed = 31;
    cmq::capture::DropletGroup stain;
    stain.count = 1;
    stain.kind = cmq::capture::DropletKind::stain;
    stain.radius = 200.0;
    stain.absorption = {0.3, 0.3, 0.3, 0.3};
    stain.region = cmq::capture::Region{600.0, 400.0, 300.0, 200.0};
    settings.droplets.push_back(stain);
    EXPECT_TRUE(find_large_areas(cmq::capture::to_frame(simulate_scene(settings)), {}, 0).empty());
    settings.shape = {320, 480}; // 35 blocks
    settings.droplets.clear();
    EXPECT_TRUE(find_large_areas(cmq::capture::to_frame(simulate_scene(settings)), {}, 0).empty());
}

TEST(LargeArea, IsMeasuredWhereTracesCoverHalfOfIt) {
    LargeArea area;
    area.in_traces = 0.4;
    EXPECT_FALSE(cmq::detect::is_measured(area));
    EXPECT_TRUE(cmq::detect::any_unmeasured({area}));
    area.in_traces = 0.5;
    EXPECT_TRUE(cmq::detect::is_measured(area));
    EXPECT_FALSE(cmq::detect::any_unmeasured({area}));
    EXPECT_FALSE(cmq::detect::any_unmeasured({}));
}

TEST(LargeArea, IsToldInBothLanguages) {
    LargeArea const area{.x = 703.2, .y = 448.0, .share = 0.104, .brighter = true};
    auto const sentence = cmq::detect::to_sentence(area);
    EXPECT_THAT(sentence.english(), HasSubstr("brighter than what surrounds it covers 10 %"));
    EXPECT_THAT(sentence.english(), HasSubstr("(700, 450); it was not measured as a trace"));
    EXPECT_THAT(sentence.in(cmq::Language::french), HasSubstr("plus claire"));
}

} // namespace
