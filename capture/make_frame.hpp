// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From a raw plane and its levels to a frame.

#pragma once

#include "capture/measure_levels.hpp"
#include "core/frame.hpp"

#include <cstdint>

namespace cmq::capture {

/// What is subtracted and where a plane saturates.
struct Levels {
    PerPlane<double> black_dn{};
    PerPlane<double> black_dn_sigma{};
    PerPlane<std::uint32_t> saturation{}; ///< raw value, black included
};

/// value, the bit saturated, black and saturation level; variance is left 0 and the noise model empty.
/// \param cfa  of the raw area's top left corner
[[nodiscard]] Frame make_frame(ImageView<std::uint16_t const> raw,
                               Area const& visible,
                               Cfa const& cfa,
                               Levels const& levels,
                               unsigned threads);

/// Fills variance from frame.noise, and sets no_data where a raw 0 lies more than 8 standard deviations of
/// read noise below black. Returns how many such photosites there are.
std::size_t fill_variance(Frame& frame, unsigned threads);

/// The cell that a raw area starts with, given the visible area's and its margins.
[[nodiscard]] Cfa shift_cfa(Cfa const& visible, std::ptrdiff_t top, std::ptrdiff_t left);

} // namespace cmq::capture
