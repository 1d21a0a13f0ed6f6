// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/area_outline.hpp"

#include "detect/segments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t piece = 8;       // photosites
constexpr double smoothed = 3.0;          // pieces each way
constexpr double most_uneven = 0.25;      // spread of surroundings by height
constexpr double most_uneven_alone = 0.1; // else means over 3 x 3 pieces are taken
constexpr double blocks_alike = 6.0;      // in a row, along an outline
constexpr double to_sigma = 1.482602;     // of a normal law's median absolute value

struct Pieces {
    Shape shape;
    std::vector<double> excess; ///< DN, sum of planes
    std::vector<std::uint8_t> good;
    std::vector<BlockRole> role;
};

// Sum over planes of the mean of each plane's good photosites; nothing where a plane has none.
std::optional<double> light_of(Frame const& frame, std::ptrdiff_t top, std::ptrdiff_t left) {
    PerPlane<double> sum{};
    PerPlane<double> count{};
    for (std::ptrdiff_t y = top; y < top + piece; ++y) {
        for (std::ptrdiff_t x = left; x < left + piece; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            if ((frame.mask[i] & ~mask_bit::saturated) == 0) {
                auto const p = static_cast<std::size_t>(frame.cfa.at(y, x));
                sum[p] += static_cast<double>(frame.value[i]);
                count[p] += 1.0;
            }
        }
    }
    double light = 0.0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (!(count[p] > 0.0)) {
            return std::nullopt;
        }
        light += sum[p] / count[p];
    }
    return light;
}

Pieces measure_pieces(Frame const& frame,
                      AreaGrid const& grid,
                      std::function<double(double y, double x)> const& around) {
    Pieces pieces;
    std::ptrdiff_t const each = grid.side / piece;
    pieces.shape = {grid.shape.height * each, grid.shape.width * each};
    for (std::ptrdiff_t y = 0; y < pieces.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < pieces.shape.width; ++x) {
            std::ptrdiff_t const top = grid.top + y * piece;
            std::ptrdiff_t const left = grid.left + x * piece;
            auto const light = light_of(frame, top, left);
            double const half = 0.5 * static_cast<double>(piece - 1);
            pieces.excess.push_back(light.value_or(0.0) - around(static_cast<double>(top) + half,
                                                                 static_cast<double>(left) + half));
            pieces.good.push_back(light ? 1 : 0);
            pieces.role.push_back(
                grid.role[static_cast<std::size_t>(y / each * grid.shape.width + x / each)]);
        }
    }
    return pieces;
}

void smooth(Pieces& pieces) {
    std::vector<double> const before = pieces.excess;
    for (std::size_t i = 0; i < before.size(); ++i) {
        double sum = pieces.good[i] != 0 ? before[i] : 0.0;
        double count = pieces.good[i] != 0 ? 1.0 : 0.0;
        for_neighbours(pieces.shape, i, [&](std::size_t next) {
            if (pieces.good[next] != 0) {
                sum += before[next];
                count += 1.0;
            }
        });
        pieces.excess[i] = count > 0.0 ? sum / count : 0.0;
    }
}

// What a share of them lies below; empty: 0.
double quantile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0.0;
    }
    auto const at = values.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// The light at which half of the area's light lies in brighter pieces: of an even stain its height, however much of the
// aperture is surroundings.
double height_of(Pieces const& pieces, double spread) {
    std::vector<double> high;
    double light = 0.0;
    for (std::size_t i = 0; i < pieces.excess.size(); ++i) {
        if (pieces.role[i] == BlockRole::aperture && pieces.excess[i] > 3.0 * spread) {
            high.push_back(pieces.excess[i]);
            light += pieces.excess[i];
        }
    }
    std::ranges::sort(high);
    double below = 0.0;
    for (double const one : high) {
        below += one;
        if (below >= 0.5 * light) {
            return one;
        }
    }
    return 0.0;
}

double spread_around(Pieces const& pieces) {
    std::vector<double> free;
    for (std::size_t i = 0; i < pieces.excess.size(); ++i) {
        if (pieces.role[i] == BlockRole::free) {
            free.push_back(std::abs(pieces.excess[i]));
        }
    }
    return to_sigma * quantile(std::move(free), 0.5);
}

} // namespace

std::optional<AreaOutline> measure_outline(Frame const& frame,
                                           AreaGrid const& grid,
                                           std::function<double(double y, double x)> const& around,
                                           double block_spread) {
    Pieces pieces = measure_pieces(frame, grid, around);
    double spread = spread_around(pieces);
    double height = height_of(pieces, spread);
    double width = 1.0; // pieces over which the outline is drawn
    if (!(spread <= most_uneven_alone * height)) {
        smooth(pieces);
        spread = spread_around(pieces);
        height = height_of(pieces, spread);
        width = smoothed;
    }
    if (!(height > 0.0 && spread <= most_uneven * height)) {
        return std::nullopt;
    }
    auto const inside = [&](std::size_t i) {
        return pieces.role[i] == BlockRole::aperture && pieces.excess[i] > 0.5 * height;
    };
    double count = 0.0;
    double border = 0.0;
    for (std::size_t i = 0; i < pieces.excess.size(); ++i) {
        if (!inside(i)) {
            continue;
        }
        count += 1.0;
        bool edge = false;
        for_neighbours(pieces.shape, i, [&](std::size_t next) { edge = edge || !inside(next); });
        border += edge ? 1.0 : 0.0;
    }
    // Along the outline light rises by the height over that width, so an error of it moves the outline by the width times
    // error by height: each stretch of that length for itself, and what is alike over blocks in longer ones.
    double const moved = width * spread / height;
    double const moved_by_blocks = width * block_spread / height;
    std::ptrdiff_t const pieces_of_block = grid.side / piece;
    double const stretch = std::min(border, blocks_alike * static_cast<double>(pieces_of_block));
    double const variance = border / 12.0 + border * width * moved * moved +
                            border * stretch * moved_by_blocks * moved_by_blocks;
    auto const each = static_cast<double>(piece * piece);
    return AreaOutline{count * each, std::sqrt(variance) * each};
}

} // namespace cmq::detect
