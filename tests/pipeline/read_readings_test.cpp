// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/read_readings.hpp"

#include "core/error.hpp"
#include "system/sha256.hpp"
#include "tests/pipeline/reading_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::pipeline;
using namespace cmq::pipeline::test;
using report::NoteReading;
using report::ReadingUse;
using testing::HasSubstr;

class ReadReadings : public ReadingCase {};

std::vector<std::string> reasons_of(NoteReading const& reading) {
    std::vector<std::string> ids;
    for (report::NoteReadingReason const& reason : reading.reasons) {
        ids.push_back(reason.id);
    }
    return ids;
}

TEST_F(ReadReadings, MatchesAFileAndBoundsItByTheLaboratorysErrors) {
    auto const all = taken(with(reading_of("P1.hand", "a.fastq", "run = \"88\"\n")));
    ASSERT_EQ(all.readings.size(), 1U);
    NoteReading const& one = all.readings.front();
    EXPECT_EQ(one.verdict, lab::CodeVerdict::match);
    EXPECT_EQ(one.lots, "A");
    EXPECT_EQ(one.use, ReadingUse::weighed);
    ASSERT_TRUE(one.evidence);
    // 0.002 + 0.001, and the rule of three over 3000 controls; the code itself adds nothing that shows.
    EXPECT_NEAR(one.evidence->error, 0.004, 1e-9);
    EXPECT_EQ(one.evidence->given_marker, 1.0);
    EXPECT_EQ(one.evidence->given_material, 0.0);
    EXPECT_EQ(one.evidence->given_other_lot, 0.0);
    EXPECT_EQ(one.evidence->run, "88");
    ASSERT_EQ(one.files.size(), 2U);
    EXPECT_EQ(one.files[0].role, "sample");
    EXPECT_EQ(one.files[0].sha256, sha256_hex(read_file(folder / "a.fastq")));
    EXPECT_EQ(one.files[0].lots, "A");
    EXPECT_EQ(one.files[1].role, "negative");
    EXPECT_TRUE(one.files[1].is_good);
    EXPECT_EQ(all.registry_lots, 2U);
    EXPECT_EQ(all.registry_sha256, sha256_hex(read_file(folder / "registry.toml")));
    EXPECT_EQ(all.history_positive, 0.0);
    auto const fact = std::ranges::find(all.lot, "trainings", &report::NoteLotFact::key);
    ASSERT_NE(fact, all.lot.end());
    EXPECT_EQ(fact->text, "2026-10-20 range");
}

TEST_F(ReadReadings, CatchesASwappedNegativeControl) {
    write("swapped.fastq", reads_of("", 9));
    auto const all = taken(with("[[reading]]\nzone = \"P1.hand\"\nfiles = [\"swapped.fastq\"]\n"
                                "negative_controls = [\"a.fastq\"]\nforward = \"" +
                                lab::test::layout.forward + "\"\nreverse = \"" +
                                lab::test::layout.reverse + "\"\numi = 10\n"));
    NoteReading const& one = all.readings.front();
    EXPECT_EQ(one.verdict, lab::CodeVerdict::inconclusive);
    EXPECT_EQ(one.use, ReadingUse::inconclusive);
    EXPECT_FALSE(one.evidence);
    EXPECT_FALSE(one.files[1].is_good);
    EXPECT_EQ(one.files[1].lots, "A");
    EXPECT_THAT(reasons_of(one), testing::Contains("negative_control_positive"));
}

TEST_F(ReadReadings, WithholdsTheVerdictForEachKindOfControl) {
    for (std::string const kind :
         {"negative_controls", "extraction_controls", "environment_controls"}) {
        auto const all =
            taken(with("[[reading]]\nzone = \"P1.hand\"\nfiles = [\"a.fastq\"]\n" + kind +
                       " = [\"b.fastq\"]\nforward = \"" + lab::test::layout.forward +
                       "\"\nreverse = \"" + lab::test::layout.reverse + "\"\numi = 10\n"));
        EXPECT_EQ(all.readings.front().use, ReadingUse::inconclusive) << kind;
    }
}

TEST_F(ReadReadings, ReadsAnotherLotAsAnother) {
    auto const all = taken(with(reading_of("P1.hand", "b.fastq")));
    NoteReading const& one = all.readings.front();
    EXPECT_EQ(one.lots, "B");
    ASSERT_TRUE(one.evidence);
    EXPECT_EQ(one.evidence->given_marker, 0.0);
    EXPECT_EQ(one.evidence->given_other_lot, 1.0);
}

TEST_F(ReadReadings, ConcludesNothingWhereTheFilesOfASampleDisagree) {
    auto const all = taken(with(reading_of("P1.hand", "a.fastq\", \"b.fastq")));
    NoteReading const& one = all.readings.front();
    EXPECT_EQ(one.verdict, lab::CodeVerdict::inconclusive);
    EXPECT_THAT(reasons_of(one), testing::Contains("files_disagree"));
    EXPECT_FALSE(one.evidence);
}

TEST_F(ReadReadings, TakesTheBestFileOfASampleAndNotTheProduct) {
    write("a2.fastq", reads_of(lot_a, 7));
    auto const all = taken(with(reading_of("P1.hand", "a.fastq\", \"a2.fastq")));
    EXPECT_EQ(all.readings.front().lots, "A");
    EXPECT_NEAR(all.readings.front().evidence->error, 0.004, 1e-9);
}

