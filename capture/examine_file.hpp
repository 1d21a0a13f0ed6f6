// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A file of whatever kind: read as what it is, with its tags and its worth.

#pragma once

#include "capture/read_capture.hpp"
#include "capture/read_picture.hpp"
#include "capture/read_tags.hpp"
#include "capture/worth.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace cmq::capture {

struct ExamineSettings {
    ReadSettings reading;
    PictureSettings pictures;
    WorthSettings worth;
};

/// One of capture and picture is there.
struct Examination {
    std::optional<Capture> capture;
    std::optional<Picture> picture;
    Metadata metadata; ///< of either
    Tags tags;
    Worth worth;
};

/// A JPEG, PNG or linear DNG is read as a picture, anything else as a camera's RAW file; a TIFF that states neither a mosaic nor
/// DNG and that LibRaw does not take for one is read as a picture too.
/// \param name  stands for the path in messages
/// \throws Error  as to_capture, to_picture, read_tags
/// Cost: to_capture's, and 10 to 20 ms for the tags.
[[nodiscard]] Examination
examine_file(std::vector<std::byte> bytes, std::string_view name, ExamineSettings const& settings);

} // namespace cmq::capture
