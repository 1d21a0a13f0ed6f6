// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From a scanned HDF5 file to a CameraProfile.

#pragma once

#include "capture/camera_profile.hpp"

#include <hdf5.h>

namespace cmq::capture {

/// Reads what is there; whether it makes sense is for check_profile.
/// \pre scan_h5 has passed
/// \throws Error format  a group, dataset or attribute is missing or of another type or size; a checksum fails
[[nodiscard]] CameraProfile load_profile(hid_t file);

} // namespace cmq::capture
