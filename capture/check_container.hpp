// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Is this a camera file, and does all that it promises lie inside it? Asked before anything decodes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cmq::capture {

enum class Container : std::uint8_t { tiff, canon_crw, canon_cr3, fuji_raf, minolta_mrw };

/// Knows the file by its first bytes and follows its structure as far as the raw data's place and
/// length. LibRaw fills missing data with zeros and reports success, so this is asked independently.
///
/// Checked: TIFF (DNG, NEF, ARW, CR2, PEF, ORF, RW2, IIQ): directories, number, place and length of
/// the strips or tiles of the mosaic, length against width x height where uncompressed; CRW: the
/// directory at the end of the file and its records; CR3: the boxes tile the file; RAF and MRW: the
/// data block.
///
/// \throws Error format       empty, cut short, or promises that lie outside the file
/// \throws Error unsupported  a picture (JPEG, PNG), a sensor that is not Bayer (X3F), BigTIFF, uncompressed
///                            tiles, or a kind of file that is not known
[[nodiscard]] Container check_container(std::span<std::byte const> bytes);

} // namespace cmq::capture
