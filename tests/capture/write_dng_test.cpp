// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/write_dng.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tiffio.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

using cmq::capture::DngCompression;
using cmq::capture::DngPicture;

constexpr std::ptrdiff_t height = 120;
constexpr std::ptrdiff_t width = 256;
constexpr std::ptrdiff_t masked = 16;

/// A mosaic in which no two neighbours agree and every value up to 14 bits may occur.
std::vector<std::uint16_t> make_mosaic() {
    std::vector<std::uint16_t> mosaic(static_cast<std::size_t>(height * width));
    std::uint32_t state = 12345;
    for (std::uint16_t& value : mosaic) {
        state = state * 1664525U + 1013904223U;
        value = static_cast<std::uint16_t>(state >> 18U);
    }
    return mosaic;
}

struct Example {
    std::vector<std::uint16_t> mosaic = make_mosaic();
    DngPicture picture;

    explicit Example(std::string_view cfa = "RGGB") {
        picture.shape = {height, width};
        picture.mosaic = mosaic;
        picture.cfa = cmq::make_cfa(cfa);
        picture.masked_columns = masked;
        picture.black_dn = {512.0, 513.25, 511.5, 510.0}; // exact in a rational and in a float
        picture.white_dn = 16383;
        picture.exposure_s = 2.5;
        picture.iso = 800;
        picture.make = "Contremarque";
        picture.model = "SIMULATED";
        picture.unique_model = "Contremarque SIMULATED";
        picture.description = "SIMULATED scene of a test";
    }
};

class WriteDng : public testing::Test {
protected:
    WriteDng()
        : folder{fs::temp_directory_path() / ("cmq_dng_test_" + std::to_string(::getpid()))} {
        fs::create_directories(folder);
    }

    ~WriteDng() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    fs::path folder;
};

struct CloseTiff {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};

struct ClosePipe {
    void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

std::string output_of(std::string const& command) {
    std::unique_ptr<std::FILE, ClosePipe> const pipe{::popen(command.c_str(), "r")};
    std::string text;
    std::array<char, 65536> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
        text.append(buffer.data(), n);
    }
    return text;
}

bool has_program(std::string const& name) {
    return !output_of("command -v " + name).empty();
}

/// The samples of a binary 16-bit PGM, whose header ends in "\n65535\n" and whose bytes are big-endian.
std::vector<std::uint16_t> parse_pgm(std::string const& pgm) {
    std::size_t const header = pgm.find("\n65535\n");
    std::vector<std::uint16_t> samples;
    for (std::size_t i = header + 7; header != std::string::npos && i + 1 < pgm.size(); i += 2) {
        auto const high = static_cast<unsigned char>(pgm[i]);
        auto const low = static_cast<unsigned char>(pgm[i + 1]);
        samples.push_back(static_cast<std::uint16_t>(high * 256U + low));
    }
    return samples;
}

TEST_F(WriteDng, HoldsTheSamplesAndTheTagsThatGiveThemAMeaning) {
    Example const example{"GBRG"};
    fs::path const path = folder / "a.dng";
    cmq::capture::write_dng(path, example.picture);
    std::unique_ptr<TIFF, CloseTiff> const tiff{TIFFOpen(path.c_str(), "r")};
    ASSERT_NE(tiff, nullptr);

    std::vector<std::uint16_t> samples(example.mosaic.size());
    std::uint32_t rows = 0;
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, &rows), 1);
    auto* to = reinterpret_cast<char*>(samples.data());
    for (std::uint32_t strip = 0; strip < TIFFNumberOfStrips(tiff.get()); ++strip) {
        to += TIFFReadEncodedStrip(tiff.get(), strip, to, -1);
    }
    EXPECT_EQ(samples, example.mosaic);

    std::uint16_t count = 0;
    std::uint8_t const* pattern = nullptr;
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_CFAPATTERN, &count, &pattern), 1);
    EXPECT_THAT(std::vector<int>(pattern, pattern + count), testing::ElementsAre(1, 2, 0, 1));

    float const* black = nullptr;
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_BLACKLEVEL, &count, &black), 1);
    // By cell: green on the blue row, blue, red, green on the red row.
    EXPECT_THAT(std::vector<float>(black, black + count),
                testing::ElementsAre(511.5F, 510.0F, 512.0F, 513.25F));

    std::uint32_t const* number = nullptr;
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_WHITELEVEL, &count, &number), 1);
    EXPECT_EQ(number[0], 16383U);
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_ACTIVEAREA, &number), 1);
    EXPECT_THAT(std::vector<std::uint32_t>(number, number + 4),
                testing::ElementsAre(0, masked, height, width));
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_MASKEDAREAS, &count, &number), 1);
    EXPECT_THAT(std::vector<std::uint32_t>(number, number + count),
                testing::ElementsAre(0, 0, height, masked));

    char const* text = nullptr;
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_UNIQUECAMERAMODEL, &text), 1);
    EXPECT_STREQ(text, "Contremarque SIMULATED");
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_IMAGEDESCRIPTION, &text), 1);
    EXPECT_STREQ(text, "SIMULATED scene of a test");
    EXPECT_EQ(TIFFGetField(tiff.get(), TIFFTAG_DATETIME, &text), 0) << "no clock was given";

    std::uint64_t exif = 0;
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_EXIFIFD, &exif), 1);
    ASSERT_EQ(TIFFReadEXIFDirectory(tiff.get(), exif), 1);
    float exposure = 0.0F;
    ASSERT_EQ(TIFFGetField(tiff.get(), EXIFTAG_EXPOSURETIME, &exposure), 1);
    EXPECT_EQ(exposure, 2.5F);
    std::uint16_t const* iso = nullptr;
    ASSERT_EQ(TIFFGetField(tiff.get(), EXIFTAG_ISOSPEEDRATINGS, &count, &iso), 1);
    EXPECT_EQ(iso[0], 800);
}

