// SPDX-License-Identifier: GPL-3.0-or-later

// A tenth of docs/studies/noise.md once more, on other seeds.

#include "tests/capture/noise_study.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr std::uint64_t first_seed = 900'000;

// One frame of 5 766 blocks a plane: a quarter, 9 values each, knows the variance to 1.2 %, at the middle of a line fitted to
// points that texture lifts unevenly to about 2 %. Four of those.
TEST(SlowNoiseStudy, FindsNoBiasOnClothOfEightPhotositesAYarnAndMore) {
    std::uint64_t seed = first_seed;
    for (double const period : {8.0, 9.0, 10.0, 14.0}) {
        for (char const* colour : {"neutral", "blue"}) {
            auto const ratios = study::variance_ratios(
                study::estimate(study::cloth(period, 0.15, colour), {1000, 1500}, seed++));
            for (double const ratio : ratios) {
                EXPECT_NEAR(ratio, 1.0, 0.10) << period << ' ' << colour;
            }
        }
    }
}

// The method's weak side is known: never too low, and as much too high as the study says (1.59 and 1.09).
TEST(SlowNoiseStudy, FindsTheStatedBiasOnFinerCloth) {
    for (auto const& [period, stated] : {std::pair{5.0, 1.59}, std::pair{6.5, 1.09}}) {
        auto const ratios = study::variance_ratios(
            study::estimate(study::cloth(period, 0.15, "neutral"), {1000, 1500}, first_seed + 100));
        for (double const ratio : ratios) {
            EXPECT_NEAR(ratio, stated, 0.10 * stated) << period;
        }
    }
}

// 20 values with a true 95 %: fewer than 15 within happens in 3 of 10 000 repeats.
TEST(SlowNoiseStudy, StatesUncertaintiesThatHoldTheTruth) {
    for (study::Surface const& surface : {study::plain(BackgroundKind::flat),
                                          study::plain(BackgroundKind::gradient),
                                          study::cloth(8.0, 0.15, "neutral"),
                                          study::cloth(10.0, 0.15, "neutral")}) {
        auto const counted = study::count_coverage(surface, {600, 900}, first_seed + 200, 5);
        EXPECT_GE(counted.gain.within_two, 15U) << surface.name;
        EXPECT_GE(counted.read_noise.within_two, 15U) << surface.name;
    }
}

} // namespace
