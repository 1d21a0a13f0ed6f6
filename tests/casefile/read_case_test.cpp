// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/read_case.hpp"

#include "system/file.hpp"
#include "tests/casefile/case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;
using cmq::ErrorKind;
using cmq::casefile::test::error_of;
using cmq::casefile::test::message_of;
using cmq::casefile::test::sample;
using testing::HasSubstr;
using testing::StartsWith;

TEST(CheckReferences, FindsTheTwoNamesThatTheSampleDoesNotDeclare) {
    EXPECT_EQ(
        message_of(sample, ""),
        "case.toml line 33, key event[1].between[1]: expected the id of a [[carrier]], found "
        "\"P2.right_hand\" (declared: P1.right_hand); did you mean \"P1.right_hand\"?\n"
        "case.toml line 47, key comparison[1].h2: expected the id of a [[proposition]], found "
        "\"Hd\" (declared: Hp); did you mean \"Hp\"?");
}

TEST(CheckReferences, RefusesAZoneThatIsNotDeclared) {
    auto const error =
        error_of("[[observation]]\nzone = \"Z\"\nkind = \"detected\"\nsource = { document "
                 "= \"PV\" }\n");
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->kind(), ErrorKind::format);
    EXPECT_STREQ(error->what(),
                 "case.toml line 9, key observation[1].zone: expected the id of a "
                 "[[carrier]], found \"Z\" (none is declared)");
}

TEST(CheckReferences, RefusesAPlannedZoneAndAnAssignedPropositionThatNobodyDeclares) {
    EXPECT_THAT(message_of("[[seal]]\nnumber = \"1\"\nholds = \"x\"\nzone = \"Z\"\n"),
                HasSubstr("seal[1].zone: expected the id of a [[carrier]], found \"Z\""));
    EXPECT_THAT(message_of("[[planned]]\nzone = \"Z\"\n"),
                HasSubstr("planned[1].zone: expected the id of a [[carrier]], found \"Z\""));
    std::string const message = message_of(
        "[[assigned]]\nproposition = \"H\"\nzones = [\"Z\"]\nprobability = 0.1\nreasons = \"r\"\n"
        "author = \"D1\"\n");
    EXPECT_THAT(message,
                HasSubstr("assigned[1].proposition: expected the id of a [[proposition]]"));
    EXPECT_THAT(message, HasSubstr("assigned[1].zones[1]: expected the id of a [[carrier]]"));
}

TEST(CheckReferences, RefusesABlankOfWhatIsNoEvidence) {
    EXPECT_THAT(
        message_of("[[capture]]\nid = \"a\"\nfile = \"f\"\nrole = \"dark\"\n[[capture]]\nid = "
                   "\"b\"\nfile = \"g\"\nrole = \"blank\"\nof = \"a\"\n"),
        StartsWith("case.toml line 16, key capture[2].of: expected the id of a capture with role "
                   "= \"evidence\", found \"a\""));
}

TEST(CheckReferences, RefusesAColourReferenceThatShowsNothingKnown) {
    std::string const marker =
        "[colour]\nunknown_weight = 1\n[[colour_class]]\nname = \"marker\"\n[[capture]]\n"
        "id = \"a\"\nfile = \"f\"\nrole = \"dark\"\n[[reference]]\nsample = \"s\"\n";
    EXPECT_THAT(
        message_of(marker + "class = \"dye\"\ncapture = \"a\"\n"),
        HasSubstr("reference[1].class: expected the id of a [[colour_class]], found \"dye\""));
    EXPECT_THAT(message_of(marker + "class = \"marker\"\ncapture = \"b\"\n"),
                HasSubstr("reference[1].capture: expected the id of a [[capture]], found \"b\""));
    EXPECT_THAT(message_of(marker + "class = \"marker\"\ncapture = \"a\"\n"),
                HasSubstr("expected a capture with role = \"reference\""));
}

TEST(CheckReferences, RefusesAReferenceExaminationOfTheWrongRole) {
    EXPECT_THAT(
        message_of("[examination]\nblanks = [\"a\"]\n[[capture]]\nid = \"a\"\nfile = \"f\"\n"
                   "role = \"dark\"\n"),
        StartsWith("case.toml line 9, key examination.blanks[1]: expected a capture with role = "
                   "\"blank\", but \"a\" has role = \"dark\""));
}

TEST(CheckReferences, RefusesAPropositionOfUnknownParts) {
    std::string const message =
        message_of("[[proposition]]\nid = \"Hp\"\nside = \"prosecution\"\ndeliveries = [\"d\"]\n"
                   "events = [\"e\"]\n");
    EXPECT_THAT(message,
                HasSubstr("line 11, key proposition[1].deliveries[1]: expected the id of a "
                          "[[delivery]], found \"d\""));
    EXPECT_THAT(message,
                HasSubstr("line 12, key proposition[1].events[1]: expected the id of a "
                          "[[event]], found \"e\""));
}

TEST(CheckReferences, RefusesAPropositionComparedWithItself) {
    auto const error =
        error_of("[[proposition]]\nid = \"H\"\nside = \"neither\"\ndeliveries = []\nevents "
                 "= []\n[[comparison]]\nh1 = \"H\"\nh2 = \"H\"\n");
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->kind(), ErrorKind::domain);
    EXPECT_THAT(std::string{error->what()},
                StartsWith("case.toml line 15, key comparison[1].h2: "));
}

TEST(CheckReferences, RefusesAPredecessorThatIsNotDeclared) {
    EXPECT_THAT(
        message_of("[[carrier]]\nid = \"Z\"\nsurface = \"skin\"\n[[event]]\nid = \"e\"\nkind = "
                   "\"wash\"\non = \"Z\"\nat = { time = \"12:00\", uncertainty_min = 0 }\n"
                   "after = \"shot\"\n"),
        HasSubstr("key event[1].after: expected the id of a [[delivery]], [[event]] or "
                  "[[contamination]], found \"shot\""));
}

TEST(ReadCase, RefusesAMissingFile) {
    try {
        static_cast<void>(read_case("/nonexistent/case.toml"));
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
    }
}

TEST(ReadCase, NamesTheFileAsItWasNamed) {
    std::string const path = std::string{CMQ_BINARY_DIR} + "/read_case_test.toml";
    cmq::write_file(path, std::string_view{cmq::casefile::test::least});
    EXPECT_EQ(read_case(path).file, path);
    cmq::write_file(path, std::string_view{sample});
    try {
        static_cast<void>(read_case(path));
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_THAT(std::string{error.what()}, StartsWith(path + " line 33, key event[1]"));
    }
}

} // namespace
