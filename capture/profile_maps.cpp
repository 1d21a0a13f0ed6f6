// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_maps.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace cmq::capture {
namespace {

constexpr std::size_t tile_side = 16;    // photosites of a plane
constexpr double spread_of_mad = 1.4826; // of a normal variable
constexpr double far = 8.0;              // standard deviations; chance: 1e-15 a photosite
constexpr double least_of_response =
    0.5; // further than that from its neighbours' it is no response

// The photosites of one plane, as a picture of its own.
struct PlaneView {
    std::vector<float> const& map;
    std::vector<std::uint8_t> const& left_out;
    std::size_t width; // of the whole
    std::array<std::ptrdiff_t, 2> offset;

    [[nodiscard]] std::size_t at(std::size_t y, std::size_t x) const {
        return (2 * y + static_cast<std::size_t>(offset[0])) * width + 2 * x +
               static_cast<std::size_t>(offset[1]);
    }
};

std::optional<ResidualSums> block_sums(PlaneView const& view, std::size_t top, std::size_t left) {
    constexpr double n = block_side * block_side;
    constexpr double tilt = 336.0; // sum over the block of (x - 3.5)^2
    auto const origin = static_cast<double>(view.map[view.at(top, left)]);
    double sum = 0;
    double squares = 0;
    double across = 0;
    double down = 0;
    for (std::size_t y = 0; y < block_side; ++y) {
        for (std::size_t x = 0; x < block_side; ++x) {
            std::size_t const at = view.at(top + y, left + x);
            if (view.left_out[at] != 0) {
                return {};
            }
            double const value = static_cast<double>(view.map[at]) - origin;
            sum += value;
            squares += value * value;
            across += value * (static_cast<double>(x) - 3.5);
            down += value * (static_cast<double>(y) - 3.5);
        }
    }
    double const level = origin + sum / n;
    double const left_over = squares - sum * sum / n - (across * across + down * down) / tilt;
    return ResidualSums{std::max(left_over, 0.0),
                        residual_degrees,
                        residual_degrees * level,
                        residual_degrees * level * level};
}

Tile measure_tile(std::vector<float>& values) {
    Tile tile;
    tile.photosites = values.size();
    if (values.empty()) {
        return tile;
    }
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    tile.median = *middle;
    for (float& value : values) {
        value = std::abs(value - tile.median);
    }
    std::ranges::nth_element(values, middle);
    tile.spread = static_cast<float>(spread_of_mad) * *middle;
    return tile;
}

// Marks what `is_far(plane, value, tile)` says, row by row of tiles.
template <class IsFar>
std::size_t mark(std::vector<float> const& map,
                 Shape const& shape,
                 Cfa const& cfa,
                 Tiles const& tiles,
                 std::uint8_t bit,
                 std::vector<std::uint8_t>& defects,
                 unsigned threads,
                 IsFar const& is_far) {
    auto const height = static_cast<std::size_t>(shape.height);
    auto const width = static_cast<std::size_t>(shape.width);
    std::vector<std::size_t> marked(height);
    parallel_blocks(height, threads, [&](std::size_t y) {
        for (std::size_t x = 0; x < width; ++x) {
            auto const p = static_cast<std::size_t>(
                cfa.at(static_cast<std::ptrdiff_t>(y), static_cast<std::ptrdiff_t>(x)));
            std::size_t const at = y * width + x;
            if (defects[at] == 0 && is_far(p, static_cast<double>(map[at]), tiles.at(p, y, x))) {
                defects[at] |= bit;
                ++marked[y];
            }
        }
    });
    return std::accumulate(marked.begin(), marked.end(), std::size_t{0});
}

} // namespace

ResidualSums& ResidualSums::operator+=(ResidualSums const& other) noexcept {
    squares += other.squares;
    degrees += other.degrees;
    levels += other.levels;
    level_squares += other.level_squares;
    return *this;
}

ResidualSums& ResidualSums::operator-=(ResidualSums const& other) noexcept {
    squares -= other.squares;
    degrees -= other.degrees;
    levels -= other.levels;
    level_squares -= other.level_squares;
    return *this;
}

