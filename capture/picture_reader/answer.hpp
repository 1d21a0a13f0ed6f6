// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the picture reader program writes: tags and a coarse preview, or the samples of a picture. Both sides are
/// built together; the reader of an answer trusts none of it.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace cmq::capture {

/// First eight bytes of every answer ("CMQPIC02"): an older program beside a newer one is found out.
inline constexpr std::uint64_t picture_answer_magic = 0x3230434950514d43U;

/// Where tag records or samples begin: whole pages.
inline constexpr std::size_t tag_records_offset = 8192;
inline constexpr std::size_t samples_offset = 4096;

inline constexpr std::size_t most_tags = 8192;
inline constexpr std::size_t longest_tag_key = 128;
inline constexpr std::size_t longest_tag_value = 256;
inline constexpr std::size_t most_tag_bytes = std::size_t{1} << 21U;

/// A preview is told as mean luminances of so many rows and columns of equal cells.
inline constexpr std::size_t preview_side = 32;

enum class ReaderStatus : std::uint32_t {
    started = 0, ///< written first: seen only when the program died on the way
    done,
    no_filter,     ///< the machine refused the system call filter; nothing was read
    not_known,     ///< no file of a kind that is read here
    not_allowed,   ///< of a kind that is read, in a form that is not; `form` names it
    too_large,     ///< more pixels than allowed
    too_few_bytes, ///< fewer bytes than any picture of that size has
    too_many_scans,
    damaged,
    out_of_memory,
};

enum class PreviewState : std::uint32_t { none = 0, unreadable, other_kind, read };

struct TagAnswer {
    std::uint64_t magic = picture_answer_magic;
    ReaderStatus status = ReaderStatus::started;
    std::uint32_t tags = 0; ///< records that follow
    std::uint32_t record_bytes = 0;
    std::uint32_t left_out = 0;    ///< tags beyond the limits above
    std::uint32_t maker_notes = 0; ///< tags that stand in a maker note which Exiv2 knows
    PreviewState preview = PreviewState::none;
    std::uint32_t previews = 0; ///< in the file; the greatest is told
    std::uint32_t preview_width = 0;
    std::uint32_t preview_height = 0;
    std::array<char, 16> exiv2_version{};
    std::array<float, preview_side * preview_side> preview_means{}; ///< 0 to 255, row by row
};

/// Before each key and value in the records; no zero bytes end them.
struct TagRecord {
    std::uint16_t key_bytes = 0;
    std::uint16_t value_bytes = 0;
    std::uint32_t whole_bytes =
        0; ///< of the value in the file; more than value_bytes: not told, or cut
};

enum class PictureKind : std::uint32_t { none = 0, jpeg, png, tiff, linear_dng };

struct PictureAnswer {
    std::uint64_t magic = picture_answer_magic;
    ReaderStatus status = ReaderStatus::started;
    PictureKind kind = PictureKind::none;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t channels = 0;    ///< 1 grey, 3 red green blue
    std::uint32_t bits = 0;        ///< 8 or 16; samples of 16 bits in the machine's order
    std::uint32_t stated_bits = 0; ///< as the file has them: 1, 2 and 4 become 8
    std::uint32_t pages = 1;       ///< pictures in the file
    std::uint32_t page = 0;        ///< which was read, from 0
    std::uint32_t is_palette = 0;
    std::uint32_t has_alpha = 0;  ///< left out
    std::uint32_t is_reduced = 0; ///< TIFF: the file itself calls the picture a reduced one
    std::uint32_t is_progressive = 0;
    std::uint32_t warnings = 0;           ///< of the library, none of which touches a sample
    std::uint64_t bytes_behind = 0;       ///< JPEG: bytes after the end of the picture
    std::array<std::uint32_t, 3> white{}; ///< by channel, of the samples; 0: the greatest of `bits`
    std::array<char, 64> form{};
    std::array<char, 32> library{};
};

static_assert(std::is_trivially_copyable_v<TagAnswer> && sizeof(TagAnswer) <= tag_records_offset);
static_assert(std::is_trivially_copyable_v<PictureAnswer> &&
              sizeof(PictureAnswer) <= samples_offset);

} // namespace cmq::capture
