// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/consensus.hpp"

#include "tests/lab/code/slow_distance.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

CodeVotes votes(std::string const& code, std::string const& text) {
    auto const code_bases = numbers_of(code);
    auto const bases = numbers_of(text);
    return votes_of(align_code(code_bases, bases, CodeEnds::whole), code_bases, bases);
}

TEST(CodePile, IsWhatMostReadsSay) {
    std::string const code = "ACGTACGTAC";
    CodePile pile{code.size()};
    pile.add(votes(code, "ACGTACGTAC"));
    pile.add(votes(code, "ACGAACGTAC"));
    pile.add(votes(code, "ACGAACGTC"));
    auto const said = pile.consensus(numbers_of(code));
    EXPECT_EQ(to_bases(said), "ACGAACGTAC");
    EXPECT_EQ(count_differences(said, numbers_of(code)), 1U);
    EXPECT_EQ(pile.size(), 3U);
}

TEST(CodePile, TakesInsertionsAndDeletionsOfMost) {
    std::string const code = "ACGTACGTAC";
    CodePile pile{code.size()};
    pile.add(votes(code, "ACGTTTACGTC"));
    pile.add(votes(code, "ACGTTACGTC"));
    auto const said = pile.consensus(numbers_of(code));
    EXPECT_EQ(count_differences(said, numbers_of(code)), 2U);
    EXPECT_EQ(to_bases(said).size(), 10U);
}

TEST(VotesOf, LeavesUnknownBasesOut) {
    std::string const code = "ACGT";
    CodePile pile{code.size()};
    pile.add(votes(code, "ACNT"));
    EXPECT_EQ(to_bases(pile.consensus(numbers_of(code))), "ACGT");
    EXPECT_EQ(count_differences(votes_of(numbers_of(code)), numbers_of(code)), 0U);
}

// ACGTAC behind a primer that ends in T: its third base lost, TACTAC is read; a G gained in the middle, CGTGAC.
TEST(MergeIdentifiers, JoinsThoseThatLostOrGainedABase) {
    auto const text = [](std::string bases) {
        for (char& base : bases) {
            base = static_cast<char>(base_number(base));
        }
        return bases;
    };
    auto const merged = merge_identifiers(
        {{text("ACGTAC"), 50}, {text("TACTAC"), 2}, {text("CGTGAC"), 2}, {text("TTTTTT"), 2}});
    EXPECT_EQ(merged.at(text("TACTAC")), text("ACGTAC"));
    EXPECT_EQ(merged.at(text("CGTGAC")), text("ACGTAC"));
    EXPECT_EQ(merged.at(text("TTTTTT")), text("TTTTTT"));
}

TEST(MergeIdentifiers, JoinsRareCopiesOfFrequentOnes) {
    auto const text = [](std::string const& bases) {
        auto const numbers = numbers_of(bases);
        return std::string{numbers.begin(), numbers.end()};
    };
    auto const merged = merge_identifiers({{text("AAAA"), 100},
                                           {text("AAAC"), 3},
                                           {text("AACC"), 2},
                                           {text("GGGG"), 4},
                                           {text("GGGT"), 3}});
    EXPECT_EQ(merged.at(text("AAAC")), text("AAAA"));
    // Through AAAC, which has 2 * 2 - 1 = 3 reads.
    EXPECT_EQ(merged.at(text("AACC")), text("AAAA"));
    // 4 reads are not 2 * 3 - 1: two molecules.
    EXPECT_EQ(merged.at(text("GGGT")), text("GGGT"));
    EXPECT_EQ(merged.at(text("GGGG")), text("GGGG"));
}

} // namespace
