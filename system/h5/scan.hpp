// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Looks at every object of a foreign HDF5 file before any of its data is read.

#pragma once

#include "system/h5/kind.hpp"

#include <hdf5.h>

namespace cmq {

/// Refuses what a file of this program never holds and what can reach outside it or outgrow memory: links that are
/// not plain, named types, external and virtual storage, filters other than deflate, shuffle and
/// fletcher32, data without checksums or without storage behind it, texts of variable length, more
/// objects, levels, attributes or bytes than such a file has.
///
/// \throws Error unsupported  one of these
/// \throws Error format       HDF5 cannot follow the structure
void scan_h5(hid_t file, H5Kind const& kind);

} // namespace cmq
