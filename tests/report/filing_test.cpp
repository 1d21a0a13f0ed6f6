// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/filing.hpp"

#include "casefile/request_texts.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cmq::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

casefile::RequestTexts const& texts() {
    static casefile::RequestTexts const all = casefile::read_request_texts();
    return all;
}

FilingInput make_filing() {
    FilingInput input;
    input.note = fixture::make_input();
    input.effects.resize(input.note.evaluations.size());
    input.effects[0] = {{.kind = EffectKind::delivery_times,
                         .request = "use_of_the_marker",
                         .subject = "",
                         .first_value = 0.0,
                         .second_value = 0.0,
                         .log10_first = -1.0,
                         .log10_second = 1.3}};
    return input;
}

std::string oral(FilingInput const& input, Language language) {
    return fixture::all_text(make_oral_note(input, texts(), language));
}

TEST(MakeOralNote, IsOnePageOfWhatToSayAndWhatToAsk) {
    Document const note = make_oral_note(make_filing(), texts(), Language::english);
    EXPECT_EQ(note.most_pages, 1U);
    std::string const text = fixture::all_text(note);
    for (char const* part : {"To say",
                             "To ask",
                             "What is missing, and what depends on it",
                             "If it is put to you",
                             "the findings are about 30 times more probable if Hp is true",
                             "it does not say which is true",
                             "prosecutor’s fallacy",
                             "To the officer who held the lamp: Which lamp"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    EXPECT_THAT(text, HasSubstr("1/10; if "));
    EXPECT_THAT(text, HasSubstr(", 20 (today 30)"));
}

TEST(MakeOralNote, SpeaksTheFrenchOfCourts) {
    std::string const text = oral(make_filing(), Language::french);
    for (char const* part : {"À dire",
                             "À demander",
                             "Ce qui manque, et ce qui en dépend",
                             "Si l’on oppose",
                             "À l’agent qui tenait la lampe\u00A0: Quelle lampe"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    EXPECT_THAT(text, Not(HasSubstr("To ask")));
}

TEST(MakeOralNote, NamesWhatIsMissingWhereNoNumberCanMove) {
    FilingInput input;
    input.note = fixture::make_small_input();
    input.effects.resize(input.note.evaluations.size());
    std::string const text = oral(input, Language::english);
    EXPECT_THAT(text, HasSubstr("No number is given for Hd and Hp."));
    EXPECT_THAT(text, HasSubstr("What is missing, and what depends on it"));
    EXPECT_THAT(text, Not(HasSubstr("today")));
}

TEST(MakeMissingNote, SaysHowFarEachPieceCouldMoveTheRatio) {
    Document const note = make_missing_note(make_filing(), texts(), Language::english);
    std::string const text = fixture::all_text(note);
    EXPECT_EQ(note.title, "What the file lacks");
    EXPECT_THAT(text, HasSubstr("present ratio 30"));
    EXPECT_THAT(text, HasSubstr("1/10"));
    // Whose paper this is: nothing of counsel's stands in it.
    for (char const* counsels : {"secrecy", "acts for", "account that the person gave"}) {
        EXPECT_THAT(text, Not(HasSubstr(counsels)));
    }
}

TEST(WithSmallerPictures, TakesMeansOfFourPixelsAndKeepsMarksInPlace) {
    Document document;
    Picture picture;
    picture.pixels = {.width = 128, .height = 130, .rgb = {}};
    for (int i = 0; i < 128 * 130; ++i) {
        auto const x = static_cast<std::uint8_t>(i % 128);
        for (int channel = 0; channel < 3; ++channel) {
            picture.pixels.rgb.push_back(static_cast<std::uint8_t>(x + channel));
        }
    }
    picture.caption = "Caption.";
    picture.scale_bar = ScaleBar{.length_pixels = 40.0, .label = "1 mm"};
    picture.marks = {{.x = 10.5, .y = 20.5, .radius = 4.0, .label = "1"}};
    document.language = Language::english;
    document.blocks.emplace_back(PictureRow{.pictures = {picture}});
    Document const half = with_smaller_pictures(document, 1);
    Picture const& small = std::get<PictureRow>(half.blocks.front()).pictures.front();
    ASSERT_EQ(small.pixels.width, 64);
    ASSERT_EQ(small.pixels.height, 65);
    // Pixels 2 and 3 of a row hold 2 and 3: their mean is 2.5, rounded up.
    EXPECT_EQ(small.pixels.rgb[3], 3);
    EXPECT_EQ(small.pixels.rgb[4], 4);
    // The centre of the old pixels 10 and 11 is that of the new pixel 5.
    EXPECT_DOUBLE_EQ(small.marks.front().x, 5.0);
    EXPECT_DOUBLE_EQ(small.marks.front().y, 10.0);
    EXPECT_DOUBLE_EQ(small.marks.front().radius, 2.0);
    EXPECT_DOUBLE_EQ(small.scale_bar->length_pixels, 20.0);
    EXPECT_EQ(small.caption, "Caption. Reduced to 1/2 of its size for filing.");
    // Below 64 pixels a side nothing is taken away.
    Document const quarter = with_smaller_pictures(document, 4);
    EXPECT_EQ(std::get<PictureRow>(quarter.blocks.front()).pictures.front().pixels.width, 64);
}

} // namespace
} // namespace cmq::report
