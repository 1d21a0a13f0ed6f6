// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/source/colour_ratio.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace {

using namespace cmq;
using namespace cmq::lab;
using testing::ElementsAre;
using testing::IsEmpty;

ColourRival rival(std::string name, double weight, double density) {
    return {.name = std::move(name),
            .weight = weight,
            .samples = 10,
            .same_conditions = true,
            .log_density = std::log(density)};
}

// Densities 6 against (1 * 0.2 + 2 * 0.01 + 1 * 0.5) / 4 = 0.18.
ColourSources sources() {
    return {.marker = rival("lot", 0.0, 6.0),
            .rivals = {rival("riboflavin", 1.0, 0.2), rival("brightener", 2.0, 0.01)},
            .unknown_weight = 1.0,
            .unknown_log_density = std::log(0.5),
            .channels = 6};
}

TEST(ColourRatio, IsTheMarkerAgainstTheMixture) {
    ColourRatio const ratio = weigh_colour(sources());
    ASSERT_TRUE(ratio.log10_lr.has_value());
    EXPECT_NEAR(*ratio.log10_lr, std::log10(6.0 / 0.18), 1e-12);
    EXPECT_EQ(ratio.verdict, ColourVerdict::indeterminate);
    EXPECT_THAT(ratio.doubts, ElementsAre(ColourDoubt::unlisted));
}

TEST(ColourRatio, SpeaksForTheRivalsByTheSameMeasure) {
    ColourSources other = sources();
    other.marker.log_density = std::log(0.018);
    EXPECT_NEAR(*weigh_colour(other).log10_lr, -1.0, 1e-12);
    other.marker.log_density = std::log(0.0179);
    EXPECT_EQ(weigh_colour(other).verdict, ColourVerdict::for_rivals);
}

TEST(ColourRatio, KeepsANumberNearOneAndGivesNoVerdict) {
    ColourSources near = sources();
    near.marker.log_density = std::log(0.9);
    ColourRatio const ratio = weigh_colour(near);
    EXPECT_EQ(ratio.verdict, ColourVerdict::indeterminate);
    EXPECT_THAT(ratio.doubts, ElementsAre(ColourDoubt::near_one));
    EXPECT_NEAR(*ratio.log10_lr, std::log10(5.0), 1e-12);
}

TEST(ColourRatio, DoesNotMoveWithAFactorOnAllWeightsOrAllDensities) {
    ColourSources scaled = sources();
    scaled.unknown_weight *= 7.0;
    scaled.unknown_log_density = *scaled.unknown_log_density - 300.0;
    scaled.marker.log_density = *scaled.marker.log_density - 300.0;
    for (ColourRival& one : scaled.rivals) {
        one.weight *= 7.0;
        one.log_density = *one.log_density - 300.0;
    }
    EXPECT_NEAR(*weigh_colour(scaled).log10_lr, *weigh_colour(sources()).log10_lr, 1e-10);
}

TEST(ColourRatio, ARivalSplitInTwoChangesNothing) {
    ColourSources split = sources();
    split.rivals[1].weight = 0.5;
    split.rivals.push_back(rival("brightener, second half", 1.5, 0.01));
    EXPECT_NEAR(*weigh_colour(split).log10_lr, *weigh_colour(sources()).log10_lr, 1e-12);
}

TEST(ColourRatio, GivesNoVerdictForTheMarkerInThreeChannels) {
    ColourSources plain = sources();
    plain.channels = 3;
    ColourRatio const ratio = weigh_colour(plain);
    EXPECT_NEAR(*ratio.log10_lr, std::log10(6.0 / 0.18), 1e-12);
    EXPECT_EQ(ratio.verdict, ColourVerdict::indeterminate);
    EXPECT_THAT(ratio.doubts, ElementsAre(ColourDoubt::three_channels));
    plain.marker.log_density = std::log(0.001); // against it, three channels will do
    EXPECT_EQ(weigh_colour(plain).verdict, ColourVerdict::for_rivals);
}

TEST(ColourRatio, GivesNoneWhereAJoinedCaptureHasNoLight) {
    ColourSources dark = sources();
    dark.not_measured = true;
    EXPECT_THAT(weigh_colour(dark).doubts, ElementsAre(ColourDoubt::not_measured));
    dark.marker.log_density.reset(); // for that reason, and not as it were too faint
    EXPECT_THAT(weigh_colour(dark).doubts, ElementsAre(ColourDoubt::not_measured));
    EXPECT_FALSE(weigh_colour(dark).log10_lr.has_value());
}

TEST(ColourRatio, GivesNoneWithNineReferencesOfAnyClass) {
    ColourSources few = sources();
    few.rivals[1].samples = 9;
    ColourRatio const ratio = weigh_colour(few);
    EXPECT_FALSE(ratio.log10_lr.has_value());
    EXPECT_EQ(ratio.verdict, ColourVerdict::indeterminate);
    EXPECT_THAT(ratio.doubts, ElementsAre(ColourDoubt::few_references));
    EXPECT_THAT(ratio.of_classes, ElementsAre("brightener"));
    few = sources();
    few.marker.samples = 9;
    EXPECT_THAT(weigh_colour(few).of_classes, ElementsAre("lot"));
}

TEST(ColourRatio, GivesNoneForReferencesUnderAnotherLamp) {
    ColourSources other = sources();
    other.marker.same_conditions = false;
    ColourRatio const ratio = weigh_colour(other);
    EXPECT_FALSE(ratio.log10_lr.has_value());
    EXPECT_THAT(ratio.doubts, ElementsAre(ColourDoubt::other_conditions));
    EXPECT_THAT(ratio.of_classes, ElementsAre("lot"));
}

TEST(ColourRatio, GivesNoneWhereNothingNamedStandsAgainstTheMarker) {
    ColourSources alone = sources();
    alone.rivals.clear();
    EXPECT_THAT(weigh_colour(alone).doubts, ElementsAre(ColourDoubt::no_rival));
}

TEST(ColourRatio, GivesNoneForASaturatedOrFaintTrace) {
    ColourSources full = sources();
    full.saturated = true;
    EXPECT_THAT(weigh_colour(full).doubts, ElementsAre(ColourDoubt::saturated));
    ColourSources faint = sources();
    faint.unknown_log_density.reset();
    EXPECT_THAT(weigh_colour(faint).doubts, ElementsAre(ColourDoubt::too_faint));
    faint = sources();
    faint.rivals[0].log_density.reset();
    EXPECT_THAT(weigh_colour(faint).doubts, ElementsAre(ColourDoubt::too_faint));
}

TEST(ColourRatio, RefusesWeightsThatAreNone) {
    for (double const weight : {0.0,
                                -1.0,
                                std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::infinity()}) {
        ColourSources wrong = sources();
        wrong.rivals[0].weight = weight;
        EXPECT_THROW((void)weigh_colour(wrong), Error);
        wrong = sources();
        wrong.unknown_weight = weight;
        EXPECT_THROW((void)weigh_colour(wrong), Error);
    }
}

TEST(ColourRatio, RefusesADensityThatIsNoNumber) {
    ColourSources wrong = sources();
    wrong.marker.log_density = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW((void)weigh_colour(wrong), Error);
}

} // namespace
