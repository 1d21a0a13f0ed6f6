// SPDX-License-Identifier: GPL-3.0-or-later

// Linear (demosaiced) DNG: read for screening, never as photosites.

#include "capture/examine_file.hpp"
#include "capture/to_lossless_jpeg.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"
#include "tests/capture/linear_dng_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::capture;
using cmq::test::LinearForm;
using cmq::test::lossless_jpeg;
using cmq::test::make_linear_dng;
using testing::AllOf;
using testing::HasSubstr;

constexpr Shape shape{37, 53};

std::vector<std::uint16_t> noise(unsigned bits, std::size_t samples = 3) {
    Random random{20261122, bits, 0};
    std::vector<std::uint16_t> values(static_cast<std::size_t>(shape.area()) * samples);
    for (auto& value : values) {
        value = static_cast<std::uint16_t>(random.uniform() * static_cast<double>(1U << bits));
    }
    return values;
}

Examination examine(std::vector<std::byte> const& bytes) {
    return examine_file(bytes,
                        "file",
                        {.reading = {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"},
                         .pictures = {.reader = CMQ_BINARY_DIR "/bin/contremarque-picture-reader"},
                         .worth = {}});
}

Error failure(std::vector<std::byte> const& bytes) {
    try {
        static_cast<void>(examine(bytes));
    } catch (Error const& error) {
        return error;
    }
    return Error{ErrorKind::internal, Sentence::verbatim("nothing was refused")};
}

void expect_same(std::vector<std::byte> const& bytes, std::vector<std::uint16_t> const& values) {
    Examination const seen = examine(bytes);
    ASSERT_TRUE(seen.picture);
    EXPECT_FALSE(seen.capture);
    Picture const& picture = *seen.picture;
    ASSERT_EQ(picture.shape, shape);
    ASSERT_EQ(picture.channels, 3U);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const pixel = static_cast<std::ptrdiff_t>(i / 3);
        wrong += picture.at(pixel / shape.width, pixel % shape.width, i % 3) != values[i] ? 1U : 0U;
    }
    EXPECT_EQ(wrong, 0U);
}

TEST(LinearDng, SamplesOf8To16BitsComeBackBitByBit) {
    for (unsigned const bits : {8U, 10U, 12U, 13U, 14U, 16U}) {
        auto const values = noise(bits);
        for (std::uint32_t const tile : {0U, 16U, 64U}) {
            for (bool const big_endian : {false, true}) {
                LinearForm const form{.bits = bits, .tile = tile, .big_endian = big_endian};
                SCOPED_TRACE(std::to_string(bits) + " bits, tiles of " + std::to_string(tile));
                expect_same(make_linear_dng(shape, values, form), values);
            }
        }
        Examination const seen = examine(make_linear_dng(shape, values, {.bits = bits}));
        EXPECT_EQ(seen.picture->stated_bits, bits);
        EXPECT_EQ(seen.picture->bits, bits == 8 ? 8U : 16U);
    }
}

// With every predictor, in the layouts that cameras and converters write: three components, or one or two that share
// the samples of a row.
TEST(LinearDng, LosslessJpegComesBackBitByBit) {
    for (unsigned const bits : {8U, 12U, 16U}) {
        auto const values = noise(bits);
        for (unsigned predictor = 1; predictor <= 7; ++predictor) {
            LinearForm form{.bits = bits, .compression = 7, .predictor = predictor};
            SCOPED_TRACE(std::to_string(bits) + " bits, predictor " + std::to_string(predictor));
            expect_same(make_linear_dng(shape, values, form, lossless_jpeg), values);
            form.tile = 16;
            expect_same(make_linear_dng(shape, values, form, lossless_jpeg), values);
        }
        for (unsigned const components : {1U, 2U}) {
            LinearForm const form{
                .bits = bits, .compression = 7, .tile = 32, .jpeg_components = components};
            expect_same(make_linear_dng(shape, values, form, lossless_jpeg), values);
        }
    }
}

// By the encoder of our DNG writer too, whose streams LibRaw reads (formats_test.cpp).
TEST(LinearDng, ReadsTheStreamsOfTheDngWriter) {
    auto const encode =
        [](std::vector<std::uint16_t> const& all, std::size_t width, LinearForm const& form) {
            auto const row = static_cast<std::ptrdiff_t>(3 * width);
            return to_lossless_jpeg({all.data(), {std::ssize(all) / row, row}, row},
                                    static_cast<int>(form.bits));
        };
    for (unsigned const bits : {8U, 14U, 16U}) {
        for (std::uint32_t const tile : {0U, 16U}) { // rows of 159 and of 48 samples
            LinearForm const form{.bits = bits, .compression = 7, .tile = tile};
            auto const values = noise(bits);
            expect_same(make_linear_dng(shape, values, form, encode), values);
        }
    }
}

