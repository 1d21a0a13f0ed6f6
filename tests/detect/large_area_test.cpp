// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Stains wider than the background's mesh, of known truth, and frames without any. The full tables:
/// docs/studies/large_areas.md.

#include "detect/large_area.hpp"

#include "tests/detect/count_false_traces.hpp"
#include "tests/detect/stain_scenes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

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

TEST(FindLargeAreas, TellsStainsBetweenDropletsAndBlocks) {
    for (auto const kind : {BackgroundKind::flat, BackgroundKind::woven}) {
        for (double const radius : {40.0, 50.0}) {
            auto const one = stain_scenes::look_at(
                stain_scenes::scene_of(kind, radius, 0.5, stain_scenes::colours[0], 7),
                radius,
                false);
            EXPECT_TRUE(one.in_area) << to_text(kind) << " " << radius;
            EXPECT_EQ(one.elsewhere, 0U);
        }
    }
}

TEST(FindLargeAreas, MeasuresLightAndSizeWithinTheirUncertainty) {
    for (double const radius : {40.0, 70.0, 218.0}) {
        auto const one = stain_scenes::look_at(
            stain_scenes::scene_of(BackgroundKind::flat, radius, 0.5, stain_scenes::colours[0], 8),
            radius,
            false);
        ASSERT_TRUE(one.flux && one.outline) << radius;
        // 4 standard uncertainties: once in 16 000 of a normal law.
        EXPECT_NEAR(*one.flux, 1.0, 4.0 * *one.flux_sigma) << radius;
        EXPECT_NEAR(*one.outline, 1.0, 4.0 * *one.outline_sigma) << radius;
        EXPECT_LT(*one.flux_sigma, 0.05) << radius;
        EXPECT_LT(*one.outline_sigma, 0.10) << radius;
    }
}

TEST(FindLargeAreas, KnowsLessOnClothThanOnEvenSurfaces) {
    auto const at = [](BackgroundKind kind) {
        return stain_scenes::look_at(
            stain_scenes::scene_of(kind, 100.0, 2.0, stain_scenes::colours[0], 9), 100.0, false);
    };
    auto const flat = at(BackgroundKind::flat);
    auto const woven = at(BackgroundKind::woven);
    ASSERT_TRUE(flat.flux && woven.flux);
    // Folds of a quarter of the surface's light below a stain of twice that light.
    EXPECT_GT(*woven.flux_sigma, 5.0 * *flat.flux_sigma);
    EXPECT_NEAR(*woven.flux, 1.0, 4.0 * *woven.flux_sigma);
}

TEST(FindLargeAreas, GivesALowerLimitWhereItIsSaturated) {
    // 600 times the surface's light, 63 000 electrons a photosite, is beyond what 14 bits hold in red and green.
    auto const scene =
        stain_scenes::scene_of(BackgroundKind::flat, 60.0, 600.0, stain_scenes::colours[0], 4);
    auto const areas = find_large_areas(cmq::capture::to_frame(scene), {}, 0);
    ASSERT_FALSE(areas.empty());
    ASSERT_TRUE(areas[0].flux);
    EXPECT_GT(areas[0].flux->saturated_photosites, 5'000); // of 11 300
    auto const at = [&](char const* name) {
        return std::get<std::vector<double>>(scene.truth.column(name).cells)[0];
    };
    double const light = at("dn_r") + at("dn_g1") + at("dn_g2") + at("dn_b");
    EXPECT_LT(areas[0].flux->total_dn, light);
    EXPECT_GT(areas[0].flux->total_dn, 0.3 * light);
    EXPECT_THAT(cmq::detect::to_sentence(areas[0]).english(), HasSubstr("is at least"));
}

TEST(FindLargeAreas, LeavesToTracesWhatTheyMeasure) {
    auto const frame = cmq::capture::to_frame(
        stain_scenes::scene_of(BackgroundKind::flat, 20.0, 2.0, stain_scenes::colours[0], 3));
    auto const detection = cmq::detect::detect_traces(frame, {});
    ASSERT_EQ(detection.traces.size(), 1U);
    EXPECT_FALSE(cmq::detect::any_unmeasured(find_large_areas(frame, detection, 0)));
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
    settings.shape = {48, 128}; // 24 of the smallest blocks
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

TEST(LargeArea, HasAnAreaInSquareMillimetresWithAScale) {
    LargeArea area{.brighter = true};
    EXPECT_FALSE(cmq::detect::measure_area(area, {.mm_per_photosite = 0.1}));
    area.outline_photosites = 5000.0;
    area.outline_photosites_sigma = 30.0;
    auto const alone = cmq::detect::measure_area(area, {.mm_per_photosite = 0.1});
    ASSERT_TRUE(alone);
    EXPECT_NEAR(alone->mm2, 50.0, 1e-12);
    EXPECT_NEAR(alone->mm2_sigma, 0.3, 1e-12);
    // A scale known to 2 % leaves the area to 4 %: 2.0 mm2 beside 0.3.
    auto const scaled =
        cmq::detect::measure_area(area, {.mm_per_photosite = 0.1, .mm_per_photosite_sigma = 0.002});
    EXPECT_NEAR(scaled->mm2_sigma, std::hypot(2.0, 0.3), 1e-12);
}

TEST(LargeArea, TellsItsLightAndSize) {
    LargeArea area{.x = 703.2, .y = 448.0, .share = 0.0123, .brighter = true};
    EXPECT_THAT(cmq::detect::to_sentence(area).english(),
                HasSubstr("too little around it is free"));
    area.flux = cmq::detect::LargeAreaFlux{.total_dn = 123456.0, .total_dn_sigma = 789.0};
    area.outline_photosites = 5000.0;
    area.outline_photosites_sigma = 100.0;
    auto const sentence =
        cmq::detect::to_sentence(area, cmq::detect::SceneScale{.mm_per_photosite = 0.0101});
    EXPECT_THAT(sentence.english(), HasSubstr("covers 1.2 % of the frame"));
    EXPECT_THAT(sentence.english(), HasSubstr("123500 DN (standard uncertainty 790 DN)"));
    EXPECT_THAT(sentence.english(), HasSubstr("its area 0.5101 mm2"));
    EXPECT_THAT(sentence.in(cmq::Language::french), HasSubstr("couvre 1,2"));
    EXPECT_THAT(sentence.in(cmq::Language::french), HasSubstr("son aire de 0,5101"));
}

TEST(LargeArea, IsToldInBothLanguages) {
    LargeArea const area{.x = 703.2, .y = 448.0, .share = 0.104, .brighter = true};
    auto const sentence = cmq::detect::to_sentence(area);
    EXPECT_THAT(sentence.english(), HasSubstr("brighter than what surrounds it covers 10 %"));
    EXPECT_THAT(sentence.english(), HasSubstr("(700, 450);"));
    EXPECT_THAT(sentence.english(), HasSubstr("; it was not measured as a trace"));
    EXPECT_THAT(sentence.in(cmq::Language::french), HasSubstr("plus claire"));
}

} // namespace
