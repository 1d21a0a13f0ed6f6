// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/ring_photometry.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cmq::detect {
namespace {

constexpr int widest_ring = 12;             // cells
constexpr double least_ring = 0.5;          // of the aperture's cells
constexpr double most_missing = 0.1;        // of a pattern's cells at a place that counts as empty
constexpr std::ptrdiff_t places_side = 7;   // places each way from the trace
constexpr std::ptrdiff_t places_apart = 11; // cells
constexpr std::size_t least_places = 24;    // a standard deviation to 15 %

// One cell of a pattern, from the first cell of the aperture; its share in the sum.
struct Tap {
    std::ptrdiff_t dy = 0;
    std::ptrdiff_t dx = 0;
    PerPlane<double> weight{};
};

bool is_free(Cells const& cells, std::size_t cell) {
    return (cells.flags[cell] & (all_planes | source_bit)) == all_planes;
}

// The trace's own cells outside what is summed are free to its ring.
bool is_free_for(Cells const& cells, RingAperture const& around, std::size_t cell) {
    bool const own = !around.label.empty() && around.label[cell] == around.own;
    return own ? (cells.flags[cell] & all_planes) == all_planes : is_free(cells, cell);
}

// Free cells around an aperture, ring by ring until there are enough.
std::vector<std::size_t> ring_around(Cells const& cells, RingAperture const& around) {
    auto const width = cells.shape.width;
    std::vector<std::size_t> aperture;
    for (WeighedCell const& weighed : around.cells) {
        aperture.push_back(weighed.cell);
    }
    // A window of its own: looking at the whole frame for each trace would cost too much.
    Span rows{static_cast<std::ptrdiff_t>(aperture.front()) / width - widest_ring,
              static_cast<std::ptrdiff_t>(aperture.back()) / width + widest_ring + 1};
    Span columns{width, 0};
    for (std::size_t const cell : aperture) {
        std::ptrdiff_t const x = static_cast<std::ptrdiff_t>(cell) % width;
        columns.first = std::min(columns.first, x - widest_ring);
        columns.last = std::max(columns.last, x + widest_ring + 1);
    }
    rows = {std::max<std::ptrdiff_t>(0, rows.first), std::min(cells.shape.height, rows.last)};
    columns = {std::max<std::ptrdiff_t>(0, columns.first), std::min(width, columns.last)};
    std::ptrdiff_t const pitch = columns.last - columns.first;
    std::vector<bool> seen(static_cast<std::size_t>((rows.last - rows.first) * pitch), false);
    auto const visit = [&](std::ptrdiff_t y, std::ptrdiff_t x) {
        auto const i = static_cast<std::size_t>((y - rows.first) * pitch + x - columns.first);
        bool const fresh = !seen[i];
        seen[i] = true;
        return fresh;
    };
    for (std::size_t const cell : aperture) {
        (void)visit(static_cast<std::ptrdiff_t>(cell) / width,
                    static_cast<std::ptrdiff_t>(cell) % width);
    }
    std::vector<std::size_t> ring;
    std::vector<std::size_t> front = aperture;
    std::vector<std::size_t> next;
    auto const enough =
        static_cast<std::size_t>(around.ring * static_cast<double>(aperture.size()));
    for (int step = 0; step < widest_ring && ring.size() < enough; ++step) {
        next.clear();
        for (std::size_t const cell : front) {
            std::ptrdiff_t const cy = static_cast<std::ptrdiff_t>(cell) / width;
            std::ptrdiff_t const cx = static_cast<std::ptrdiff_t>(cell) % width;
            for (std::ptrdiff_t y = std::max(rows.first, cy - 1); y < std::min(rows.last, cy + 2);
                 ++y) {
                for (std::ptrdiff_t x = std::max(columns.first, cx - 1);
                     x < std::min(columns.last, cx + 2);
                     ++x) {
                    if (visit(y, x)) {
                        next.push_back(cells.at(y, x));
                    }
                }
            }
        }
        std::copy_if(next.begin(), next.end(), std::back_inserter(ring), [&](std::size_t cell) {
            return is_free_for(cells, around, cell);
        });
        std::swap(front, next);
    }
    return ring;
}

Tap tap_of(Cells const& cells, std::size_t origin, std::size_t cell) {
    auto const width = cells.shape.width;
    auto const c = static_cast<std::ptrdiff_t>(cell);
    auto const o = static_cast<std::ptrdiff_t>(origin);
    return {c / width - o / width, c % width - o % width, {}};
}

// Of the ring: its middle and its second moments.
struct RingShape {
    double y = 0.0;
    double x = 0.0;
    double yy = 0.0;
    double xx = 0.0;
    double xy = 0.0;
};

RingShape shape_of(std::span<Tap const> ring) {
    RingShape shape;
    auto const m = static_cast<double>(ring.size());
    for (Tap const& tap : ring) {
        shape.y += static_cast<double>(tap.dy) / m;
        shape.x += static_cast<double>(tap.dx) / m;
    }
    for (Tap const& tap : ring) {
        double const dy = static_cast<double>(tap.dy) - shape.y;
        double const dx = static_cast<double>(tap.dx) - shape.x;
        shape.yy += dy * dy;
        shape.xx += dx * dx;
        shape.xy += dx * dy;
    }
    return shape;
}

// What each cell of the ring weighs in the sum over the aperture of the plane fitted to the ring:
// w_i = n / m + d' S^-1 (x_i - middle), d = n (middle of aperture - middle of ring), S = sum of
// (x - middle)(x - middle)'; n the sum of the aperture's weights.
std::vector<Tap> make_pattern(Cells const& cells,
                              std::vector<WeighedCell> const& aperture,
                              std::vector<std::size_t> const& ring) {
    std::vector<Tap> pattern;
    for (WeighedCell const& weighed : aperture) {
        pattern.push_back(tap_of(cells, aperture.front().cell, weighed.cell));
        pattern.back().weight = weighed.weight;
    }
    for (std::size_t const cell : ring) {
        pattern.push_back(tap_of(cells, aperture.front().cell, cell));
    }
    std::span<Tap> const inner = std::span{pattern}.first(aperture.size());
    std::span<Tap> const outer = std::span{pattern}.subspan(aperture.size());
    RingShape const shape = shape_of(outer);
    double const determinant = shape.yy * shape.xx - shape.xy * shape.xy;
    double const trace = shape.yy + shape.xx;
    bool const slopes = determinant > 1e-3 * trace * trace; // else it is a line: none across it
    for (std::size_t p = 0; p < plane_count; ++p) {
        double n = 0.0;
        double dy = 0.0;
        double dx = 0.0;
        for (Tap const& tap : inner) {
            n += tap.weight[p];
            dy += tap.weight[p] * (static_cast<double>(tap.dy) - shape.y);
            dx += tap.weight[p] * (static_cast<double>(tap.dx) - shape.x);
        }
        double const gy = slopes ? (shape.xx * dy - shape.xy * dx) / determinant : 0.0;
        double const gx = slopes ? (shape.yy * dx - shape.xy * dy) / determinant : 0.0;
        for (Tap& tap : outer) {
            tap.weight[p] = -n / static_cast<double>(outer.size()) -
                            gy * (static_cast<double>(tap.dy) - shape.y) -
                            gx * (static_cast<double>(tap.dx) - shape.x);
        }
    }
    return pattern;
}

// The pattern's sums with its origin at (y, x); nothing where a tenth of it is not free.
std::optional<PerPlane<double>>
sums_at(Cells const& cells, std::vector<Tap> const& pattern, std::ptrdiff_t y, std::ptrdiff_t x) {
    PerPlane<double> sums{};
    auto missing = static_cast<std::ptrdiff_t>(most_missing * static_cast<double>(pattern.size()));
    for (Tap const& tap : pattern) {
        std::ptrdiff_t const ty = y + tap.dy;
        std::ptrdiff_t const tx = x + tap.dx;
        if (ty < 0 || tx < 0 || ty >= cells.shape.height || tx >= cells.shape.width ||
            !is_free(cells, cells.at(ty, tx))) {
            if (--missing < 0) {
                return std::nullopt;
            }
            continue;
        }
        std::size_t const cell = cells.at(ty, tx);
        for (std::size_t p = 0; p < plane_count; ++p) {
            sums[p] += tap.weight[p] * static_cast<double>(cells.residual[p][cell]);
        }
    }
    return sums;
}

// Adds the products of the sums at empty places around (y, x), `apart` cells from each other.
std::size_t add_places(Cells const& cells,
                       std::vector<Tap> const& pattern,
                       std::size_t origin,
                       std::ptrdiff_t apart_y,
                       std::ptrdiff_t apart_x,
                       RingSums& result) {
    std::ptrdiff_t const y = static_cast<std::ptrdiff_t>(origin) / cells.shape.width;
    std::ptrdiff_t const x = static_cast<std::ptrdiff_t>(origin) % cells.shape.width;
    result.covariance_dn2 = {};
    std::size_t places = 0;
    for (std::ptrdiff_t i = -places_side; i <= places_side; ++i) {
        for (std::ptrdiff_t j = -places_side; j <= places_side; ++j) {
            auto const sums = sums_at(cells, pattern, y + i * apart_y, x + j * apart_x);
            if (!sums) {
                continue;
            }
            ++places;
            for (std::size_t p = 0; p < plane_count; ++p) {
                for (std::size_t q = 0; q < plane_count; ++q) {
                    result.covariance_dn2[p][q] += (*sums)[p] * (*sums)[q];
                }
            }
        }
    }
    for (auto& row : result.covariance_dn2) {
        for (double& value : row) {
            value /= std::max(1.0, static_cast<double>(places));
        }
    }
    return places;
}

} // namespace

