// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/lossless/decode_lossless.hpp"
#include "capture/picture_reader/choose_tiff.hpp"
#include "capture/picture_reader/decode_pictures.hpp"
#include "capture/picture_reader/tiff_memory.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {
namespace {

// "LIBTIFF, Version 4.5.0", then lines of copyright.
std::string version() {
    std::string_view const all{TIFFGetVersion()};
    auto const line = all.substr(0, all.find('\n'));
    return "libtiff " + std::string{line.substr(std::min(line.rfind(' ') + 1, line.size()))};
}

// One strip or tile into a row-by-row picture in memory.
struct Layout {
    std::size_t width;
    std::size_t height;
    std::size_t block_width;
    std::size_t block_height;
    std::size_t sample_bytes;
    std::size_t in_block; // samples of a pixel in a block: all, or 1 where planes are apart
    std::size_t channels; // samples of a pixel in the answer
    unsigned bits;        // of a sample in the file, packed where neither 8 nor 16
    bool tiled;
    bool uncompressed;
    Bytes lossless; // the whole file where its blocks are lossless JPEG, else empty

    [[nodiscard]] std::size_t row_samples() const noexcept { return block_width * in_block; }

    // Of a row in the file, which ends with a byte.
    [[nodiscard]] std::size_t row_bytes() const noexcept { return (row_samples() * bits + 7) / 8; }

    [[nodiscard]] bool is_packed() const noexcept { return bits != 8 * sample_bytes; }
};

// One strip or tile of one plane.
struct Block {
    std::size_t down; // which row of blocks
    std::size_t across;
    std::size_t plane; // 0 where planes are together
    std::size_t rows;  // inside the picture
};

std::uint32_t number_of(Layout const& layout, Block const& block) {
    std::size_t const across = (layout.width + layout.block_width - 1) / layout.block_width;
    std::size_t const down = (layout.height + layout.block_height - 1) / layout.block_height;
    return static_cast<std::uint32_t>((block.plane * down + block.down) * across + block.across);
}

// A strip or tile that libjpeg cannot read.
void read_lossless_block(TIFF* tiff,
                         Layout const& layout,
                         Block const& block,
                         std::vector<unsigned char>& bytes,
                         PictureAnswer& answer) {
    std::uint32_t const number = number_of(layout, block);
    std::uint64_t const first = TIFFGetStrileOffset(tiff, number);
    std::uint64_t const length = TIFFGetStrileByteCount(tiff, number);
    if (first > layout.lossless.size() || length > layout.lossless.size() - first) {
        finish(answer, ReaderStatus::damaged);
    }
    std::size_t const rows = layout.tiled ? layout.block_height : block.rows;
    std::vector<std::uint16_t> samples(layout.row_samples() * rows);
    auto const end = decode_lossless(
        layout.lossless.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(length)),
        {.row_samples = layout.row_samples(), .bits = answer.stated_bits},
        samples);
    if (end == LosslessEnd::other_form) {
        finish(answer, ReaderStatus::not_allowed, "linear DNG, JPEG of another kind than lossless");
    }
    if (end == LosslessEnd::damaged) {
        finish(answer, ReaderStatus::damaged);
    }
    if (layout.sample_bytes == 2) {
        std::memcpy(bytes.data(), samples.data(), 2 * samples.size());
    } else {
        std::ranges::transform(samples, bytes.begin(), [](std::uint16_t sample) {
            return static_cast<unsigned char>(sample);
        });
    }
}

void read_block(TIFF* tiff,
                Layout const& layout,
                Block const& block,
                std::vector<unsigned char>& bytes,
                PictureAnswer& answer) {
    std::uint32_t const number = number_of(layout, block);
    std::size_t const needed =
        layout.row_bytes() * (layout.tiled ? layout.block_height : block.rows);
    // libtiff takes uncompressed bytes from wherever the entry points, even where the file lists no such block.
    if (TIFFGetStrileByteCount(tiff, number) < (layout.uncompressed ? needed : 1)) {
        finish(answer, ReaderStatus::damaged);
    }
    auto const size = static_cast<tmsize_t>(bytes.size());
    auto const count = layout.tiled ? TIFFReadEncodedTile(tiff, number, bytes.data(), size)
                                    : TIFFReadEncodedStrip(tiff, number, bytes.data(), size);
    if (count < static_cast<tmsize_t>(needed)) {
        finish(answer, ReaderStatus::damaged);
    }
}

