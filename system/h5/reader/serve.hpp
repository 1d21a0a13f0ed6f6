// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The whole of a program that reads one kind of HDF5 file.

#pragma once

#include "core/sentence.hpp"
#include "system/h5/scan.hpp"

#include <hdf5.h>

#include <cstddef>
#include <functional>
#include <vector>

namespace cmq {

/// Enters the sandbox, then scans the file behind descriptor 3 and writes an H5Answer with what `read` makes of it to
/// descriptor 4. Started by run_limited_child, which sets the limits. Ends the program without destructors of HDF5:
/// nothing that a hostile file set up runs afterwards.
[[noreturn]] void serve_h5(H5Kind const& kind,
                           std::function<std::vector<std::byte>(hid_t)> const& read);

} // namespace cmq
