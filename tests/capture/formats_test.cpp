// SPDX-License-Identifier: GPL-3.0-or-later

// Forms of DNG files that our own writer does not make: tiles, other depths, other mosaics, several pictures.

#include "capture/decode.hpp"
#include "capture/read_capture.hpp"
#include "capture/to_lossless_jpeg.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tiffio.h>

#include <array>
#include <filesystem>
#include <memory>
#include <unistd.h>

namespace {

using namespace cmq;
using namespace cmq::capture;
using testing::HasSubstr;

constexpr Shape shape{96, 128};

std::vector<std::uint16_t> noise(unsigned bits) {
    Random random{20261121, bits, 0};
    std::vector<std::uint16_t> values(static_cast<std::size_t>(shape.area()));
    for (auto& value : values) {
        value = static_cast<std::uint16_t>(random.uniform() * static_cast<double>(1U << bits));
    }
    return values;
}

struct Form {
    std::uint32_t tile = 0; // side of a tile; 0: one strip
    std::uint32_t tile_height = 0;
    bool compressed = false;
    unsigned bits = 16;
    bool x_trans = false;
    bool linear = false; // three samples a pixel
    int pictures = 1;
    std::vector<std::uint16_t> table = {}; // LinearizationTable; empty: none
};

class Formats : public testing::Test {
protected:
    void SetUp() override {
        file = std::filesystem::temp_directory_path() /
               ("contremarque-formats-" + std::to_string(::getpid()) + ".dng");
    }

    void TearDown() override { std::filesystem::remove(file); }

    std::vector<std::byte> make(std::vector<std::uint16_t> const& values, Form const& form) {
        std::unique_ptr<TIFF, void (*)(TIFF*)> const tiff{TIFFOpen(file.c_str(), "wl"), TIFFClose};
        for (int i = 0; i < form.pictures; ++i) {
            write_picture(tiff.get(), values, form);
            EXPECT_EQ(TIFFWriteDirectory(tiff.get()), 1);
        }
        TIFFFlush(tiff.get());
        return read_file(file);
    }