// Samples of 9 to 15 bits, highest bit first (TIFF 6.0, BitsPerSample), into 16 bits each.
void spread(Layout const& layout,
            std::size_t rows,
            std::vector<unsigned char> const& packed,
            std::vector<unsigned char>& bytes) {
    std::uint32_t const greatest = (1U << layout.bits) - 1;
    for (std::size_t y = 0; y < rows; ++y) {
        unsigned char const* from = packed.data() + y * layout.row_bytes();
        unsigned char* to = bytes.data() + y * layout.row_samples() * sizeof(std::uint16_t);
        std::uint32_t held = 0;
        unsigned count = 0;
        for (std::size_t x = 0; x < layout.row_samples(); ++x, to += sizeof(std::uint16_t)) {
            for (; count < layout.bits; count += 8) {
                held = held << 8U | *from++;
            }
            count -= layout.bits;
            auto const sample = static_cast<std::uint16_t>(held >> count & greatest);
            std::memcpy(to, &sample, sizeof(sample));
        }
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
    std::size_t const row = layout.row_samples() * layout.sample_bytes;
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
    bool const lossless = !layout.lossless.empty();
    auto const size = lossless ? static_cast<tmsize_t>(layout.row_bytes() * layout.block_height)
                      : layout.tiled ? TIFFTileSize(tiff)
                                     : TIFFStripSize(tiff);
    if (size <= 0 || static_cast<std::size_t>(size) < layout.row_bytes() * layout.block_height) {
        finish(answer, ReaderStatus::damaged);
    }
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    std::vector<unsigned char> spread_out(
        layout.is_packed() ? layout.row_samples() * layout.block_height * layout.sample_bytes : 0);
    std::size_t const line = layout.width * layout.channels * layout.sample_bytes;
    std::vector<unsigned char> band(line * layout.block_height);
    std::size_t const across = (layout.width + layout.block_width - 1) / layout.block_width;
    std::size_t const planes = layout.in_block == 1 ? layout.channels : 1;
    for (std::size_t top = 0; top < layout.height; top += layout.block_height) {
        std::size_t const rows = std::min(layout.block_height, layout.height - top);
        for (std::size_t part = 0; part < across * planes; ++part) {
            Block const block{top / layout.block_height, part % across, part / across, rows};
            (lossless ? read_lossless_block : read_block)(tiff, layout, block, bytes, answer);
            if (layout.is_packed()) {
                spread(layout, block.rows, bytes, spread_out);
            }
            place(layout, block, layout.is_packed() ? spread_out : bytes, band);
        }
        put(samples_offset + top * line, band.data(), rows * line);
    }
}

Layout layout_of(TIFF* tiff, PictureAnswer const& answer, Bytes file) {
    auto const coding = tiff_field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    bool const lossless = answer.kind == PictureKind::linear_dng && coding == COMPRESSION_JPEG;
    bool const tiled = TIFFIsTiled(tiff) != 0;
    auto const samples = tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    bool const apart = tiff_field<std::uint16_t>(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) ==
                       PLANARCONFIG_SEPARATE;
    auto const rows = tiff_field<std::uint32_t>(tiff, TIFFTAG_ROWSPERSTRIP, answer.height);
    return {.width = answer.width,
            .height = answer.height,
            .block_width =
                tiled ? tiff_field<std::uint32_t>(tiff, TIFFTAG_TILEWIDTH, 0) : answer.width,
            .block_height = tiled ? tiff_field<std::uint32_t>(tiff, TIFFTAG_TILELENGTH, 0)
                                  : std::clamp(rows, 1U, answer.height),
            .sample_bytes = answer.bits / 8,
            .in_block = apart ? std::size_t{1} : samples,
            .channels = answer.channels,
            .bits = lossless ? answer.bits : answer.stated_bits,
            .tiled = tiled,
            .uncompressed = coding == COMPRESSION_NONE,
            .lossless = lossless ? file : Bytes{}};
}

} // namespace

void decode_tiff(Bytes file, ReaderLimits limits, PictureAnswer& answer) {
    static_cast<void>(TIFFSetErrorHandler(nullptr));
    static_cast<void>(TIFFSetWarningHandler(nullptr));
    TiffMemory memory{std::as_bytes(file)};
    answer.kind = PictureKind::tiff;
    name_library(answer, version());
    TIFF* const tiff = open_tiff_to_read(memory);
    if (tiff == nullptr) {
        finish(answer, ReaderStatus::damaged);
    }
    bool const linear = choose_linear(tiff, answer);
    if (linear) {
        answer.kind = PictureKind::linear_dng;
    } else {
        choose_page(tiff, answer);
    }
    answer.width = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0);
    answer.height = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0);
    answer.stated_bits = tiff_field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    if (auto const form = linear ? unread_linear_form(tiff, answer) : unread_form(tiff, answer);
        !form.empty()) {
        finish(answer, ReaderStatus::not_allowed, form);
    }
    answer.bits = answer.stated_bits == 8 ? 8 : 16;
    auto const photometric = tiff_field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC, 0);
    auto const samples = tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    answer.channels = photometric == PHOTOMETRIC_MINISBLACK ? 1 : 3;
    answer.has_alpha = samples > answer.channels ? 1 : 0;
    if (linear) {
        find_white(tiff, answer);
    } else if (photometric == PHOTOMETRIC_YCBCR) {
        static_cast<void>(TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB));
    }
    begin_samples(answer, file.size(), limits);
    Layout const layout = layout_of(tiff, answer, file);
    if (layout.block_width == 0 || layout.block_height == 0 ||
        std::uint64_t{layout.block_width} * layout.block_height >
            4 * std::uint64_t{limits.pixels}) {
        finish(answer, ReaderStatus::damaged);
    }
    read_blocks(tiff, layout, answer);
    finish(answer, ReaderStatus::done); // without TIFFClose, as nothing of the file outlives this
}

} // namespace cmq::capture
