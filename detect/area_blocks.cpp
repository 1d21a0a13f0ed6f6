// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/area_blocks.hpp"

#include "detect/area_levels.hpp"
#include "detect/parallel_runs.hpp"
#include "detect/robust_surface.hpp"
#include "detect/segments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cmq::detect {
namespace {

constexpr std::size_t fewest_blocks = 40; // for a surface and a spread
constexpr std::size_t least_area = 4;     // blocks
// Seeds and borders, in robust standard deviations. How many areas they give on empty frames: docs/studies/large_areas.md.
constexpr double seed_of_large = 7.0;
constexpr double seed_of_small = 8.0; // blocks below 64 photosites: there are more of them
constexpr double border = 4.0;
// Spreads below these would make an area of what differs by less than lens and photosites do.
constexpr double least_light_spread = 0.01; // of the frame's light
constexpr double least_share_spread = 0.003;
constexpr double darker = -3.0; // of light: a mark that takes light away

// Means over 3 x 3 blocks stand out beyond the area itself: of its blocks those count that stand out half as far as
// its clear ones. Ascending.
void keep_core(BlockStanding const& standing, std::vector<std::size_t>& area) {
    std::vector<double> far;
    far.reserve(area.size());
    for (std::size_t const i : area) {
        far.push_back(standing.block[i]);
    }
    std::ranges::sort(far);
    double const half = 0.5 * far[far.size() - 1 - far.size() / 5];
    std::erase_if(area, [&](std::size_t i) { return standing.block[i] < half; });
    std::ranges::sort(area);
}

} // namespace

AreaBlocks measure_area_blocks(Frame const& frame, std::ptrdiff_t side, unsigned threads) {
    AreaBlocks blocks;
    blocks.side = side;
    blocks.shape = {frame.shape.height / side, frame.shape.width / side};
    auto const count = static_cast<std::size_t>(blocks.shape.area());
    blocks.good.assign(count, 1);
    for (auto& level : blocks.level) {
        level.assign(count, 0.0);
    }
    parallel_runs(static_cast<std::size_t>(blocks.shape.height),
                  threads,
                  [&](std::size_t from, std::size_t to) {
                      AreaLevels row{frame, side};
                      std::vector<std::optional<double>> levels;
                      for (auto y = static_cast<std::ptrdiff_t>(from);
                           y < static_cast<std::ptrdiff_t>(to);
                           ++y) {
                          row.read(y);
                          auto const first = static_cast<std::size_t>(y * blocks.shape.width);
                          for (std::size_t p = 0; p < plane_count; ++p) {
                              row.measure(p, levels);
                              for (std::size_t x = 0; x < levels.size(); ++x) {
                                  blocks.level[p][first + x] = levels[x].value_or(0.0);
                                  blocks.good[first + x] = levels[x] ? blocks.good[first + x] : 0;
                              }
                          }
                      }
                  });
    return blocks;
}

