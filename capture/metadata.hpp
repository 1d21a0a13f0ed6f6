// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the tags of a file say, made safe to print.

#pragma once

#include "capture/decoder/answer.hpp"
#include "capture/read_capture.hpp"
#include "capture/read_tags.hpp"
#include "capture/tiff_tags.hpp"

#include <string>
#include <string_view>

namespace cmq::capture {

/// Valid UTF-8 without control characters, outer spaces cut off; every other byte becomes '?'.
[[nodiscard]] std::string to_printable(std::string_view text);

/// "2018-01-01T13:03:32" from seconds since 1970; "" for 0 and for years outside 1970 to 9999.
[[nodiscard]] std::string to_timestamp(std::int64_t seconds);

/// The file's own tags where it is a TIFF (`file` not null), else what the decoder read.
[[nodiscard]] Metadata to_metadata(Answer const& answer, TiffFile const* file);

/// Of a picture file, from what Exiv2 found.
[[nodiscard]] Metadata to_metadata(Tags const& tags);

} // namespace cmq::capture
