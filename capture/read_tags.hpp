// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// All tags of a picture or camera file (Exif, maker notes, XMP, IPTC), and a coarse look at its preview.

#pragma once

#include "core/image_view.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {

struct PictureSettings {
    std::filesystem::path reader; ///< the program contremarque-picture-reader
    std::uintmax_t max_file_bytes = std::uintmax_t{1} << 30U;
    std::uint32_t max_pixels = 200'000'000;
};

/// One tag as Exiv2 0.27 names it, its value as numbers or text; printable.
struct Tag {
    std::string key;   ///< "Exif.Photo.ExposureMode"
    std::string value; ///< at most 256 bytes of it; "" where it is a block of data
};

/// Why there are tags, or none.
enum class TagsState : std::uint8_t {
    read,
    not_known, ///< no kind of file whose tags Exiv2 finds
    damaged,   ///< Exiv2 gave up, or was ended by a limit
};

/// The greatest JPEG picture that the file holds beside its main one, as mean luminances.
struct Preview {
    Shape shape; ///< of the preview, pixels
    std::vector<float>
        means; ///< preview_side x preview_side cells (picture_reader/answer.hpp), 0 to 255
};

/// What the tags say; claims of whoever wrote the file. May name persons and places: what is printed of it is chosen
/// tag by tag.
struct Tags {
    TagsState state = TagsState::read;
    std::vector<Tag> all;        ///< in the order of the file: Exif, XMP, IPTC
    std::size_t left_out = 0;    ///< beyond 8192 tags or 2 MB
    std::size_t maker_notes = 0; ///< tags of a maker note that Exiv2 knows
    std::size_t previews = 0;
    std::optional<Preview> preview; ///< nothing where there is none that can be decoded
    std::string library;            ///< "Exiv2 0.27.6"

    [[nodiscard]] Tag const* find(std::string_view key) const noexcept;
    /// Its text; nothing where the tag is not there or empty.
    [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
    /// The first number of its value, "3/2" being 1.5.
    [[nodiscard]] std::optional<double> number(std::string_view key) const;
    [[nodiscard]] bool has_group(std::string_view prefix) const noexcept;
};

/// Runs Exiv2 in a program of its own, with limits (3 s of processor time below 1 MB, else 10 s and 1 s for each
/// 10 MB; memory). What it answers is checked as if it came from the other side. Broken tags are a state, not an
/// error: they take nothing from the photosites.
/// \throws Error io           the program cannot be started
/// \throws Error unsupported  the machine has no filter of system calls
[[nodiscard]] Tags read_tags(std::span<std::byte const> bytes, PictureSettings const& settings);

} // namespace cmq::capture
