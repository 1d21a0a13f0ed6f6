// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_reads.hpp"

#include "tests/lab/code/simulated_reads.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

std::vector<std::string> const codes = random_codes(200, 32, 1);

ReadMatch match(std::string const& bases,
                AmpliconLayout const& of = layout,
                std::vector<std::string> const& among = codes,
                ReadErrors const& errors = {}) {
    std::string fastq;
    add_read(fastq, bases);
    ReadMatcher const matcher{among, of, errors, {.most_distance = 6}};
    ReadMatcher::Workplace workplace;
    return matcher.match(parse_fastq(fastq).front(), workplace);
}

TEST(ReadMatcher, FindsExactCodesOnBothStrands) {
    cmq::Random random{1, 2, 0};
    for (std::uint32_t i = 0; i < 20; ++i) {
        auto const read = amplicon(codes[i], random);
        for (bool const is_reversed : {false, true}) {
            auto const found = match(is_reversed ? reverse_complement(read) : read);
            EXPECT_EQ(found.state, ReadState::assigned);
            EXPECT_EQ(found.lot, i);
            EXPECT_EQ(found.distance, 0);
            EXPECT_EQ(found.is_reversed, is_reversed);
            EXPECT_EQ(found.end, 62U);
            // Against random bases: 32 log10 4 = 19.3, less the errors and the 13 places where it may begin.
            EXPECT_NEAR(found.log10_lr, 18, 1);
        }
    }
}

TEST(ReadMatcher, FindsCodesThroughErrors) {
    cmq::Random random{1, 3, 0};
    int right = 0;
    for (std::uint32_t i = 0; i < 200; ++i) {
        auto const found =
            match(with_errors(amplicon(codes[i], random),
                              {.substitution = 0.02, .insertion = 0.01, .deletion = 0.02},
                              random),
                  layout,
                  codes,
                  {.excess = 0.02, .insertion = 0.01, .deletion = 0.02});
        EXPECT_TRUE(found.state != ReadState::assigned || found.lot == i);
        right += found.state == ReadState::assigned ? 1 : 0;
    }
    EXPECT_GE(right, 196);
}

TEST(ReadMatcher, FindsCodesWithOnePrimerOrNone) {
    cmq::Random random{1, 4, 0};
    auto const read = amplicon(codes[7], random);
    AmpliconLayout const forward{.forward = layout.forward, .reverse = {}, .umi = 10};
    AmpliconLayout const reverse{.forward = {}, .reverse = layout.reverse, .umi = 10};
    for (auto const& of : {forward, reverse, AmpliconLayout{}}) {
        for (auto const& bases : {read, reverse_complement(read)}) {
            auto const found = match(bases, of);
            EXPECT_EQ(found.state, ReadState::assigned);
            EXPECT_EQ(found.lot, 7U);
        }
        auto broken = read;
        broken[40] = broken[40] == 'A' ? 'C' : 'A';
        EXPECT_EQ(match(broken, of).distance, 1);
        EXPECT_EQ(match(reverse_complement(broken), of).lot, 7U);
    }
}

TEST(ReadMatcher, LeavesOthersUnassigned) {
    cmq::Random random{1, 5, 0};
    EXPECT_EQ(match(random_bases(random, 82)).state, ReadState::no_primers);
    EXPECT_EQ(match(amplicon(random_bases(random, 32), random)).state, ReadState::too_far);
    EXPECT_EQ(match("A").state, ReadState::no_primers);
    EXPECT_EQ(match("").state, ReadState::no_primers);
    EXPECT_EQ(match(layout.forward + layout.reverse).state, ReadState::too_far);
}

TEST(ReadMatcher, TellsChimeras) {
    cmq::Random random{1, 6, 0};
    auto const found = match(amplicon(codes[1].substr(0, 16) + codes[2].substr(16), random));
    EXPECT_EQ(found.state, ReadState::chimera);
}

TEST(ReadMatcher, DoesNotChooseBetweenCodesThatExplainARead) {
    cmq::Random random{1, 7, 0};
    auto pair = random_codes(2, 32, 3);
    pair[1] = pair[0];
    pair[1][10] = pair[0][10] == 'A' ? 'C' : 'A';
    pair[1][20] = pair[0][20] == 'A' ? 'C' : 'A';
    auto middle = pair[0];
    middle[10] = pair[1][10];
    EXPECT_EQ(match(amplicon(middle, random), layout, pair).state, ReadState::ambiguous);
    EXPECT_EQ(match(amplicon(pair[1], random), layout, pair).state, ReadState::assigned);
    std::vector<std::string> const same{pair[0], pair[0]};
    EXPECT_EQ(match(amplicon(pair[0], random), layout, same).state, ReadState::ambiguous);
}

TEST(ReadMatcher, LetsQualitiesDecide) {
    auto pair = random_codes(2, 32, 4);
    pair[1] = pair[0];
    pair[1][10] = pair[0][10] == 'A' ? 'C' : 'A';
    pair[1][20] = pair[0][20] == 'A' ? 'C' : 'A';
    auto middle = pair[0];
    middle[10] = pair[1][10];
    cmq::Random random{1, 8, 0};
    auto const bases = amplicon(middle, random);
    std::string qualities(bases.size(), 'I');
    qualities[30 + 20] = '#'; // what speaks for the first code was badly read
    std::string const fastq = "@r\n" + bases + "\n+\n" + qualities + '\n';
    ReadErrors const errors{.excess = 0.0};
    ReadMatcher const matcher{pair, layout, errors, {.most_distance = 6}};
    ReadMatcher::Workplace workplace;
    auto const found = matcher.match(parse_fastq(fastq).front(), workplace);
    EXPECT_EQ(found.state, ReadState::assigned);
    EXPECT_EQ(found.lot, 1U);
}

} // namespace
