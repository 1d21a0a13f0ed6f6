// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/casefile/case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using namespace cmq::casefile;
using cmq::ErrorKind;
using cmq::casefile::test::error_of;
using cmq::casefile::test::least;
using testing::HasSubstr;

std::string const hash(64, 'a');

/// After the seven lines of `least`: a carrier on lines 8 to 10, the marker on 11 to 13.
std::string const before = "[[carrier]]\nid = \"Z\"\nsurface = \"skin\"\n"
                           "[marker]\nlot = \"L1\"\nregistry = \"registry.toml\"\n";
std::string const reading = before + "[[reading]]\nzone = \"Z\"\n";
std::string const with_file = reading + "files = [\"a.fastq\"]\n";
std::string const reported = reading + "code = \"L1\"\nsource = { document = \"PV 7\" }\n";

Case parse(std::string const& more) {
    Case of = parse_case(least + more, "case.toml");
    check_references(of);
    return of;
}

TEST(CheckReadings, AcceptsFilesWithControls) {
    Case const of = parse(with_file +
                          "negative_controls = [\"n.fastq\"]\nextraction_controls = [\"x.fastq\"]\n"
                          "environment_controls = []\npositive_controls = [\"p.fastq\"]\n"
                          "forward = \"ACGTTGCAAG\"\numi = 10\nsha256 = [\"" +
                          hash +
                          "\"]\nlaboratory = \"A\"\nrun = \"12\"\nexaminer = \"analyst_2\"\n"
                          "swabbed_by = [\"agent_3\"]\n");
    ASSERT_EQ(of.readings.size(), 1U);
    Reading const& one = of.readings.front();
    EXPECT_EQ(*one.id, "reading-1");
    EXPECT_EQ(*one.zone, "Z");
    EXPECT_EQ(*one.files.at(0), "a.fastq");
    EXPECT_EQ(*one.sha256.at(0), hash);
    EXPECT_EQ(*one.negative_controls.at(0), "n.fastq");
    EXPECT_EQ(*one.extraction_controls.at(0), "x.fastq");
    EXPECT_TRUE(one.environment_controls.empty());
    EXPECT_EQ(*one.positive_controls.at(0), "p.fastq");
    EXPECT_EQ(one.forward, "ACGTTGCAAG");
    EXPECT_EQ(one.umi, 10);
    EXPECT_EQ(one.laboratory, "A");
    EXPECT_EQ(one.run, "12");
    EXPECT_EQ(one.examiner, "analyst_2");
    EXPECT_EQ(*one.swabbed_by.at(0), "agent_3");
    EXPECT_FALSE(one.code);
    ASSERT_TRUE(of.marker);
    EXPECT_EQ(*of.marker->lot, "L1");
    EXPECT_EQ(**of.marker->registry, "registry.toml");
}

TEST(CheckReadings, AcceptsWhatALaboratoryReports) {
    Case const of = parse(reported + "error_rate = 0.01\nclerical_error_rate = 0\nmiss_rate = 0.2\n"
                                     "rates_source = \"test\"\n");
    Reading const& one = of.readings.front();
    EXPECT_TRUE(one.files.empty());
    EXPECT_EQ(**one.code, "L1");
    EXPECT_EQ(**one.error_rate, 0.01);
    EXPECT_EQ(**one.clerical_error_rate, 0.0);
    EXPECT_EQ(**one.miss_rate, 0.2);
    EXPECT_EQ(one.source.document, "PV 7");
    Case const none = parse(reading + "result = \"no_code\"\nsource = { document = \"PV 7\" }\n");
    EXPECT_EQ(none.readings.front().result, ReadingResult::no_code);
    EXPECT_EQ(to_word(*none.readings.front().result), "no_code");
}

TEST(CheckReadings, KeepsTheOtherLotOfALookalike) {
    Case const of =
        parse("[[lookalike]]\nid = \"x\"\nother_lot = true\n[[lookalike]]\nid = \"y\"\n");
    EXPECT_TRUE(of.lookalikes.at(0).other_lot);
    EXPECT_FALSE(of.lookalikes.at(1).other_lot);
}

struct Refusal {
    char const* name;
    std::string more;
    ErrorKind kind;
    std::string message;
};

class CheckReadingsRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(CheckReadingsRefuses, WithPlaceAndExpectation) {
    auto const error = error_of(GetParam().more);
    ASSERT_TRUE(error.has_value());
    EXPECT_THAT(std::string{error->what()}, HasSubstr(GetParam().message));
    EXPECT_EQ(error->kind(), GetParam().kind);
}

std::string const no_marker =
    "[[carrier]]\nid = \"Z\"\nsurface = \"skin\"\n[[reading]]\nzone = \"Z\"\n"
    "code = \"L1\"\nsource = { document = \"PV 7\" }\n";

