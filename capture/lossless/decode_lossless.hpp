// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Lossless JPEG, as DNG files hold their strips and tiles; libjpeg reads other processes only.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cmq::capture {

enum class LosslessEnd : std::uint8_t {
    done,
    damaged,
    other_form, ///< another process, restart intervals, subsampling, a point transform
};

/// What the file says of the block that the stream must be.
struct LosslessForm {
    std::size_t row_samples; ///< pixels of a row times samples of a pixel
    unsigned bits;           ///< at most so many in the stream
};

/// ITU-T T.81 process 14 (lossless, sequential, Huffman), predictors 1 to 7, one scan of 1 to 4 components in turn,
/// whose number times the stream's width must be row_samples; its rows must be those that `samples` has room for.
/// Every read is inside the stream. Cost: 3.5 ns a sample with predictor 1 (docs/studies/detect_speed.md).
[[nodiscard]] LosslessEnd decode_lossless(std::span<unsigned char const> stream,
                                          LosslessForm form,
                                          std::span<std::uint16_t> samples);

} // namespace cmq::capture
