// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/check_container.hpp"

#include "capture/tiff_tags.hpp"
#include "core/error.hpp"
#include "tests/capture/tiff_bytes.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace cmq;
using namespace cmq::capture;
using cmq::test::make_tiff;
using cmq::test::tail_place;
using cmq::test::TiffField;
using cmq::test::to_bytes;
using namespace std::string_literals;

// The kind of refusal; nothing when the file passes.
std::optional<ErrorKind> refusal(std::vector<std::byte> const& bytes) {
    try {
        static_cast<void>(check_container(bytes));
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

// A mosaic of 8 x 4 photosites of 16 bits: 64 bytes in one strip.
std::vector<TiffField> mosaic() {
    return {{tiff_tag::image_width, 3, 1, 8},
            {tiff_tag::image_length, 3, 1, 4},
            {tiff_tag::bits_per_sample, 3, 1, 16},
            {tiff_tag::compression, 3, 1, 1},
            {tiff_tag::photometric, 3, 1, photometric_cfa},
            {tiff_tag::strip_offsets, 4, 1, tail_place(8)},
            {tiff_tag::rows_per_strip, 3, 1, 4},
            {tiff_tag::strip_byte_counts, 4, 1, 64}};
}

TEST(CheckContainer, AcceptsAMosaicThatIsAllThere) {
    EXPECT_EQ(check_container(make_tiff(mosaic(), std::vector<std::byte>(64))), Container::tiff);
}

TEST(CheckContainer, RefusesAStripOneByteBeyondTheFile) {
    EXPECT_EQ(refusal(make_tiff(mosaic(), std::vector<std::byte>(63))), ErrorKind::format);
}

TEST(CheckContainer, RefusesAStripThatIsShorterThanItsPhotosites) {
    auto fields = mosaic();
    fields[7].value = 63;
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(64))), ErrorKind::format);
}

// What is compressed may be shorter than its photosites, but not lie outside the file.
TEST(CheckContainer, ChecksTheExtentOfACompressedStrip) {
    auto fields = mosaic();
    fields[3].value = 7;
    fields[7].value = 30;
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(30))), std::nullopt);
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(29))), ErrorKind::format);
    fields[5].value += 1;
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(30))), ErrorKind::format);
}

TEST(CheckContainer, RefusesFewerStripsThanRowsNeed) {
    auto fields = mosaic();
    fields[6].value = 2; // two strips of two rows, but one is listed
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(64))), ErrorKind::format);
}

TEST(CheckContainer, RefusesAMosaicWithoutLengths) {
    auto fields = mosaic();
    fields.pop_back();
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(100))), ErrorKind::format);
}

TEST(CheckContainer, ChecksTilesAsItDoesStrips) {
    std::vector<TiffField> fields{{tiff_tag::image_width, 3, 1, 8},
                                  {tiff_tag::image_length, 3, 1, 4},
                                  {tiff_tag::photometric, 3, 1, photometric_cfa},
                                  {tiff_tag::tile_width, 3, 1, 8},
                                  {tiff_tag::tile_length, 3, 1, 4},
                                  {tiff_tag::tile_offsets, 4, 1, tail_place(7)},
                                  {tiff_tag::tile_byte_counts, 4, 1, 10}};
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(10))), std::nullopt);
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(9))), ErrorKind::format);
    fields[4].value = 2;
    EXPECT_EQ(refusal(make_tiff(fields, std::vector<std::byte>(10))), ErrorKind::format);
}

TEST(CheckContainer, RefusesAnEmptyFile) {
    EXPECT_EQ(refusal({}), ErrorKind::format);
}

TEST(CheckContainer, RefusesWhatIsNoCameraFile) {
    EXPECT_EQ(refusal(to_bytes("\xff\xd8\xff\xe0")), ErrorKind::unsupported);
    EXPECT_EQ(refusal(to_bytes("\x89PNG\r\n")), ErrorKind::unsupported);
    EXPECT_EQ(refusal(to_bytes("FOVb........")), ErrorKind::unsupported);
    EXPECT_EQ(refusal(to_bytes("a shopping list")), ErrorKind::unsupported);
    EXPECT_EQ(refusal(to_bytes("II+\0\x08\0\0\0"s)), ErrorKind::unsupported); // BigTIFF
}

// Header of 14 bytes, record data of 4, directory of one record, its place in the last four bytes.
std::string crw(char length) {
    return "II\x0e\0\0\0HEAPCCDRdata\x01\0\x05\x20"s + length + "\0\0\0\0\0\0\0\x04\0\0\0"s;
}

TEST(CheckContainer, FollowsTheDirectoryOfACrwFile) {
    EXPECT_EQ(check_container(to_bytes(crw(4))), Container::canon_crw);
    EXPECT_EQ(refusal(to_bytes(crw(127))), ErrorKind::format); // a record longer than the heap
    auto cut = to_bytes(crw(4));
    cut.resize(cut.size() - 3);
    EXPECT_EQ(refusal(cut), ErrorKind::format);
}

TEST(CheckContainer, WantsTheBoxesOfACr3FileToFillIt) {
    auto const head = "\0\0\0\x14"s + "ftypcrx ........" + "\0\0\0\x18mdat12345678abcdefgh"s;
    EXPECT_EQ(refusal(to_bytes(head)), std::nullopt);
    EXPECT_EQ(refusal(to_bytes(head.substr(0, head.size() - 1))), ErrorKind::format);
    EXPECT_EQ(refusal(to_bytes("\0\0\0\x14"s + "ftypcrx ........")), ErrorKind::format); // no mdat
    EXPECT_EQ(refusal(to_bytes("\0\0\0\x07"s + "ftypcrx ........")),
              ErrorKind::format); // no progress
}

TEST(CheckContainer, WantsThePartsOfARafFileInsideIt) {
    auto raf = to_bytes("FUJIFILMCCD-RAW ");
    raf.resize(200);
    EXPECT_EQ(refusal(raf), std::nullopt);
    raf[100 + 3] = std::byte{150}; // the mosaic at byte 150
    raf[104 + 3] = std::byte{50};
    EXPECT_EQ(refusal(raf), std::nullopt);
    raf[104 + 3] = std::byte{51};
    EXPECT_EQ(refusal(raf), ErrorKind::format);
    raf.resize(50);
    EXPECT_EQ(refusal(raf), ErrorKind::format);
}

TEST(CheckContainer, WantsThePhotositesOfAnMrwFile) {
    auto mrw = to_bytes("\0MRM\0\0\0\x28\0PRD"s);
    mrw.resize(48 + 12);
    mrw[25] = std::byte{2}; // 2 x 4 photosites of 12 bits: 12 bytes behind the header of 48
    mrw[27] = std::byte{4};
    mrw[32] = std::byte{12};
    EXPECT_EQ(refusal(mrw), std::nullopt);
    mrw.pop_back();
    EXPECT_EQ(refusal(mrw), ErrorKind::format);
}

} // namespace
