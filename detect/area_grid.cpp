// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/area_grid.hpp"

#include "detect/segments.hpp"

#include <algorithm>

namespace cmq::detect {
namespace {

using Box = std::array<std::ptrdiff_t, 4>; // first x, first y, last x, last y

constexpr std::ptrdiff_t least_margin = 6;   // blocks
constexpr std::ptrdiff_t most_blocks = 1600; // pairs of them are counted
constexpr std::ptrdiff_t around_trace =
    6; // photosites: the aperture of a trace exceeds it by as many

Box box_of(FoundArea const& area, std::size_t member) {
    auto const k = static_cast<std::ptrdiff_t>(member);
    std::ptrdiff_t const x = k % area.shape.width * area.side;
    std::ptrdiff_t const y = k / area.shape.width * area.side;
    return {x, y, x + area.side - 1, y + area.side - 1};
}

Box box_of(FoundArea const& area) {
    Box all = box_of(area, area.members.front());
    for (std::size_t const member : area.members) {
        Box const one = box_of(area, member);
        all = {std::min(all[0], one[0]),
               std::min(all[1], one[1]),
               std::max(all[2], one[2]),
               std::max(all[3], one[3])};
    }
    return all;
}

// The window's first and last block each way.
void place(Box const& box, Shape frame, std::ptrdiff_t side, AreaGrid& grid) {
    std::ptrdiff_t const wide = std::max(box[2] - box[0], box[3] - box[1]) + 1;
    std::ptrdiff_t const margin = std::max(least_margin * side, wide);
    auto const range = [&](std::ptrdiff_t first, std::ptrdiff_t last, std::ptrdiff_t size) {
        std::ptrdiff_t const from = std::max<std::ptrdiff_t>(0, first - margin) / side;
        std::ptrdiff_t const to = std::min(size / side, (last + margin) / side + 1);
        return std::array{from, std::max(to, from + 1)};
    };
    auto const rows = range(box[1], box[3], frame.height);
    auto const columns = range(box[0], box[2], frame.width);
    grid.side = side;
    grid.top = rows[0] * side;
    grid.left = columns[0] * side;
    grid.shape = {rows[1] - rows[0], columns[1] - columns[0]};
}

// Calls visit(i) for the blocks of the window that share a photosite with the box.
template <class Visit>
void for_blocks(AreaGrid const& grid, Box const& box, Visit visit) {
    auto const first = [&](std::ptrdiff_t at, std::ptrdiff_t origin) {
        return std::max<std::ptrdiff_t>(0, at - origin) / grid.side;
    };
    if (box[2] < grid.left || box[3] < grid.top) {
        return;
    }
    std::ptrdiff_t const last_y = std::min(grid.shape.height - 1, (box[3] - grid.top) / grid.side);
    std::ptrdiff_t const last_x = std::min(grid.shape.width - 1, (box[2] - grid.left) / grid.side);
    for (std::ptrdiff_t y = first(box[1], grid.top); y <= last_y; ++y) {
        for (std::ptrdiff_t x = first(box[0], grid.left); x <= last_x; ++x) {
            visit(static_cast<std::size_t>(y * grid.shape.width + x));
        }
    }
}

// Free blocks next to one of that role take another.
void grow(AreaGrid& grid, BlockRole from, BlockRole to) {
    std::vector<BlockRole> const before = grid.role;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i] == from) {
            for_neighbours(grid.shape, i, [&](std::size_t next) {
                if (grid.role[next] != from) {
                    grid.role[next] = to;
                }
            });
        }
    }
}

} // namespace

Box AreaGrid::box(std::size_t i) const {
    auto const k = static_cast<std::ptrdiff_t>(i);
    std::ptrdiff_t const x = left + k % shape.width * side;
    std::ptrdiff_t const y = top + k / shape.width * side;
    return {x, y, x + side - 1, y + side - 1};
}

AreaGrid make_area_grid(Shape frame,
                        std::span<FoundArea const> all,
                        std::size_t which,
                        std::span<Trace const> traces) {
    FoundArea const& area = all[which];
    AreaGrid grid;
    std::ptrdiff_t side = area.side;
    place(box_of(area), frame, side, grid);
    while (grid.shape.area() > most_blocks) {
        side *= 2;
        place(box_of(area), frame, side, grid);
    }
    grid.role.assign(static_cast<std::size_t>(grid.shape.area()), BlockRole::free);
    for (Trace const& trace : traces) {
        Box const box{trace.box[0] - around_trace,
                      trace.box[1] - around_trace,
                      trace.box[2] + around_trace,
                      trace.box[3] + around_trace};
        for_blocks(grid, box, [&](std::size_t i) { grid.role[i] = BlockRole::other; });
    }
    for (FoundArea const& one : all) {
        for (std::size_t const member : one.members) {
            Box const box = box_of(one, member);
            for_blocks(grid,
                       {box[0] - side, box[1] - side, box[2] + side, box[3] + side},
                       [&](std::size_t i) { grid.role[i] = BlockRole::other; });
        }
    }
    for (std::size_t const member : area.members) {
        for_blocks(
            grid, box_of(area, member), [&](std::size_t i) { grid.role[i] = BlockRole::aperture; });
    }
    // The border of the area lies in blocks that do not stand out half as far; beyond them light of it may still lie.
    grow(grid, BlockRole::aperture, BlockRole::aperture);
    grow(grid, BlockRole::aperture, BlockRole::other);
    return grid;
}

} // namespace cmq::detect
