// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/weigh_readings.hpp"

#include "tests/pipeline/reading_case.hpp"

#include <gtest/gtest.h>

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
