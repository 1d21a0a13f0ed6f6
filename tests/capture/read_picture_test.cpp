// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_picture.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "tests/capture/picture_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::capture;
using cmq::test::make_jpeg;
using cmq::test::make_png;
using cmq::test::make_tiff_picture;
using cmq::test::make_waves;
using cmq::test::Samples;
using testing::HasSubstr;

PictureSettings settings() {
    return {.reader = CMQ_BINARY_DIR "/bin/contremarque-picture-reader"};
}

Picture read(std::vector<std::byte> const& bytes) {
    return to_picture(bytes, "picture", settings());
}

Error failure(std::vector<std::byte> const& bytes, PictureSettings const& with = settings()) {
    try {
        static_cast<void>(to_picture(bytes, "picture", with));
    } catch (Error const& error) {
        return error;
    }
    return Error{ErrorKind::internal, Sentence::verbatim("nothing was refused")};
}

// The greatest difference between what was written and what is read.
int furthest(Picture const& picture, Samples const& samples) {
    EXPECT_EQ(picture.shape, samples.shape);
    EXPECT_EQ(picture.channels, samples.channels);
    int most = 0;
    std::size_t i = 0;
    for (std::ptrdiff_t y = 0; y < picture.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < picture.shape.width; ++x) {
            for (std::size_t c = 0; c < picture.channels; ++c, ++i) {
                most = std::max(most, std::abs(picture.at(y, x, c) - samples.values[i]));
            }
        }
    }
    return most;
}

TEST(ReadPicture, GivesPngBackBitByBit) {
    for (std::size_t const channels : {1U, 3U}) {
        for (unsigned const bits : {8U, 16U}) {
            Samples const samples = make_waves({37, 53}, channels, bits);
            for (bool const interlaced : {false, true}) {
                for (bool const alpha : {false, true}) {
                    Picture const picture = read(make_png(samples, {interlaced, alpha}));
                    EXPECT_EQ(picture.format, PictureFormat::png);
                    EXPECT_EQ(picture.bits, bits);
                    EXPECT_EQ(picture.has_alpha, alpha);
                    EXPECT_EQ(furthest(picture, samples), 0);
                }
            }
        }
    }
}

TEST(ReadPicture, SpreadsGreysOfAFewBitsOverEight) {
    Samples samples = make_waves({20, 30}, 1, 2);
    Picture const picture = read(make_png(samples));
    EXPECT_EQ(picture.bits, 8U);
    EXPECT_EQ(picture.stated_bits, 2U);
    for (auto& value : samples.values) {
        value = static_cast<std::uint16_t>(value * 85); // 3 becomes 255
    }
    EXPECT_EQ(furthest(picture, samples), 0);
}

TEST(ReadPicture, GivesTiffBackBitByBit) {
    for (std::size_t const channels : {1U, 3U}) {
        for (unsigned const bits : {8U, 16U}) {
            Samples const samples = make_waves({37, 53}, channels, bits);
            for (int const compression : {1, 5, 8, 32773}) { // none, LZW, deflate, PackBits
                for (std::uint32_t const tile : {0U, 16U}) {
                    for (bool const apart : {false, true}) {
                        Picture const picture = read(make_tiff_picture(
                            samples,
                            {.compression = static_cast<std::uint16_t>(compression),
                             .tile = tile,
                             .apart = apart,
                             .big_endian = tile != 0}));
                        EXPECT_EQ(picture.format, PictureFormat::tiff);
                        EXPECT_EQ(furthest(picture, samples), 0)
                            << compression << ' ' << tile << apart;
                    }
                }
            }
        }
    }
}

// Quality 100 has steps of 1 in each of 64 coefficients, each off by at most a half: a pixel by at most 4 in each of Y,
// Cb, Cr; back in RGB at most (1 + 1.772) x 4, in practice a few.
TEST(ReadPicture, GivesJpegBackWithinItsRounding) {
    for (std::size_t const channels : {1U, 3U}) {
        Samples const samples = make_waves({37, 53}, channels, 8);
        for (bool const progressive : {false, true}) {
            Picture const picture =
                read(make_jpeg(samples, {.quality = 100, .progressive = progressive}));
            EXPECT_EQ(picture.format, PictureFormat::jpeg);
            EXPECT_EQ(picture.is_progressive, progressive);
            EXPECT_EQ(picture.bytes_behind, 0U);
            EXPECT_LE(furthest(picture, samples), 11);
        }
    }
}

TEST(ReadPicture, CountsSaturatedSamplesByChannel) {
    for (unsigned const bits : {8U, 16U}) {
        Samples samples{{40, 50}, 3, bits, std::vector<std::uint16_t>(6000, 100)};
        auto const greatest = static_cast<std::uint16_t>((1U << bits) - 1);
        for (std::size_t i = 0; i < 30; ++i) {
            samples.values[i * 3] = greatest;
            samples.values[i * 6 + 2] = greatest;
        }
        samples.values[1] = greatest;
        EXPECT_EQ(read(make_png(samples)).saturated, (std::array<std::size_t, 3>{30, 1, 30}));
    }
}

