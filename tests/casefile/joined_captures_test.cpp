// SPDX-License-Identifier: GPL-3.0-or-later

// Captures of one scene behind several filters.

#include "tests/casefile/case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;
using cmq::casefile::test::error_of;
using cmq::casefile::test::least;
using testing::ElementsAre;
using testing::HasSubstr;

std::string capture(std::string const& id, std::string const& role, std::string const& keys) {
    return "[[capture]]\nid = \"" + id + "\"\nfile = \"" + id + ".dng\"\nrole = \"" + role +
           "\"\n" + (role == "evidence" ? "zone = \"hand\"\n" : "") + keys;
}

std::string joined(std::string const& id, std::string const& of, std::string const& more = "") {
    return capture(id, "joined", "of = \"" + of + "\"\nfilter = \"LP 515\"\n" + more);
}

std::string const classes = R"([[carrier]]
id = "hand"
surface = "skin"
[colour]
unknown_weight = 1
[[colour_class]]
name = "marker"
)";

std::string reference_of(std::string const& id) {
    return "[[reference]]\nclass = \"marker\"\ncapture = \"" + id + "\"\nsample = \"1\"\n";
}

void expect_error(std::string const& text, std::string const& english, std::string const& french) {
    auto const error = error_of(text);
    ASSERT_TRUE(error) << english;
    EXPECT_EQ(error->kind(), cmq::ErrorKind::format);
    EXPECT_THAT(error->full_text(), HasSubstr(english));
    EXPECT_THAT(error->full_sentence().in(cmq::Language::french), HasSubstr(french));
}

TEST(JoinedCaptures, BelongToTheCaptureThatTheyName) {
    std::string const text = classes + capture("c", "evidence", "") + joined("c2", "c") +
                             capture("r", "reference", "") + joined("r2", "r", "unmoved = true\n") +
                             reference_of("r") + capture("b", "blank", "");
    EXPECT_FALSE(error_of(text));
    Case const read = parse_case(least + text, "case.toml");
    EXPECT_THAT(joined_to(read, read.captures[0]), ElementsAre(1U));
    EXPECT_THAT(joined_to(read, read.captures[2]), ElementsAre(3U));
    EXPECT_TRUE(joined_to(read, read.captures[4]).empty());
    EXPECT_EQ(colour_captures(read), 2U);
    EXPECT_FALSE(read.captures[1].unmoved);
    EXPECT_TRUE(read.captures[3].unmoved);
    EXPECT_EQ(*read.captures[1].role, CaptureRole::joined);
    EXPECT_EQ(to_word(CaptureRole::joined), "joined");
}

TEST(JoinedCaptures, AreNoneInACaseThatNamesNone) {
    Case const read = parse_case(least + classes + capture("c", "evidence", ""), "case.toml");
    EXPECT_EQ(colour_captures(read), 1U);
}

TEST(JoinedCaptures, RefuseWhatTheyLackOrMayNotHave) {
    std::string const c = classes + capture("c", "evidence", "");
    expect_error(c + capture("c2", "joined", "filter = \"LP 515\"\n"),
                 "capture[2].of: the key is missing",
                 "la clé manque");
    expect_error(c + capture("c2", "joined", "of = \"c\"\n"),
                 "joined for its filter or its lamp",
                 "pour son filtre");
    expect_error(c + joined("c2", "c", "zone = \"hand\"\n"),
                 "capture[2].zone: not expected",
                 "non attendu pour une capture de rôle joined");
    expect_error(c + capture("b", "blank", "unmoved = true\n"),
                 "expected only with role = \"joined\"",
                 "attendu seulement avec role");
    expect_error(c + capture("b", "blank", "") + joined("c2", "b"),
                 "role = \"evidence\" or \"reference\", found \"b\"",
                 "\"evidence\" ou \"reference\"");
}

TEST(JoinedCaptures, RefuseUnlikeNumbersOfChannels) {
    expect_error(classes + capture("c", "evidence", "") + joined("c2", "c") +
                     capture("r", "reference", "") + reference_of("r"),
                 "join as many to each capture of role evidence",
                 "en joindre autant à chaque capture evidence");
}

TEST(JoinedCaptures, RefuseMoreThanFour) {
    std::string text = classes + capture("c", "evidence", "");
    for (char const* const id : {"1", "2", "3", "4", "5"}) {
        text += joined(id, "c");
    }
    expect_error(text, "at most 4 captures joined to one", "au plus 4 captures");
}

TEST(JoinedCaptures, RefuseLightOfTheRoomAndMarksThatTakeLightAway) {
    expect_error(classes + capture("c", "evidence", "subtract = \"a\"\n") + joined("c2", "c") +
                     capture("a", "ambient", ""),
                 "light is another behind another filter",
                 "n’est pas la même derrière un autre filtre");
    expect_error(classes + capture("c", "evidence", "marks = \"darker\"\n") + joined("c2", "c"),
                 "neither to \"darker\" marks",
                 "ni à des marques");
}

TEST(JoinedCaptures, RefuseACaseWithoutColours) {
    expect_error("[[carrier]]\nid = \"hand\"\nsurface = \"skin\"\n" + capture("c", "evidence", "") +
                     joined("c2", "c"),
                 "serves colour alone",
                 "ne sert qu’à la couleur");
}

} // namespace
