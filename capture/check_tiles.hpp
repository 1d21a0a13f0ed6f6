// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Forms of tiles that LibRaw 0.20.2 opens and reads wrongly.

#pragma once

#include "capture/tiff_tags.hpp"

#include <cstddef>
#include <span>

namespace cmq::capture {

/// The tiles of a mosaic lie inside the file; whether LibRaw reads them right is asked here.
/// \throws Error unsupported
///     uncompressed tiles, other than a single one of the picture's width: LibRaw takes the rows of the picture to lie
///     one after the other and ends with "Input/output error";
///     compressed tiles wider than the picture: LibRaw breaks their rows at the picture's edge, success reported;
///     lossless JPEG of n > 1 components where n tiles make the picture's width: LibRaw takes each JPEG row for n rows
///     of the tile (a form of some cameras), success reported.
/// Checked in: tests/capture/formats_test.cpp, where the tiles beside these come back bit by bit.
void check_tiles(std::span<std::byte const> bytes,
                 TiffFile const& file,
                 TiffDirectory const& directory);

} // namespace cmq::capture
