// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera profile as an HDF5 file. Layout: docs/formats/profile.h5.md.

#pragma once

#include "capture/camera_profile.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace cmq::capture {

/// The bytes of the file; equal profiles give equal bytes. profile.sha256 is not in it.
/// Cost: about 20 MB of maps a second.
/// \throws Error format  as check_profile: what could not be read back is not written
[[nodiscard]] std::vector<std::byte> to_profile_h5(CameraProfile const& profile);

/// Writes the file whole or not at all and returns its SHA-256.
/// \throws Error as to_profile_h5; io as cmq::write_file
std::string write_profile(std::filesystem::path const& path, CameraProfile const& profile);

} // namespace cmq::capture
