// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera profile as plain bytes, between the program that reads the file and the one that asked for it. Internal.

#pragma once

#include "capture/camera_profile.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cmq::capture {

/// Everything but the profile's own SHA-256.
[[nodiscard]] std::vector<std::byte> to_bytes(CameraProfile const& profile);

/// The inverse, for bytes that may be hostile; whether the numbers make sense is for check_profile.
/// \throws Error format  a length does not fit, or bytes are left over
[[nodiscard]] CameraProfile to_camera_profile(std::span<std::byte const> bytes);

/// Refuses what no profile of this program holds: numbers that are not finite, intervals without their value, a mosaic
/// without its four planes, maps of another size than the frame, unknown bits, texts with control characters.
/// \throws Error format
void check_profile(CameraProfile const& profile);

} // namespace cmq::capture
