// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/check_tiles.hpp"

#include "core/error.hpp"
#include "tests/capture/tiff_bytes.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace {

using namespace cmq;
using namespace cmq::capture;

struct Form {
    std::uint32_t width = 64;
    std::uint32_t tile = 32;
    std::uint32_t compression = 7;
    std::uint32_t tiles = 2;
    std::uint32_t components = 1; // of the first tile's JPEG
    std::uint32_t frame = 0xc3;   // SOF3: lossless
    bool tiled = true;
};

// The beginning of a JPEG: SOI, a segment that says nothing, the frame header (ITU-T T.81, B.2.2).
std::vector<std::byte> stream(Form const& form) {
    std::vector<std::byte> bytes;
    for (std::uint32_t const value : {0xffU, 0xd8U,
                                      0xffU, 0xfeU,
                                      0U,    4U,
                                      1U,    2U, // comment
                                      0xffU, form.frame,
                                      0U,    8 + 3 * form.components,
                                      14U,   0U,
                                      16U,   0U,
                                      16U,   form.components,
                                      0U,    0U,
                                      0U,    0U,
                                      0U,    0U}) {
        bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
}

std::optional<ErrorKind> refusal(Form const& form) {
    constexpr std::size_t fields = 5;
    auto const data = stream(form);
    auto const place = test::tail_place(fields);
    // More than one tile: their places stand behind the data; here all of them are the first one.
    std::vector<std::byte> tail = data;
    auto const list = static_cast<std::uint32_t>(place + tail.size());
    auto const size = static_cast<std::uint32_t>(data.size());
    for (std::uint32_t const value : {place, size}) {
        for (std::uint32_t i = 0; i < form.tiles; ++i) {
            for (unsigned byte = 0; byte < 4; ++byte) {
                tail.push_back(static_cast<std::byte>(value >> 8 * byte & 0xffU));
            }
        }
    }
    bool const one = form.tiles == 1;
    auto const lengths = list + 4 * form.tiles;
    auto const offsets_tag = form.tiled ? tiff_tag::tile_offsets : tiff_tag::strip_offsets;
    auto const counts_tag = form.tiled ? tiff_tag::tile_byte_counts : tiff_tag::strip_byte_counts;
    auto const bytes = test::make_tiff({{tiff_tag::image_width, 4, 1, form.width},
                                        {tiff_tag::compression, 4, 1, form.compression},
                                        {tiff_tag::tile_width, 4, 1, form.tile},
                                        {offsets_tag, 4, form.tiles, one ? place : list},
                                        {counts_tag, 4, form.tiles, one ? size : lengths}},
                                       tail);
    TiffFile const file{bytes};
    try {
        check_tiles(bytes, file, file.directories().front());
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

TEST(CheckTiles, AcceptsWhatLibRawReadsRight) {
    EXPECT_EQ(refusal({}), std::nullopt);
    EXPECT_EQ(refusal({.tile = 64, .tiles = 1}), std::nullopt);
    EXPECT_EQ(refusal({.tile = 64, .compression = 1, .tiles = 1}), std::nullopt); // as a strip
    EXPECT_EQ(refusal({.tile = 16, .components = 2}), std::nullopt); // four of them, not two
    EXPECT_EQ(refusal({.tile = 64, .tiles = 1, .components = 2}), std::nullopt);
    EXPECT_EQ(refusal({.tile = 32, .compression = 34892, .components = 2}), std::nullopt);
    EXPECT_EQ(refusal({.tile = 128, .compression = 1, .tiled = false}), std::nullopt); // no tiles
}

TEST(CheckTiles, RefusesUncompressedTiles) {
    EXPECT_EQ(refusal({.compression = 1}), ErrorKind::unsupported);
    EXPECT_EQ(refusal({.tile = 128, .compression = 1, .tiles = 1}), ErrorKind::unsupported);
    EXPECT_EQ(refusal({.tile = 64, .compression = 1, .tiles = 2}), ErrorKind::unsupported);
}

TEST(CheckTiles, RefusesCompressedTilesWiderThanThePicture) {
    EXPECT_EQ(refusal({.tile = 65, .tiles = 1}), ErrorKind::unsupported);
    EXPECT_EQ(refusal({.tile = 80}), ErrorKind::unsupported);
}

TEST(CheckTiles, RefusesComponentsThatMakeThePicturesWidth) {
    EXPECT_EQ(refusal({.tile = 32, .components = 2}), ErrorKind::unsupported);
    EXPECT_EQ(refusal({.tile = 16, .components = 4}), ErrorKind::unsupported);
    // Of another process than the lossless one, or of one component, the rule does not speak.
    EXPECT_EQ(refusal({.tile = 32, .components = 2, .frame = 0xc0}), std::nullopt);
    EXPECT_EQ(refusal({.tile = 32, .components = 1}), std::nullopt);
}

} // namespace
