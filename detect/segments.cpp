// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/segments.hpp"

#include <algorithm>

namespace cmq::detect {
namespace {

// Calls visit(neighbour) for the up to 8 neighbours of a cell.
template <class Visit>
void for_neighbours(Shape shape, std::size_t cell, Visit visit) {
    auto const y = static_cast<std::ptrdiff_t>(cell) / shape.width;
    auto const x = static_cast<std::ptrdiff_t>(cell) % shape.width;
    for (std::ptrdiff_t ny = std::max<std::ptrdiff_t>(0, y - 1); ny < std::min(shape.height, y + 2);
         ++ny) {
        for (std::ptrdiff_t nx = std::max<std::ptrdiff_t>(0, x - 1);
             nx < std::min(shape.width, x + 2);
             ++nx) {
            visit(static_cast<std::size_t>(ny * shape.width + nx));
        }
    }
}

} // namespace

std::vector<Segment>
find_segments(Cells const& cells, std::vector<float> const& map, float low, float high) {
    std::vector<Segment> segments;
    std::vector<bool> seen(map.size(), false);
    std::vector<std::size_t> open;
    auto const joins = [&](std::size_t cell) {
        return map[cell] >= low || (cells.flags[cell] & saturated_bit) != 0;
    };
    for (std::size_t start = 0; start < map.size(); ++start) {
        if (map[start] < high || seen[start]) {
            continue;
        }
        Segment segment;
        open.assign(1, start);
        seen[start] = true;
        while (!open.empty()) {
            std::size_t const cell = open.back();
            open.pop_back();
            segment.cells.push_back(cell);
            for_neighbours(cells.shape, cell, [&](std::size_t next) {
                if (!seen[next] && joins(next)) {
                    seen[next] = true;
                    open.push_back(next);
                }
            });
        }
        std::sort(segment.cells.begin(), segment.cells.end());
        for (std::size_t const cell : segment.cells) {
            if (map[cell] > segment.significance) {
                segment.significance = map[cell];
                segment.peak = cell;
            }
        }
        segments.push_back(std::move(segment));
    }
    std::sort(segments.begin(), segments.end(), [](Segment const& a, Segment const& b) {
        return a.cells.front() < b.cells.front();
    });
    return segments;
}

std::vector<std::int32_t>
grow_segments(Cells const& cells, std::vector<Segment> const& segments, int steps) {
    std::vector<std::int32_t> label(cells.flags.size(), 0);
    std::vector<std::size_t> front;
    for (std::size_t s = 0; s < segments.size(); ++s) {
        for (std::size_t const cell : segments[s].cells) {
            label[cell] = static_cast<std::int32_t>(s) + 1;
            front.push_back(cell);
        }
    }
    std::vector<std::size_t> next;
    for (int step = 0; step < steps; ++step) {
        next.clear();
        for (std::size_t const cell : front) {
            for_neighbours(cells.shape, cell, [&](std::size_t neighbour) {
                if (label[neighbour] == 0) {
                    label[neighbour] = label[cell];
                    next.push_back(neighbour);
                }
            });
        }
        std::swap(front, next);
    }
    return label;
}

} // namespace cmq::detect
