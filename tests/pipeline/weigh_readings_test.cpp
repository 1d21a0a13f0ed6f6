// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/weigh_readings.hpp"

#include "apps/pipeline/read_readings.hpp"
#include "core/error.hpp"
#include "tests/pipeline/reading_case.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::pipeline;
using namespace cmq::pipeline::test;
using report::ReadingUse;

class WeighReadings : public ReadingCase {};

std::string const rates = "error_rate = 0.01\nrates_source = \"test\"\n";

std::string reported(std::string const& zone, std::string const& what) {
    return "[[reading]]\nzone = \"" + zone + "\"\n" + what + "\nsource = { document = \"L 1\" }\n";
}

TEST_F(WeighReadings, MovesTheRatioOneWayForTheLotAndTheOtherForAnother) {
    // Under Hd the coat can only glow by something else: a code of the lot speaks against that.
    double const without = log10_lr(weighed(with("")));
    auto const lot = weighed(with(reading_of("P1.hand", "a.fastq")));
    auto const other = weighed(with(reading_of("P1.hand", "b.fastq")));
    EXPECT_GT(log10_lr(lot), without);
    EXPECT_LT(log10_lr(other), without);
    ASSERT_TRUE(lot.log10_lr_without_codes);
    EXPECT_NEAR(*lot.log10_lr_without_codes, without, 1e-12);
}

TEST_F(WeighReadings, ChangesNothingForPermutedReadingsRenamedLotsOrOneThatWasNotRead) {
    std::string const hand = reading_of("P1.hand", "a.fastq", "id = \"r1\"\n");
    std::string const coat = reading_of("P1.coat", "b.fastq", "id = \"r2\"\n");
    double const value = log10_lr(weighed(with(hand + coat)));
    EXPECT_EQ(log10_lr(weighed(with(coat + hand))), value);
    EXPECT_EQ(
        log10_lr(weighed(with(hand + coat + reported("P1.face", "result = \"inconclusive\"")))),
        value);
    write("registry.toml", registry_text("zebra", "aardvark"));
    EXPECT_EQ(log10_lr(weighed(with(hand + coat, "lot = \"zebra\""))), value);
}

TEST_F(WeighReadings, ChangesNothingForAReadingWithoutARatio) {
    double const without = log10_lr(weighed(with("")));
    auto const reading = with(reported("P1.hand", "code = \"A\""));
    EXPECT_EQ(log10_lr(weighed(reading)), without);
    EXPECT_FALSE(weighed(reading).log10_lr_without_codes);
}

TEST_F(WeighReadings, CountsTwoReadingsOfOneLaboratoryAsOneError) {
    auto const two = [&](std::string const& first, std::string const& second) {
        return log10_lr(weighed(with(reading_of("P1.hand", "a.fastq", first) +
                                     reading_of("P1.coat", "a.fastq", second))));
    };
    std::string const here = "laboratory = \"A\"\nrun = \"1\"\nexaminer = \"x\"\n";
    std::string const there = "laboratory = \"B\"\nrun = \"2\"\nexaminer = \"y\"\n";
    double const apart = two(here, there);
    double const shared = two(here, here);
    EXPECT_GT(apart, shared);
    EXPECT_EQ(two("", ""), shared);
    EXPECT_EQ(two(here, "laboratory = \"B\"\nrun = \"2\"\nexaminer = \"x\"\n"), shared);
}

// Two looks at one swab: one laboratory is worth the better of them, two are worth more; a copy is no second look.
TEST_F(WeighReadings, PutsSeveralReadingsOfOneZoneTogether) {
    write("again.fastq", reads_of(lot_a, 7));
    std::string const here = "laboratory = \"A\"\nrun = \"1\"\nexaminer = \"x\"\n";
    std::string const there = "laboratory = \"B\"\nrun = \"2\"\nexaminer = \"y\"\n";
    auto const value = [&](std::string const& second) {
        return log10_lr(weighed(with(reading_of("P1.coat", "a.fastq", here) + second)));
    };
    double const one = value("");
    EXPECT_NEAR(value(reading_of("P1.coat", "again.fastq", here)), one, 1e-9);
    EXPECT_GT(value(reading_of("P1.coat", "again.fastq", there)), one);
    auto const both =
        with(reading_of("P1.coat", "a.fastq", here) + reading_of("P1.coat", "again.fastq", there));
    auto const readings = taken(both);
    EXPECT_EQ(readings.readings[0].use, ReadingUse::weighed);
    EXPECT_EQ(readings.readings[1].use, ReadingUse::weighed);
    Translation translation = to_account(both.file);
    static_cast<void>(take_readings(both.file, "/none", translation));
    auto const coat = std::ranges::find(translation.findings, "P1.coat", &lab::Finding::zone);
    ASSERT_NE(coat, translation.findings.end());
    double const error = readings.readings[0].evidence->error;
    EXPECT_LT(coat->code->error, error);
    // Clerical error (0.001 of the registry) is common to both laboratories.
    EXPECT_GT(coat->code->error, 0.001);
}

