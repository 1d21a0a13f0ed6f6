// SPDX-License-Identifier: GPL-3.0-or-later

// Captures in which marks that take light away are sought.

#include "tests/casefile/case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;
using cmq::casefile::test::error_of;
using cmq::casefile::test::least;
using testing::AllOf;
using testing::HasSubstr;

std::string capture(std::string const& id, std::string const& role, std::string const& keys) {
    return "[[capture]]\nid = \"" + id + "\"\nfile = \"" + id + ".dng\"\nrole = \"" + role +
           "\"\n" + (role == "evidence" ? "zone = \"hand\"\n" : "") + keys;
}

std::string const hand = "[[carrier]]\nid = \"hand\"\nsurface = \"skin\"\n";
std::string const darker = "marks = \"darker\"\n";

TEST(CaptureMarks, AreThoseThatGiveLightOffUnlessStated) {
    Case const plain = parse_case(least + hand + capture("c", "evidence", ""), "case.toml");
    EXPECT_FALSE(plain.captures[0].marks.has_value());
    EXPECT_FALSE(seeks_darker(plain.captures[0]));
    EXPECT_FALSE(seeks_darker(plain));
    Case const said =
        parse_case(least + hand + capture("c", "evidence", "marks = \"lighter\"\n"), "case.toml");
    EXPECT_FALSE(seeks_darker(said));
    EXPECT_FALSE(error_of(hand + capture("c", "evidence", "marks = \"lighter\"\n") +
                          capture("b", "blank", "")));
}

TEST(CaptureMarks, MayTakeLightAwayInAllThatIsMeasured) {
    std::string const text = hand + capture("c", "evidence", darker) +
                             capture("b", "blank", darker) + capture("r", "reference", darker) +
                             capture("a", "ambient", "") + capture("v", "visible", "");
    EXPECT_FALSE(error_of(text));
    Case const read = parse_case(least + text, "case.toml");
    EXPECT_TRUE(seeks_darker(read));
    EXPECT_TRUE(seeks_darker(read.captures[2]));
    EXPECT_FALSE(seeks_darker(read.captures[3]));
    EXPECT_EQ(read.captures[0].marks->place.key, "capture[1].marks");
    EXPECT_EQ(to_word(**read.captures[0].marks), "darker");
}

TEST(CaptureMarks, RefuseAnotherWord) {
    auto const error = error_of(hand + capture("c", "evidence", "marks = \"black\"\n"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), cmq::ErrorKind::format);
    EXPECT_THAT(error->full_text(),
                AllOf(HasSubstr("marks"), HasSubstr("lighter"), HasSubstr("darker")));
}

TEST(CaptureMarks, RefuseRolesInWhichNoMarkIsSought) {
    for (std::string const role : {"ambient", "visible", "dark", "flat", "scale"}) {
        auto const error = error_of(capture("c", role, darker));
        ASSERT_TRUE(error) << role;
        EXPECT_EQ(error->kind(), cmq::ErrorKind::format);
        EXPECT_THAT(error->full_text(), AllOf(HasSubstr("this one has role"), HasSubstr(role)));
        EXPECT_THAT(error->full_sentence().in(cmq::Language::french), HasSubstr("celle-ci a role"));
    }
}

TEST(CaptureMarks, RefuseLightOfTheRoomTakenOff) {
    auto const error = error_of(hand + capture("c", "evidence", darker + "subtract = \"a\"\n") +
                                capture("a", "ambient", ""));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), cmq::ErrorKind::format);
    EXPECT_THAT(error->full_text(), HasSubstr("light of the room"));
    EXPECT_THAT(error->full_sentence().in(cmq::Language::french), HasSubstr("lumière ambiante"));
}

TEST(CaptureMarks, RefuseTwoSidesInOneCase) {
    for (std::string const role : {"evidence", "blank", "reference"}) {
        auto const error =
            error_of(hand + capture("c", "evidence", darker) + capture("other", role, ""));
        ASSERT_TRUE(error) << role;
        EXPECT_EQ(error->kind(), cmq::ErrorKind::format);
        EXPECT_THAT(error->full_text(),
                    AllOf(HasSubstr("marks sought in \"c\" are marks = \"darker\""),
                          HasSubstr("here marks = \"lighter\"")));
        EXPECT_THAT(error->full_sentence().in(cmq::Language::french),
                    HasSubstr("faire deux affaires"));
    }
}

} // namespace
