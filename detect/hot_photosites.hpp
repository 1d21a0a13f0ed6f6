// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Single photosites that stand out alone. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/cells.hpp"

#include <cstdint>

namespace cmq::detect {

/// Takes out (flag and residual) photosites far above the background whose eight neighbours, which
/// belong to the other planes and to the same light, hardly rise, and none of whose neighbours in its
/// own plane reaches half its height: a lens never makes such a point. Their blocks become unsettled.
/// \param chosen  blocks to look in, one byte each; nullptr: everywhere
/// \return how many, per plane
PerPlane<std::int64_t> mask_hot_photosites(Frame const& frame,
                                           std::vector<std::uint8_t> const* chosen,
                                           unsigned threads,
                                           Background& background,
                                           Cells& cells);

} // namespace cmq::detect
