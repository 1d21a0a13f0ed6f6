// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Small pictures in foreign formats, for tests: written by the libraries' own encoders.

#pragma once

#include "core/image_view.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::test {

/// Samples pixel by pixel.
struct Samples {
    Shape shape;
    std::size_t channels = 3;
    unsigned bits = 8;
    std::vector<std::uint16_t> values;
};

/// Smooth waves, different in each channel, over the whole range.
[[nodiscard]] Samples make_waves(Shape shape, std::size_t channels, unsigned bits);

struct JpegForm {
    int quality = 95;
    bool progressive = false;
    bool apart = false;            ///< one scan for each channel
    std::vector<std::byte> exif{}; ///< a TIFF, put into an APP1 segment
};

[[nodiscard]] std::vector<std::byte> make_jpeg(Samples const& samples, JpegForm const& form = {});

struct PngForm {
    bool interlaced = false;
    bool alpha = false; ///< adds a channel that says nothing
};

[[nodiscard]] std::vector<std::byte> make_png(Samples const& samples, PngForm const& form = {});

struct TiffForm {
    std::uint16_t compression = 1;
    std::uint32_t tile = 0; ///< side; 0: strips of seven rows
    bool apart = false;     ///< one plane for each channel
    bool big_endian = false;
    std::uint32_t reduced_pages = 0; ///< so many pages before it that are called reduced
};

[[nodiscard]] std::vector<std::byte> make_tiff_picture(Samples const& samples,
                                                       TiffForm const& form = {});

/// A PNG chunk that stands before the samples.
[[nodiscard]] std::vector<std::byte> with_png_chunk(std::vector<std::byte> const& png,
                                                    char const* kind,
                                                    std::span<std::byte const> data);

} // namespace cmq::test
