// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/large_area.hpp"

#include "core/number_text.hpp"
#include "detect/parallel_runs.hpp"
#include "detect/robust_surface.hpp"
#include "detect/segments.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t side = 64;       // photosites
constexpr std::ptrdiff_t row_step = 16;   // of each such run of rows two are looked at
constexpr std::size_t fewest_blocks = 40; // for a surface and a spread
constexpr std::size_t fewest_sites = 20;  // good ones of a plane in a block
constexpr double near_sigmas = 3.0;       // of the noise model: what counts for a block's level
constexpr std::size_t least_area = 4;     // blocks
// Seeds and borders, in robust standard deviations. How many areas they give on empty frames: docs/studies/large_areas.md.
constexpr double light_seed = 7.0;
constexpr double light_border = 4.0;
constexpr double colour_seed = 7.0;
constexpr double colour_border = 4.0;
// Spreads below these would make an area of what differs by less than lens and photosites do.
constexpr double least_light_spread = 0.01; // of the frame's light
constexpr double least_share_spread = 0.003;
constexpr double darker = -3.0; // of light: a mark that takes light away

struct Blocks {
    Shape shape; // blocks
    PerPlane<std::vector<double>> level;
    std::vector<std::uint8_t> good;
};

// What the good photosites of a plane in a block are about, some of its rows; nothing with too few.
std::optional<double> level_of(Frame const& frame,
                               std::ptrdiff_t top,
                               std::ptrdiff_t left,
                               std::size_t plane,
                               std::vector<float>& values) {
    values.clear();
    auto const offset = frame.cfa.offset(static_cast<Plane>(plane));
    for (std::ptrdiff_t y = top + offset[0]; y < std::min(frame.shape.height, top + side);
         y += row_step) {
        for (std::ptrdiff_t x = left + offset[1]; x < std::min(frame.shape.width, left + side);
             x += 2) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            if (frame.mask[i] == 0) {
                values.push_back(frame.value[i]);
            }
        }
    }
    if (values.size() < fewest_sites) {
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

Blocks measure_blocks(Frame const& frame, unsigned threads) {
    Blocks blocks;
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
                                      level_of(frame, y * side, column * side, p, values);
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

// How far a block stands out: its light, and the shares of red and blue in it.
struct Standing {
    std::vector<double> light_z;
    std::vector<double> colour_z;
    std::vector<double> block; ///< of the block alone, light or colour: for outlines
};

// Nothing in a frame without light.
std::optional<Standing> measure_standing(Blocks const& blocks) {
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
    Standing standing;
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

double standing_out(Standing const& standing, std::size_t i, double light, double colour) {
    double const by_light = standing.light_z[i] / light;
    double const by_colour = standing.light_z[i] > darker ? standing.colour_z[i] / colour : 0.0;
    return std::max(by_light, by_colour);
}

// Means over 3 x 3 blocks stand out beyond the area itself: of its blocks those count that stand out half as far as
// its clear ones. Ascending.
void keep_core(Standing const& standing, std::vector<std::size_t>& area) {
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

// Blocks above the border that hang together and hold a seed.
std::vector<std::vector<std::size_t>> find_areas(Blocks const& blocks, Standing const& standing) {
    std::vector<std::uint8_t> seen(blocks.good.size(), 0);
    auto const above = [&](std::size_t i) {
        return blocks.good[i] != 0 && standing_out(standing, i, light_border, colour_border) >= 1.0;
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
            seed = seed || standing_out(standing, i, light_seed, colour_seed) >= 1.0;
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

// Whether the middle of a block lies in the box of a trace.
bool in_trace(Detection const& detection, double x, double y) {
    return std::ranges::any_of(detection.traces, [&](Trace const& trace) {
        return x >= static_cast<double>(trace.box[0]) && y >= static_cast<double>(trace.box[1]) &&
               x <= static_cast<double>(trace.box[2]) && y <= static_cast<double>(trace.box[3]);
    });
}

LargeArea describe(std::vector<std::size_t> const& area,
                   Blocks const& blocks,
                   Standing const& standing,
                   Frame const& frame,
                   Detection const& detection,
                   PerPlane<RobustSurface> const& planes) {
    LargeArea result;
    auto const n = static_cast<double>(area.size());
    result.box = {frame.shape.width, frame.shape.height, 0, 0};
    double light = 0.0;
    for (std::size_t const i : area) {
        auto const k = static_cast<std::ptrdiff_t>(i);
        std::ptrdiff_t const left = k % blocks.shape.width * side;
        std::ptrdiff_t const top = k / blocks.shape.width * side;
        double const x = static_cast<double>(left) + 0.5 * static_cast<double>(side - 1);
        double const y = static_cast<double>(top) + 0.5 * static_cast<double>(side - 1);
        result.x += x / n;
        result.y += y / n;
        result.box = {std::min<std::int64_t>(result.box[0], left),
                      std::min<std::int64_t>(result.box[1], top),
                      std::max<std::int64_t>(result.box[2], left + side - 1),
                      std::max<std::int64_t>(result.box[3], top + side - 1)};
        for (std::size_t p = 0; p < plane_count; ++p) {
            result.excess_dn[p] += planes[p].residual[i] / n;
            result.around_dn[p] += (blocks.level[p][i] - planes[p].residual[i]) / n;
        }
        light += standing.light_z[i] / n;
        result.clearest = std::max({result.clearest,
                                    standing.light_z[i],
                                    standing.light_z[i] > darker ? standing.colour_z[i] : 0.0});
        result.in_traces += in_trace(detection, x, y) ? 1.0 / n : 0.0;
    }
    result.brighter = light >= light_border;
    result.share = n * static_cast<double>(side * side) / static_cast<double>(frame.shape.area());
    return result;
}

} // namespace

std::vector<LargeArea>
find_large_areas(Frame const& frame, Detection const& detection, unsigned threads) {
    Blocks const blocks = measure_blocks(frame, threads);
    auto const standing = measure_standing(blocks);
    std::vector<LargeArea> result;
    if (!standing) {
        return result;
    }
    auto const areas = find_areas(blocks, *standing);
    if (areas.empty()) {
        return result;
    }
    PerPlane<RobustSurface> planes;
    for (std::size_t p = 0; p < plane_count; ++p) {
        planes[p] = fit_surface(blocks.level[p], blocks.good, blocks.shape, 2);
    }
    for (auto const& area : areas) {
        result.push_back(describe(area, blocks, *standing, frame, detection, planes));
    }
    return result;
}

bool is_measured(LargeArea const& area) noexcept {
    return area.in_traces >= 0.5;
}

bool any_unmeasured(std::vector<LargeArea> const& areas) noexcept {
    return !std::ranges::all_of(areas, is_measured);
}

Sentence to_sentence(LargeArea const& area) {
    // Blocks say where it lies to a tenth of their side; more digits would be none.
    auto const whole = [](double value) { return fixed_text(10.0 * std::round(value / 10.0), 0); };
    Sentence const kind =
        area.brighter
            ? Sentence{{"plus claire que ce qui l’entoure", "brighter than what surrounds it"}}
            : Sentence{{"d’une autre couleur que ce qui l’entoure",
                        "of another colour than what surrounds it"}};
    Sentence const measured =
        is_measured(area) ? Sentence{{"des traces la mesurent", "traces measure it"}}
                          : Sentence{{"elle n’a pas été mesurée comme trace, car le fond la suit",
                                      "it was not measured as a trace: the background follows it"}};
    return Sentence{{"une zone {} couvre {} % de l’image autour de ({} ; {}) ; {} ; tache, "
                     "imprimé, autre tissu ou reflet ne se distinguent pas ici",
                     "an area {} covers {} % of the frame about ({}, {}); {}; a stain, a print, "
                     "another cloth or a reflection are not told apart here"},
                    kind,
                    std::max(1.0, std::round(100.0 * area.share)),
                    whole(area.x),
                    whole(area.y),
                    measured};
}

} // namespace cmq::detect
