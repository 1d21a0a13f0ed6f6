// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What was taken off a capture before it was measured.

#pragma once

#include "capture/read_capture.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace cmq::report {

/// In JSON {profile, dark_frames, ambient_sha256}; profile {sha256, flat, dark_exposure_ratio} or null.
struct Applied {
    std::optional<capture::ProfileUse> profile;
    std::size_t dark_frames = 0; ///< whose mean was taken off, without a profile
    std::string ambient_sha256;  ///< "" where no light of the room was taken off
};

} // namespace cmq::report
