// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Connected cells above a threshold. Internal.

#pragma once

#include "detect/cells.hpp"

#include <cstdint>
#include <vector>

namespace cmq::detect {

/// Cells that hang together (8 neighbours), all at or above the lower threshold or saturated, one of
/// them at or above the upper one.
struct Segment {
    std::vector<std::size_t> cells; ///< in ascending order
    std::size_t peak = 0;           ///< the cell of the largest significance
    float significance = 0.0F;
};

/// Segments in the order of their first cell, row by row. map: significance, larger = clearer.
[[nodiscard]] std::vector<Segment>
find_segments(Cells const& cells, std::vector<float> const& map, float low, float high);

/// Grows all segments at once by `steps` cells (8 neighbours), each cell going to the segment that
/// reaches it first (on a tie, to the earlier one). A label a cell: 0 = none, else index + 1.
[[nodiscard]] std::vector<std::int32_t>
grow_segments(Cells const& cells, std::vector<Segment> const& segments, int steps);

} // namespace cmq::detect
