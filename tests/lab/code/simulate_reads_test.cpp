// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_reads.hpp"

#include "lab/code/amplicon_reads.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace {

using namespace cmq;
using namespace cmq::lab;

Lot lot_of(std::string const& sequence) {
    Lot lot;
    lot.name = sequence;
    lot.sequence = sequence;
    return lot;
}

TEST(DrawBases, GivesEachBaseAsOften) {
    Random random{1, 1, 0};
    std::map<char, double> counts;
    for (char const base : draw_bases(random, 40'000)) {
        counts[base] += 1.0;
    }
    ASSERT_EQ(counts.size(), 4U);
    for (auto const& [base, count] : counts) {
        EXPECT_NEAR(count, 10'000.0, 4.0 * std::sqrt(7'500.0)) << base; // binomial
    }
}

TEST(DrawRead, ErrsAsOftenAsItSays) {
    Random random{2, 1, 0};
    std::string const bases(20'000, 'A');
    auto const substituted = draw_read(bases, {.substitution = 0.1}, random);
    ASSERT_EQ(substituted.size(), bases.size());
    auto const wrong = static_cast<double>(
        std::ranges::count_if(substituted, [](char base) { return base != 'A'; }));
    EXPECT_NEAR(wrong, 2'000.0, 4.0 * std::sqrt(1'800.0));
    auto const shorter = draw_read(bases, {.deletion = 0.1}, random);
    EXPECT_NEAR(static_cast<double>(shorter.size()), 18'000.0, 4.0 * std::sqrt(1'800.0));
    auto const longer = draw_read(bases, {.insertion = 0.1}, random);
    EXPECT_NEAR(static_cast<double>(longer.size()), 22'000.0, 4.0 * std::sqrt(1'800.0));
    EXPECT_EQ(draw_read("ACGT", {}, random), "ACGT");
}

TEST(DrawAmplicon, IsPrimerIdentifierCodePrimer) {
    Random random{3, 1, 0};
    auto const made = draw_amplicon("CCCC", {.forward = "AAA", .reverse = "TTT", .umi = 5}, random);
    ASSERT_EQ(made.size(), 15U);
    EXPECT_EQ(made.substr(0, 3), "AAA");
    EXPECT_EQ(made.substr(8), "CCCCTTT");
}

TEST(AddFastqRead, HasFourLines) {
    std::string fastq;
    add_fastq_read(fastq, "r", "ACG", 40);
    EXPECT_EQ(fastq, "@r\nACG\n+\nIII\n");
}

TEST(SimulateReads, DrawsMoleculesAndTheirReads) {
    Lot const a = lot_of("AAAACCCCGGGGTTTTACGTACGT");
    Lot const b = lot_of("TGCATGCATTTTGGGGCCCCAAAA");
    std::vector<TubeLot> const tube{{&a, 300.0}, {&b, 100.0}};
    ReadSettings const settings{.layout = {.forward = "GATTACAGATTACA", .reverse = "", .umi = 10},
                                .reads = 4'000,
                                .error = 0.0,
                                .stray_share = 0.1,
                                .quality = 30};
    Random random{4, 1, 0};
    auto const simulated = simulate_reads(tube, settings, random);
    ASSERT_EQ(simulated.molecules.size(), 2U);
    EXPECT_NEAR(static_cast<double>(simulated.molecules[0]), 300.0, 4.0 * std::sqrt(300.0));
    EXPECT_NEAR(static_cast<double>(simulated.molecules[1]), 100.0, 4.0 * std::sqrt(100.0));
    auto const reads = parse_fastq(simulated.fastq);
    ASSERT_EQ(reads.size(), 4'000U);
    EXPECT_TRUE(reads[0].name.starts_with("SIMULATED"));
    EXPECT_EQ(reads[0].qualities[0], '!' + 30);
    std::set<std::string> identifiers;
    double of_a = 0.0;
    double stray = 0.0;
    for (AmpliconRead const& read : reads) {
        bool const is_a = read.bases.ends_with(a.sequence);
        bool const is_b = read.bases.ends_with(b.sequence);
        of_a += is_a ? 1.0 : 0.0;
        stray += is_a || is_b ? 0.0 : 1.0;
        if (is_a) {
            identifiers.emplace(read.bases.substr(14, 10));
        }
    }
    EXPECT_NEAR(stray, 400.0, 4.0 * std::sqrt(360.0));
    double const share = static_cast<double>(simulated.molecules[0]) /
                         static_cast<double>(simulated.molecules[0] + simulated.molecules[1]);
    EXPECT_NEAR(of_a / (4'000.0 - stray), share, 4.0 * std::sqrt(0.25 / 3'600.0));
    EXPECT_LE(identifiers.size(), simulated.molecules[0]);
}

TEST(SimulateReads, GivesStrayReadsAloneForAnEmptyTube) {
    Random random{5, 1, 0};
    auto const simulated = simulate_reads(
        {}, {.layout = {.forward = "GATTACAGATTACA", .reverse = "", .umi = 0}, .reads = 7}, random);
    EXPECT_TRUE(simulated.molecules.empty());
    EXPECT_EQ(parse_fastq(simulated.fastq).size(), 7U);
}

} // namespace