TEST_F(WriteDng, IsReadBitByBitByDcraw) {
    if (!has_program("dcraw")) {
        GTEST_SKIP() << "dcraw is not installed";
    }
    for (auto const& [cfa, compression] : {std::pair{"RGGB", DngCompression::none},
                                           {"BGGR", DngCompression::none},
                                           {"GRBG", DngCompression::lossless_jpeg},
                                           {"GBRG", DngCompression::lossless_jpeg},
                                           {"BGGR", DngCompression::lossless_jpeg},
                                           {"RGGB", DngCompression::lossless_jpeg},
                                           {"GRBG", DngCompression::none},
                                           {"GBRG", DngCompression::none}}) {
        Example example{cfa};
        example.picture.compression = compression;
        fs::path const path = folder / "a.dng";
        cmq::capture::write_dng(path, example.picture);
        // -E: raw values with the masked border; -D: of the visible area.
        EXPECT_EQ(parse_pgm(output_of("dcraw -E -4 -c " + path.string())), example.mosaic) << cfa;
        std::vector<std::uint16_t> visible;
        for (std::ptrdiff_t y = 0; y < height; ++y) {
            auto const first = example.mosaic.begin() + y * width;
            visible.insert(visible.end(), first + masked, first + width);
        }
        EXPECT_EQ(parse_pgm(output_of("dcraw -D -4 -c " + path.string())), visible) << cfa;
        std::string const said = output_of("dcraw -i -v " + path.string());
        std::string const pattern = std::string{cfa, 2} + "/" + std::string{cfa + 2, 2};
        EXPECT_THAT(said, testing::HasSubstr("Filter pattern: " + pattern));
        EXPECT_THAT(said, testing::HasSubstr("Camera: Contremarque SIMULATED"));
    }
}

TEST_F(WriteDng, CompressedFilesOfEveryDepthAreReadBitByBitByDcraw) {
    if (!has_program("dcraw")) {
        GTEST_SKIP() << "dcraw is not installed";
    }
    for (unsigned bits = 12; bits <= 16; ++bits) {
        Example example;
        std::uint32_t state = bits;
        for (std::uint16_t& value : example.mosaic) {
            state = state * 1664525U + 1013904223U;
            value = static_cast<std::uint16_t>(state >> (32U - bits));
        }
        // At 16 bits a difference of 32768, whose code has no bits after it.
        example.mosaic[4 * width] = 0;
        example.mosaic[4 * width + 2] = static_cast<std::uint16_t>(1U << (bits - 1));
        example.picture.white_dn = static_cast<std::uint16_t>((1U << bits) - 1U);
        example.picture.compression = DngCompression::lossless_jpeg;
        fs::path const path = folder / "a.dng";
        cmq::capture::write_dng(path, example.picture);
        EXPECT_EQ(parse_pgm(output_of("dcraw -E -4 -c " + path.string())), example.mosaic) << bits;
    }
}

