// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_fragments.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace cmq::lab;
using cmq::Random;

Registry
registry_of(std::size_t lots, std::size_t fragments, std::uint64_t seed, bool has_dyes = false) {
    Random random{seed, 31, 0};
    Registry registry;
    for (std::size_t i = 0; i < lots; ++i) {
        Lot lot;
        lot.name = "L" + std::to_string(i);
        lot.kind = CodeKind::fragments;
        for (std::size_t k = 0; k < fragments; ++k) {
            lot.fragments.push_back(100.0 + 380.0 * random.uniform());
            if (has_dyes) {
                lot.fragment_dyes.push_back(random.uniform() < 0.5 ? "6-FAM" : "VIC");
            }
        }
        std::ranges::sort(lot.fragments);
        registry.lots.push_back(lot);
    }
    return registry;
}

/// What a lot's run shows, written beside the model: lengths with an error, some lost, some stray.
std::vector<ReadFragment> run_of(
    Lot const& lot, FragmentModel const& model, Random& random, double lost = 0.0, int stray = 0) {
    std::vector<ReadFragment> read;
    for (std::size_t i = 0; i < lot.fragments.size(); ++i) {
        if (random.uniform() >= lost) {
            read.push_back({.size = lot.fragments[i] + model.sd * random.normal(),
                            .dye = lot.fragment_dyes.empty()         ? "6FAM"
                                   : lot.fragment_dyes[i] == "6-FAM" ? "6FAM"
                                                                     : "VIC"});
        }
    }
    for (int i = 0; i < stray; ++i) {
        read.push_back({.size = 60.0 + 440.0 * random.uniform(), .dye = "VIC"});
    }
    return read;
}

FragmentModel const model{.sd = 0.3, .dyes = 2.0};

TEST(Log10FragmentOdds, IsTheFormulaByHand) {
    Registry registry;
    Lot lot;
    lot.kind = CodeKind::fragments;
    lot.fragments = {200.0};
    registry.lots = {lot};
    FragmentModel const plain{.sd = 0.5,
                              .from = 100.0,
                              .to = 300.0,
                              .dyes = 1.0,
                              .drop_out = 0.1,
                              .drop_in = 0.2,
                              .other_code = 0.25};
    // One length 0.5 bp off. Stray: 0.2 / 200 a base pair; another code: one fragment on average, 1 / 200.
    double const density = std::exp(-0.5) / (0.5 * std::sqrt(2.0 * M_PI));
    double const alone = std::exp(1.0 - 0.2) * (0.001 / 0.005) * (0.1 + 0.9 * density / 0.001);
    double const beside = std::exp(-0.2) * (0.006 / 0.005) * (0.1 + 0.9 * density / 0.006);
    std::vector<ReadFragment> const read{{.size = 200.5, .dye = "A"}};
    EXPECT_NEAR(log10_fragment_odds(read, registry, plain)[0],
                std::log10(0.75 * alone + 0.25 * beside),
                1e-12);
    // Nothing read: e^0.8 x 0.1, e^-0.2 x 0.1.
    EXPECT_NEAR(log10_fragment_odds({}, registry, plain)[0],
                std::log10(0.1 * (0.75 * std::exp(0.8) + 0.25 * std::exp(-0.2))),
                1e-12);
}

// Of runs of another code the ratio has the mean 1: it is one of two densities.
TEST(Log10FragmentOdds, HasTheMeanOneOverOtherCodes) {
    Registry registry;
    for (double const size : {200.0, 203.0}) {
        Lot lot;
        lot.kind = CodeKind::fragments;
        lot.fragments = {size};
        registry.lots.push_back(lot);
    }
    // Wide errors and a short range, so that plain drawing meets the lots.
    FragmentModel const wide{.sd = 1.0, .from = 190.0, .to = 210.0, .dyes = 1.0};
    Random random{17, 32, 0};
    double sum = 0.0;
    double squares = 0.0;
    constexpr int draws = 40'000;
    for (int i = 0; i < draws; ++i) {
        std::vector<ReadFragment> read;
        for (std::uint64_t n = random.poisson(1.0); n > 0; --n) {
            // Half anywhere, half of the other lot's length.
            read.push_back({.size = random.uniform() < 0.5 ? 190.0 + 20.0 * random.uniform()
                                                           : 203.0 + random.normal(),
                            .dye = "A"});
        }
        double const ratio = std::pow(10.0, log10_fragment_odds(read, registry, wide)[0]);
        sum += ratio;
        squares += ratio * ratio;
    }
    double const mean = sum / draws;
    double const error = std::sqrt((squares / draws - mean * mean) / draws);
    EXPECT_LT(error, 0.02);
    EXPECT_NEAR(mean, 1.0, 4.0 * error);
}

