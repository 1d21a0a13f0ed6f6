// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a camera file says that points to a person, a place or one camera.

#pragma once

#include "capture/read_tags.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace cmq::capture {

struct IdentifyingTag {
    std::string
        name; ///< as EXIF 2.32 and DNG 1.4 name it; of the place "GPS tag N" where they name none
    std::string value; ///< printable; "(N bytes)" of what is no text and no number
};

/// Whether the tags of such a file are found: files built as TIFF (DNG, NEF, CR2, ARW, ORF, PEF, RW2).
[[nodiscard]] bool has_readable_tags(std::span<std::byte const> bytes) noexcept;

/// Owner, artist, copyright, serial numbers of body and lens, unique ids, host computer, original file name,
/// comments, all of the GPS directory, and packets that may hold any of these (XMP, IPTC, maker notes), in the order
/// of the file. Nothing else in the program reads them; no output holds them unasked.
/// \pre has_readable_tags(bytes)
/// \throws Error format  as TiffFile
[[nodiscard]] std::vector<IdentifyingTag> read_identifying(std::span<std::byte const> bytes);

/// The same of all that Exiv2 found, whatever the kind of file, maker notes, XMP and IPTC included.
/// \param only_notes  without the standard directories, which read_identifying gives for files built as TIFF
[[nodiscard]] std::vector<IdentifyingTag> identifying_of(Tags const& tags, bool only_notes);

} // namespace cmq::capture
