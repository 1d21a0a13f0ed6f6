// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/decode_pictures.hpp"

#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {
namespace {

constexpr std::uint32_t most_pages = 1000;

// ---- the file in memory

struct Memory {
    Bytes file;
    std::size_t place = 0;
};

Memory& memory_of(thandle_t handle) {
    return *static_cast<Memory*>(handle);
}

tmsize_t read_memory(thandle_t handle, void* into, tmsize_t count) {
    Memory& memory = memory_of(handle);
    std::size_t const rest =
        memory.place < memory.file.size() ? memory.file.size() - memory.place : 0;
    std::size_t const taken =
        std::min(rest, static_cast<std::size_t>(std::max<tmsize_t>(count, 0)));
    std::memcpy(into, memory.file.data() + std::min(memory.place, memory.file.size()), taken);
    memory.place += taken;
    return static_cast<tmsize_t>(taken);
}

tmsize_t write_memory(thandle_t /*handle*/, void* /*from*/, tmsize_t /*count*/) {
    return -1;
}

toff_t seek_memory(thandle_t handle, toff_t offset, int whence) {
    Memory& memory = memory_of(handle);
    toff_t const from = whence == SEEK_CUR   ? memory.place
                        : whence == SEEK_END ? memory.file.size()
                                             : 0;
    memory.place = from + offset;
    return memory.place;
}

int close_memory(thandle_t /*handle*/) {
    return 0;
}

toff_t memory_size(thandle_t handle) {
    return memory_of(handle).file.size();
}

int map_memory(thandle_t /*handle*/, void** /*base*/, toff_t* /*size*/) {
    return 0;
}

void unmap_memory(thandle_t /*handle*/, void* /*base*/, toff_t /*size*/) {}

// "LIBTIFF, Version 4.5.0", then lines of copyright.
std::string version() {
    std::string_view const all{TIFFGetVersion()};
    auto const line = all.substr(0, all.find('\n'));
    return "libtiff " + std::string{line.substr(std::min(line.rfind(' ') + 1, line.size()))};
}

// ---- which picture, and in which form

template <class Number>
Number field(TIFF* tiff, std::uint32_t tag, Number otherwise) {
    Number value{};
    return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : otherwise;
}

bool is_reduced(TIFF* tiff) {
    constexpr std::uint32_t reduced_or_mask = 1 | 4;
    return (field<std::uint32_t>(tiff, TIFFTAG_SUBFILETYPE, 0) & reduced_or_mask) != 0;
}

// Below the current directory: where a scanner keeps the picture of which the first is a reduced one.
bool enter_full_size(TIFF* tiff) {
    std::uint16_t count = 0;
    toff_t const* places = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &places) != 1) {
        return false;
    }
    std::array<toff_t, 16> below{}; // a copy: the list goes with its directory
    std::size_t const known = std::min<std::size_t>(count, below.size());
    std::copy_n(places, known, below.begin());
    for (std::size_t i = 0; i < known; ++i) {
        if (TIFFSetSubDirectory(tiff, below[i]) == 1 && !is_reduced(tiff)) {
            return true;
        }
    }
    return false;
}

// The first picture that is not called a reduced one; else the first.
void choose_page(TIFF* tiff, PictureAnswer& answer) {
    std::uint32_t pages = 0;
    std::uint32_t chosen = 0;
    bool found = false;
    do {
        if (!found && !is_reduced(tiff)) {
            found = true;
            chosen = pages;
        }
        ++pages;
    } while (pages < most_pages && TIFFReadDirectory(tiff) == 1);
    answer.pages = pages;
    answer.page = chosen;
    if (TIFFSetDirectory(tiff, static_cast<tdir_t>(chosen)) != 1) {
        finish(answer, ReaderStatus::damaged);
    }
    if (!found && !enter_full_size(tiff)) {
        static_cast<void>(TIFFSetDirectory(tiff, 0));
        answer.is_reduced = 1;
    }
}

