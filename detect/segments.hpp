// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Connected cells above a threshold. Internal.

#pragma once

#include "detect/cells.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace cmq::detect {

/// Cells that hang together (8 neighbours), all at or above the lower threshold or saturated, one of
/// them at or above the upper one.
struct Segment {
    std::vector<std::size_t> cells; ///< in ascending order
    std::size_t peak = 0;           ///< the cell of the largest significance
    float significance = 0.0F;      ///< the largest in it
    float tested = 0.0F; ///< what the promise speaks of; that of the lattice on which it was found
    std::size_t level = 0;   ///< of the filter that answered most
    std::int64_t parent = 0; ///< pieces of one segment share a number above 0
};

/// Calls visit(neighbour) for the up to 8 neighbours of an entry of a picture, row by row.
template <class Visit>
void for_neighbours(Shape shape, std::size_t entry, Visit visit) {
    auto const y = static_cast<std::ptrdiff_t>(entry) / shape.width;
    auto const x = static_cast<std::ptrdiff_t>(entry) % shape.width;
    for (std::ptrdiff_t ny = std::max<std::ptrdiff_t>(0, y - 1); ny < std::min(shape.height, y + 2);
         ++ny) {
        for (std::ptrdiff_t nx = std::max<std::ptrdiff_t>(0, x - 1);
             nx < std::min(shape.width, x + 2);
             ++nx) {
            if (ny != y || nx != x) {
                visit(static_cast<std::size_t>(ny * shape.width + nx));
            }
        }
    }
}

/// Which sign of a significance counts.
enum class Side : std::uint8_t { brighter, darker, either };

/// Segments in the order of their first cell, row by row; their significance is above 0 on either side.
/// map: significance, larger = clearer, below 0 where darker than the background.
[[nodiscard]] std::vector<Segment>
find_segments(Cells const& cells, std::vector<float> const& map, Side side, float low, float high);

/// Sets source_bit in the segments' cells and in those up to `steps` cells away.
/// \return the cells of both; those of segments that share cells more than once
std::vector<std::size_t>
mark_segments(std::vector<Segment> const& segments, int steps, Cells& cells);

/// Grows all segments at once by `steps` cells (8 neighbours), each cell going to the segment that
/// reaches it first (on a tie, to the earlier one). A label a cell: 0 = none, else index + 1.
[[nodiscard]] std::vector<std::int32_t>
grow_segments(Cells const& cells, std::vector<Segment> const& segments, int steps);

} // namespace cmq::detect