TEST_F(ReadReadings, NamesLotsOfThoseWhoActedWithHow) {
    auto const all = taken(with(
        reading_of("P1.hand", "a.fastq", "examiner = \"analyst_2\"\nswabbed_by = [\"agent_6\"]\n"),
        "lot = \"A\"\nsearched_by = [\"agent_3\"]\nvehicles = [\"van 4\"]"));
    auto const& handled = all.readings.front().handled;
    ASSERT_EQ(handled.size(), 3U);
    EXPECT_EQ(handled[0].lot + handled[0].by + handled[0].role, "Aagent_3searched");
    EXPECT_TRUE(handled[0].is_read);
    EXPECT_EQ(handled[1].by + handled[1].role, "van 4carried");
    EXPECT_EQ(handled[2].lot + handled[2].by + handled[2].role, "Banalyst_2analysed");
    EXPECT_FALSE(handled[2].is_read);
}

std::string reported(std::string const& what, std::string const& more = "") {
    return "[[reading]]\nzone = \"P1.hand\"\n" + what + "\nsource = { document = \"L 1\" }\n" +
           more;
}

TEST_F(ReadReadings, WeighsAReportWithTheRatesThatItsLaboratoryStates) {
    std::string const rates =
        "error_rate = 0.01\nclerical_error_rate = 0.005\nrates_source = \"test\"\n";
    auto const lot = taken(with(reported("code = \"A\"", rates))).readings.front();
    EXPECT_TRUE(lot.is_reported);
    EXPECT_EQ(lot.use, ReadingUse::weighed);
    EXPECT_NEAR(lot.evidence->error, 0.015, 1e-15);
    EXPECT_EQ(lot.evidence->given_marker, 1.0);
    auto const by_code = taken(with(reported("code = \"" + lot_a + "\"", rates))).readings.front();
    EXPECT_EQ(by_code.evidence->given_marker, 1.0);
    EXPECT_EQ(by_code.lots, "A");
    auto const other = taken(with(reported("code = \"B\"", rates))).readings.front();
    EXPECT_EQ(other.evidence->given_marker, 0.0);
    EXPECT_EQ(other.evidence->given_other_lot, 1.0);
    auto const none =
        taken(with(reported("result = \"no_code\"", rates + "miss_rate = 0.2\n"))).readings.front();
    EXPECT_EQ(none.verdict, lab::CodeVerdict::no_match);
    EXPECT_EQ(none.evidence->given_marker, 0.2);
    EXPECT_EQ(none.evidence->given_material, 1.0);
}

TEST_F(ReadReadings, GivesNoRatioWithoutRates) {
    auto const lot = taken(with(reported("code = \"A\""))).readings.front();
    EXPECT_EQ(lot.verdict, lab::CodeVerdict::match);
    EXPECT_EQ(lot.use, ReadingUse::no_rates);
    EXPECT_FALSE(lot.evidence);
    auto const none = taken(with(reported("result = \"no_code\"",
                                          "error_rate = 0.01\nrates_source = \"test\"\n")))
                          .readings.front();
    EXPECT_EQ(none.use, ReadingUse::no_miss_rate);
    auto const open = taken(with(reported("result = \"inconclusive\""))).readings.front();
    EXPECT_EQ(open.use, ReadingUse::inconclusive);
}

void expect_refused(LoadedCase const& of, ErrorKind kind, std::string const& words) {
    try {
        static_cast<void>(read_readings(of.file, "/none"));
        FAIL() << "not refused: " << words;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind);
        std::string const told = error.full_sentence().english();
        EXPECT_THAT(told, HasSubstr(words));
        EXPECT_THAT(told, HasSubstr("case.toml line "));
    }
}

TEST_F(ReadReadings, RefusesALotThatTheRegistryLacks) {
    expect_refused(with(reading_of("P1.hand", "a.fastq"), "lot = \"C\""),
                   ErrorKind::format,
                   "expected a lot of the registry (2 lots), found \"C\"");
}

TEST_F(ReadReadings, RefusesFilesWithAnotherHash) {
    std::string const wrong(64, 'a');
    expect_refused(with(reading_of("P1.hand", "a.fastq", "sha256 = [\"" + wrong + "\"]\n")),
                   ErrorKind::integrity,
                   "reading[1].sha256[1]: the case states another hash");
    expect_refused(
        with(reading_of("P1.hand", "a.fastq"), "lot = \"A\"\nregistry_sha256 = \"" + wrong + "\""),
        ErrorKind::integrity,
        "marker.registry_sha256: the case states another hash");
    auto const right =
        with(reading_of("P1.hand",
                        "a.fastq",
                        "sha256 = [\"" + sha256_hex(read_file(folder / "a.fastq")) + "\"]\n"));
    EXPECT_EQ(taken(right).readings.front().use, ReadingUse::weighed);
}

TEST_F(ReadReadings, RefusesFilesThatAreMissingOrBearNoCode) {
    expect_refused(with(reading_of("P1.hand", "nothing.fastq")), ErrorKind::io, "nothing.fastq");
    write("plate.csv", "Well,Sample,Cq\nA1,s,22.1\n");
    expect_refused(with(reading_of("P1.hand", "plate.csv")),
                   ErrorKind::format,
                   "expected a file of which a code is read");
}

TEST_F(ReadReadings, TellsItsInputsByHash) {
    auto const of = with(reading_of("P1.hand", "a.fastq"));
    EXPECT_EQ(reading_inputs(of.file), reading_inputs(of.file, taken(of)));
    std::string const before = reading_inputs(of.file);
    write("blank.fastq", reads_of("", 77));
    EXPECT_NE(reading_inputs(of.file), before);
    EXPECT_EQ(reading_inputs(with("").file), "");
}

} // namespace