TEST(LinearDng, RefusesLosslessJpegThatDoesNotFit) {
    auto const values = noise(16);
    // Streams of tiles of 16 in a file that says 32, and fewer bits stated than the stream has.
    auto const of_16 =
        [](std::vector<std::uint16_t> const& all, std::size_t /*width*/, LinearForm const& form) {
            return lossless_jpeg({all.begin(), all.begin() + 16 * 16 * 3}, 16, form);
        };
    auto const of_16_bits =
        [](std::vector<std::uint16_t> const& all, std::size_t width, LinearForm const& form) {
            LinearForm wider = form;
            wider.bits = 16;
            return lossless_jpeg(all, width, wider);
        };
    for (auto const& bytes :
         {make_linear_dng(shape, values, {.compression = 7, .tile = 32}, of_16),
          make_linear_dng(shape, noise(12), {.bits = 12, .compression = 7}, of_16_bits),
          make_linear_dng(shape, values, {.compression = 7})}) { // no JPEG at all
        EXPECT_EQ(failure(bytes).kind(), ErrorKind::format) << failure(bytes).what();
    }
    // Another process of JPEG: the frame header's marker is that of the baseline.
    auto other = make_linear_dng(shape, values, {.compression = 7}, lossless_jpeg);
    for (std::size_t i = 0; i + 1 < other.size(); ++i) {
        if (other[i] == std::byte{0xff} && other[i + 1] == std::byte{0xc3}) {
            other[i + 1] = std::byte{0xc0};
        }
    }
    EXPECT_EQ(failure(other).kind(), ErrorKind::unsupported);
    EXPECT_THAT(failure(other).what(), HasSubstr("another kind than lossless"));
}

TEST(LinearDng, RefusesLosslessJpegCutShort) {
    auto const cut =
        [](std::vector<std::uint16_t> const& all, std::size_t width, LinearForm const& form) {
            auto stream = lossless_jpeg(all, width, form);
            stream.resize(stream.size() - 6); // the end marker, and four bytes of samples
            return stream;
        };
    auto const empty = [](std::vector<std::uint16_t> const&, std::size_t, LinearForm const&) {
        return std::vector<std::byte>(3, std::byte{0xff});
    };
    for (auto const& bytes : {make_linear_dng(shape, noise(16), {.compression = 7}, cut),
                              make_linear_dng(shape, noise(16), {.compression = 7}, empty)}) {
        EXPECT_EQ(failure(bytes).kind(), ErrorKind::format);
    }
}

TEST(LinearDng, IsForScreeningWithItsReasons) {
    Examination const seen = examine(make_linear_dng(shape, noise(16)));
    EXPECT_EQ(seen.picture->format, PictureFormat::linear_dng);
    EXPECT_EQ(seen.worth.grade, Grade::screening_only);
    std::string english;
    std::string french;
    for (Sentence const& reason : seen.worth.reasons) {
        english += reason.english() + "\n";
        french += reason.french() + "\n";
    }
    EXPECT_THAT(english,
                AllOf(HasSubstr("already demosaiced"),
                      HasSubstr("noise of neighbouring pixels"),
                      HasSubstr("no noise model for single photosites"),
                      HasSubstr("without colour or amount")));
    EXPECT_THAT(french, AllOf(HasSubstr("déjà dématricé"), HasSubstr("bruit de pixels voisins")));
}

TEST(LinearDng, TheGreatestFullSizePictureIsRead) {
    auto const values = noise(16);
    expect_same(make_linear_dng(shape, values, {.in_main = true}), values);
    auto const two = make_linear_dng(shape, values, {.smaller = {20, 30}});
    expect_same(two, values);
    Picture const picture = *examine(two).picture;
    EXPECT_EQ(picture.pages, 2U);
    EXPECT_EQ(picture.page, 1U);
    EXPECT_FALSE(picture.is_reduced);
    auto const reduced = examine(make_linear_dng(shape, values, {.reduced = true}));
    EXPECT_TRUE(reduced.picture->is_reduced);
    EXPECT_THAT(reduced.worth.reasons.back().english(), HasSubstr("reduced"));
}