TEST(MatchFragments, FindsTheLotAmongAHundred) {
    for (bool const has_dyes : {false, true}) {
        auto const registry = registry_of(100, 6, 3, has_dyes);
        Random random{4, 33, 0};
        for (std::size_t lot = 0; lot < 100; lot += 9) {
            auto const read = run_of(registry.lots[lot], model, random);
            auto const reading = match_fragments(read, registry, model, 1);
            ASSERT_FALSE(reading.lots.empty());
            EXPECT_EQ(reading.lots[0].lot, lot);
            EXPECT_EQ(reading.lots[0].distance, 0U);
            EXPECT_EQ(judge_code(reading, registry, {}).verdict, CodeVerdict::match);
        }
    }
}

TEST(MatchFragments, FindsTwoLotsInOneSample) {
    auto const registry = registry_of(50, 6, 5);
    Random random{4, 34, 0};
    auto read = run_of(registry.lots[7], model, random);
    auto const second = run_of(registry.lots[31], model, random);
    read.insert(read.end(), second.begin(), second.end());
    auto const judgement = judge_code(match_fragments(read, registry, model, 1), registry, {});
    ASSERT_EQ(judgement.lots.size(), 2U);
    EXPECT_TRUE(judgement.lots[0].is_read && judgement.lots[1].is_read);
    EXPECT_EQ(judgement.lots[0].evidence.lot + judgement.lots[1].evidence.lot, 38U);
}

TEST(MatchFragments, SaysNoMatchAndTooFew) {
    auto const registry = registry_of(50, 6, 5);
    Random random{4, 35, 0};
    auto const stranger = registry_of(1, 6, 99).lots[0];
    auto const read = run_of(stranger, model, random);
    EXPECT_EQ(judge_code(match_fragments(read, registry, model, 1), registry, {}).verdict,
              CodeVerdict::no_match);
    auto const few = judge_code(match_fragments({}, registry, model, 1), registry, {});
    EXPECT_EQ(few.verdict, CodeVerdict::inconclusive);
    EXPECT_EQ(few.reasons[1].id, "too_few_peaks");
}

TEST(MatchFragments, DoesNotChooseBetweenEqualLots) {
    auto registry = registry_of(10, 6, 5);
    registry.lots[4].fragments = registry.lots[2].fragments;
    Random random{4, 36, 0};
    auto const reading =
        match_fragments(run_of(registry.lots[2], model, random), registry, model, 1);
    ASSERT_EQ(reading.lots.size(), 2U);
    EXPECT_NEAR(reading.lots[0].best_log10_lr, 0.0, 1e-9);
    EXPECT_NE(judge_code(reading, registry, {}).verdict, CodeVerdict::match);
}

TEST(MatchFragments, LeavesOutWhatTheRunCanNotShow) {
    auto registry = registry_of(10, 6, 5);
    registry.lots[2].fragments.push_back(700.0); // beyond the standard
    Random random{4, 37, 0};
    auto read = run_of(registry.lots[2], model, random);
    read.pop_back();
    auto const reading = match_fragments(read, registry, model, 1);
    ASSERT_FALSE(reading.lots.empty());
    EXPECT_EQ(reading.lots[0].distance, 0U);
}

// The promised probability against plain drawing, for a threshold that plain drawing can meet.
TEST(CountFalseFragments, AgreesWithPlainDrawing) {
    auto const registry = registry_of(20, 2, 8);
    FragmentModel const wide{.sd = 2.0, .dyes = 1.0};
    auto const counted = count_false_fragments(registry, wide, 1.0, 20'000, 3);
    EXPECT_GT(counted.low, 0.0);
    Random random{6, 38, 0};
    constexpr int draws = 20'000;
    double hits = 0.0;
    for (int i = 0; i < draws; ++i) {
        // Of one lot's point of view: half anywhere, half of another lot's lengths; and that for each lot.
        auto const lot = static_cast<std::size_t>(i) % registry.lots.size();
        std::vector<ReadFragment> read;
        for (std::uint64_t n = random.poisson(2.0); n > 0; --n) {
            std::size_t other = lot;
            while (other == lot) {
                other = static_cast<std::size_t>(random.uniform() * 20.0);
            }
            auto const which = static_cast<std::size_t>(random.uniform() * 2.0);
            read.push_back({.size = random.uniform() < 0.5 ? 60.0 + 440.0 * random.uniform()
                                                           : registry.lots[other].fragments[which] +
                                                                 2.0 * random.normal(),
                            .dye = "A"});
        }
        hits += log10_fragment_odds(read, registry, wide)[lot] >= 1.0 ? 1.0 : 0.0;
    }
    double const plain = 20.0 * hits / draws;
    double const error = 20.0 * std::sqrt(hits) / draws;
    EXPECT_GT(hits, 20.0);
    EXPECT_NEAR(counted.probability, plain, 4.0 * error);
}

TEST(CountFalseFragments, StaysBelowItsPromise) {
    auto const registry = registry_of(50, 6, 5);
    auto const reading = match_fragments({}, registry, model, 1);
    EXPECT_LE(reading.false_match, 1e-5);
    EXPECT_GT(reading.false_match, 0.0);
    EXPECT_EQ(match_fragments({}, registry, model, 1).false_match,
              reading.false_match); // same seed, same bits
}

} // namespace
