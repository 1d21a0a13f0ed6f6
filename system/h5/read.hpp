// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a scanned HDF5 file holds, piece by piece. Each throws Error format where it is missing or of another type,
/// without the file's name.

#pragma once

#include "core/error.hpp"
#include "system/h5/handle.hpp"

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cmq {

[[nodiscard]] H5Handle open_dataset(hid_t parent, std::string const& name);
[[nodiscard]] H5Handle open_group(hid_t parent, std::string const& name);

[[nodiscard]] std::string text_attribute(hid_t object, char const* name);
[[nodiscard]] std::int64_t whole_attribute(hid_t object, char const* name);
[[nodiscard]] double number_attribute(hid_t object, char const* name);

/// Sizes of a dataset of so many dimensions.
[[nodiscard]] std::vector<hsize_t> extent_of(hid_t dataset, int rank);

/// All of a dataset of `count` values stored as that type.
[[nodiscard]] std::vector<std::uint8_t> read_bytes(hid_t dataset, std::size_t count);
[[nodiscard]] std::vector<float> read_floats(hid_t dataset, std::size_t count);
[[nodiscard]] std::vector<double> read_numbers(hid_t dataset, std::size_t count);
[[nodiscard]] std::vector<std::int64_t> read_wholes(hid_t dataset, std::size_t count);
[[nodiscard]] std::vector<std::string> read_texts(hid_t dataset, std::size_t count);

} // namespace cmq