std::optional<RingSums> measure_above_ring(Cells const& cells, RingAperture const& aperture) {
    auto const size = static_cast<double>(aperture.cells.size());
    auto const ring = ring_around(cells, aperture);
    if (static_cast<double>(ring.size()) < least_ring * size) {
        return std::nullopt;
    }
    auto const pattern = make_pattern(cells, aperture.cells, ring);
    RingSums result;
    result.flux_dn = aperture.sum_dn;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        Tap const& tap = pattern[aperture.cells.size() + i];
        for (std::size_t p = 0; p < plane_count; ++p) {
            result.flux_dn[p] += tap.weight[p] * static_cast<double>(cells.residual[p][ring[i]]);
        }
    }
    // Near by first; where traces or the frame's border leave too little room, in the whole frame.
    // As far from each other as the aperture is wide: nearer ones would see the same cloth.
    auto const apart = std::max(places_apart, static_cast<std::ptrdiff_t>(std::sqrt(size)));
    std::size_t const origin = aperture.cells.front().cell;
    if (add_places(cells, pattern, origin, apart, apart, result) < least_places &&
        add_places(cells,
                   pattern,
                   origin,
                   cells.shape.height / (2 * places_side),
                   cells.shape.width / (2 * places_side),
                   result) < least_places) {
        return std::nullopt;
    }
    return result;
}

} // namespace cmq::detect