// Integers of 8 or 16 bits, grey or red, green, blue, in codings that are common and that libtiff bounds.
std::string unread_form(TIFF* tiff, PictureAnswer const& answer) {
    static constexpr std::array<std::uint16_t, 6> codings{COMPRESSION_NONE,
                                                          COMPRESSION_LZW,
                                                          COMPRESSION_JPEG,
                                                          COMPRESSION_ADOBE_DEFLATE,
                                                          COMPRESSION_DEFLATE,
                                                          COMPRESSION_PACKBITS};
    auto const coding = field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    std::uint16_t photometric = 0;
    bool const named = TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric) == 1;
    bool const colour = named && (photometric == PHOTOMETRIC_RGB ||
                                  (photometric == PHOTOMETRIC_YCBCR && coding == COMPRESSION_JPEG));
    bool const grey = named && (photometric == PHOTOMETRIC_MINISBLACK);
    auto const samples = field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    if (!(colour && samples >= 3) && !(grey && samples >= 1)) {
        return "TIFF, photometric " + std::to_string(photometric);
    }
    if (answer.stated_bits != 8 && answer.stated_bits != 16) {
        return "TIFF of " + std::to_string(answer.stated_bits) + " bits";
    }
    if (field<std::uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT) != SAMPLEFORMAT_UINT) {
        return "TIFF of numbers that are not whole";
    }
    if (std::ranges::find(codings, coding) == codings.end()) {
        return "TIFF, compression " + std::to_string(coding);
    }
    return {};
}

// ---- samples

// One strip or tile into a row-by-row picture in memory.
struct Layout {
    std::size_t width;
    std::size_t height;
    std::size_t block_width;
    std::size_t block_height;
    std::size_t sample_bytes;
    std::size_t in_block; // samples of a pixel in a block: all, or 1 where planes are apart
    std::size_t channels; // samples of a pixel in the answer
    bool tiled;
};

// One strip or tile of one plane.
struct Block {
    std::size_t down; // which row of blocks
    std::size_t across;
    std::size_t plane; // 0 where planes are together
    std::size_t rows;  // inside the picture
};

void read_block(TIFF* tiff,
                Layout const& layout,
                Block const& block,
                std::vector<unsigned char>& bytes,
                PictureAnswer& answer) {
    std::size_t const across = (layout.width + layout.block_width - 1) / layout.block_width;
    std::size_t const down = (layout.height + layout.block_height - 1) / layout.block_height;
    std::size_t const row = layout.block_width * layout.in_block * layout.sample_bytes;
    auto const number =
        static_cast<std::uint32_t>((block.plane * down + block.down) * across + block.across);
    auto const size = static_cast<tmsize_t>(bytes.size());
    auto const count = layout.tiled ? TIFFReadEncodedTile(tiff, number, bytes.data(), size)
                                    : TIFFReadEncodedStrip(tiff, number, bytes.data(), size);
    if (count < static_cast<tmsize_t>(row * (layout.tiled ? layout.block_height : block.rows))) {
        finish(answer, ReaderStatus::damaged);
    }
}

// Into a band of the picture that is as high as a block, without what stands out beyond it and without alpha.
void place(Layout const& layout,
           Block const& block,
           std::vector<unsigned char> const& bytes,
           std::vector<unsigned char>& band) {
    std::size_t const left = block.across * layout.block_width;
    std::size_t const columns = std::min(layout.block_width, layout.width - left);
    bool const apart = layout.in_block == 1;
    std::size_t const taken = (apart ? 1 : layout.channels) * layout.sample_bytes;
    std::size_t const row = layout.block_width * layout.in_block * layout.sample_bytes;
    for (std::size_t y = 0; y < block.rows; ++y) {
        for (std::size_t x = 0; x < columns; ++x) {
            std::size_t const to = (y * layout.width + left + x) * layout.channels + block.plane;
            std::memcpy(band.data() + to * layout.sample_bytes,
                        bytes.data() + y * row + x * layout.in_block * layout.sample_bytes,
                        taken);
        }
    }
}