INSTANTIATE_TEST_SUITE_P(
    Each,
    CheckReadingsRefuses,
    testing::Values(
        Refusal{"NeitherFilesNorCode", reading, ErrorKind::format, "line 14, key reading[1]"},
        Refusal{"FilesAndCode",
                with_file + "code = \"L1\"\nsource = { document = \"PV\" }\n",
                ErrorKind::format,
                "line 16, key reading[1].files: expected files (of the instrument), or code"},
        Refusal{"ReportedWithoutDocument",
                reading + "code = \"L1\"\n",
                ErrorKind::format,
                "key reading[1].source: the key is missing"},
        Refusal{"RatesOfFiles",
                with_file + "error_rate = 0.1\nrates_source = \"x\"\n",
                ErrorKind::format,
                "line 17, key reading[1].error_rate: expected only with code or result"},
        Refusal{"RatesWithoutSource",
                reported + "error_rate = 0.1\n",
                ErrorKind::format,
                "key reading[1].rates_source: the key is missing"},
        Refusal{"ClericalErrorAlone",
                reported + "clerical_error_rate = 0.1\nrates_source = \"x\"\n",
                ErrorKind::format,
                "key reading[1].error_rate: the key is missing"},
        Refusal{"RateOfZero",
                reported + "error_rate = 0\nrates_source = \"x\"\n",
                ErrorKind::domain,
                "line 18, key reading[1].error_rate"},
        Refusal{"ControlsOfAReport",
                reported + "negative_controls = [\"n\"]\n",
                ErrorKind::format,
                "line 18, key reading[1].negative_controls: expected only with files"},
        Refusal{"SampleThatIsItsOwnControl",
                with_file + "negative_controls = [\"a.fastq\"]\n",
                ErrorKind::format,
                "line 17, key reading[1].negative_controls[1]: expected a file of its own, found "
                "\"a.fastq\" again; the first is reading[1].files[1] on line 16"},
        Refusal{"PrimerOfOtherLetters",
                with_file + "forward = \"ACGTNNNNNN\"\n",
                ErrorKind::format,
                "line 17, key reading[1].forward: expected a primer of 8 to 64 bases"},
        Refusal{"HashThatIsNone",
                with_file + "sha256 = [\"abc\"]\n",
                ErrorKind::format,
                "line 17, key reading[1].sha256[1]: expected 64 hexadecimal digits"},
        Refusal{"HashesOfOtherNumber",
                with_file + "sha256 = [\"" + hash + "\", \"" + std::string(64, 'b') + "\"]\n",
                ErrorKind::format,
                "line 17, key reading[1].sha256: expected one hash for each file"},
        Refusal{"OneFileInTwoReadingsOfAZone",
                with_file + "[[reading]]\nzone = \"Z\"\nfiles = [\"b\", \"a.fastq\"]\n",
                ErrorKind::format,
                "expected another file than \"a.fastq\", already read of this zone on line"},
        Refusal{"SameIdTwice",
                with_file + "id = \"r\"\n[[reading]]\nid = \"r\"\nzone = \"Y\"\nfiles = [\"b\"]\n",
                ErrorKind::format,
                "line 19, key reading[2].id: expected an id of its own"},
        Refusal{"NoMarker",
                no_marker,
                ErrorKind::format,
                "line 11, key reading[1]: a reading needs the table [marker]"},
        Refusal{"NoRegistry",
                no_marker + "[[reading]]\nzone = \"Y\"\nfiles = [\"b\"]\n[marker]\nlot = \"L1\"\n",
                ErrorKind::format,
                "key marker.registry: the key is missing"},
        Refusal{"HashOfNoRegistry",
                no_marker + "[marker]\nlot = \"L1\"\nregistry_sha256 = \"" + hash + "\"\n",
                ErrorKind::format,
                "key marker.registry: the key is missing"},
        Refusal{"UnknownWord",
                reading + "result = \"none\"\nsource = { document = \"PV\" }\n",
                ErrorKind::format,
                "line 16, key reading[1].result: expected one of no_code, inconclusive"},
        Refusal{"TimeWithADayOfACaseWithout",
                with_file + "at = { time = \"2026-11-21 12:40\", uncertainty_min = 5 }\n",
                ErrorKind::format,
                "line 17, key reading[1].at: a time with a date needs the day"}),
    [](auto const& each) { return std::string{each.param.name}; });

TEST(CheckReadings, RefusesAZoneThatNothingDeclares) {
    try {
        static_cast<void>(parse("[marker]\nlot = \"L1\"\n[[reading]]\nzone = \"Q\"\ncode = \"L1\"\n"
                                "source = { document = \"PV\" }\n"));
        FAIL() << "not refused";
    } catch (cmq::Error const& error) {
        EXPECT_THAT(std::string{error.what()},
                    HasSubstr("line 11, key reading[1].zone: expected the id"));
    }
}

} // namespace
