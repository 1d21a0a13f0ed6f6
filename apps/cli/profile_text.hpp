// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera profile as text for a terminal.

#pragma once

#include "apps/cli/speaker.hpp"
#include "capture/camera_profile.hpp"

#include <string>

namespace cmq::cli {

/// Lines of at most 80 columns but for the file's name.
[[nodiscard]] std::string
profile_text(Speaker const& say, capture::CameraProfile const& profile, std::string const& file);

} // namespace cmq::cli
