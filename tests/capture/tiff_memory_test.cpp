// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/tiff_memory.hpp"

#include <gtest/gtest.h>
#include <tiffio.h>

#include <array>
#include <memory>
#include <vector>

namespace {

using namespace cmq::capture;
using Tiff = std::unique_ptr<TIFF, void (*)(TIFF*)>;

std::vector<std::byte> write(std::array<std::uint8_t, 6>& row) {
    TiffMemory memory;
    {
        Tiff const tiff{open_tiff_to_write(memory), TIFFClose};
        EXPECT_TRUE(tiff);
        TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, 6);
        TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, 1);
        TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, 8);
        TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, 1);
        TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
        EXPECT_EQ(TIFFWriteScanline(tiff.get(), row.data(), 0, 0), 1);
    }
    return std::move(memory.written);
}

TEST(TiffMemory, GivesBackWhatWasWritten) {
    std::array<std::uint8_t, 6> row{9, 8, 7, 6, 5, 4};
    auto const bytes = write(row);
    ASSERT_GT(bytes.size(), 14U);
    EXPECT_EQ(bytes[0], std::byte{'I'}); // lowest byte first, on every machine
    TiffMemory memory{bytes};
    Tiff const tiff{open_tiff_to_read(memory), TIFFClose};
    ASSERT_TRUE(tiff);
    std::array<std::uint8_t, 6> seen{};
    EXPECT_EQ(TIFFReadScanline(tiff.get(), seen.data(), 0, 0), 1);
    EXPECT_EQ(seen, row);
    EXPECT_TRUE(memory.written.empty());
}

TEST(TiffMemory, OpensNothingThatIsNoTiffOrIsCutShort) {
    std::array<std::uint8_t, 6> row{9, 8, 7, 6, 5, 4};
    auto const bytes = write(row);
    TIFFSetErrorHandler(nullptr);
    for (std::size_t const length : {0U, 1U, 7U, 8U}) {
        TiffMemory memory{std::span{bytes}.first(length)};
        EXPECT_EQ(open_tiff_to_read(memory), nullptr) << length;
    }
    std::array<std::byte, 20> const zeros{};
    TiffMemory memory{zeros};
    EXPECT_EQ(open_tiff_to_read(memory), nullptr);
}

} // namespace
