// SPDX-License-Identifier: GPL-3.0-or-later

// The note of captures in which marks that take light away were sought.

#include "report/json_note.hpp"
#include "report/note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace cmq::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language fr = Language::french;
constexpr Language en = Language::english;

NoteInput darker_input() {
    NoteInput input = fixture::make_input();
    for (casefile::Capture& capture : input.file.captures) {
        capture.marks = casefile::Placed<casefile::Marks>{casefile::Marks::darker, {}};
    }
    for (NoteDetection& each : input.detections) {
        each.detection.darker = true;
    }
    return input;
}

std::string text_of(NoteInput const& input, Language language, Length length = Length::annex) {
    return fixture::all_text(make_note(input, language, {.length = length}));
}

TEST(NoteOfDarkerMarks, SaysThatFluxesAreLightTaken) {
    std::string const english = text_of(darker_input(), en);
    EXPECT_THAT(english, HasSubstr("what was sought is what takes light away"));
    EXPECT_THAT(english, HasSubstr("flux: light taken from the background in DN"));
    EXPECT_THAT(english, HasSubstr("the blanks were measured on that same side"));
    EXPECT_THAT(english, Not(HasSubstr("flux above background")));
    std::string const french = text_of(darker_input(), fr);
    EXPECT_THAT(french, HasSubstr("ce qui a été recherché est ce qui prend la lumière"));
    EXPECT_THAT(french, HasSubstr("lumière prise au fond en DN"));
    EXPECT_THAT(french, HasSubstr("les blancs ont été mesurés de ce même côté"));
    EXPECT_THAT(french, Not(HasSubstr("flux au-dessus du fond")));
}

TEST(NoteOfDarkerMarks, SaysWhatElseDarkens) {
    for (Length const length : {Length::summary, Length::annex}) {
        EXPECT_THAT(text_of(darker_input(), en, length),
                    HasSubstr("Many other things darken: dirt"));
        EXPECT_THAT(text_of(darker_input(), fr, length), HasSubstr("assombrissent"));
    }
    EXPECT_THAT(text_of(darker_input(), en), HasSubstr("more than a tenth of the light"));
    EXPECT_THAT(text_of(darker_input(), fr), HasSubstr("plus d’un dixième de la lumière"));
}

TEST(NoteOfDarkerMarks, SaysNothingOfThemElsewhere) {
    for (Language const language : {en, fr}) {
        std::string const text = text_of(fixture::make_input(), language);
        EXPECT_THAT(text, Not(HasSubstr("takes light away")));
        EXPECT_THAT(text, Not(HasSubstr("prend la lumière")));
        EXPECT_THAT(text, Not(HasSubstr("assombri")));
    }
}

TEST(NoteOfDarkerMarks, HasTheSideInJson) {
    auto const of = [](NoteInput const& input) {
        return nlohmann::json::parse(json_note(input))["detections"][0]["darker"].get<bool>();
    };
    EXPECT_TRUE(of(darker_input()));
    EXPECT_FALSE(of(fixture::make_input()));
}

} // namespace
} // namespace cmq::report
