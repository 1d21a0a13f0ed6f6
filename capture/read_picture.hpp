// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A JPEG, PNG, plain TIFF or linear (demosaiced) DNG picture, for screening only.

#pragma once

#include "capture/read_tags.hpp"
#include "core/image_view.hpp"
#include "system/limited_child.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace cmq::capture {

enum class PictureFormat : std::uint8_t { jpeg, png, tiff, linear_dng };

[[nodiscard]] std::string_view to_text(PictureFormat format) noexcept;

/// Samples after whatever the camera and programs did to them: never a Frame, as their numbers stand neither for light
/// nor for colour. As the file has them: no colour profile, gamma or EXIF orientation is applied.
struct Picture {
    PictureFormat format = PictureFormat::jpeg;
    Shape shape;
    std::size_t channels = 3; ///< 1 grey, 3 red green blue
    unsigned bits = 8;        ///< of a sample here: 8 or 16
    unsigned stated_bits =
        8; ///< of a sample in the file: 1, 2 and 4 become 8; 9 to 15 of a DNG keep their numbers
    std::size_t pages =
        1; ///< pictures in the file (pages of a TIFF, frames of an animated PNG; of a DNG the linear
           ///< ones of full size)
    std::size_t page = 0; ///< which of them this is, from 0
    bool is_palette = false;
    bool has_alpha = false; ///< transparency, left out
    bool is_reduced =
        false; ///< TIFF, DNG: the file itself calls this a reduced picture and has no other
    bool is_progressive = false; ///< JPEG
    std::uint64_t bytes_behind =
        0;               ///< JPEG: bytes after its end (another picture, a film), not read
    std::string library; ///< that decoded it
    std::string sha256;  ///< of the file
    std::uintmax_t file_bytes = 0;
    std::array<std::uint32_t, 3> white{};   ///< greatest value by channel; of a DNG its WhiteLevel
    std::array<std::size_t, 3> saturated{}; ///< samples at or above that
    ChildOutput samples;                    ///< see at()

    /// A sample of a pixel.
    [[nodiscard]] std::uint16_t at(std::ptrdiff_t y, std::ptrdiff_t x, std::size_t channel) const;
};

/// Whether the file begins as a JPEG or a PNG. A TIFF may be a camera's RAW file as well as a picture.
[[nodiscard]] bool is_picture(std::span<std::byte const> bytes) noexcept;

/// Whether the file is a TIFF with a LinearRaw picture and without a mosaic. false where its directories are broken.
[[nodiscard]] bool is_linear_dng(std::span<std::byte const> bytes);

/// Decodes in a program of its own with limits on time, memory, pixels and scans; what it answers is checked.
///
/// JPEG of 8 bits, grey or three colours; PNG of every form; TIFF of 8 or 16 bits, grey or RGB, uncompressed or by
/// LZW, deflate, PackBits, JPEG; DNG of a LinearRaw picture, three samples of 8 to 16 bits, uncompressed, by
/// deflate or lossless JPEG, in strips or tiles. Of several pictures in a TIFF the first that the file does not call a reduced one; of a
/// DNG the greatest linear one, without black level, linearization table or opcodes applied; of an animated PNG its
/// first picture.
///
/// \throws Error format       damaged, cut short, or fewer bytes than any picture of that size has
/// \throws Error unsupported  another kind of file, or a form that is not read
/// \throws Error limits       too many pixels or scans, or decoding reached a limit
/// \throws Error io           the program cannot be started
///
/// Cost: the library's; 3 bytes a pixel in memory (6 of 16 bits).
[[nodiscard]] Picture to_picture(std::span<std::byte const> bytes,
                                 std::string_view name,
                                 PictureSettings const& settings);

/// The same from a file.
/// \throws Error  as to_picture; io also where the file cannot be read
[[nodiscard]] Picture read_picture(std::filesystem::path const& path,
                                   PictureSettings const& settings);

} // namespace cmq::capture
