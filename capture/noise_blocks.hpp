// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Variance of the finest detail in small blocks of a plane. Internal.

#pragma once

#include "core/frame.hpp"

#include <vector>

namespace cmq::capture {

/// 8 x 8 photosites of one plane, split by a discrete cosine transform (orthonormal, so the coefficients
/// of white noise are independent and have its variance).
struct NoiseBlock {
    float signal; ///< mean, DN
    float
        structure; ///< mean square of the coefficients that do not count as the finest, but the mean's
    float
        variance; ///< mean square of the finest coefficients: periods up to 3.2 photosites of the plane
                  ///< along both axes
};

inline constexpr double noise_block_dof = 9.0; ///< coefficients behind NoiseBlock::variance

/// Blocks without masked photosites or a raw 0, row by row.
[[nodiscard]] std::vector<NoiseBlock>
measure_noise_blocks(Frame const& frame, Plane plane, unsigned threads);

} // namespace cmq::capture
