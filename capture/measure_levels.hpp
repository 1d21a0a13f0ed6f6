// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Black and saturation of a raw plane, measured per Bayer plane.

#pragma once

#include "core/frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cmq::capture {

/// Rows [top, bottom) and columns [left, right) of the raw area.
struct Area {
    std::ptrdiff_t top = 0;
    std::ptrdiff_t left = 0;
    std::ptrdiff_t bottom = 0;
    std::ptrdiff_t right = 0;

    [[nodiscard]] Shape shape() const noexcept { return {bottom - top, right - left}; }
};

struct MeasuredBlack {
    PerPlane<double> mean_dn{};
    PerPlane<double> sigma_dn{}; ///< standard uncertainty of the mean, row banding included
    PerPlane<double> sd_dn{};    ///< spread of single photosites
    PerPlane<std::size_t> photosites{};
};

/// Mean of photosites that no light reaches, per plane.
///
/// Photosites more than 6 standard deviations (by the median absolute deviation) from the plane's median are left
/// out: hot photosites sit in the masked border too. The uncertainty is the spread of the row means
/// over the square root of their number, for rows share an offset (banding).
///
/// \param cfa      of the raw area's top left corner
/// \param masked   areas, cut to the raw area where they reach beyond it; overlaps are counted twice
[[nodiscard]] MeasuredBlack
measure_black(ImageView<std::uint16_t const> raw, Cfa const& cfa, std::span<Area const> masked);

/// Raw values per plane of the visible area: how often each occurs.
using Histogram = std::vector<std::uint32_t>; ///< 65536 counts

[[nodiscard]] PerPlane<Histogram> count_values(ImageView<std::uint16_t const> raw,
                                               Area const& visible,
                                               Cfa const& cfa,
                                               unsigned threads);

/// The raw value from which on a plane counts as saturated; at most the white level.
///
/// Below the white level in two cases. One value: the greatest one that occurs is over half the white level, and occurs
/// at least 20 times and 4 times as often as the next eight below it on average (a digital clip).
/// A heap: values reach 85 % of white, the picture's median lies below half of that, and in bins of 1/256 of white the top
/// tenth holds a bin of at least 50 counts and 8 times the median bin from 60 to 90 % (the analogue
/// full well, blurred by read noise); the level is then the foot of the heap. A large, evenly bright patch above
/// 85 % of white is taken for a heap too: it errs towards not measuring.
[[nodiscard]] std::uint32_t find_saturation(std::span<std::uint32_t const> histogram,
                                            std::uint32_t white_level);

} // namespace cmq::capture
