// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From a scanned HDF5 file to a KeptCase.

#pragma once

#include "casefile/kept/kept_case.hpp"

#include <hdf5.h>

namespace cmq::casefile {

/// \pre scan(file) has passed
/// \throws Error format  a group, dataset or attribute is missing or of another type; a checksum fails
[[nodiscard]] KeptCase load(hid_t file);

} // namespace cmq::casefile