    std::filesystem::path file;

private:
    static void
    write_picture(TIFF* tiff, std::vector<std::uint16_t> const& values, Form const& form) {
        static constexpr std::array<std::uint8_t, 4> version{1, 4, 0, 0};
        static constexpr std::array<std::uint8_t, 4> bayer{0, 1, 1, 2};
        // Fujifilm's pattern as its patents and converters give it: rows of G R G G B G and the like.
        static constexpr std::array<std::uint8_t, 36> trans{1, 1, 0, 1, 1, 2, 1, 1, 2, 1, 1, 0,
                                                            2, 0, 1, 0, 2, 1, 1, 1, 2, 1, 1, 0,
                                                            1, 1, 0, 1, 1, 2, 0, 2, 1, 2, 0, 1};
        TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, 0);
        TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(shape.width));
        TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(shape.height));
        TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, form.bits);
        TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, form.linear ? 3 : 1);
        TIFFSetField(
            tiff, TIFFTAG_COMPRESSION, form.compressed ? COMPRESSION_JPEG : COMPRESSION_NONE);
        TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, form.linear ? 34892 : PHOTOMETRIC_CFA);
        TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        TIFFSetField(tiff, TIFFTAG_DNGVERSION, version.data());
        TIFFSetField(tiff, TIFFTAG_UNIQUECAMERAMODEL, "test");
        std::uint32_t const white = (1U << form.bits) - 1;
        TIFFSetField(tiff, TIFFTAG_WHITELEVEL, 1, &white);
        if (!form.table.empty()) {
            TIFFSetField(tiff,
                         TIFFTAG_LINEARIZATIONTABLE,
                         static_cast<std::uint32_t>(form.table.size()),
                         form.table.data());
        }
        if (!form.linear) {
            std::uint16_t const side = form.x_trans ? 6 : 2;
            std::array<std::uint16_t, 2> const repeat{side, side};
            TIFFSetField(tiff, TIFFTAG_CFAREPEATPATTERNDIM, repeat.data());
            TIFFSetField(
                tiff, TIFFTAG_CFAPATTERN, side * side, form.x_trans ? trans.data() : bayer.data());
        }
        form.tile != 0 ? write_tiles(tiff, values, form) : write_strip(tiff, values, form);
    }

    static void
    write_strip(TIFF* tiff, std::vector<std::uint16_t> const& values, Form const& form) {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(shape.height));
        std::vector<std::byte> bytes;
        if (form.bits == 16) {
            auto const all = std::as_bytes(std::span{values});
            bytes.assign(all.begin(), all.end());
        } else { // packed, highest bit first (TIFF 6.0), rows begin at a byte
            unsigned held = 0;
            unsigned count = 0;
            for (std::uint16_t const value : values) {
                held = held << form.bits | value;
                for (count += form.bits; count >= 8; count -= 8) {
                    bytes.push_back(static_cast<std::byte>(held >> (count - 8)));
                }
                held &= (1U << count) - 1;
            }
        }
        std::size_t const copies = form.linear ? 3 : 1; // the values mean nothing
        std::vector<std::byte> const once = bytes;
        for (std::size_t i = 1; i < copies; ++i) {
            bytes.insert(bytes.end(), once.begin(), once.end());
        }
        auto const size = static_cast<tmsize_t>(bytes.size());
        EXPECT_EQ(TIFFWriteRawStrip(tiff, 0, bytes.data(), size), size);
    }

    static void
    write_tiles(TIFF* tiff, std::vector<std::uint16_t> const& values, Form const& form) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, form.tile);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, form.tile_height);
        std::uint32_t number = 0;
        for (std::ptrdiff_t top = 0; top < shape.height; top += form.tile_height) {
            for (std::ptrdiff_t left = 0; left < shape.width; left += form.tile, ++number) {
                std::vector<std::uint16_t> part(std::size_t{form.tile} * form.tile_height);
                for (std::size_t i = 0; i < part.size(); ++i) {
                    // Beyond the picture the last row and column again, as DNG wants it.
                    auto const y = std::min<std::ptrdiff_t>(
                        top + static_cast<std::ptrdiff_t>(i / form.tile), shape.height - 1);
                    auto const x = std::min<std::ptrdiff_t>(
                        left + static_cast<std::ptrdiff_t>(i % form.tile), shape.width - 1);
                    part[i] = values[static_cast<std::size_t>(y * shape.width + x)];
                }
                auto const width = static_cast<std::ptrdiff_t>(form.tile);
                auto stream = to_lossless_jpeg({part.data(), {form.tile_height, width}, width},
                                               static_cast<int>(form.bits));
                void* const data =
                    form.compressed ? static_cast<void*>(stream.data()) : part.data();
                auto const size =
                    static_cast<tmsize_t>(form.compressed ? stream.size() : 2 * part.size());
                EXPECT_EQ(TIFFWriteRawTile(tiff, number, data, size), size);
            }
        }
    }
};

