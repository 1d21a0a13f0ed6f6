// SPDX-License-Identifier: GPL-3.0-or-later

// The note of colours that rest on several captures.

#include "report/json_note.hpp"
#include "report/note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace cmq::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

NoteInput joined_input(bool unmoved) {
    NoteInput input = fixture::make_input();
    casefile::Capture other = input.file.captures.front();
    other.id.value = "c1_515";
    other.role.value = casefile::CaptureRole::joined;
    other.of = input.file.captures.front().id;
    other.zone.reset();
    other.unmoved = unmoved;
    input.file.captures.push_back(other);
    for (lab::ColourResult& colour : input.detections.front().colours) {
        colour.captures = 2;
    }
    return input;
}

std::string text_of(NoteInput const& input, Language language) {
    return fixture::all_text(make_note(input, language));
}

TEST(NoteOfJoinedCaptures, NamesThemAndGivesNoVerdictForTheMarker) {
    std::string const english = text_of(joined_input(false), Language::english);
    EXPECT_THAT(english, HasSubstr("rest on 2 captures of the same scene"));
    EXPECT_THAT(english, HasSubstr("under another lamp, c1_515."));
    EXPECT_THAT(english, HasSubstr("no colour is given as the marker’s"));
    std::string const french = text_of(joined_input(false), Language::french);
    EXPECT_THAT(french, HasSubstr("reposent sur 2 captures de la même scène"));
    EXPECT_THAT(french, HasSubstr("aucune couleur n’est donnée pour celle du marqueur"));
}

TEST(NoteOfJoinedCaptures, SaysWhereNoAlignmentWasSought) {
    EXPECT_THAT(text_of(joined_input(true), Language::english),
                HasSubstr("c1_515 (not aligned: the case says that nothing moved)"));
    EXPECT_THAT(text_of(joined_input(true), Language::french), HasSubstr("que rien n’a bougé"));
}

TEST(NoteOfJoinedCaptures, SaysNothingOfThemElsewhere) {
    EXPECT_THAT(text_of(fixture::make_input(), Language::english),
                Not(HasSubstr("The colours rest")));
}

TEST(NoteOfJoinedCaptures, HasThemInJson) {
    auto const of = [](NoteInput const& input) {
        return nlohmann::json::parse(json_note(input))["detections"][0]["joined"];
    };
    EXPECT_EQ(of(joined_input(false)), nlohmann::json{"c1_515"});
    EXPECT_TRUE(of(fixture::make_input()).empty());
}

} // namespace
} // namespace cmq::report