TEST(ReadPicture, SaysWhatElseIsInTheFile) {
    Samples const samples = make_waves({40, 50}, 3, 8);
    auto jpeg = make_jpeg(samples);
    jpeg.insert(jpeg.end(), 123, std::byte{7});
    EXPECT_EQ(read(jpeg).bytes_behind, 123U);

    auto const tiff = read(make_tiff_picture(samples, {.reduced_pages = 2}));
    EXPECT_EQ(tiff.pages, 3U);
    EXPECT_EQ(tiff.page, 2U);
    EXPECT_EQ(furthest(tiff, samples), 0);

    std::array<std::byte, 8> const frames{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{9}};
    auto const animated = read(cmq::test::with_png_chunk(make_png(samples), "acTL", frames));
    EXPECT_EQ(animated.pages, 9U);
    EXPECT_EQ(furthest(animated, samples), 0);
}

TEST(ReadPicture, KnowsPicturesByTheirFirstBytes) {
    Samples const samples = make_waves({40, 50}, 3, 8);
    EXPECT_TRUE(is_picture(make_jpeg(samples)));
    EXPECT_TRUE(is_picture(make_png(samples)));
    EXPECT_FALSE(is_picture(make_tiff_picture(samples)));
    EXPECT_FALSE(is_picture({}));
}

TEST(ReadPicture, RefusesPicturesCutShort) {
    Samples const samples = make_waves({60, 80}, 3, 8);
    for (auto const& whole : {make_jpeg(samples),
                              make_jpeg(samples, {.progressive = true}),
                              make_png(samples),
                              make_tiff_picture(samples)}) {
        for (int part = 1; part < 16; ++part) {
            std::vector<std::byte> const cut{
                whole.begin(),
                whole.begin() + static_cast<std::ptrdiff_t>(whole.size()) * part / 16};
            auto const kind = failure(cut).kind();
            EXPECT_EQ(kind, ErrorKind::format) << part << ": " << failure(cut).what();
        }
    }
}

TEST(ReadPicture, RefusesMorePixelsThanTheLimit) {
    Samples const samples = make_waves({60, 80}, 3, 8);
    PictureSettings limited = settings();
    limited.max_pixels = 60 * 80 - 1;
    for (auto const& whole : {make_jpeg(samples), make_png(samples), make_tiff_picture(samples)}) {
        EXPECT_EQ(failure(whole, limited).kind(), ErrorKind::limits);
    }
}

// 100 million pixels in 100 kB of zeros.
TEST(ReadPicture, RefusesFewerBytesThanAnyPictureHas) {
    Samples const samples{{3000, 3000}, 1, 8, std::vector<std::uint16_t>(9'000'000, 0)};
    Error const error = failure(make_png(samples));
    EXPECT_EQ(error.kind(), ErrorKind::format);
    EXPECT_THAT(error.what(), HasSubstr("too few bytes"));
}

// A scan may be sent again, and each costs a pass over the picture.
TEST(ReadPicture, RefusesAJpegOfScansWithoutEnd) {
    auto jpeg = make_jpeg(make_waves({64, 64}, 3, 8), {.apart = true});
    std::array<std::byte, 2> const start{std::byte{0xff}, std::byte{0xda}};
    auto const last = std::find_end(jpeg.begin(), jpeg.end(), start.begin(), start.end());
    std::vector<std::byte> const scan{last, jpeg.end() - 2};
    EXPECT_EQ(read(jpeg).shape, (Shape{64, 64}));
    for (int i = 0; i < 200; ++i) {
        jpeg.insert(jpeg.end() - 2, scan.begin(), scan.end());
    }
    Error const error = failure(jpeg);
    EXPECT_EQ(error.kind(), ErrorKind::limits);
    EXPECT_THAT(error.what(), HasSubstr("more than 100 times"));
}

TEST(ReadPicture, RefusesFormsThatAreNotRead) {
    Samples const four = make_waves({40, 50}, 4, 8);
    Error const error = failure(make_jpeg(four));
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("JPEG of four colours"));
    std::string const words = "a text, no picture";
    auto const bytes = std::as_bytes(std::span{words});
    EXPECT_EQ(failure({bytes.begin(), bytes.end()}).kind(), ErrorKind::unsupported);
    EXPECT_EQ(failure({}).kind(), ErrorKind::format);
}

TEST(ReadPicture, RefusesAMissingProgram) {
    EXPECT_EQ(failure(make_png(make_waves({8, 8}, 1, 8)), {.reader = "/no/such/program"}).kind(),
              ErrorKind::io);
}

// Whatever a flipped bit does, it ends in a picture or a sentence.
TEST(ReadPicture, SurvivesFlippedBits) {
    Samples const samples = make_waves({30, 40}, 3, 8);
    Random random{5, 1, 0};
    std::size_t answered = 0;
    for (auto const& whole : {make_jpeg(samples),
                              make_jpeg(samples, {.progressive = true}),
                              make_png(samples),
                              make_tiff_picture(samples, {.compression = 5})}) {
        for (int i = 0; i < 40; ++i) {
            auto bytes = whole;
            auto const place =
                static_cast<std::size_t>(random.uniform() * static_cast<double>(bytes.size()));
            bytes[place] ^= static_cast<std::byte>(1U << random.bits32() % 8);
            Error const error = failure(bytes);
            bool const picture = error.kind() == ErrorKind::internal &&
                                 std::string_view{error.what()} == "nothing was refused";
            EXPECT_TRUE(picture || error.kind() == ErrorKind::format ||
                        error.kind() == ErrorKind::unsupported || error.kind() == ErrorKind::limits)
                << error.what();
            ++answered;
        }
    }
    EXPECT_EQ(answered, 160U);
}

} // namespace
