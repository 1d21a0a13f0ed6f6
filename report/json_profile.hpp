// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera profile as one JSON object.

#pragma once

#include "capture/camera_profile.hpp"

#include <string>
#include <string_view>

namespace cmq::report {

/// The text of one object for json_envelope: file, sha256, camera, setting, planes, maps, transfer, notes, sources.
/// A measured number is {value, sigma, low, high}; what is not known is null. Keys: docs/cli/calibrate.md.
[[nodiscard]] std::string json_profile(capture::CameraProfile const& profile,
                                       std::string_view file);

} // namespace cmq::report
