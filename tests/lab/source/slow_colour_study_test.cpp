// SPDX-License-Identifier: GPL-3.0-or-later

// A tenth of docs/studies/colour.md, on other seeds.

#include "tests/lab/source/colour_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace colour_study;

constexpr int runs = 10;

// Over all cameras; one trace of each material of `names` a run.
std::vector<Tally> tallies(std::vector<std::string_view> const& names,
                           int samples,
                           double snr,
                           Looks const& looks = {{}},
                           double marker_in_blue = ultraviolet_only) {
    std::vector<Tally> found(names.size());
    for (int run = 0; run < runs; ++run) {
        for (std::size_t c = 0; c < capture::camera_responses().size(); ++c) {
            auto const& camera = capture::camera_responses()[c];
            Random random{900, static_cast<std::uint32_t>(c), static_cast<std::uint64_t>(run)};
            Case const one{yellow_green(), camera, samples, random, looks, marker_in_blue};
            for (std::size_t i = 0; i < names.size(); ++i) {
                auto const trace =
                    draw_spot(emitter(names[i]), camera, snr, random, looks, marker_in_blue);
                found[i].add(*one.weigh(trace).ours, i == 0);
            }
        }
    }
    return found;
}

TEST(SlowColourStudy, RivalsWithReferencesSeldomLookLikeTheMarker) {
    auto names = yellow_green().rivals;
    names.insert(names.begin(), yellow_green().marker);
    auto const found = tallies(names, 10, 30.0);
    int above_10 = 0;
    int above_100 = 0;
    int all = 0;
    for (std::size_t i = 1; i < found.size(); ++i) {
        above_10 += found[i].above_10;
        above_100 += found[i].above_100;
        all += found[i].all;
    }
    // A ratio that is true exceeds x with a probability of at most 1 / x where the marker is not (Markov); four
    // binomial standard deviations of 150 cases.
    EXPECT_LE(above_10, 0.1 * all + 4 * std::sqrt(0.1 * 0.9 * all));
    EXPECT_LE(above_100, 0.01 * all + 4 * std::sqrt(0.01 * 0.99 * all));
}

TEST(SlowColourStudy, YellowGreenIsNotToldFromRiboflavinOrHighlighterInPlainRgb) {
    auto const found =
        tallies({"marker, yellow-green", "riboflavin, wet", "highlighter, pyranine"}, 10, 10.0);
    for (Tally const& tally : found) {
        EXPECT_GE(tally.all - tally.above_10 - tally.below_tenth, 0.8 * tally.all);
    }
}

TEST(SlowColourStudy, ASecondCaptureTellsAListedHighlighterBetter) {
    std::vector<std::string_view> const names{"marker, yellow-green", "highlighter, pyranine"};
    auto const one = tallies(names, 20, 30.0);
    auto const two = tallies(names, 20, 30.0, {{}, {515.0}});
    EXPECT_GT(two[1].below_tenth, one[1].below_tenth);
    EXPECT_LE(two[1].above_100, 0.01 * two[1].all + 4 * std::sqrt(0.01 * 0.99 * two[1].all));
}

TEST(SlowColourStudy, ASecondLampTellsWhatBlueLightExcitesAndNothingElse) {
    std::vector<std::string_view> const names{
        "marker, yellow-green", "riboflavin, wet", "riboflavin after light", stamp_ink};
    Looks const two_lamps{{}, {515.0, true}};
    auto const apart = tallies(names, 10, 30.0, two_lamps, ultraviolet_only);
    EXPECT_GE(apart[0].above_10, 0.9 * apart[0].all);
    EXPECT_GE(apart[1].below_tenth, 0.9 * apart[1].all);
    EXPECT_GE(apart[2].below_tenth, 0.9 * apart[2].all);
    EXPECT_GE(apart[3].above_10, 1) << "an ink that blue light does not excite either";
    auto const alike = tallies(names, 10, 30.0, two_lamps, like_riboflavin);
    EXPECT_LE(alike[1].below_tenth, 0.5 * alike[1].all);
}

TEST(SlowColourStudy, BlueBrightenerIsTold) {
    auto const found = tallies({"marker, yellow-green", "optical brightener"}, 10, 10.0);
    EXPECT_GE(found[1].below_tenth, 0.9 * found[1].all);
}

} // namespace
