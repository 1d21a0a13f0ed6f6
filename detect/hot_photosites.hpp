// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Single photosites that stand out alone. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/cells.hpp"

#include <cstdint>
#include <vector>

namespace cmq::detect {

struct HotPhotosite {
    std::size_t cell = 0;
    std::size_t plane = 0;
};

/// Adds the photosites of a row of blocks that are far above the background, or below it: dead ones, and in a turned
/// frame (darker.hpp) hot ones.
/// \param chosen  blocks to look in, one byte each; nullptr: everywhere
void find_hot_candidates(Background const& background,
                         Cells const& cells,
                         std::ptrdiff_t block_row,
                         std::vector<std::uint8_t> const* chosen,
                         std::vector<HotPhotosite>& found);

/// Takes out (flag and residual) those candidates whose eight neighbours, which belong to the other planes and to the
/// same light, hardly move, and none of whose neighbours in its own plane reaches half its height: a lens never makes
/// such a point. Where they stood behind the level of their block, it becomes unsettled.
/// \param candidates  by row of blocks
/// \return what was taken out
[[nodiscard]] std::vector<HotPhotosite>
mask_hot_photosites(Frame const& frame,
                    std::vector<std::vector<HotPhotosite>> const& candidates,
                    Background& background,
                    Cells& cells);

/// Takes photosites out.
void mask_photosites(Frame const& frame,
                     std::vector<HotPhotosite> const& photosites,
                     Background& background,
                     Cells& cells);

} // namespace cmq::detect
