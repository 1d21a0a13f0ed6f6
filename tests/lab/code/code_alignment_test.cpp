// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/code_alignment.hpp"

#include "tests/lab/code/slow_distance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using testing::ElementsAre;

TEST(AlignCode, NamesEachEdit) {
    auto const aligned =
        align_code(numbers_of("ACGTAC"), numbers_of("TTTACTAGC"), CodeEnds::at_end);
    // TTT|AC-TAGC: G is missing, a G stands before the last C.
    EXPECT_EQ(aligned.begin, 3U);
    EXPECT_EQ(aligned.distance, 2U);
    EXPECT_THAT(aligned.steps,
                ElementsAre(AlignStep::same,
                            AlignStep::same,
                            AlignStep::missing,
                            AlignStep::same,
                            AlignStep::same,
                            AlignStep::inserted,
                            AlignStep::same));
}

TEST(AlignCode, HasTheDistanceOfTheTextbookAndStepsThatMakeIt) {
    cmq::Random random{3, 0, 0};
    for (std::size_t i = 0; i < 60; ++i) {
        auto const code = random_bases(random, 1 + i % 20);
        auto const text = random_bases(random, i);
        for (CodeEnds const ends : {CodeEnds::whole, CodeEnds::at_end, CodeEnds::anywhere}) {
            auto const aligned = align_code(numbers_of(code), numbers_of(text), ends);
            EXPECT_EQ(aligned.distance, slow_distance(code, text, ends));
            std::size_t of_code = 0;
            std::size_t of_text = 0;
            std::size_t edits = 0;
            for (AlignStep const step : aligned.steps) {
                of_code += step == AlignStep::inserted ? 0 : 1;
                of_text += step == AlignStep::missing ? 0 : 1;
                edits += step == AlignStep::same ? 0 : 1;
            }
            EXPECT_EQ(of_code, code.size());
            EXPECT_EQ(of_text, aligned.end - aligned.begin);
            EXPECT_EQ(edits, aligned.distance);
        }
    }
}

TEST(Log10CodeOdds, IsTheProductOfBasesWhereNothingElseFits) {
    ReadErrors const errors{.excess = 0.0, .insertion = 1e-9, .deletion = 1e-9};
    QualityOdds const odds{errors};
    std::vector<std::uint8_t> const qualities{20, 30, 40, 10, 20, 20, 20, 20};
    auto const code = numbers_of("ACGTACGT");
    auto const text = numbers_of("ACGAACGT");
    double expected = 0.0;
    for (std::size_t i = 0; i < 8; ++i) {
        double const wrong = std::pow(10.0, -qualities[i] / 10.0);
        expected += std::log10(4.0 * (i == 3 ? wrong / 3.0 : 1.0 - wrong));
    }
    EXPECT_NEAR(log10_code_odds(code, text, qualities, odds, CodeEnds::whole, 2), expected, 1e-6);
}

// P(text | code) summed over all texts of all lengths is one: each step of the model goes somewhere.
// The model may end in any length, so texts of up to 6 bases hold all but what rare insertions add.
TEST(Log10CodeOdds, SumsToOneOverAllTexts) {
    ReadErrors const errors{.excess = 0.1, .insertion = 0.01, .deletion = 0.05};
    QualityOdds const odds{errors};
    auto const code = numbers_of("ACG");
    double total = 0.0;
    for (std::size_t size = 0; size <= 6; ++size) {
        std::vector<std::uint8_t> const qualities(size, 20);
        for (std::size_t text = 0; text < std::size_t{1} << (2 * size); ++text) {
            std::vector<std::uint8_t> bases(size);
            for (std::size_t i = 0; i < size; ++i) {
                bases[i] = static_cast<std::uint8_t>(text >> (2 * i) & 3U);
            }
            total += std::pow(10.0,
                              log10_code_odds(code, bases, qualities, odds, CodeEnds::whole, 6) -
                                  static_cast<double>(size) * std::log10(4.0));
        }
    }
    EXPECT_NEAR(total, 1.0, 1e-6);
}

TEST(Log10CodeOdds, BelievesGoodQualitiesMore) {
    QualityOdds const odds{ReadErrors{}};
    auto const code = numbers_of("ACGTACGTAC");
    auto const text = numbers_of("ACGTTCGTAC");
    std::vector<std::uint8_t> sure(10, 40);
    auto unsure = sure;
    unsure[4] = 5; // the base that differs
    EXPECT_GT(log10_code_odds(code, text, unsure, odds, CodeEnds::whole, 3),
              log10_code_odds(code, text, sure, odds, CodeEnds::whole, 3) + 1.0);
}

TEST(Log10CodeOdds, HoldsForLongCodes) {
    QualityOdds const odds{ReadErrors{}};
    cmq::Random random{4, 0, 0};
    auto const code = numbers_of(random_bases(random, 1500));
    std::vector<std::uint8_t> const qualities(1500, 30);
    // 4^1500 is beyond a double; each base is right with 0.998 and no gap with 0.998.
    EXPECT_NEAR(log10_code_odds(code, code, qualities, odds, CodeEnds::whole, 5),
                1500 * std::log10(4 * 0.998 * 0.998),
                1.0);
}

TEST(Log10CodeOdds, IsNothingForATextFarTooShort) {
    QualityOdds const odds{ReadErrors{}};
    std::vector<std::uint8_t> const none;
    EXPECT_EQ(log10_code_odds(numbers_of("ACGTACGT"), none, none, odds, CodeEnds::whole, 2),
              -std::numeric_limits<double>::infinity());
}

} // namespace
