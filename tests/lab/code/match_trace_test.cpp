// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_trace.hpp"

#include "tests/lab/code/simulated_reads.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

Registry registry_of(std::vector<std::string> const& codes) {
    Registry registry;
    for (std::string const& code : codes) {
        Lot lot;
        lot.name = "c" + std::to_string(registry.lots.size());
        lot.sequence = code;
        registry.lots.push_back(lot);
    }
    registry.laboratory_error = 0.001;
    return registry;
}

SangerTrace trace_of(std::string const& bases, std::uint8_t quality) {
    SangerTrace trace;
    trace.bases = bases;
    trace.qualities.assign(bases.size(), quality);
    trace.good_end = bases.size();
    return trace;
}

CodeVerdict verdict_of(SangerTrace const& trace, Registry const& registry) {
    return judge_code(match_trace(trace, registry, 1, 4), registry, {}).verdict;
}

/// A trace with this piece inside, its bases wrong as often as its quality says.
SangerTrace simulated(std::string const& piece, std::uint8_t quality, cmq::Random& random) {
    double const wrong = std::pow(10.0, -0.1 * quality);
    return trace_of(with_errors(random_bases(random, 150) + piece + random_bases(random, 250),
                                {.substitution = wrong},
                                random),
                    quality);
}

TEST(MatchTrace, FindsShortAndLongCodesOnBothStrands) {
    cmq::Random random{3, 1, 0};
    auto codes = random_codes(40, 32, 7);
    codes.push_back(random_bases(random, 150));
    auto const registry = registry_of(codes);
    for (std::size_t const lot : {5U, 40U}) {
        for (bool const is_turned : {false, true}) {
            auto trace = simulated(codes[lot], 30, random);
            trace.bases = is_turned ? reverse_complement(trace.bases) : trace.bases;
            auto const reading = match_trace(trace, registry);
            ASSERT_EQ(reading.lots.size(), 1U);
            EXPECT_EQ(reading.lots[0].lot, lot);
            EXPECT_LE(reading.lots[0].distance, 3U);
            EXPECT_EQ(verdict_of(trace, registry), CodeVerdict::match);
        }
    }
}

TEST(MatchTrace, FindsACodeWithAnInsertionAndADeletion) {
    cmq::Random random{3, 2, 0};
    auto const codes = random_codes(40, 60, 8);
    auto piece = codes[3];
    piece.insert(20, "A");
    piece.erase(40, 1);
    auto const reading = match_trace(simulated(piece, 40, random), registry_of(codes));
    ASSERT_FALSE(reading.lots.empty());
    EXPECT_EQ(reading.lots[0].lot, 3U);
    EXPECT_EQ(reading.lots[0].distance, 2U);
}

TEST(MatchTrace, FindsNothingInRandomBases) {
    cmq::Random random{3, 3, 0};
    auto const registry = registry_of(random_codes(100, 32, 9));
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(verdict_of(trace_of(random_bases(random, 400), 40), registry),
                  CodeVerdict::no_match);
    }
}

// The bound on false matches: random bases reach a ratio of x at most once in x.
TEST(MatchTrace, HasRatiosThatRandomBasesRarelyReach) {
    cmq::Random random{3, 4, 0};
    auto const registry = registry_of(random_codes(1, 8, 10));
    int reached = 0;
    constexpr int draws = 4000;
    for (int i = 0; i < draws; ++i) {
        auto const reading = match_trace(trace_of(random_bases(random, 60), 40), registry, 1, 4);
        reached += !reading.lots.empty() ? 1 : 0; // named from 100 on
    }
    EXPECT_LE(reached, draws / 100 + 19); // three standard deviations of a Poisson number
}

TEST(MatchTrace, CannotTellTwoLotsWithOneCode) {
    cmq::Random random{3, 5, 0};
    auto codes = random_codes(10, 32, 11);
    codes.push_back(codes[4]);
    EXPECT_EQ(verdict_of(simulated(codes[4], 40, random), registry_of(codes)),
              CodeVerdict::inconclusive);
}

TEST(MatchTrace, GrowsInconclusiveSmoothlyAsQualityFalls) {
    auto const codes = random_codes(20, 32, 12);
    auto const registry = registry_of(codes);
    std::vector<int> matches;
    for (std::uint8_t const quality : std::initializer_list<std::uint8_t>{30, 12, 9, 7, 5, 3}) {
        int count = 0;
        for (std::uint64_t i = 0; i < 60; ++i) {
            cmq::Random random{3, quality, i};
            auto const trace = simulated(codes[i % 20], quality, random);
            auto const reading = match_trace(trace, registry, 1, 4);
            auto const judgement = judge_code(reading, registry, {});
            count += judgement.verdict == CodeVerdict::match ? 1 : 0;
            for (LotResult const& lot : judgement.lots) {
                EXPECT_TRUE(!lot.is_read || lot.evidence.lot == i % 20); // never a wrong one
            }
        }
        matches.push_back(count);
    }
    EXPECT_EQ(matches.front(), 60);
    EXPECT_LE(matches.back(), 3);
    // Down, but for chance, and not at once: some step lies between.
    for (std::size_t i = 1; i < matches.size(); ++i) {
        EXPECT_LE(matches[i], matches[i - 1] + 3);
    }
    EXPECT_TRUE(std::ranges::any_of(matches, [](int count) { return count > 6 && count < 54; }));
}

// The counted probability against plain drawing, at a threshold that plain drawing can meet.
TEST(CountFalseTraces, AgreesWithPlainDrawing) {
    auto const registry = registry_of(random_codes(30, 12, 8));
    cmq::Random random{5, 9, 0};
    auto trace = trace_of(random_bases(random, 60), 15);
    constexpr double least = 3.0;
    auto const counted = count_false_traces(trace, registry, least, 4000, 2);
    EXPECT_GT(counted.low, 0.0);
    constexpr int draws = 4000;
    double hits = 0.0;
    for (int i = 0; i < draws; ++i) {
        trace.bases = random_bases(random, 60);
        for (LotEvidence const& lot : match_trace(trace, registry, 1, 2).lots) {
            hits += -std::log10(lot.chance) >= least ? 1.0 : 0.0;
        }
    }
    EXPECT_GT(hits, 20.0);
    EXPECT_NEAR(counted.probability, hits / draws, 4.0 * std::sqrt(hits) / draws);
}

TEST(CountFalseTraces, LiesBelowItsBound) {
    auto const registry = registry_of(random_codes(100, 32, 7));
    cmq::Random random{5, 10, 0};
    auto const reading = match_trace(trace_of(random_bases(random, 300), 25), registry);
    EXPECT_GT(reading.false_match, 0.0);
    EXPECT_LE(reading.false_match, 1e-5);
    EXPECT_EQ(match_trace(trace_of(random_bases(random, 300), 25), registry).false_match,
              reading.false_match); // of the qualities alone; same seed, same bits
}

} // namespace
