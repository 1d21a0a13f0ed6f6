// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Parts of a frame aligned each by itself: what the whole's transform leaves. Internal.

#pragma once

#include "detect/register_ecc.hpp"
#include "detect/register_frames.hpp"

#include <cstddef>
#include <vector>

namespace cmq::detect {

struct TileTrial {
    std::vector<RegistrationTile> tiles; ///< that could be aligned; row by row
    std::size_t tried = 0;               ///< that both frames show
    Shape reference;                     ///< cells
};

/// Shifts each tile from the whole's transform, up to 6 x 8 tiles of at least 48 pixels a side.
[[nodiscard]] TileTrial align_tiles(Grey const& reference,
                                    Grey const& moving,
                                    std::ptrdiff_t level,
                                    EccResult const& whole,
                                    unsigned threads);

/// Affine and homography only where they take away more of the tiles' displacements than chance does: F-tests with two
/// more numbers each, 1 %. From a trial under a similarity.
[[nodiscard]] TransformModel choose_model(TileTrial const& trial);

} // namespace cmq::detect
