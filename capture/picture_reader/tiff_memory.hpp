// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// TIFF files in memory, for libtiff: shared by the picture reader program and by what writes DNG files.

#pragma once

#include <tiffio.h>

#include <cstddef>
#include <span>
#include <vector>

namespace cmq::capture {

/// What libtiff reads: `bytes`. What it writes: `written`, which then takes their place.
struct TiffMemory {
    std::span<std::byte const> bytes;
    std::vector<std::byte> written{};
    std::size_t place = 0;
    bool writing = false;
};

/// For reading, without libtiff's mapping of the file. nullptr where libtiff takes it for no TIFF.
/// \pre  `memory` outlives the handle
[[nodiscard]] TIFF* open_tiff_to_read(TiffMemory& memory);

/// For writing a little-endian file on every machine. nullptr where libtiff refuses.
/// \pre  `memory` outlives the handle
[[nodiscard]] TIFF* open_tiff_to_write(TiffMemory& memory);

} // namespace cmq::capture
