// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera profile back from its file.

#pragma once

#include "capture/camera_profile.hpp"

#include <cstddef>
#include <filesystem>
#include <span>

namespace cmq::capture {

/// Reads a profile, which may come from the other side: its hash is checked, then the program
/// contremarque-profile-reader scans and reads the HDF5 under limits of time, memory and system calls, and every
/// number that it hands back is checked (docs/formats/profile.h5.md). Sets sha256.
///
/// \throws Error format       no camera profile, damaged, or numbers that no profile holds
/// \throws Error unsupported  of a later version; or with what a profile never uses
/// \throws Error integrity    the bytes are not those that were written
/// \throws Error limits       too long, or reading reached a limit
/// \throws Error io           the file can not be read, or the program not be started
[[nodiscard]] CameraProfile read_profile(std::filesystem::path const& path,
                                         std::filesystem::path const& reader);

/// The same from bytes in memory.
[[nodiscard]] CameraProfile to_profile_from_h5(std::span<std::byte const> bytes,
                                               std::filesystem::path const& reader);

} // namespace cmq::capture
