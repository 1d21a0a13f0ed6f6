// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the decoder program writes: one Answer, then the raw plane. Both sides are built together;
/// the reader trusts none of it.

#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

namespace cmq::capture {

/// First eight bytes of every answer ("CMQDEC01"): an older decoder beside a newer program is found out.
inline constexpr std::uint64_t answer_magic = 0x3130434544514d43U;

/// Where the photosites begin: a whole page, so that they lie aligned in a mapping.
inline constexpr std::size_t answer_plane_offset = 4096;

enum class AnswerStatus : std::uint32_t {
    started = 0, ///< written first: seen only when the program died on the way
    done,
    no_filter,   ///< the machine refused the system call filter; nothing was read
    not_raw,     ///< LibRaw does not know the file
    not_bayer,   ///< no 2 x 2 mosaic of single integers
    not_allowed, ///< a routine outside the list; decoder names it
    too_large,   ///< more photosites or memory than allowed
    damaged,     ///< LibRaw says that data are broken or missing
    out_of_memory,
    x_trans,    ///< a mosaic of 6 x 6
    demosaiced, ///< each pixel has its three colours already
};

/// Plain data of fixed layout. Texts end with a zero byte, at the latest in their last place.
struct Answer {
    std::uint64_t magic = answer_magic;
    AnswerStatus status = AnswerStatus::started;
    std::int32_t libraw_code = 0;  ///< LibRaw's own return value
    std::uint32_t data_errors = 0; ///< LibRaw's count of broken places
    std::uint32_t raw_height = 0;
    std::uint32_t raw_width = 0;
    std::uint32_t height = 0;
    std::uint32_t width = 0;
    std::uint32_t top_margin = 0;
    std::uint32_t left_margin = 0;
    std::array<std::uint8_t, 4> colours{}; ///< of the visible 2 x 2 cell: 0 red, 1 green, 2 blue
    std::uint32_t maximum = 0;             ///< white level
    std::array<double, 4> black{};         ///< stated, per photosite of the visible cell
    std::uint32_t black_is_uniform = 0;    ///< 0: the stated pattern is larger than 2 x 2
    std::array<std::array<std::int32_t, 4>, 8>
        masked{};                 ///< top, left, bottom, right in the raw area
    std::uint32_t raw_images = 1; ///< how many the file holds; the first is read
    std::uint32_t is_dng = 0;
    std::int64_t timestamp = 0; ///< camera's clock as if it were UTC; 0: none
    double iso = 0;
    double exposure_s = 0;
    double f_number = 0;
    double focal_length_mm = 0;
    std::int32_t exposure_program = -1; ///< EXIF numbers; -1: none
    std::array<char, 64> make{};
    std::array<char, 64> model{};
    std::array<char, 64> unique_model{};
    std::array<char, 64> software{};
    std::array<char, 512> description{};
    std::array<char, 64> decoder{};
    std::array<char, 16> libraw_version{};
};

static_assert(std::is_trivially_copyable_v<Answer> && sizeof(Answer) <= answer_plane_offset);

} // namespace cmq::capture