ReadSettings settings() {
    return {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"};
}

Error failure(std::vector<std::byte> const& bytes) {
    try {
        static_cast<void>(to_capture(bytes, "file", settings()));
    } catch (Error const& error) {
        return error;
    }
    return Error{ErrorKind::internal, Sentence::verbatim("nothing was refused")};
}

void expect_same(std::vector<std::byte> const& bytes, std::vector<std::uint16_t> const& values) {
    auto const decoded = decode(bytes, settings());
    ASSERT_EQ(decoded.plane().shape(), shape);
    EXPECT_TRUE(
        std::ranges::equal(std::span{decoded.plane().row(0).data(), values.size()}, values));
}

TEST_F(Formats, CompressedTilesComeBackBitByBit) {
    for (unsigned const bits : {12U, 14U, 16U}) {
        auto const values = noise(bits);
        // Tiles that fit, that stand out beyond the picture, and one that is the picture.
        for (auto const& [width, height] : {std::pair{32U, 48U}, {80U, 64U}, {128U, 96U}}) {
            Form const form{.tile = width, .tile_height = height, .compressed = true, .bits = bits};
            auto const bytes = make(values, form);
            expect_same(bytes, values);
            EXPECT_THAT(to_capture(bytes, "file", settings()).decoder,
                        HasSubstr("contremarque_lossless_jpeg"));
        }
    }
}

// The own routine beside LibRaw's: uncompressed values go through LibRaw alone.
TEST_F(Formats, CompressedTilesGoThroughTheFilesTableAsUncompressedValuesDo) {
    auto const values = noise(12);
    std::vector<std::uint16_t> table;
    for (unsigned i = 0; i < 4096; ++i) {
        table.push_back(static_cast<std::uint16_t>(i * i / 300));
    }
    auto const plain =
        decode(make(values, {.tile = 128, .tile_height = 96, .table = table}), settings());
    for (auto const& [width, height] : {std::pair{32U, 48U}, {128U, 96U}}) {
        auto const packed =
            decode(make(values,
                        {.tile = width, .tile_height = height, .compressed = true, .table = table}),
                   settings());
        EXPECT_THAT(packed.answer.decoder.data(), HasSubstr("contremarque_lossless_jpeg"));
        EXPECT_TRUE(std::ranges::equal(std::span{packed.plane().row(0).data(), values.size()},
                                       std::span{plain.plane().row(0).data(), values.size()}));
    }
}

// What the own routine cannot read goes to LibRaw's, which says what is wrong.
TEST_F(Formats, BrokenCompressedTilesAreRefused) {
    auto const bytes =
        make(noise(14), {.tile = 32, .tile_height = 48, .compressed = true, .bits = 14});
    auto const scan = [&](std::size_t from) {
        for (std::size_t i = from; i + 1 < bytes.size(); ++i) {
            if (bytes[i] == std::byte{0xff} && bytes[i + 1] == std::byte{0xda}) {
                return i;
            }
        }
        return bytes.size();
    };
    auto broken = bytes;
    // A marker in the middle of the first tile's bits: what follows is missing.
    std::size_t const middle = scan(0) + 300;
    broken[middle] = std::byte{0xff};
    broken[middle + 1] = std::byte{0xd9};
    EXPECT_EQ(failure(broken).kind(), ErrorKind::format);
}

// LibRaw 0.20.2 reads these and reports success; its numbers are others (tried with each of them).
TEST_F(Formats, CompressedTilesThatLibRawReadsWronglyAreRefusedInASentence) {
    for (unsigned const width : {64U, 144U}) {
        Error const error = failure(
            make(noise(14), {.tile = width, .tile_height = 48, .compressed = true, .bits = 14}));
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
        EXPECT_THAT(error.what(), HasSubstr("reads wrongly"));
    }
}

TEST_F(Formats, UncompressedSamplesOf12To16BitsComeBackBitByBit) {
    for (unsigned const bits : {10U, 12U, 14U, 16U}) {
        auto const values = noise(bits);
        expect_same(make(values, {.bits = bits}), values);
    }
}

TEST_F(Formats, UncompressedTilesAreRefusedInASentence) {
    Error const error = failure(make(noise(16), {.tile = 64, .tile_height = 48}));
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("uncompressed tiles"));
}

// One tile as wide as the picture is nothing but a strip.
TEST_F(Formats, ASingleUncompressedTileComesBackBitByBit) {
    auto const values = noise(16);
    expect_same(make(values, {.tile = 128, .tile_height = 96}), values);
}

TEST_F(Formats, XTransIsRefusedInASentenceOfItsOwn) {
    Error const error = failure(make(noise(16), {.x_trans = true}));
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("X-Trans"));
}

TEST_F(Formats, DemosaicedIsRefusedInASentenceOfItsOwn) {
    Error const error = failure(make(noise(16), {.linear = true}));
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("already demosaiced"));
}

TEST_F(Formats, OfSeveralRawPicturesTheFirstIsReadAndTheirNumberTold) {
    auto const values = noise(16);
    auto const bytes = make(values, {.pictures = 3});
    expect_same(bytes, values);
    EXPECT_EQ(to_capture(bytes, "file", settings()).raw_images, 3U);
    EXPECT_EQ(to_capture(make(values, {}), "file", settings()).raw_images, 1U);
}

} // namespace
