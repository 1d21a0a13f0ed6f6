// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/segments.hpp"

#include "detect/cell_loops.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

// Significances with one sign.
struct Signed {
    std::vector<float> const& map;
    Side side;

    [[nodiscard]] float at(std::size_t cell) const {
        return side == Side::brighter ? map[cell]
               : side == Side::darker ? -map[cell]
                                      : std::abs(map[cell]);
    }
};

// Calls visit(cell) for cells of stretches where a value reaches `least`, whatever its sign: they are few.
template <class Visit>
void for_reaching(std::vector<float> const& map, float least, Visit visit) {
    constexpr std::size_t stretch = 512;
    for (std::size_t first = 0; first < map.size(); first += stretch) {
        std::size_t const count = std::min(stretch, map.size() - first);
        if (cell_loops().any_beyond(map.data() + first, count, least)) {
            for (std::size_t cell = first; cell < first + count; ++cell) {
                visit(cell);
            }
        }
    }
}

void set_peak(Cells const& cells, Signed const& values, Segment& segment) {
    for (std::size_t const cell : segment.cells) {
        if (values.at(cell) > segment.significance) {
            segment.significance = values.at(cell);
            segment.peak = cell;
        }
    }
    segment.tested = segment.significance;
    segment.level = static_cast<unsigned>(cells.flags[segment.peak]) >> scale_shift;
}

} // namespace

std::vector<Segment>
find_segments(Cells const& cells, std::vector<float> const& map, Side side, float low, float high) {
    Signed const values{map, side};
    std::vector<Segment> segments;
    std::vector<bool> seen(map.size(), false);
    std::vector<std::size_t> open;
    auto const joins = [&](std::size_t cell) {
        return values.at(cell) >= low || (cells.flags[cell] & saturated_bit) != 0;
    };
    for_reaching(map, high, [&](std::size_t start) {
        if (values.at(start) < high || seen[start]) {
            return;
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
        set_peak(cells, values, segment);
        segments.push_back(std::move(segment));
    });
    std::sort(segments.begin(), segments.end(), [](Segment const& a, Segment const& b) {
        return a.cells.front() < b.cells.front();
    });
    return segments;
}

std::vector<std::size_t>
mark_segments(std::vector<Segment> const& segments, int steps, Cells& cells) {
    std::vector<std::size_t> marked;
    for (Segment const& segment : segments) {
        for (std::size_t const cell : segment.cells) {
            cells.flags[cell] |= source_bit;
            marked.push_back(cell);
        }
    }
    std::size_t first = 0; // of the last step
    for (int step = 0; step < steps; ++step) {
        std::size_t const last = marked.size();
        for (; first < last; ++first) {
            for_neighbours(cells.shape, marked[first], [&](std::size_t neighbour) {
                if ((cells.flags[neighbour] & source_bit) == 0) {
                    cells.flags[neighbour] |= source_bit;
                    marked.push_back(neighbour);
                }
            });
        }
    }
    return marked;
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