void read_blocks(TIFF* tiff, Layout const& layout, PictureAnswer& answer) {
    auto const size = layout.tiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff);
    std::size_t const row = layout.block_width * layout.in_block * layout.sample_bytes;
    if (size <= 0 || static_cast<std::size_t>(size) < row * layout.block_height) {
        finish(answer, ReaderStatus::damaged);
    }
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    std::size_t const line = layout.width * layout.channels * layout.sample_bytes;
    std::vector<unsigned char> band(line * layout.block_height);
    std::size_t const across = (layout.width + layout.block_width - 1) / layout.block_width;
    std::size_t const planes = layout.in_block == 1 ? layout.channels : 1;
    for (std::size_t top = 0; top < layout.height; top += layout.block_height) {
        std::size_t const rows = std::min(layout.block_height, layout.height - top);
        for (std::size_t part = 0; part < across * planes; ++part) {
            Block const block{top / layout.block_height, part % across, part / across, rows};
            read_block(tiff, layout, block, bytes, answer);
            place(layout, block, bytes, band);
        }
        put(samples_offset + top * line, band.data(), rows * line);
    }
}

Layout layout_of(TIFF* tiff, PictureAnswer const& answer) {
    bool const tiled = TIFFIsTiled(tiff) != 0;
    auto const samples = field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    bool const apart = field<std::uint16_t>(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) ==
                       PLANARCONFIG_SEPARATE;
    auto const rows = field<std::uint32_t>(tiff, TIFFTAG_ROWSPERSTRIP, answer.height);
    return {.width = answer.width,
            .height = answer.height,
            .block_width = tiled ? field<std::uint32_t>(tiff, TIFFTAG_TILEWIDTH, 0) : answer.width,
            .block_height = tiled ? field<std::uint32_t>(tiff, TIFFTAG_TILELENGTH, 0)
                                  : std::clamp(rows, 1U, answer.height),
            .sample_bytes = answer.bits / 8,
            .in_block = apart ? std::size_t{1} : samples,
            .channels = answer.channels,
            .tiled = tiled};
}

} // namespace

void decode_tiff(Bytes file, ReaderLimits limits, PictureAnswer& answer) {
    static_cast<void>(TIFFSetErrorHandler(nullptr));
    static_cast<void>(TIFFSetWarningHandler(nullptr));
    Memory memory{file, 0};
    answer.kind = PictureKind::tiff;
    name_library(answer, version());
    // "m": without mapping.
    TIFF* const tiff = TIFFClientOpen("tiff",
                                      "rm",
                                      &memory,
                                      read_memory,
                                      write_memory,
                                      seek_memory,
                                      close_memory,
                                      memory_size,
                                      map_memory,
                                      unmap_memory);
    if (tiff == nullptr) {
        finish(answer, ReaderStatus::damaged);
    }
    choose_page(tiff, answer);
    answer.width = field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0);
    answer.height = field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0);
    answer.stated_bits = field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    answer.bits = answer.stated_bits;
    if (auto const form = unread_form(tiff, answer); !form.empty()) {
        finish(answer, ReaderStatus::not_allowed, form);
    }
    auto const photometric = field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC, 0);
    auto const samples = field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    answer.channels = photometric == PHOTOMETRIC_MINISBLACK ? 1 : 3;
    answer.has_alpha = samples > answer.channels ? 1 : 0;
    if (photometric == PHOTOMETRIC_YCBCR) {
        static_cast<void>(TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB));
    }
    begin_samples(answer, file.size(), limits);
    Layout const layout = layout_of(tiff, answer);
    if (layout.block_width == 0 || layout.block_height == 0 ||
        std::uint64_t{layout.block_width} * layout.block_height >
            4 * std::uint64_t{limits.pixels}) {
        finish(answer, ReaderStatus::damaged);
    }
    read_blocks(tiff, layout, answer);
    finish(answer, ReaderStatus::done); // without TIFFClose, as nothing of the file outlives this
}

} // namespace cmq::capture