/// The tags of a compressed file that differ from those of a plain one.
TEST_F(WriteDng, SaysHowItIsCompressed) {
    Example example;
    example.picture.compression = DngCompression::lossless_jpeg;
    fs::path const path = folder / "a.dng";
    cmq::capture::write_dng(path, example.picture);
    std::unique_ptr<TIFF, CloseTiff> const tiff{TIFFOpen(path.c_str(), "r")};
    ASSERT_NE(tiff, nullptr);
    std::uint16_t number = 0;
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_COMPRESSION, &number), 1);
    EXPECT_EQ(number, 7); // DNG 1.4.0.0, "Compression"
    ASSERT_EQ(TIFFGetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, &number), 1);
    EXPECT_EQ(number, 14) << "of the white level";
    EXPECT_EQ(TIFFNumberOfStrips(tiff.get()), 1U);
    std::uint32_t count = 0;
    void const* tables = nullptr;
    EXPECT_EQ(TIFFGetField(tiff.get(), TIFFTAG_JPEGTABLES, &count, &tables), 0)
        << "the stream has its own tables";
}

TEST_F(WriteDng, SatisfiesTheValidationOfExiftool) {
    if (!has_program("exiftool")) {
        GTEST_SKIP() << "exiftool is not installed";
    }
    Example example;
    example.picture.date_time = "2026:11:21 12:40:00";
    fs::path const path = folder / "a.dng";
    for (auto const compression : {DngCompression::lossless_jpeg, DngCompression::none}) {
        example.picture.compression = compression;
        cmq::capture::write_dng(path, example.picture);
        EXPECT_EQ(output_of("exiftool -validate -warning -error -s3 -a " + path.string()), "OK\n")
            << to_text(compression);
    }
    EXPECT_EQ(output_of("exiftool -s3 -DateTimeOriginal " + path.string()),
              "2026:11:21 12:40:00\n");
}

TEST_F(WriteDng, GivesTheSameBytesForTheSamePicture) {
    EXPECT_EQ(cmq::capture::to_dng(Example{}.picture), cmq::capture::to_dng(Example{}.picture));
    EXPECT_NE(cmq::capture::to_dng(Example{}.picture),
              cmq::capture::to_dng(Example{"BGGR"}.picture));
}

TEST_F(WriteDng, CannotBeOpenedWhenSamplesAreMissing) {
    TIFFErrorHandler const before = TIFFSetErrorHandler(nullptr);
    for (auto const compression : {DngCompression::none, DngCompression::lossless_jpeg}) {
        Example example;
        example.picture.compression = compression;
        auto const bytes = cmq::capture::to_dng(example.picture);
        for (std::size_t const share : {1U, 2U, 3U}) {
            fs::path const path = folder / "cut.dng";
            cmq::write_file(path, std::span{bytes}.first(bytes.size() * share / 4));
            std::unique_ptr<TIFF, CloseTiff> const tiff{TIFFOpen(path.c_str(), "r")};
            EXPECT_EQ(tiff, nullptr) << share << " quarters, " << to_text(compression);
        }
    }
    TIFFSetErrorHandler(before);
}

template <class Change>
cmq::ErrorKind kind_after(Change const& change) {
    Example example;
    change(example.picture);
    try {
        static_cast<void>(cmq::capture::to_dng(example.picture));
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

TEST_F(WriteDng, RefusesShapesThatDoNotFit) {
    using cmq::ErrorKind;
    EXPECT_EQ(kind_after([](DngPicture& p) { p.shape.width = 254; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.shape = {0, 0}, p.mosaic = {}; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](DngPicture& p) {
                  p.shape.width = 255;
                  p.mosaic = p.mosaic.first(255 * height);
              }),
              ErrorKind::shape);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.masked_columns = 3; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.masked_columns = width; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.masked_columns = -2; }), ErrorKind::shape);
}

TEST_F(WriteDng, RefusesLevelsTimesAndTextsOutOfRange) {
    using cmq::ErrorKind;
    EXPECT_EQ(kind_after([](DngPicture& p) { p.black_dn[2] = 16383.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.black_dn[0] = -1.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.black_dn[0] = std::nan(""); }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.exposure_s = 0.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.exposure_s = std::nan(""); }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.iso = 0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.iso = 65536; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.unique_model.clear(); }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.make = "caf\xc3\xa9"; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](DngPicture& p) { p.date_time = "21/11/2026"; }), ErrorKind::domain);
}

TEST_F(WriteDng, RefusesAFolderThatIsNotThere) {
    try {
        cmq::capture::write_dng(folder / "none" / "a.dng", Example{}.picture);
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::io);
    }
}

} // namespace
