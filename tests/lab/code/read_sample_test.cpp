// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/read_sample.hpp"

#include "lab/code/registry.hpp"
#include "lab/code/unpack_text.hpp"
#include "system/file.hpp"
#include "tests/lab/code/simulated_reads.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

std::vector<std::string> const codes = random_codes(100, 32, 5);

TEST(ReadSample, CountsMoleculesNotCopies) {
    cmq::Random random{2, 1, 0};
    std::string fastq;
    // Three molecules of one code, copied 30, 20 and 1 times; two molecules of another.
    for (auto const& [code, copies] :
         std::vector<std::pair<std::size_t, int>>{{3, 30}, {3, 20}, {3, 1}, {9, 2}, {9, 1}}) {
        auto const molecule = amplicon(codes[code], random);
        for (int i = 0; i < copies; ++i) {
            add_read(fastq, molecule);
        }
    }
    auto const sample = read_sample(parse_fastq(fastq), codes, layout, {}, {.most_distance = 6});
    ASSERT_EQ(sample.codes.size(), 2U);
    EXPECT_EQ(sample.codes[0].code, 3U);
    EXPECT_EQ(sample.codes[0].reads, 51U);
    EXPECT_EQ(sample.codes[0].molecules, 3U);
    EXPECT_EQ(sample.codes[0].distance, 0U);
    EXPECT_EQ(sample.codes[0].consensus, codes[3]);
    EXPECT_EQ(sample.codes[1].molecules, 2U);
    EXPECT_DOUBLE_EQ(sample.codes[0].share.share, 0.6);
    EXPECT_EQ(sample.assigned, 54U);
}

TEST(ReadSample, FindsSharesOfAMixtureWithinTheirIntervals) {
    std::vector<double> const shares{0.6, 0.3, 0.1};
    int held = 0;
    for (std::uint64_t run = 0; run < 30; ++run) {
        cmq::Random random{2, 2, run};
        std::string fastq;
        for (int i = 0; i < 300; ++i) {
            add_read(fastq,
                     with_errors(amplicon(codes[random.categorical(shares)], random),
                                 {.substitution = 0.02, .insertion = 0.01, .deletion = 0.015},
                                 random));
        }
        auto const reads = parse_fastq(fastq);
        auto const sample = read_sample(
            reads, codes, layout, measure_read_errors(reads, layout), {.most_distance = 6});
        ASSERT_EQ(sample.codes.size(), 3U);
        for (CodeCount const& count : sample.codes) {
            held += count.share.low <= shares[count.code] && shares[count.code] <= count.share.high;
            EXPECT_EQ(count.distance, 0U);
        }
    }
    // Of 90 intervals of 95 %; 78 or fewer once in 1000 if they were independent, which three of a run are not quite.
    EXPECT_GE(held, 79);
}

TEST(ReadSample, SeesThatAllReadsDifferAlikeFromACode) {
    cmq::Random random{2, 3, 0};
    auto other = codes[4];
    other[5] = other[5] == 'A' ? 'C' : 'A';
    other[15] = other[15] == 'A' ? 'C' : 'A';
    other[25] = other[25] == 'A' ? 'C' : 'A';
    std::string fastq;
    for (int i = 0; i < 20; ++i) {
        add_read(fastq, amplicon(other, random));
    }
    auto const sample = read_sample(parse_fastq(fastq), codes, layout, {}, {.most_distance = 6});
    ASSERT_EQ(sample.codes.size(), 1U);
    EXPECT_EQ(sample.codes[0].distance, 3U);
    EXPECT_EQ(sample.codes[0].consensus, other);
}

TEST(MeasureReach, LetsAtMostOneInAHundredThousandThrough) {
    auto const reach = measure_reach(codes, layout, 82, 1);
    EXPECT_LE(reach.counted[reach.most_distance].probability, most_false_reads);
    EXPECT_GT(reach.counted[reach.most_distance + 1].probability, most_false_reads);
    // Without primers a code may stand at 51 places of either strand.
    auto const anywhere = measure_reach(codes, {}, 82, 1);
    EXPECT_DOUBLE_EQ(anywhere.places, 102.0);
    EXPECT_LT(anywhere.most_distance, reach.most_distance);
}

// The stated probability of a false match is met: random codes, at a reach where they are met often enough.
TEST(MeasureReach, StatesWhatUnregisteredCodesDo) {
    auto const many = random_codes(100, 16, 6);
    auto const counted = count_false_matches(many, 26, 3, 4000, 1);
    cmq::Random random{2, 4, 0};
    std::string fastq;
    constexpr int draws = 20'000;
    for (int i = 0; i < draws; ++i) {
        add_read(fastq, amplicon(random_bases(random, 16), random));
    }
    auto const sample = read_sample(
        parse_fastq(fastq), many, layout, {}, {.most_distance = 3, .least_log10_lr = -100});
    double const expected = counted.probability * draws;
    EXPECT_GT(expected, 50);
    EXPECT_NEAR(static_cast<double>(sample.assigned + sample.ambiguous),
                expected,
                4 * std::sqrt(expected) + 0.05 * expected);
}

/// The reads of ../shared/data/reads: 20 000 of a registry of 1000 codes, with errors of two instruments.
class PublicReads : public testing::TestWithParam<std::pair<char const*, double>> {};

TEST_P(PublicReads, AreAssignedRightlyOrNotAtAll) {
    auto const [name, least] = GetParam();
    std::string const folder = CMQ_SOURCE_DIR "/../shared/data/reads/";
    std::string const file = folder + "rand32_" + name;
    if (!std::filesystem::exists(file + ".fastq.gz")) {
        GTEST_SKIP() << "the reads of ../shared/data/reads are not on this machine";
    }
    auto const registry = parse_code_list(cmq::read_text(folder + "rand32_codes.txt"));
    std::vector<std::string> registered;
    for (Lot const& lot : registry.lots) {
        registered.push_back(lot.sequence);
    }
    std::map<std::string, std::string, std::less<>> truth;
    std::ifstream stream{file + ".truth"};
    for (std::string read, code; stream >> read >> code;) {
        truth[read] = code;
    }
    auto const text = unpack_text(cmq::read_file(file + ".fastq.gz"),
                                  CMQ_BINARY_DIR "/bin/contremarque-code-reader");
    auto const reads = parse_fastq(text);
    ASSERT_EQ(reads.size(), 20'000U);
    auto const reach = measure_reach(registered, layout, 82, 1);
    auto const sample = read_sample(reads,
                                    registered,
                                    layout,
                                    measure_read_errors(reads, layout),
                                    {.most_distance = reach.most_distance});
    int right = 0;
    int all = 0;
    for (std::size_t i = 0; i < reads.size(); ++i) {
        auto const& code = truth.find(reads[i].name)->second;
        bool const is_assigned = sample.matches[i].state == ReadState::assigned;
        bool const is_right = is_assigned && registry.lots[sample.matches[i].lot].name == code;
        all += code.front() == 'c' ? 1 : 0;
        right += is_right ? 1 : 0;
        EXPECT_EQ(is_assigned, is_right)
            << reads[i].name; // none wrong, none of other codes or junk
    }
    EXPECT_GE(right, least * all);
}

INSTANTIATE_TEST_SUITE_P(OfTwoInstruments,
                         PublicReads,
                         testing::Values(std::pair{"ilmn", 0.999}, std::pair{"ont", 0.998}));

} // namespace
