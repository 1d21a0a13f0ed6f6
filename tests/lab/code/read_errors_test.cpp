// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/read_errors.hpp"

#include "tests/lab/code/simulated_reads.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

std::vector<std::string> const codes = random_codes(200, 32, 1);

TEST(MeasureReadErrors, FindsThoseOfASimulation) {
    cmq::Random random{1, 9, 0};
    std::string fastq;
    for (std::size_t i = 0; i < 2000; ++i) {
        add_read(fastq,
                 with_errors(amplicon(codes[i % 200], random),
                             {.substitution = 0.02, .insertion = 0.01, .deletion = 0.015},
                             random));
    }
    auto const reads = parse_fastq(fastq);
    auto const errors = measure_read_errors(reads, layout);
    EXPECT_GT(errors.bases, 70'000U);
    // 80 000 bases know a rate of 0.015 to 3 %. The fewest edits take an insertion beside an edge of the primer, or
    // beside a deletion, for a substitution: a third of them.
    EXPECT_NEAR(errors.excess, 0.02, 0.003);
    EXPECT_NEAR(errors.insertion, 0.01, 0.004);
    EXPECT_NEAR(errors.deletion, 0.015, 0.003);
}

TEST(MeasureReadErrors, AddsNothingToQualitiesThatKeepTheirPromise) {
    cmq::Random random{1, 10, 0};
    std::string fastq;
    for (std::size_t i = 0; i < 2000; ++i) {
        add_read(fastq,
                 with_errors(amplicon(codes[i % 200], random), {.substitution = 0.01}, random),
                 '!' + 20);
    }
    EXPECT_LT(measure_read_errors(parse_fastq(fastq), layout).excess, 0.001);
}

TEST(MeasureReadErrors, AssumesThemWithoutPrimers) {
    std::string fastq;
    add_read(fastq, "ACGT");
    EXPECT_EQ(measure_read_errors(parse_fastq(fastq), {}).bases, 0U);
}

TEST(OrientReverse, TurnsAPrimerGivenAsTheOtherStrand) {
    cmq::Random random{1, 11, 0};
    std::string fastq;
    for (std::size_t i = 0; i < 20; ++i) {
        auto const read = amplicon(codes[i], random);
        add_read(fastq, i % 2 == 0 ? read : reverse_complement(read));
    }
    auto const reads = parse_fastq(fastq);
    EXPECT_FALSE(orient_reverse(reads, layout).was_turned);
    auto ordered = layout;
    ordered.reverse = reverse_complement(layout.reverse);
    auto const oriented = orient_reverse(reads, ordered);
    EXPECT_TRUE(oriented.was_turned);
    EXPECT_EQ(oriented.layout.reverse, layout.reverse);
}

TEST(ToStranded, TurnsBasesWithTheirQualities) {
    AmpliconRead const read{.name = "r", .bases = "ACN", .qualities = "!\"#"};
    StrandedRead stranded;
    to_stranded(read, true, stranded);
    EXPECT_EQ(stranded.bases, (std::vector<std::uint8_t>{4, 2, 3}));
    EXPECT_EQ(stranded.qualities, (std::vector<std::uint8_t>{2, 1, 0}));
}

} // namespace
