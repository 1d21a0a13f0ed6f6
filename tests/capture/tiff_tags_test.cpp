// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/tiff_tags.hpp"

#include "core/error.hpp"
#include "tests/capture/tiff_bytes.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq;
using namespace cmq::capture;
using cmq::test::make_tiff;
using cmq::test::tail_place;
using cmq::test::to_bytes;

ErrorKind refusal(std::vector<std::byte> const& bytes) {
    try {
        TiffFile const file{bytes};
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

// Every value written out by hand from TIFF 6.0: 1/50 s, ISO 400, "Maker", 1.5 as float bits.
TEST(TiffFile, ReadsNumbersAndText) {
    auto const place = tail_place(5);
    std::vector<std::byte> tail = to_bytes("Maker");
    tail.resize(8);
    for (unsigned const byte : {1U, 0U, 0U, 0U, 50U, 0U, 0U, 0U}) {
        tail.push_back(static_cast<std::byte>(byte));
    }
    auto const bytes = make_tiff({{tiff_tag::make, 2, 6, place},
                                  {tiff_tag::exposure_time, 5, 1, place + 8},
                                  {tiff_tag::iso, 3, 1, 400},
                                  {tiff_tag::black_level, 11, 1, 0x3fc00000},
                                  {tiff_tag::black_level_delta_h, 8, 2, 0xfffe0003}},
                                 tail);
    TiffFile const file{bytes};
    EXPECT_EQ(file.text(file.find(tiff_tag::make)), "Maker");
    EXPECT_EQ(file.number(file.find(tiff_tag::exposure_time)), 1.0 / 50);
    EXPECT_EQ(file.whole(file.find(tiff_tag::iso)), 400U);
    EXPECT_EQ(file.number(file.find(tiff_tag::black_level)), 1.5);
    EXPECT_EQ(file.number(file.find(tiff_tag::black_level_delta_h), 0), 3.0);
    EXPECT_EQ(file.number(file.find(tiff_tag::black_level_delta_h), 1), -2.0);
    EXPECT_FALSE(file.number(file.find(tiff_tag::black_level_delta_h), 2));
    EXPECT_FALSE(file.number(file.find(tiff_tag::make)));
    EXPECT_FALSE(file.number(file.find(tiff_tag::model)));
    EXPECT_EQ(file.text(file.find(tiff_tag::iso)), "");
}

TEST(TiffFile, ReadsTheOtherByteOrder) {
    auto const bytes = make_tiff({{tiff_tag::image_width, 4, 1, 123456}}, {}, false);
    TiffFile const file{bytes};
    EXPECT_EQ(file.whole(file.find(tiff_tag::image_width)), 123456U);
}

TEST(TiffFile, GivesNothingForADivisionByZeroOrANumberThatIsNotFinite) {
    auto const bytes = make_tiff({{tiff_tag::exposure_time, 5, 1, tail_place(2)},
                                  {tiff_tag::black_level, 11, 1, 0x7fc00000}},
                                 std::vector<std::byte>(8));
    TiffFile const file{bytes};
    EXPECT_FALSE(file.number(file.find(tiff_tag::exposure_time)));
    EXPECT_FALSE(file.number(file.find(tiff_tag::black_level)));
}

TEST(TiffFile, FollowsSubDirectoriesAndTheExifDirectory) {
    // The same one-entry directory serves as both.
    auto const place = tail_place(2);
    auto const inner = make_tiff({{tiff_tag::iso, 3, 1, 800}}, {});
    auto const bytes = make_tiff(
        {{tiff_tag::sub_directories, 4, 1, place}, {tiff_tag::exif_directory, 4, 1, place}},
        {inner.begin() + 8, inner.end()});
    TiffFile const file{bytes};
    ASSERT_EQ(file.directories().size(), 3U);
    EXPECT_EQ(file.directories()[1].role, TiffRole::picture);
    EXPECT_EQ(file.directories()[2].role, TiffRole::exif);
    EXPECT_EQ(file.whole(file.find(tiff_tag::iso)), 800U);
}

TEST(TiffFile, RefusesADirectoryOutsideTheFile) {
    auto bytes = make_tiff({{tiff_tag::iso, 3, 1, 400}}, {});
    bytes[4] = std::byte{200};
    EXPECT_EQ(refusal(bytes), ErrorKind::format);
    bytes[4] = std::byte{8};
    bytes[8] = std::byte{99}; // 99 entries
    EXPECT_EQ(refusal(bytes), ErrorKind::format);
}

TEST(TiffFile, RefusesValuesOutsideTheFile) {
    EXPECT_EQ(refusal(make_tiff({{tiff_tag::make, 2, 6, 1000}}, {})), ErrorKind::format);
    // A count whose size in bytes does not fit 32 bits.
    EXPECT_EQ(refusal(make_tiff({{tiff_tag::make, 12, 0x20000001, 8}}, {})), ErrorKind::format);
}

TEST(TiffFile, RefusesDirectoriesThatRunInACircle) {
    EXPECT_EQ(refusal(make_tiff({{tiff_tag::sub_directories, 4, 1, 8}}, {})), ErrorKind::format);
    auto bytes = make_tiff({{tiff_tag::iso, 3, 1, 400}}, {});
    bytes[8 + 2 + 12] = std::byte{8}; // the next directory is this one
    EXPECT_EQ(refusal(bytes), ErrorKind::format);
}

TEST(TiffFile, KnowsTheVersionsOfCameraFiles) {
    EXPECT_TRUE(TiffFile::is_tiff(to_bytes({"II*\0....", 8})));
    EXPECT_TRUE(TiffFile::is_tiff(to_bytes({"MM\0*....", 8})));
    EXPECT_TRUE(TiffFile::is_tiff(to_bytes({"IIU\0....", 8})));  // Panasonic
    EXPECT_TRUE(TiffFile::is_tiff(to_bytes("IIRO....")));        // Olympus
    EXPECT_FALSE(TiffFile::is_tiff(to_bytes({"II+\0....", 8}))); // BigTIFF
    EXPECT_FALSE(TiffFile::is_tiff(to_bytes({"II*\0", 4})));
}

} // namespace
