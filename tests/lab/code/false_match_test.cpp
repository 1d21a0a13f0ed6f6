// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/false_match.hpp"

#include "tests/lab/code/slow_distance.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

/// Sequences of a length that end within a distance of any code, all of them looked at.
double
share_of_all(std::vector<std::string> const& codes, std::size_t length, std::size_t distance) {
    CodeScanner const scanner{codes};
    std::vector<std::uint16_t> distances;
    std::size_t hits = 0;
    std::size_t const all = std::size_t{1} << (2 * length);
    std::vector<std::uint8_t> bases(length);
    for (std::size_t text = 0; text < all; ++text) {
        for (std::size_t i = 0; i < length; ++i) {
            bases[i] = static_cast<std::uint8_t>(text >> (2 * i) & 3U);
        }
        scanner.measure(bases, CodeEnds::at_end, distances);
        hits += *std::ranges::min_element(distances) <= distance ? 1U : 0U;
    }
    return static_cast<double>(hits) / static_cast<double>(all);
}

// Codes near each other, one that repeats itself, two lengths: where a sum over codes would count double.
std::vector<std::string> const tiny{"ACGTAC", "ACGTTC", "GGGGGG", "TACGAC", "CATCATC"};

TEST(CountFalseMatches, IsTheShareOfAllSequences) {
    for (std::size_t const distance : {0U, 1U, 2U}) {
        double const truth = share_of_all(tiny, 9, distance);
        auto const counted = count_false_matches(tiny, 9, distance, 40'000, 7);
        // Four standard errors; the interval has 1.96.
        double const error = (counted.high - counted.low) / (2 * 1.96);
        EXPECT_NEAR(counted.probability, truth, 4 * error + 1e-12) << distance;
        EXPECT_LT(error, 0.03 * truth) << distance;
    }
}

TEST(CountFalseMatches, HasIntervalsThatHoldTheTruth) {
    double const truth = share_of_all(tiny, 8, 1);
    int held = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        auto const counted = count_false_matches(tiny, 8, 1, 500, seed);
        held += counted.low <= truth && truth <= counted.high ? 1 : 0;
    }
    // Binomial(100, 0.95): 88 or fewer once in 250.
    EXPECT_GE(held, 88);
}

TEST(CountFalseMatches, IsTheCountOfCodesWithoutErrors) {
    cmq::Random random{8, 0, 0};
    std::vector<std::string> codes;
    for (int i = 0; i < 50; ++i) {
        codes.push_back(random_bases(random, 20));
    }
    EXPECT_NEAR(count_false_matches(codes, 26, 0, 200, 1).probability / (50 * std::pow(4.0, -20)),
                1.0,
                1e-9);
}

TEST(CountFalseMatches, GivesTheSameBitsForOneSeed) {
    EXPECT_EQ(count_false_matches(tiny, 9, 2, 300, 5).probability,
              count_false_matches(tiny, 9, 2, 300, 5).probability);
    EXPECT_NE(count_false_matches(tiny, 9, 2, 300, 5).probability,
              count_false_matches(tiny, 9, 2, 300, 6).probability);
}

// Plain drawing, where it still meets anything: 300 codes of 16 bases at distance 3.
TEST(CountFalseMatches, AgreesWithPlainDrawing) {
    cmq::Random random{9, 0, 0};
    std::vector<std::string> codes;
    for (int i = 0; i < 300; ++i) {
        codes.push_back(random_bases(random, 16));
    }
    CodeScanner const scanner{codes};
    std::vector<std::uint16_t> distances;
    int hits = 0;
    constexpr int draws = 40'000;
    for (int i = 0; i < draws; ++i) {
        scanner.measure(numbers_of(random_bases(random, 20)), CodeEnds::at_end, distances);
        hits += *std::ranges::min_element(distances) <= 3 ? 1 : 0;
    }
    auto const counted = count_false_matches(codes, 20, 3, 20'000, 1);
    double const error = std::hypot((counted.high - counted.low) / (2 * 1.96) * draws,
                                    std::sqrt(static_cast<double>(hits)));
    EXPECT_GT(hits, 100);
    EXPECT_NEAR(counted.probability * draws, hits, 4 * error);
}

TEST(CountUntil, EndsWithTheFirstAboveTheBound) {
    auto const counted = count_until(tiny, 9, 0.02, 1);
    ASSERT_GE(counted.size(), 2U);
    EXPECT_GT(counted.back().probability, 0.02);
    for (std::size_t i = 0; i + 1 < counted.size(); ++i) {
        EXPECT_EQ(counted[i].distance, i);
        EXPECT_LE(counted[i].probability, 0.02);
    }
}

// Two weights of ten draws by hand: mean 0.5, standard error 0.4: the interval is cut at 0 and 1.
TEST(ToFalseMatch, IsTheMeanWithItsInterval) {
    auto const of = to_false_match(4.0 + 1.0, 16.0 + 1.0, 10);
    EXPECT_NEAR(of.probability, 0.5, 1e-12);
    EXPECT_EQ(of.low, 0.0) << "cut at 0";
    EXPECT_EQ(of.high, 1.0) << "cut at 1";
    auto const many = to_false_match(5.0, 17.0, 1000);
    double const small = std::sqrt((0.017 - 0.000025) / 999.0);
    EXPECT_NEAR(many.low, std::max(0.0, 0.005 - 1.96 * small), 1e-12);
    EXPECT_NEAR(many.high, 0.005 + 1.96 * small, 1e-12);
}

} // namespace