PerPlane<std::vector<ResidualSums>> measure_residuals(std::vector<float> const& map,
                                                      Shape const& shape,
                                                      Cfa const& cfa,
                                                      std::vector<std::uint8_t> const& left_out,
                                                      unsigned threads) {
    Bands const bands{shape};
    std::size_t const down = bands.rows / block_side;
    std::size_t const across = static_cast<std::size_t>(shape.width) / 2 / block_side;
    PerPlane<std::vector<ResidualSums>> sums;
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneView const view{map,
                             left_out,
                             static_cast<std::size_t>(shape.width),
                             cfa.offset(static_cast<Plane>(p))};
        std::vector<ResidualSums> rows(down);
        parallel_blocks(down, threads, [&](std::size_t i) {
            for (std::size_t x = 0; x < across; ++x) {
                if (auto const block = block_sums(view, i * block_side, x * block_side)) {
                    rows[i] += *block;
                }
            }
        });
        sums[p].resize(bands.count);
        for (std::size_t i = 0; i < down; ++i) {
            sums[p][bands.of_row(i * block_side)] += rows[i];
        }
    }
    return sums;
}

std::size_t Tiles::place(std::size_t pixel) noexcept {
    return pixel / (2 * tile_side);
}

Tile const& Tiles::at(std::size_t p, std::size_t y, std::size_t x) const noexcept {
    return plane[p][place(y) * across + place(x)];
}

double Tiles::usual_spread(std::size_t p) const {
    std::vector<float> spreads;
    for (Tile const& tile : plane[p]) {
        if (tile.photosites > 0) {
            spreads.push_back(tile.spread);
        }
    }
    if (spreads.empty()) {
        return 0.0;
    }
    auto const middle = spreads.begin() + static_cast<std::ptrdiff_t>(spreads.size() / 2);
    std::ranges::nth_element(spreads, middle);
    return static_cast<double>(*middle);
}

Tiles measure_tiles(std::vector<float> const& map,
                    Shape const& shape,
                    Cfa const& cfa,
                    std::vector<std::uint8_t> const& left_out,
                    unsigned threads) {
    auto const height = static_cast<std::size_t>(shape.height);
    auto const width = static_cast<std::size_t>(shape.width);
    Tiles tiles;
    tiles.down = Tiles::place(height - 1) + 1;
    tiles.across = Tiles::place(width - 1) + 1;
    for (auto& plane : tiles.plane) {
        plane.resize(tiles.down * tiles.across);
    }
    parallel_blocks(tiles.down * tiles.across, threads, [&](std::size_t i) {
        std::size_t const top = i / tiles.across * 2 * tile_side;
        std::size_t const left = i % tiles.across * 2 * tile_side;
        PerPlane<std::vector<float>> values;
        for (std::size_t y = top; y < std::min(height, top + 2 * tile_side); ++y) {
            for (std::size_t x = left; x < std::min(width, left + 2 * tile_side); ++x) {
                if (left_out[y * width + x] == 0) {
                    values[static_cast<std::size_t>(cfa.at(static_cast<std::ptrdiff_t>(y),
                                                           static_cast<std::ptrdiff_t>(x)))]
                        .push_back(map[y * width + x]);
                }
            }
        }
        for (std::size_t p = 0; p < plane_count; ++p) {
            tiles.plane[p][i] = measure_tile(values[p]);
        }
    });
    return tiles;
}

std::size_t mark_hot(std::vector<float> const& dark,
                     Shape const& shape,
                     Cfa const& cfa,
                     PerPlane<double> const& least_dn,
                     std::vector<std::uint8_t>& defects,
                     unsigned threads) {
    Tiles const tiles = measure_tiles(dark, shape, cfa, defects, threads);
    PerPlane<double> limit{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        limit[p] = std::max(far * tiles.usual_spread(p), least_dn[p]);
    }
    return mark(dark,
                shape,
                cfa,
                tiles,
                mask_bit::hot,
                defects,
                threads,
                [&](std::size_t p, double value, Tile const& tile) {
                    return value - static_cast<double>(tile.median) > limit[p];
                });
}

std::size_t mark_dead(std::vector<float> const& flat,
                      Shape const& shape,
                      Cfa const& cfa,
                      PerPlane<double> const& flat_sigma,
                      std::vector<std::uint8_t>& defects,
                      unsigned threads) {
    Tiles const tiles = measure_tiles(flat, shape, cfa, defects, threads);
    return mark(flat,
                shape,
                cfa,
                tiles,
                mask_bit::dead,
                defects,
                threads,
                [&](std::size_t p, double value, Tile const& tile) {
                    auto const usual = static_cast<double>(tile.median);
                    double const off = std::abs(value - usual);
                    return value <= 0.0 ||
                           (off > least_of_response * usual && off > far * flat_sigma[p]);
                });
}

} // namespace cmq::capture
