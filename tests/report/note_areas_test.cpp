// SPDX-License-Identifier: GPL-3.0-or-later

// What the note tells of light too wide to be a trace.

#include "report/note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>

namespace cmq::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(NoteInput const& input, Language language) {
    return fixture::all_text(make_note(input, language));
}

TEST(NoteOfAreas, TellsTheirLightWithThatOfTracesAsALowerLimit) {
    NoteInput const input = fixture::make_input(); // one of two has no light of its own
    EXPECT_THAT(text_of(input, Language::english),
                HasSubstr("Light of the traces and these areas together, nothing counted twice: at "
                          "least"));
    EXPECT_THAT(text_of(input, Language::french), HasSubstr("rien n’étant compté deux fois"));
    EXPECT_THAT(text_of(input, Language::french), HasSubstr("au moins"));
}

TEST(NoteOfAreas, TellsItWholeWhereEachIsMeasured) {
    NoteInput input = fixture::make_input();
    input.detections[0].areas.pop_back();
    input.detections[0].areas[0].flux->saturated_photosites = 0;
    for (detect::Trace& trace : input.detections[0].detection.traces) {
        trace.saturated = false;
    }
    std::string const text = text_of(input, Language::english);
    EXPECT_THAT(text, HasSubstr("areas together, nothing counted twice: "));
    EXPECT_THAT(text, Not(HasSubstr("counted twice: at least")));
    EXPECT_THAT(text, HasSubstr("neither 'not detected' nor an amount"));
}

TEST(NoteOfAreas, SaysNothingOfItWithoutAreas) {
    NoteInput input = fixture::make_input();
    input.detections[0].areas.clear();
    EXPECT_THAT(text_of(input, Language::english), Not(HasSubstr("counted twice")));
}

} // namespace
} // namespace cmq::report
