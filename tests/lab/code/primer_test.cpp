// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/primer.hpp"

#include "tests/lab/code/slow_distance.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

TEST(Primer, IsFoundWhereItStands) {
    Primer const primer{"ACGTTGCAAG"};
    auto const text = numbers_of("TTTACGTTGCAAGGGG");
    EXPECT_EQ(primer.find_end(text).distance, 0U);
    EXPECT_EQ(primer.find_end(text).edge, 13U);
    EXPECT_EQ(primer.find_begin(text).edge, 3U);
}

TEST(Primer, HasTheLeastDistanceOfTheTextbook) {
    cmq::Random random{5, 0, 0};
    for (std::size_t i = 0; i < 40; ++i) {
        auto const sequence = random_bases(random, 8 + i % 50);
        auto const text = random_bases(random, 20 + i, "ACGTN");
        Primer const primer{sequence};
        auto const expected = slow_distance(sequence, text, CodeEnds::anywhere);
        EXPECT_EQ(primer.find_end(numbers_of(text)).distance, expected);
        EXPECT_EQ(primer.find_begin(numbers_of(text)).distance, expected);
    }
}

TEST(Primer, TakesAWrongFirstBaseForItsOwn) {
    Primer const primer{"ACGTTGCAAG"};
    EXPECT_EQ(primer.find_begin(numbers_of("CCCCTCGTTGCAAG")).edge, 4U);
}

TEST(Primer, OfNothingIsFoundNowhere) {
    EXPECT_GT(Primer{""}.find_end(numbers_of("ACGT")).distance, 1000U);
}

} // namespace
