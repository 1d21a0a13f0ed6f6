// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/code_scanner.hpp"

#include "tests/lab/code/slow_distance.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

// Codes of one length or many, short enough for narrow lanes or not; a number that fills no group.
class ScannedCodes : public testing::TestWithParam<std::pair<std::size_t, std::size_t>> {};

TEST_P(ScannedCodes, HaveTheDistancesOfTheTextbook) {
    auto const [shortest, longest] = GetParam();
    cmq::Random random{1, 0, longest};
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < 37; ++i) {
        codes.push_back(random_bases(random, shortest + i % (longest - shortest + 1)));
    }
    CodeScanner const scanner{codes};
    std::vector<std::uint16_t> distances;
    for (std::size_t size = 0; size < 90; size += 3) {
        // Half of them hold a code, so that small distances occur.
        std::string const text =
            random_bases(random, size, "ACGTN") + (size % 2 == 0 ? codes[size % 37] : "");
        for (CodeEnds const ends : {CodeEnds::whole, CodeEnds::at_end, CodeEnds::anywhere}) {
            scanner.measure(numbers_of(text), ends, distances);
            ASSERT_EQ(distances.size(), codes.size());
            for (std::size_t i = 0; i < codes.size(); ++i) {
                EXPECT_EQ(distances[i], slow_distance(codes[i], text, ends)) << text << ' ' << i;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(OfLengths,
                         ScannedCodes,
                         testing::Values(std::pair{32, 32},
                                         std::pair{1, 31},
                                         std::pair{33, 33},
                                         std::pair{20, 64},
                                         std::pair{64, 64}));

TEST(EditDistance, IsTheTextbooks) {
    cmq::Random random{2, 0, 0};
    for (std::size_t i = 0; i < 50; ++i) {
        auto const a = random_bases(random, i);
        auto const b = random_bases(random, 50 - i);
        EXPECT_EQ(edit_distance(a, b), slow_distance(a, b, CodeEnds::whole));
    }
}

} // namespace
