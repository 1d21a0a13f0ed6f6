// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/area_blocks.hpp"

#include "detect/parallel_runs.hpp"
#include "detect/robust_surface.hpp"
#include "detect/segments.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::detect {
namespace {

constexpr std::size_t fewest_blocks = 40; // for a surface and a spread
constexpr double fewest_sites = 0.15; // good ones of a plane in a block, share of those looked at
constexpr double near_sigmas = 3.0;   // of the noise model: what counts for a block's level
constexpr std::size_t least_area = 4; // blocks
// Seeds and borders, in robust standard deviations. How many areas they give on empty frames: docs/studies/large_areas.md.
constexpr double seed_of_large = 7.0;
constexpr double seed_of_small = 8.0; // blocks below 64 photosites: there are more of them
constexpr double border = 4.0;
// Spreads below these would make an area of what differs by less than lens and photosites do.
constexpr double least_light_spread = 0.01; // of the frame's light
constexpr double least_share_spread = 0.003;
constexpr double darker = -3.0; // of light: a mark that takes light away

// What the good photosites of a plane in a block are about, some of its rows; nothing with too few.
std::optional<double> level_of(Frame const& frame,
                               std::ptrdiff_t top,
                               std::ptrdiff_t left,
                               std::ptrdiff_t side,
                               std::size_t plane,
                               std::vector<float>& values) {
    values.clear();
    // An eighth of the photosites; a quarter of the smallest blocks.
    std::ptrdiff_t const row_step = std::min<std::ptrdiff_t>(16, side / 2);
    double looked_at = 0.0;
    auto const offset = frame.cfa.offset(static_cast<Plane>(plane));
    for (std::ptrdiff_t y = top + offset[0]; y < std::min(frame.shape.height, top + side);
         y += row_step) {
        for (std::ptrdiff_t x = left + offset[1]; x < std::min(frame.shape.width, left + side);
             x += 2) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            looked_at += 1.0;
            // A saturated photosite is at least as bright as it shows: without it the middle of a very bright
            // stain would have no level at all.
            if ((frame.mask[i] & ~mask_bit::saturated) == 0) {
                values.push_back(frame.value[i]);
            }
        }
    }
    if (values.empty() || static_cast<double>(values.size()) < fewest_sites * looked_at) {
        return std::nullopt;
    }
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    // Raw values are whole numbers, and so is their median: the mean of what lies near it is not.
    auto const median = static_cast<double>(*middle);
    double const near =
        near_sigmas * std::sqrt(frame.noise.variance(static_cast<Plane>(plane), median));
    double sum = 0.0;
    double count = 0.0;
    for (float const value : values) {
        if (std::abs(static_cast<double>(value) - median) <= near) {
            sum += static_cast<double>(value);
            count += 1.0;
        }
    }
    return count > 0.0 ? sum / count : median;
}

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
                      std::vector<float> values;
                      for (std::size_t row = from; row < to; ++row) {
                          for (std::ptrdiff_t column = 0; column < blocks.shape.width; ++column) {
                              auto const y = static_cast<std::ptrdiff_t>(row);
                              auto const i =
                                  static_cast<std::size_t>(y * blocks.shape.width + column);
                              for (std::size_t p = 0; p < plane_count; ++p) {
                                  auto const level =
                                      level_of(frame, y * side, column * side, side, p, values);
                                  blocks.level[p][i] = level.value_or(0.0);
                                  if (!level) {
                                      blocks.good[i] = 0;
                                  }
                              }
                          }
                      }
                  });
    return blocks;
}

std::optional<BlockStanding> measure_block_standing(AreaBlocks const& blocks) {
    auto const count = blocks.good.size();
    std::vector<double> light(count);
    std::vector<double> red(count);
    std::vector<double> blue(count);
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
    std::ranges::sort(lit);
    double const median = lit[lit.size() / 2];
    if (!(median > 0.0)) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < count; ++i) {
        // Where there is next to no light, shares are of what there is elsewhere.
        double const by = std::max(light[i], 0.2 * median);
        red[i] = blocks.level[0][i] / by;
        blue[i] = blocks.level[3][i] / by;
    }
    auto const surface = [&](std::vector<double> const& value, int order, double least) {
        auto one = fit_surface(value, blocks.good, blocks.shape, order);
        auto around = smoothed(one, blocks.good, blocks.shape);
        around.spread = std::max(around.spread, least);
        return std::pair{std::move(one), std::move(around)};
    };
    auto const [light_alone, lights] = surface(light, 2, least_light_spread * median);
    auto const [red_alone, reds] = surface(red, 1, least_share_spread);
    auto const [blue_alone, blues] = surface(blue, 1, least_share_spread);
    BlockStanding standing;
    for (std::size_t i = 0; i < count; ++i) {
        standing.light_z.push_back(lights.residual[i] / lights.spread);
        // The larger of both: on cloth printed with one dye both move along one line, and a distance across that
        // line would make much of next to nothing.
        standing.colour_z.push_back(std::max(std::abs(reds.residual[i]) / reds.spread,
                                             std::abs(blues.residual[i]) / blues.spread));
        standing.block.push_back(std::max({light_alone.residual[i] / lights.spread,
                                           std::abs(red_alone.residual[i]) / reds.spread,
                                           std::abs(blue_alone.residual[i]) / blues.spread}));
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
