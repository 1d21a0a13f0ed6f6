// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/metadata.hpp"

#include "tests/capture/tiff_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using namespace cmq;
using namespace cmq::capture;
using cmq::test::make_tiff;
using cmq::test::tail_place;
using cmq::test::to_bytes;

template <std::size_t N>
void put(std::array<char, N>& field, std::string_view text) {
    std::ranges::copy(text, field.begin());
}

TEST(ToPrintable, KeepsTextAndReplacesWhatATerminalWouldObey) {
    EXPECT_EQ(to_printable("  Canon EOS  "), "Canon EOS");
    EXPECT_EQ(to_printable("\xc3\xa9t\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"), "été € 😀");
    EXPECT_EQ(to_printable("a\x1b[2Jb\nc\x7f"), "a?[2Jb?c?");
    EXPECT_EQ(to_printable("\xc2\x9b"
                           "31m"),
              "??31m"); // a control character of two bytes
    EXPECT_EQ(to_printable("   "), "");
}

// Sequences that the Unicode Standard's table 3-7 leaves out: overlong, surrogate, beyond U+10FFFF, cut.
TEST(ToPrintable, ReplacesBytesThatAreNotUtf8) {
    EXPECT_EQ(to_printable("\xc0\xaf"), "??");
    EXPECT_EQ(to_printable("\xe0\x80\xaf"), "???");
    EXPECT_EQ(to_printable("\xed\xa0\x80"), "???");
    EXPECT_EQ(to_printable("\xf4\x90\x80\x80"), "????");
    EXPECT_EQ(to_printable("a\xe2\x82"), "a??");
    EXPECT_EQ(to_printable("\xff"), "?");
}

// date -u -d @1514811812 gives 2018-01-01 13:03:32; 951782400 is 29 February 2000.
TEST(ToTimestamp, WritesTheCamerasClock) {
    EXPECT_EQ(to_timestamp(1514811812), "2018-01-01T13:03:32");
    EXPECT_EQ(to_timestamp(951782400), "2000-02-29T00:00:00");
    EXPECT_EQ(to_timestamp(0), "");
    EXPECT_EQ(to_timestamp(-5), "");
    EXPECT_EQ(to_timestamp(std::numeric_limits<std::int64_t>::max()), "");
}

TEST(ToMetadata, TakesTheDecodersWordsWithoutATiff) {
    Answer answer;
    put(answer.make, "Canon");
    put(answer.model, "EOS D30");
    answer.iso = 100;
    answer.exposure_s = std::nan("");
    answer.f_number = 0;
    answer.exposure_program = 3;
    answer.timestamp = 1514811812;
    Metadata const said = to_metadata(answer, nullptr);
    EXPECT_EQ(said.make, "Canon");
    EXPECT_EQ(said.model, "EOS D30");
    EXPECT_EQ(said.iso, 100.0);
    EXPECT_FALSE(said.exposure_s);
    EXPECT_FALSE(said.f_number);
    EXPECT_EQ(said.auto_exposure, true);
    EXPECT_EQ(said.taken_at, "2018-01-01T13:03:32");
    EXPECT_FALSE(said.simulated);
}

TEST(ToMetadata, LeavesOutWhatNoCameraCanBeSetTo) {
    for (double const value :
         {-1.0, 1e-310, 9e-10, 1.1e9, 1e308, std::numeric_limits<double>::infinity()}) {
        Answer answer;
        answer.iso = value;
        answer.exposure_s = value;
        answer.f_number = value;
        answer.focal_length_mm = value;
        Metadata const said = to_metadata(answer, nullptr);
        EXPECT_FALSE(said.iso || said.exposure_s || said.f_number || said.focal_length_mm) << value;
    }
}

TEST(ToMetadata, PrefersTheFilesOwnTags) {
    Answer answer;
    put(answer.make, "Decoder's word");
    answer.iso = 100;
    answer.exposure_program = 3;
    auto const place = tail_place(4);
    auto const bytes = make_tiff({{tiff_tag::make, 2, 6, place},
                                  {tiff_tag::iso, 3, 1, 3200},
                                  {tiff_tag::exposure_program, 3, 1, 1},
                                  {tiff_tag::date_time_original, 2, 20, place + 6}},
                                 to_bytes({"Maker\0"
                                           "2024:02:29 23:59:58\0",
                                           26}));
    TiffFile const file{bytes};
    Metadata const said = to_metadata(answer, &file);
    EXPECT_EQ(said.make, "Maker");
    EXPECT_EQ(said.iso, 3200.0);
    EXPECT_EQ(said.auto_exposure, false);
    EXPECT_EQ(said.taken_at, "2024-02-29T23:59:58");
}

TEST(ToMetadata, SeesTheWordSimulatedInAnyTagAndAnyCase) {
    for (auto const field :
         {&Answer::make, &Answer::model, &Answer::unique_model, &Answer::software}) {
        Answer answer;
        put(answer.*field, "is SimuLateD");
        EXPECT_TRUE(to_metadata(answer, nullptr).simulated);
    }
    Answer answer;
    put(answer.description, "SIMULATED frame");
    EXPECT_TRUE(to_metadata(answer, nullptr).simulated);
    // A tag of the file that overrules the decoder's word cannot hide it.
    auto const bytes = make_tiff({{tiff_tag::image_description, 2, 4, 0x00636261}}, {});
    TiffFile const file{bytes};
    // The file's own text is preferred, and not told: it may name the owner.
    EXPECT_EQ(to_metadata(answer, &file).description, "");
    EXPECT_TRUE(to_metadata(answer, &file).simulated);
}

TEST(ToMetadata, KnowsThatLibRawCallsNamelessFilesDng) {
    Answer answer;
    put(answer.make, "DNG");
    answer.is_dng = 1;
    EXPECT_EQ(to_metadata(answer, nullptr).make, "");
}

} // namespace
