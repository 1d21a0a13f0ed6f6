// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/identifying.hpp"

#include "capture/tiff_tags.hpp"
#include "core/error.hpp"
#include "tests/capture/tiff_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq;
using namespace cmq::capture;
using cmq::test::make_tiff;
using cmq::test::tail_place;
using cmq::test::to_bytes;
using testing::ElementsAre;

std::vector<std::string> shown(std::vector<std::byte> const& bytes) {
    std::vector<std::string> lines;
    for (IdentifyingTag const& tag : read_identifying(bytes)) {
        lines.push_back(tag.name + '=' + tag.value);
    }
    return lines;
}

TEST(ReadIdentifying, NamesOwnersAndSerialNumbersInTheOrderOfTheFile) {
    std::uint32_t const tail = tail_place(5);
    auto const bytes = make_tiff({{0x010f, 2, 4, 0x00636261},  // Make: not told
                                  {0x013b, 2, 11, tail},       // Artist
                                  {0x02bc, 1, 300, tail + 11}, // XMP: a packet
                                  {0xa431, 2, 4, 0x00333231},  // BodySerialNumber "123"
                                  {0xc62f, 4, 1, 4711}},       // a number
                                 to_bytes(std::string{"Zoe Durand\0", 11} + std::string(300, '<')));
    EXPECT_THAT(shown(bytes),
                ElementsAre("Artist=Zoe Durand",
                            "XMP=(300 bytes)",
                            "BodySerialNumber=123",
                            "CameraSerialNumber=4711"));
}

TEST(ReadIdentifying, FollowsTheDirectoryOfThePlace) {
    // One directory with a pointer to a second one right behind it, which holds N and 48 deg 51' 30".
    std::uint32_t const gps = tail_place(1);
    std::vector<std::byte> directory;
    auto const add = [&](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) {
            directory.push_back(
                static_cast<std::byte>(value >> static_cast<unsigned>(8 * i) & 0xffU));
        }
    };
    add(3, 2);
    for (std::uint32_t const word : {1U | 2U << 16U, 2U, std::uint32_t{'N'}}) {
        add(word, 4);
    }
    for (std::uint32_t const word : {2U | 5U << 16U, 3U, gps + 2 + 36 + 4}) {
        add(word, 4);
    }
    for (std::uint32_t const word :
         {31U | 3U << 16U, 1U, 5U}) { // GPSHPositioningError, here a SHORT
        add(word, 4);
    }
    add(0, 4);
    for (std::uint32_t const word : {48U, 1U, 51U, 1U, 61U, 2U}) {
        add(word, 4);
    }
    auto const bytes = make_tiff({{tiff_tag::gps_directory, 4, 1, gps}}, directory);
    EXPECT_THAT(shown(bytes),
                ElementsAre("GPSLatitudeRef=N", "GPSLatitude=48 51 30.5", "GPS tag 31=5"));
    // What decodes pictures does not look there.
    EXPECT_EQ(TiffFile{bytes}.directories().size(), 1U);
}

TEST(ReadIdentifying, RefusesADirectoryOutsideTheFile) {
    auto const bytes = make_tiff({{tiff_tag::gps_directory, 4, 1, 100000}}, {});
    EXPECT_THROW((void)read_identifying(bytes), Error);
    EXPECT_NO_THROW((void)TiffFile{bytes});
}

TEST(ReadIdentifying, LeavesOurOwnWordSimulatedOut) {
    auto const bytes =
        make_tiff({{0x010e, 2, 10, tail_place(1)}}, to_bytes(std::string{"SIMULATED\0", 10}));
    EXPECT_TRUE(read_identifying(bytes).empty());
    EXPECT_FALSE(has_readable_tags(to_bytes("FUJIFILMCCD-RAW ")));
}

TEST(IdentifyingOf, FindsThemInMakerNotesXmpAndIptc) {
    cmq::capture::Tags tags;
    tags.all = {{"Exif.Image.Artist", "A"},
                {"Exif.Photo.ExposureTime", "1/8"},
                {"Exif.Nikon3.SerialNumber", "12"},
                {"Xmp.dc.creator", "B"},
                {"Iptc.Application2.City", "C"},
                {"Exif.Canon.OwnerName", ""}};
    auto const names = [&](bool only_notes) {
        std::vector<std::string> all;
        for (auto const& tag : cmq::capture::identifying_of(tags, only_notes)) {
            all.push_back(tag.name);
        }
        return all;
    };
    EXPECT_EQ(names(false),
              (std::vector<std::string>{"Exif.Image.Artist",
                                        "Exif.Nikon3.SerialNumber",
                                        "Xmp.dc.creator",
                                        "Iptc.Application2.City"}));
    EXPECT_EQ(names(true),
              (std::vector<std::string>{
                  "Exif.Nikon3.SerialNumber", "Xmp.dc.creator", "Iptc.Application2.City"}));
}

} // namespace