std::optional<BlockStanding> measure_block_standing(AreaBlocks const& blocks,
                                                    std::optional<BlockSurfaces> const& start,
                                                    unsigned threads) {
    auto const count = blocks.good.size();
    std::vector<double> light(count);
    std::vector<double> lit;
    for (std::size_t i = 0; i < count; ++i) {
        light[i] =
            blocks.level[0][i] + blocks.level[1][i] + blocks.level[2][i] + blocks.level[3][i];
        if (blocks.good[i] != 0) {
            lit.push_back(light[i]);
        }
    }
    if (lit.size() < fewest_blocks) {
        return std::nullopt;
    }
    auto const middle = lit.begin() + static_cast<std::ptrdiff_t>(lit.size() / 2);
    std::nth_element(lit.begin(), middle, lit.end());
    double const median = *middle;
    if (!(median > 0.0)) {
        return std::nullopt;
    }
    std::vector<double> red(count);
    std::vector<double> blue(count);
    for (std::size_t i = 0; i < count; ++i) {
        // Where there is next to no light, shares are of what there is elsewhere.
        double const by = 1.0 / std::max(light[i], 0.2 * median);
        red[i] = blocks.level[0][i] * by;
        blue[i] = blocks.level[3][i] * by;
    }
    std::array<std::vector<double> const*, 3> const values{&light, &red, &blue};
    std::array<double, 3> const least{
        least_light_spread * median, least_share_spread, least_share_spread};
    std::array<RobustSurface, 3> alone;
    std::array<RobustSurface, 3> around;
    parallel_blocks(values.size(), threads, [&](std::size_t k) {
        alone[k] = fit_surface(*values[k],
                               blocks.good,
                               blocks.shape,
                               k == 0 ? 2 : 1,
                               start ? std::optional{(*start)[k]} : std::nullopt);
        around[k] = smoothed(alone[k], blocks.good, blocks.shape);
        around[k].spread = std::max(around[k].spread, least[k]);
    });
    BlockStanding standing;
    standing.light_z.resize(count);
    standing.colour_z.resize(count);
    standing.block.resize(count);
    std::array<double, 3> by{};
    for (std::size_t k = 0; k < by.size(); ++k) {
        standing.surfaces[k] = alone[k].terms;
        by[k] = 1.0 / around[k].spread;
    }
    for (std::size_t i = 0; i < count; ++i) {
        standing.light_z[i] = around[0].residual[i] * by[0];
        // The larger of both: on cloth printed with one dye both move along one line, and a distance across that
        // line would make much of next to nothing.
        standing.colour_z[i] = std::max(std::abs(around[1].residual[i] * by[1]),
                                        std::abs(around[2].residual[i] * by[2]));
        standing.block[i] = std::max(alone[0].residual[i] * by[0],
                                     std::max(std::abs(alone[1].residual[i] * by[1]),
                                              std::abs(alone[2].residual[i] * by[2])));
    }
    return standing;
}

double BlockStanding::ratio(std::size_t i, double least) const {
    double const by_light = light_z[i] / least;
    double const by_colour = light_z[i] > darker ? colour_z[i] / least : 0.0;
    return std::max(by_light, by_colour);
}

double BlockStanding::clearest(std::size_t i) const {
    return std::max(light_z[i], light_z[i] > darker ? colour_z[i] : 0.0);
}

bool is_brighter(BlockStanding const& standing, std::vector<std::size_t> const& area) {
    double light = 0.0;
    for (std::size_t const i : area) {
        light += standing.light_z[i] / static_cast<double>(area.size());
    }
    return light >= border;
}

std::vector<std::vector<std::size_t>> find_block_areas(AreaBlocks const& blocks,
                                                       BlockStanding const& standing) {
    double const least_seed = blocks.side < 64 ? seed_of_small : seed_of_large;
    std::vector<std::uint8_t> seen(blocks.good.size(), 0);
    auto const above = [&](std::size_t i) {
        return blocks.good[i] != 0 && standing.ratio(i, border) >= 1.0;
    };
    std::vector<std::vector<std::size_t>> areas;
    for (std::size_t start = 0; start < seen.size(); ++start) {
        if (seen[start] != 0 || !above(start)) {
            continue;
        }
        std::vector<std::size_t> area;
        std::vector<std::size_t> open{start};
        seen[start] = 1;
        bool seed = false;
        while (!open.empty()) {
            std::size_t const i = open.back();
            open.pop_back();
            area.push_back(i);
            seed = seed || standing.ratio(i, least_seed) >= 1.0;
            for_neighbours(blocks.shape, i, [&](std::size_t next) {
                if (seen[next] == 0 && above(next)) {
                    seen[next] = 1;
                    open.push_back(next);
                }
            });
        }
        if (seed) {
            keep_core(standing, area);
        }
        if (seed && area.size() >= least_area) {
            areas.push_back(std::move(area));
        }
    }
    return areas;
}

} // namespace cmq::detect
