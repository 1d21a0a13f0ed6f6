// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A picture of up to 16 bits as a lossless JPEG stream, as DNG files hold it.

#pragma once

#include "core/image_view.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cmq::capture {

/// Compresses without loss: ITU-T T.81 process 14 (lossless, sequential, Huffman), predictor 1.
///
/// A picture of even width becomes two components of half the width, column by column in turn, so that
/// a photosite of a Bayer mosaic is predicted from the nearest one of its own colour at its left; the
/// first of a row from the one above it, which in a mosaic has another colour. An odd width becomes one
/// component. Each component has the Huffman table that is shortest for it (T.81 annex K.2: codes of at
/// most 16 bits, none of ones alone). No restart intervals. Same picture, same bytes.
///
/// \param image      rows 1 to 65535; width 1 to 65535 if odd, to 131070 if even
/// \param precision  bits of a value, 2 to 16 (DNG files: 8 to 16)
/// \return           the stream from SOI to EOI
///
/// \throws Error shape   a side out of the range above
/// \throws Error domain  the precision out of its range, or a value of more bits than it
///
/// Cost: two passes over the picture, one thread; rates in benchmarks/capture.
/// Source: ITU-T T.81 (09/92), section 10 and annexes C, F.1.2, H, K.2; DNG 1.4.0.0, "Compression".
[[nodiscard]] std::vector<std::byte> to_lossless_jpeg(ImageView<std::uint16_t const> image,
                                                      int precision);

} // namespace cmq::capture
