// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/bases.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;

TEST(ReverseComplement, TurnsAndComplementsAndKeepsWhatIsNoBaseUnknown) {
    EXPECT_EQ(reverse_complement("AACGTn-"), "NNACGTT");
    EXPECT_EQ(reverse_complement(reverse_complement("GATTACA")), "GATTACA");
}

TEST(IsSequence, TakesBasesOnly) {
    EXPECT_TRUE(is_sequence("acgT"));
    EXPECT_FALSE(is_sequence(""));
    EXPECT_FALSE(is_sequence("ACGN"));
    EXPECT_FALSE(is_sequence("ACGU"));
}

TEST(ToUpper, LeavesOtherCharacters) {
    EXPECT_EQ(to_upper("acG-n"), "ACG-N");
}

TEST(BaseNumber, CountsBasesFromA) {
    EXPECT_EQ(base_number('A'), 0);
    EXPECT_EQ(base_number('t'), 3);
    EXPECT_EQ(base_number('U'), 3);
    EXPECT_EQ(base_number('N'), 4);
}

} // namespace
