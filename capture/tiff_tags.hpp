// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The directories of a TIFF file (DNG, NEF, CR2, ARW, ...), read from hostile bytes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::capture {

/// Tags that this program reads. Numbers: TIFF 6.0, TIFF/EP, EXIF 2.32, DNG 1.4.
namespace tiff_tag {
inline constexpr std::uint16_t new_subfile_type = 0x00fe;
inline constexpr std::uint16_t image_width = 0x0100;
inline constexpr std::uint16_t image_length = 0x0101;
inline constexpr std::uint16_t bits_per_sample = 0x0102;
inline constexpr std::uint16_t compression = 0x0103;
inline constexpr std::uint16_t photometric = 0x0106;
inline constexpr std::uint16_t image_description = 0x010e;
inline constexpr std::uint16_t make = 0x010f;
inline constexpr std::uint16_t model = 0x0110;
inline constexpr std::uint16_t strip_offsets = 0x0111;
inline constexpr std::uint16_t samples_per_pixel = 0x0115;
inline constexpr std::uint16_t rows_per_strip = 0x0116;
inline constexpr std::uint16_t strip_byte_counts = 0x0117;
inline constexpr std::uint16_t panasonic_raw_offset = 0x0118;
inline constexpr std::uint16_t software = 0x0131;
inline constexpr std::uint16_t tile_width = 0x0142;
inline constexpr std::uint16_t tile_length = 0x0143;
inline constexpr std::uint16_t tile_offsets = 0x0144;
inline constexpr std::uint16_t tile_byte_counts = 0x0145;
inline constexpr std::uint16_t sub_directories = 0x014a;
inline constexpr std::uint16_t exposure_time = 0x829a;
inline constexpr std::uint16_t f_number = 0x829d;
inline constexpr std::uint16_t exif_directory = 0x8769;
inline constexpr std::uint16_t exposure_program = 0x8822;
inline constexpr std::uint16_t gps_directory = 0x8825;
inline constexpr std::uint16_t iso = 0x8827;
inline constexpr std::uint16_t date_time_original = 0x9003;
inline constexpr std::uint16_t focal_length = 0x920a;
inline constexpr std::uint16_t exposure_mode = 0xa402;
inline constexpr std::uint16_t white_balance = 0xa403;
inline constexpr std::uint16_t dng_version = 0xc612;
inline constexpr std::uint16_t unique_camera_model = 0xc614;
inline constexpr std::uint16_t linearization_table = 0xc618;
inline constexpr std::uint16_t black_level_repeat_dim = 0xc619;
inline constexpr std::uint16_t black_level = 0xc61a;
inline constexpr std::uint16_t black_level_delta_h = 0xc61b;
inline constexpr std::uint16_t black_level_delta_v = 0xc61c;
inline constexpr std::uint16_t white_level = 0xc61d;
inline constexpr std::uint16_t active_area = 0xc68d;
inline constexpr std::uint16_t noise_profile = 0xc761;
} // namespace tiff_tag

inline constexpr std::uint32_t photometric_cfa = 32803;        ///< TIFF/EP
inline constexpr std::uint32_t photometric_linear_raw = 34892; ///< DNG: three colours a pixel

/// One entry; its values lie at `place`, checked to be inside the file.
struct TiffEntry {
    std::uint16_t tag = 0;
    std::uint16_t type = 0;
    std::uint32_t count = 0;
    std::size_t place = 0;
};

enum class TiffRole : std::uint8_t { picture, exif, gps };

struct TiffDirectory {
    std::vector<TiffEntry> entries;
    TiffRole role = TiffRole::picture;
};

/// Which directories are read. What decodes pictures does not look where they were taken, so that a broken entry
/// there keeps no picture from being read.
enum class TiffScope : std::uint8_t { without_places, all };

/// All directories of a file: the chain, then the sub-directories and the EXIF directories below it.
/// Borrows the bytes.
class TiffFile {
public:
    /// \throws Error format  a directory, or the values of an entry of those named above, lie outside
    ///                       the file, or there are more than 64 directories
    explicit TiffFile(std::span<std::byte const> bytes,
                      TiffScope scope = TiffScope::without_places);

    /// "II" or "MM" and one of the version numbers of camera files follow.
    [[nodiscard]] static bool is_tiff(std::span<std::byte const> bytes) noexcept;

    [[nodiscard]] std::vector<TiffDirectory> const& directories() const noexcept {
        return directories_;
    }

    [[nodiscard]] TiffEntry const* find(TiffDirectory const& directory,
                                        std::uint16_t tag) const noexcept;
    /// The entry of that tag in whichever directory has it first.
    [[nodiscard]] TiffEntry const* find(std::uint16_t tag) const noexcept;

    /// The i-th value of an entry as a number; nothing where it is text, not finite, or not there.
    [[nodiscard]] std::optional<double> number(TiffEntry const* entry, std::size_t i = 0) const;
    [[nodiscard]] std::optional<std::uint32_t> whole(TiffEntry const* entry,
                                                     std::size_t i = 0) const;
    /// The text of an ASCII entry up to its first zero byte; "" for anything else.
    [[nodiscard]] std::string text(TiffEntry const* entry) const;
    /// The values of an entry byte by byte, as they lie in the file.
    [[nodiscard]] std::span<std::byte const> bytes(TiffEntry const& entry) const;

private:
    [[nodiscard]] std::uint32_t read(std::size_t place, std::size_t count) const noexcept;
    [[nodiscard]] std::size_t add_directory(std::size_t place, TiffRole role);
    void add_below(std::size_t parent, TiffScope scope);

    std::span<std::byte const> bytes_;
    bool little_endian_ = true;
    std::vector<TiffDirectory> directories_;
};

} // namespace cmq::capture
