// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A Bayer mosaic as a DNG file, uncompressed or compressed without loss.

#pragma once

#include "core/frame.hpp"
#include "core/image_view.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {

/// How the photosites are stored; both give the same ones back.
enum class DngCompression : std::uint8_t {
    none,          ///< 16-bit samples in strips of about 64 kB
    lossless_jpeg, ///< one lossless JPEG (to_lossless_jpeg) of 12 to 16 bits, DNG compression 7
};

[[nodiscard]] std::string_view to_text(DngCompression compression) noexcept;

/// What a DNG file holds: the photosites and the tags that give them a meaning.
struct DngPicture {
    Shape shape;                           ///< of the whole mosaic, masked columns included
    std::span<std::uint16_t const> mosaic; ///< shape.area() values, row by row; borrowed
    Cfa cfa;                               ///< seen from the top left of the visible area
    std::ptrdiff_t masked_columns =
        0; ///< optically black columns at the left; even; not part of the visible area
    PerPlane<double> black_dn{}; ///< each in [0, white_dn)
    std::uint16_t white_dn =
        65535; ///< largest value that is not saturated, plus one photosite's worth of light
    double exposure_s = 1.0; ///< above 0
    int iso = 100;           ///< 1 to 65535
    std::string make;
    std::string model;
    std::string unique_model; ///< UniqueCameraModel; not empty
    std::string description;  ///< ImageDescription; left out when empty
    /// NoiseProfile: slope and offset of the variance over the signal, both scaled to white - black = 1, one pair or one
    /// for each of red, green, blue (2 or 6 numbers in [0, 1)); left out when empty.
    std::vector<double> noise_profile;
    std::string date_time; ///< "YYYY:MM:DD HH:MM:SS"; left out when empty: no clock is read
    DngCompression compression = DngCompression::none;
};

/// \throws Error  as to_dng
void check_dng_picture(DngPicture const& picture);

/// The bytes of the file: little-endian, the directory after the samples, so that a file cut short
/// cannot be opened. Same picture, same bytes.
///
/// The colour matrix is that of linear sRGB primaries: the file claims no real camera's colours.
/// Sides of the visible area are even, so that it holds whole cells.
///
/// \throws Error shape   the mosaic does not hold shape.area() values, or a side is odd or zero
/// \throws Error domain  a level, time, ISO or text outside the range stated above
/// Source: Adobe, Digital Negative Specification 1.4.0.0 (2012).
[[nodiscard]] std::vector<std::byte> to_dng(DngPicture const& picture);

/// Writes to_dng(picture) whole or not at all.
/// \throws Error  as to_dng; io as cmq::write_file
void write_dng(std::filesystem::path const& path, DngPicture const& picture);

} // namespace cmq::capture
