// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Neighbours of saturated photosites.

#pragma once

#include "core/frame.hpp"

#include <cstddef>

namespace cmq::capture {

/// Marks the eight neighbours of every saturated photosite that is not marked hot: charge beyond full well runs over
/// into them, and the amplifier of a row needs a photosite or two to recover, so their values are no measurement.
/// A hot photosite saturates alone and by itself, and spoils nothing around it.
///
/// \param frame  shape and mask; the bit blooming is added to photosites that are not saturated themselves
/// \return       how many photosites without any other bit were marked
/// Cost: one pass over the mask; more only where something is saturated.
/// Limits: long trails of old CCD sensors reach further than one photosite.
[[nodiscard]] std::size_t mark_blooming(Frame& frame, unsigned threads);

} // namespace cmq::capture
