// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/area_blocks.hpp"

#include "detect/cell_loops.hpp"
#include "detect/parallel_runs.hpp"
#include "detect/robust_surface.hpp"
#include "detect/row_loops.hpp"
#include "detect/sample_loops.hpp"
#include "detect/segments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
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

// Photosites of one plane in a block, of the rows that are looked at.
struct Looked {
    std::vector<float> values; // good ones
    std::size_t at = 0;
};

// What they are about; nothing with too few of them.
std::optional<double> level_of(NoiseModel const& noise, Plane plane, Looked const& looked) {
    auto const& values = looked.values;
    if (values.empty() ||
        static_cast<double>(values.size()) < fewest_sites * static_cast<double>(looked.at)) {
        return std::nullopt;
    }
    // Raw values are whole numbers, and so is their median: the mean of what lies near it is not.
    float const median = sample_loops().select(values.data(), values.size(), values.size() / 2);
    auto const near = static_cast<float>(
        near_sigmas * std::sqrt(noise.variance(plane, static_cast<double>(median))));
    LaneMoments moments;
    row_loops().moments(values.data(),
                        std::ssize(values),
                        median,
                        std::nextafter(near, std::numeric_limits<float>::infinity()),
                        moments);
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t k = 0; k < lanes; ++k) {
        sum += static_cast<double>(moments.sum[k]);
        count += static_cast<double>(moments.count[k]);
    }
    return static_cast<double>(median) + (count > 0.0 ? sum / count : 0.0);
}

// A saturated photosite is at least as bright as it shows: without it the middle of a very bright stain would have no level
// at all.
bool counts(std::uint8_t mask) {
    return (mask & ~mask_bit::saturated) == 0;
}

// Rows of photosites of a frame, those of one plane side by side.
class BlockRow {
public:
    BlockRow(Frame const& frame, std::ptrdiff_t side) : frame_{frame}, side_{side} {}

    void read(std::ptrdiff_t row) {
        // An eighth of the photosites; a quarter of the smallest blocks.
        std::ptrdiff_t const step = std::min<std::ptrdiff_t>(16, side_ / 2);
        auto const half = static_cast<std::size_t>(frame_.shape.width / 2);
        rows_ = static_cast<std::size_t>(side_ / step);
        for (auto& values : values_) {
            values.resize(rows_ * half);
        }
        masks_.clear();
        for (std::ptrdiff_t k = 0; k < std::ssize(frame_.cfa.cell) / 2; ++k) {
            auto const left = static_cast<std::size_t>(frame_.cfa.at(k, 0));
            auto const right = static_cast<std::size_t>(frame_.cfa.at(k, 1));
            for (std::size_t i = 0; i < rows_; ++i) {
                std::ptrdiff_t const first =
                    (row * side_ + static_cast<std::ptrdiff_t>(i) * step + k) * frame_.shape.width;
                cell_loops().split(frame_.value.data() + first,
                                   half,
                                   values_[left].data() + i * half,
                                   values_[right].data() + i * half);
                masks_.push_back(mask_of(frame_.mask.data() + first));
            }
        }
    }

    void look_at(std::ptrdiff_t column, std::size_t plane, Looked& looked) const {
        auto const half = static_cast<std::size_t>(frame_.shape.width / 2);
        auto const each = static_cast<std::size_t>(side_ / 2);
        auto const offset = frame_.cfa.offset(static_cast<Plane>(plane));
        std::size_t const first = static_cast<std::size_t>(column) * each;
        looked.at = rows_ * each;
        looked.values.resize(looked.at);
        std::size_t count = 0;
        for (std::size_t i = 0; i < rows_; ++i) {
            float const* value = values_[plane].data() + i * half + first;
            MaskRow const& row = masks_[static_cast<std::size_t>(offset[0]) * rows_ + i];
            if (row.all_count) {
                std::copy_n(
                    value, each, looked.values.begin() + static_cast<std::ptrdiff_t>(count));
                count += each;
                continue;
            }
            std::uint8_t const* mask = row.first + 2 * first;
            for (std::size_t x = 0; x < each; ++x) {
                looked.values[count] = value[x];
                count += counts(mask[2 * x + static_cast<std::size_t>(offset[1])]) ? 1U : 0U;
            }
        }
        looked.values.resize(count);
    }

private:
    struct MaskRow {
        std::uint8_t const* first;
        bool all_count;
    };

    [[nodiscard]] MaskRow mask_of(std::uint8_t const* first) const {
        std::uint8_t any = 0;
        for (std::ptrdiff_t x = 0; x < frame_.shape.width; ++x) {
            any = static_cast<std::uint8_t>(any | first[x]);
        }
        return {first, counts(any)};
    }

    Frame const& frame_;
    std::ptrdiff_t side_;
    std::size_t rows_ = 0; // of each plane
    PerPlane<std::vector<float>> values_;
    std::vector<MaskRow> masks_; // of the rows of the upper planes, then of the lower
};

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
    parallel_runs(
        static_cast<std::size_t>(blocks.shape.height),
        threads,
        [&](std::size_t from, std::size_t to) {
            BlockRow row{frame, side};
            Looked looked;
            for (auto y = static_cast<std::ptrdiff_t>(from); y < static_cast<std::ptrdiff_t>(to);
                 ++y) {
                row.read(y);
                for (std::ptrdiff_t x = 0; x < blocks.shape.width; ++x) {
                    auto const i = static_cast<std::size_t>(y * blocks.shape.width + x);
                    for (std::size_t p = 0; p < plane_count; ++p) {
                        row.look_at(x, p, looked);
                        auto const level = level_of(frame.noise, static_cast<Plane>(p), looked);
                        blocks.level[p][i] = level.value_or(0.0);
                        blocks.good[i] = level ? blocks.good[i] : 0;
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