TEST(LinearDng, CountsSaturationFromTheStatedWhiteLevel) {
    std::vector<std::uint16_t> values(static_cast<std::size_t>(shape.area()) * 3, 500);
    values[0] = 3000;
    values[3] = 2999;
    values[4] = 4095;
    for (std::size_t i = 2; i < 30; i += 3) {
        values[i] = 3500;
    }
    auto const saturated = [&](std::uint32_t white) {
        return examine(make_linear_dng(shape, values, {.bits = 12, .white = white}))
            .picture->saturated;
    };
    EXPECT_EQ(saturated(3000), (std::array<std::size_t, 3>{1, 1, 10}));
    // Without one, and where it lies above what the bits can hold: the greatest of them.
    EXPECT_EQ(saturated(0), (std::array<std::size_t, 3>{0, 1, 0}));
    EXPECT_EQ(saturated(1'000'000), (std::array<std::size_t, 3>{0, 1, 0}));
}

TEST(LinearDng, IsNeverMeasured) {
    try {
        static_cast<void>(to_capture(make_linear_dng(shape, noise(16)),
                                     "file",
                                     {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"}));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
        EXPECT_THAT(error.what(), HasSubstr("already demosaiced"));
        EXPECT_THAT(error.what(), HasSubstr("inspect"));
    }
}

TEST(LinearDng, RefusesFormsThatAreNotReadAndNamesThem) {
    for (auto const& [form, words] : {std::pair{LinearForm{.samples = 1}, "samples in a pixel: 1"},
                                      {LinearForm{.samples = 4}, "samples in a pixel: 4"},
                                      {LinearForm{.compression = 34892}, "lossy JPEG"},
                                      {LinearForm{.compression = 5}, "compression 5"},
                                      {LinearForm{.compression = 60000}, "compression 60000"}}) {
        auto const samples = static_cast<std::size_t>(form.samples);
        Error const error = failure(make_linear_dng(shape, noise(16, samples), form));
        EXPECT_EQ(error.kind(), ErrorKind::unsupported) << error.what();
        EXPECT_THAT(error.what(), HasSubstr(words));
    }
}

TEST(LinearDng, RefusesFilesCutShort) {
    for (bool const in_main : {false, true}) {
        auto const whole = make_linear_dng(shape, noise(16), {.in_main = in_main});
        for (std::ptrdiff_t part = 1; part < 32; ++part) {
            auto const size = static_cast<std::ptrdiff_t>(whole.size()) * part / 32;
            Error const error = failure({whole.begin(), whole.begin() + size});
            EXPECT_TRUE(error.kind() == ErrorKind::format || error.kind() == ErrorKind::unsupported)
                << part << ": " << error.what();
        }
    }
}

TEST(LinearDng, RefusesSizesThatLie) {
    auto const values = noise(16);
    for (LinearForm const& form : {LinearForm{.stated_width = 60'000},
                                   {.stated_height = 60'000},
                                   {.stated_width = 4'000'000'000},
                                   {.stated_width = 100'000, .stated_height = 100'000},
                                   {.tile = 16, .stated_width = 500},
                                   {.tile = 16, .stated_height = 500},
                                   {.tile = 16, .stated_height = 500'000'000}}) {
        Error const error = failure(make_linear_dng(shape, values, form));
        EXPECT_TRUE(error.kind() == ErrorKind::format || error.kind() == ErrorKind::limits)
            << form.stated_width << " x " << form.stated_height << ": " << error.what();
    }
}

// Whatever a flipped bit does, it ends in a picture for screening or one sentence.
void expect_survival(std::vector<std::byte> const& whole, std::size_t samples) {
    Random random{20261122, 99, 0};
    for (int i = 0; i < 120; ++i) {
        auto bytes = whole;
        // Most bytes are samples: the directories behind them are what matters most.
        std::size_t const from = i % 4 == 0 ? 0 : samples;
        auto const place = from + static_cast<std::size_t>(
                                      random.uniform() * static_cast<double>(bytes.size() - from));
        bytes[place] ^= static_cast<std::byte>(1U << random.bits32() % 8);
        try {
            EXPECT_EQ(examine(bytes).worth.grade, Grade::screening_only) << place;
        } catch (Error const& error) {
            EXPECT_TRUE(error.kind() == ErrorKind::format ||
                        error.kind() == ErrorKind::unsupported || error.kind() == ErrorKind::limits)
                << error.what();
        }
    }
}

TEST(LinearDng, SurvivesFlippedBits) {
    std::size_t const samples = static_cast<std::size_t>(shape.area()) * 9 / 2;
    expect_survival(make_linear_dng(shape, noise(12), {.bits = 12}), samples);
    expect_survival(
        make_linear_dng(shape, noise(12), {.bits = 12, .compression = 7}, lossless_jpeg), 0);
}

} // namespace
