// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The photosites around a segment of one plane, and whose they are. Internal.

#pragma once

#include "detect/plane_photometry.hpp"

#include <cstdint>
#include <vector>

namespace cmq::detect {

/// Photosites beyond the box of a segment that its window holds.
inline constexpr std::ptrdiff_t plane_window_margin = 6;

struct PlaneWindow {
    Span rows;
    Span columns;
    std::vector<std::uint8_t> owner; ///< 0 none, 1 this segment, grown by the margin, 2 another
    std::int64_t area = 0;           ///< photosites of this segment, before it is grown
    bool alone = true;               ///< no other segment is near
    std::vector<float> residual;     ///< not a number where there is no value

    [[nodiscard]] std::size_t at(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return static_cast<std::size_t>((y - rows.first) * (columns.last - columns.first) + x -
                                        columns.first);
    }

    [[nodiscard]] bool holds(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return y >= rows.first && y < rows.last && x >= columns.first && x < columns.last;
    }
};

/// \param neighbours  as measure_plane_trace has them
[[nodiscard]] PlaneWindow make_plane_window(PlaneScene const& scene,
                                            std::size_t index,
                                            std::vector<std::size_t> const& neighbours);

/// One step: each free photosite goes to the segment that reaches it first, on a tie to the other one.
/// \param corners  eight neighbours, else four
void grow(PlaneWindow& window, bool corners);

} // namespace cmq::detect
