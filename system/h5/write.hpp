// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// HDF5 files of which equal contents give equal bytes: no times, checksums everywhere.

#pragma once

#include "system/h5/handle.hpp"
#include "system/h5/kind.hpp"

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace cmq {

/// The bytes of a whole file: a user block of that kind, then HDF5 1.10 with what `fill` puts into it.
[[nodiscard]] std::vector<std::byte> to_h5(H5Kind const& kind,
                                           std::function<void(hid_t)> const& fill);

[[nodiscard]] H5Handle make_group(hid_t parent, std::string const& name);

void write_attribute(hid_t object, char const* name, std::string const& text);
void write_attribute(hid_t object, char const* name, std::int64_t value);
void write_attribute(hid_t object, char const* name, double value);

/// In chunks of whole rows, with shuffle, deflate and fletcher32. \pre 1 to 3 dimensions, those after the first not 0
H5Handle write_dataset(hid_t parent,
                       std::string const& name,
                       hid_t file_type,
                       hid_t memory_type,
                       std::span<hsize_t const> extent,
                       void const* data);

H5Handle write_cells(hid_t parent, std::string const& name, std::vector<double> const& cells);
H5Handle write_cells(hid_t parent, std::string const& name, std::vector<std::int64_t> const& cells);

/// All of one length, filled up with zero bytes. \pre no text holds one
H5Handle write_cells(hid_t parent, std::string const& name, std::vector<std::string> const& cells);

} // namespace cmq