TEST_F(WeighReadings, LetsTheSurerOfTwoContradictingReadingsWinAndAnInconclusiveOneChangesNothing) {
    auto const sure = reported("P1.coat", "code = \"A\"\nerror_rate = 0.001\nrates_source = \"t\"");
    auto const unsure = reported("P1.coat", "code = \"B\"\nerror_rate = 0.1\nrates_source = \"t\"");
    double const without = log10_lr(weighed(with("")));
    double const alone = log10_lr(weighed(with(sure)));
    double const both = log10_lr(weighed(with(sure + unsure)));
    EXPECT_GT(both, without);
    EXPECT_LT(both, alone);
    EXPECT_NEAR(log10_lr(weighed(with(unsure + sure))), both, 1e-9);
    EXPECT_EQ(log10_lr(weighed(with(sure + reported("P1.coat", "result = \"inconclusive\"")))),
              alone);
}

TEST_F(WeighReadings, RefusesSimulatedFilesOutsideADemonstration) {
    std::string reads = reads_of(lot_a, 1);
    for (std::size_t at = 0; (at = reads.find("@r", at)) != std::string::npos; ++at) {
        reads.replace(at, 2, "@SIMULATED:");
    }
    write("simulated.fastq", reads);
    auto const of = with(reading_of("P1.coat", "simulated.fastq"));
    try {
        static_cast<void>(taken(of));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
    }
    auto demonstration = of.file;
    demonstration.demonstration = true;
    EXPECT_EQ(read_readings(demonstration, "/none").readings.front().lots, "A");
}

TEST_F(WeighReadings, RefusesACopyOfAFileAsASecondReading) {
    write("copy.fastq", reads_of(lot_a, 1));
    auto const of = with(reading_of("P1.coat", "a.fastq") + reading_of("P1.coat", "copy.fastq"));
    try {
        static_cast<void>(taken(of));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        EXPECT_NE(std::string{error.what()}.find("the same bytes as one of reading"),
                  std::string::npos)
            << error.what();
    }
}

TEST_F(WeighReadings, TakesAFewReadsOfANeighbourOfTheRunForIndexHopping) {
    // Three molecules of lot A beside many of lot B: as many come from the neighbour, which bears lot A with 9000 reads.
    Random random{21, 1, 0};
    std::string few = reads_of(lot_b, 2);
    std::string many;
    for (int i = 0; i < 3000; ++i) {
        std::string const molecule = lab::test::amplicon(lot_a, random);
        for (int copy = 0; copy < 3; ++copy) {
            lab::test::add_read(i < 5 ? few : many, molecule);
        }
    }
    write("few.fastq", few);
    write("many.fastq", many);
    std::string const same = "run = \"7\"\n";
    auto const lots = [&](std::string const& run) {
        return taken(with(reading_of("P1.coat", "few.fastq", same) +
                          reading_of("P1.hand", "many.fastq", run)))
            .readings[0]
            .lots;
    };
    EXPECT_EQ(lots("run = \"8\"\n"), "A, B");
    EXPECT_EQ(lots(same), "B");
}

TEST_F(WeighReadings, PrintsAndDoesNotWeighWhereNothingWasSeen) {
    auto const of = with(reported("P1.face", "code = \"A\"\n" + rates));
    EXPECT_EQ(taken(of).readings.front().use, ReadingUse::nothing_seen);
    EXPECT_EQ(log10_lr(weighed(of)), log10_lr(weighed(with(""))));
}

TEST_F(WeighReadings, CountsACodeOnAZoneOfItsOwnAsDetected) {
    std::string const sleeve = "[[carrier]]\nid = \"P1.sleeve\"\nsurface = \"porous\"\n";
    auto const of = with(sleeve + reported("P1.sleeve", "code = \"A\"\n" + rates));
    Translation translation = to_account(of.file);
    std::size_t const before = translation.findings.size();
    auto const readings = take_readings(of.file, "/none", translation);
    EXPECT_EQ(readings.readings.front().use, ReadingUse::weighed);
    ASSERT_EQ(translation.findings.size(), before + 1);
    lab::Finding const& added = translation.findings.back();
    EXPECT_EQ(added.zone, "P1.sleeve");
    EXPECT_EQ(added.kind, lab::FindingKind::detected);
    EXPECT_EQ(added.minutes, examination_minutes(of.file));
    auto const none =
        with(sleeve + reported("P1.sleeve", "result = \"no_code\"\nmiss_rate = 0.1\n" + rates));
    EXPECT_EQ(taken(none).readings.front().use, ReadingUse::no_finding);
}

TEST_F(WeighReadings, AddsAnotherLotToWhatMayGlowOnceAndOnlyThere) {
    lab::Account account;
    std::vector<lab::Finding> findings(1);
    heed_codes(findings, account);
    EXPECT_EQ(account.look_alikes.size(), 1U);
    findings[0].code =
        lab::CodeEvidence{.error = 0.01, .given_marker = 0.0, .given_other_lot = 1.0};
    heed_codes(findings, account);
    heed_codes(findings, account);
    ASSERT_EQ(account.look_alikes.size(), 2U);
    EXPECT_TRUE(account.look_alikes.back().is_other_lot);
}

} // namespace
