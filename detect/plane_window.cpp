// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_window.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace cmq::detect {
namespace {

// How far the aperture reaches to the sides of a photosite so many rows away: round enough.
constexpr std::array<std::ptrdiff_t, plane_aperture_margin + 1> aperture_reach{3, 3, 2, 1};

void paint_row(std::ptrdiff_t y, Span columns, std::uint8_t owner, PlaneWindow& out) {
    std::ptrdiff_t const first = std::max(out.columns.first, columns.first);
    std::ptrdiff_t const last = std::min(out.columns.last, columns.last);
    if (y >= out.rows.first && y < out.rows.last && first < last) {
        std::fill_n(out.owner.data() + out.at(y, first), last - first, owner);
    }
}

void paint(PlaneScene const& scene,
           PlaneSegment const& segment,
           std::uint8_t owner,
           PlaneWindow& out) {
    for (std::size_t const p : segment.parts) {
        PlanePart const& part = scene.parts[p];
        std::ptrdiff_t const end_y = part.y + static_cast<std::ptrdiff_t>(part.scale) + 1;
        for (std::ptrdiff_t y = part.y; y < end_y; ++y) {
            paint_row(y, {part.x, part.end_x}, owner, out);
        }
    }
}

// The aperture of a segment that no other is near.
void paint_aperture(PlaneScene const& scene, PlaneSegment const& segment, PlaneWindow& out) {
    for (std::size_t const p : segment.parts) {
        PlanePart const& part = scene.parts[p];
        auto const last_y = part.y + static_cast<std::ptrdiff_t>(part.scale);
        for (std::ptrdiff_t dy = 0; dy <= plane_aperture_margin; ++dy) {
            std::ptrdiff_t const reach = aperture_reach[static_cast<std::size_t>(dy)];
            paint_row(part.y - dy, {part.x - reach, part.end_x + reach}, 1, out);
            paint_row(last_y + dy, {part.x - reach, part.end_x + reach}, 1, out);
        }
    }
}

} // namespace

// Steps with four, eight and four neighbours reach as far as aperture_reach.
void grow(PlaneWindow& window, bool corners) {
    std::vector<std::uint8_t> const before = window.owner;
    for (std::ptrdiff_t y = window.rows.first; y < window.rows.last; ++y) {
        for (std::ptrdiff_t x = window.columns.first; x < window.columns.last; ++x) {
            if (before[window.at(y, x)] != 0) {
                continue;
            }
            std::uint8_t best = 0;
            for (std::ptrdiff_t ny = y - 1; ny <= y + 1; ++ny) {
                for (std::ptrdiff_t nx = x - 1; nx <= x + 1; ++nx) {
                    if (window.holds(ny, nx) && (corners || ny == y || nx == x)) {
                        best = std::max(best, before[window.at(ny, nx)]);
                    }
                }
            }
            window.owner[window.at(y, x)] = best;
        }
    }
}

PlaneWindow make_plane_window(PlaneScene const& scene,
                              std::size_t index,
                              std::vector<std::size_t> const& neighbours) {
    PlaneSegment const& segment = scene.segments[index];
    Shape const shape = scene.values.shape();
    std::ptrdiff_t const margin = plane_window_margin;
    PlaneWindow window;
    window.rows = {std::max<std::ptrdiff_t>(0, segment.rows.first - margin),
                   std::min(shape.height, segment.rows.last + margin)};
    window.columns = {std::max<std::ptrdiff_t>(0, segment.columns.first - margin),
                      std::min(shape.width, segment.columns.last + margin)};
    auto const area = static_cast<std::size_t>((window.rows.last - window.rows.first) *
                                               (window.columns.last - window.columns.first));
    window.owner.assign(area, 0);
    window.residual.resize(area);
    for (std::size_t const other : neighbours) {
        if (other != index) {
            window.alone = false;
            paint(scene, scene.segments[other], 2, window);
        }
    }
    paint(scene, segment, 1, window);
    window.area = std::count(window.owner.begin(), window.owner.end(), std::uint8_t{1});
    if (window.alone) {
        paint_aperture(scene, segment, window);
    }
    for (std::ptrdiff_t i = 0; i < plane_aperture_margin && !window.alone; ++i) {
        grow(window, i == 1);
    }
    for (std::ptrdiff_t y = window.rows.first; y < window.rows.last; ++y) {
        auto const row = scene.values.row(y).subspan(
            static_cast<std::size_t>(window.columns.first),
            static_cast<std::size_t>(window.columns.last - window.columns.first));
        float* residual = window.residual.data() + window.at(y, window.columns.first);
        scene.level.photosites(y, window.columns, residual);
        std::transform(row.begin(), row.end(), residual, residual, std::minus<>{});
    }
    return window;
}

} // namespace cmq::detect
