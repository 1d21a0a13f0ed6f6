// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/background.hpp"

#include "detect/cell_loops.hpp"
#include "detect/lanes.hpp"
#include "detect/node_rows.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

namespace cmq::detect {
namespace {

constexpr double least_share = 0.15; // of a block's photosites for a level of its own
constexpr double mad_to_sd = 1.4826; // of a normal distribution
constexpr float clip_sd = 6.0F;
constexpr std::ptrdiff_t sample_step = 4; // cells each way: 64 photosites of a block of 32 x 32
constexpr std::ptrdiff_t band_rows = 32;

float median(std::vector<float>& values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// What a block says of the level of one plane.
struct BlockSums {
    double level = 0.0;
    double extra_variance = 0.0; // of photosites, above what the noise model says at their value
    double count = 0.0;
    bool clipped = false; // something was left out that is far from the others
};

// A block of one plane.
struct Block {
    Frame const& frame;
    Cells const& cells;
    std::size_t plane;
    Span rows;
    Span columns;
    bool whole; // every photosite takes part

    [[nodiscard]] double area() const {
        return static_cast<double>((rows.last - rows.first) * (columns.last - columns.first));
    }

    [[nodiscard]] bool takes_part(std::size_t cell) const {
        return whole || (cells.is_good(cell, plane) && (cells.flags[cell] & source_bit) == 0);
    }

    // Where a cell's photosite of the plane lies in the frame's vectors.
    [[nodiscard]] std::size_t photosite(std::ptrdiff_t y, std::ptrdiff_t x) const {
        return first_photosite(frame, plane) + static_cast<std::size_t>(2 * y * frame.shape.width) +
               2 * static_cast<std::size_t>(x);
    }

    // What the frame's variance has above the noise model at its own value.
    [[nodiscard]] double extra_variance(std::size_t photosite) const {
        return static_cast<double>(frame.variance[photosite]) -
               frame.noise.variance(static_cast<Plane>(plane),
                                    static_cast<double>(frame.value[photosite]));
    }
};

struct Range {
    float low;
    float high;
};

// clip_sd robust standard deviations on both sides of the median of some photosites.
Range plausible_range(Block const& block,
                      std::vector<float>& values,
                      std::vector<float>& distance,
                      BlockSums& sums) {
    values.clear();
    double extras = 0.0;
    for (std::ptrdiff_t y = block.rows.first; y < block.rows.last; y += sample_step) {
        // Rows begin at different columns, or a weave of that period would be seen in one phase.
        std::ptrdiff_t const shift = (y - block.rows.first) / sample_step * 3 % sample_step;
        for (std::ptrdiff_t x = block.columns.first + shift; x < block.columns.last;
             x += sample_step) {
            std::size_t const cell = block.cells.at(y, x);
            if (!block.takes_part(cell)) {
                continue;
            }
            values.push_back(block.cells.residual[block.plane][cell]);
            // Smooth over the frame but for defects; each costs a look far away in memory.
            if ((y - block.rows.first) % (2 * sample_step) == 0 &&
                (x - block.columns.first - shift) % (2 * sample_step) == 0) {
                sums.extra_variance += block.extra_variance(block.photosite(y, x));
                extras += 1.0;
            }
        }
    }
    if (values.empty()) {
        return {1.0F, -1.0F};
    }
    sums.extra_variance /= std::max(1.0, extras);
    float const centre = median(values);
    distance.resize(values.size());
    std::transform(values.begin(), values.end(), distance.begin(), [centre](float v) {
        return std::abs(v - centre);
    });
    float const reach = clip_sd * static_cast<float>(mad_to_sd) * median(distance);
    return {centre - reach, centre + reach};
}

// Whether every photosite of the block's row takes part.
bool whole_row(Block const& block, std::size_t first, std::size_t width) {
    if (block.whole) {
        return true;
    }
    auto const bit = 1U << block.plane;
    unsigned all = bit;
    unsigned any = 0;
    std::uint8_t const* flags = block.cells.flags.data() + first;
    for (std::size_t x = 0; x < width; ++x) {
        all &= flags[x];
        any |= flags[x];
    }
    return all == bit && (any & source_bit) == 0;
}

// Calls use(values, count) for each row of the block with those that take part.
template <class Use>
void for_rows(Block const& block, std::vector<float>& taken, Use use) {
    auto const width = static_cast<std::size_t>(block.columns.last - block.columns.first);
    for (std::ptrdiff_t y = block.rows.first; y < block.rows.last; ++y) {
        std::size_t const row = block.cells.at(y, block.columns.first);
        float const* value = block.cells.residual[block.plane].data() + row;
        if (whole_row(block, row, width)) {
            use(value, width);
            continue;
        }
        taken.clear();
        for (std::size_t x = 0; x < width; ++x) {
            if (block.takes_part(row + x)) {
                taken.push_back(value[x]);
            }
        }
        use(taken.data(), taken.size());
    }
}

// Mean of the photosites within a plausible range. residual holds the values as they are.
BlockSums first_sums(Block const& block, std::vector<float>& values, std::vector<float>& scratch) {
    BlockSums sums;
    Range const range = plausible_range(block, values, scratch, sums);
    double there = 0.0;
    for_rows(block, values, [&](float const* value, std::size_t count) {
        RangeSum const inside = sum_inside(value, count, range.low, range.high);
        sums.level += static_cast<double>(inside.sum);
        sums.count += static_cast<double>(inside.count);
        there += static_cast<double>(count);
    });
    if (sums.count < least_share * block.area() || sums.count < 1.0) {
        return {};
    }
    sums.level /= sums.count;
    sums.clipped = sums.count < there;
    return sums;
}

// The values of a row's photosites that take part.
void take_row(Block const& block, std::ptrdiff_t y, std::vector<float>& values) {
    auto const width = static_cast<std::size_t>(block.columns.last - block.columns.first);
    float const* value = block.frame.value.data() + block.photosite(y, block.columns.first);
    std::size_t const row = block.cells.at(y, block.columns.first);
    values.resize(width);
    if (whole_row(block, row, width)) {
        for (std::size_t x = 0; x < width; ++x) {
            values[x] = value[2 * x];
        }
        return;
    }
    std::size_t taken = 0;
    for (std::size_t x = 0; x < width; ++x) {
        values[taken] = value[2 * x];
        taken += block.takes_part(row + x) ? 1U : 0U;
    }
    values.resize(taken);
}

// Plain mean outside traces.
BlockSums mean_sums(Block const& block, std::vector<float>& values) {
    BlockSums sums;
    double sampled = 0.0;
    for (std::ptrdiff_t y = block.rows.first; y < block.rows.last; ++y) {
        for (auto x = block.columns.first + (y - block.rows.first) % sample_step;
             x < block.columns.last;
             x += sample_step) {
            if (block.takes_part(block.cells.at(y, x))) {
                sums.extra_variance += block.extra_variance(block.photosite(y, x));
                sampled += 1.0;
            }
        }
        take_row(block, y, values);
        constexpr float most = std::numeric_limits<float>::max();
        sums.level +=
            static_cast<double>(sum_inside(values.data(), values.size(), -most, most).sum);
        sums.count += static_cast<double>(values.size());
    }
    if (sums.count < least_share * block.area() || sums.count < 1.0) {
        return {};
    }
    sums.level /= sums.count;
    sums.extra_variance /= std::max(1.0, sampled);
    return sums;
}

bool all_take_part(Cells const& cells, Span rows, Span columns) {
    unsigned all = all_planes;
    unsigned any = 0;
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        std::uint8_t const* flags = cells.flags.data() + cells.at(y, 0);
        for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
            all &= flags[x];
            any |= flags[x];
        }
    }
    return all == all_planes && (any & source_bit) == 0;
}

// Mean level of the known blocks among the 3 x 3 around; nothing when there are none.
std::optional<double> mean_around(Mesh const& mesh,
                                  std::vector<double> const& level,
                                  std::vector<double> const& known,
                                  std::ptrdiff_t by,
                                  std::ptrdiff_t bx) {
    double sum = 0.0;
    double weight = 0.0;
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, by - 1);
         y < std::min(mesh.blocks.height, by + 2);
         ++y) {
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, bx - 1);
             x < std::min(mesh.blocks.width, bx + 2);
             ++x) {
            double const share = known[mesh.at(y, x)] > 0.0 ? 1.0 : 0.0;
            sum += share * level[mesh.at(y, x)];
            weight += share;
        }
    }
    return weight > 0.0 ? std::optional{sum / weight} : std::nullopt;
}

// Gives blocks without a level the mean of the known ones around them, ring by ring.
void fill_gaps(Mesh const& mesh, std::vector<double>& level, std::vector<double> known) {
    for (bool changed = true; changed;) {
        changed = false;
        std::vector<double> const before = known;
        for (std::ptrdiff_t b = 0; b < mesh.blocks.area(); ++b) {
            auto const i = static_cast<std::size_t>(b);
            if (before[i] > 0.0) {
                continue;
            }
            if (auto const mean = mean_around(
                    mesh, level, before, b / mesh.blocks.width, b % mesh.blocks.width)) {
                level[i] = *mean;
                known[i] = 1.0;
                changed = true;
            }
        }
    }
}

void set_variance(Frame const& frame, Background& background) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        for (std::size_t b = 0; b < background.level_dn[p].size(); ++b) {
            // The model at the mean level, not the mean of the model at noisy values: max(signal, 0)
            // would raise the latter near the dark.
            double const model =
                frame.noise.variance(static_cast<Plane>(p), background.level_dn[p][b]);
            background.variance_dn2[p][b] =
                std::max(model + std::max(0.0, background.extra_dn2[p][b]), 1e-12);
        }
    }
}

// Calls measure(block, index) for each block and plane where wanted(index), block rows in parallel.
template <class Wanted, class Measure>
void for_blocks(Frame const& frame,
                Cells const& cells,
                Mesh const& mesh,
                unsigned threads,
                Wanted wanted,
                Measure measure) {
    parallel_blocks(static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
        auto const by = static_cast<std::ptrdiff_t>(row);
        auto job = measure();
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            if (!wanted(mesh.at(by, bx))) {
                continue;
            }
            Span const rows = mesh.rows(by);
            Span const columns = mesh.columns(bx);
            bool const whole = all_take_part(cells, rows, columns);
            for (std::size_t p = 0; p < plane_count; ++p) {
                job(Block{frame, cells, p, rows, columns, whole}, mesh.at(by, bx));
            }
        }
    });
}

void keep(BlockSums const& sums, std::size_t plane, std::size_t b, Background& background) {
    background.level_dn[plane][b] = sums.level;
    background.photosites[plane][b] = sums.count;
    background.extra_dn2[plane][b] = sums.extra_variance;
}

void finish(Frame const& frame, Background& background) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        fill_gaps(background.mesh, background.level_dn[p], background.photosites[p]);
        fill_gaps(background.mesh, background.extra_dn2[p], background.photosites[p]);
    }
    set_variance(frame, background);
}

} // namespace

Background measure_first_background(Frame const& frame,
                                    Cells const& cells,
                                    Mesh const& mesh,
                                    unsigned threads) {
    auto const blocks = static_cast<std::size_t>(mesh.blocks.area());
    Background result;
    result.mesh = mesh;
    result.unsettled.assign(blocks, 0);
    for (std::size_t p = 0; p < plane_count; ++p) {
        result.level_dn[p].assign(blocks, 0.0);
        result.photosites[p].assign(blocks, 0.0);
        result.variance_dn2[p].assign(blocks, 0.0);
        result.extra_dn2[p].assign(blocks, 0.0);
    }
    for_blocks(
        frame,
        cells,
        mesh,
        threads,
        [](std::size_t) { return true; },
        [&result] {
            return [&result, values = std::vector<float>{}, scratch = std::vector<float>{}](
                       Block const& block, std::size_t b) mutable {
                BlockSums const sums = first_sums(block, values, scratch);
                keep(sums, block.plane, b, result);
                if (sums.clipped || sums.count == 0.0) {
                    result.unsettled[b] = 1;
                }
            };
        });
    finish(frame, result);
    return result;
}

Background measure_again(Frame const& frame,
                         Cells const& cells,
                         Background const& before,
                         std::vector<std::uint8_t> const& chosen,
                         unsigned threads) {
    Background result = before;
    for_blocks(
        frame,
        cells,
        result.mesh,
        threads,
        [&](std::size_t b) { return chosen[b] != 0; },
        [&result] {
            return [&result, values = std::vector<float>{}](Block const& block,
                                                            std::size_t b) mutable {
                keep(mean_sums(block, values), block.plane, b, result);
            };
        });
    finish(frame, result);
    return result;
}

void unsettle(std::size_t cell, Background& background) {
    Mesh const& mesh = background.mesh;
    auto const c = static_cast<std::ptrdiff_t>(cell);
    background.unsettled[mesh.at(mesh.block_row(c / mesh.cells.width),
                                 mesh.block_column(c % mesh.cells.width))] = 1;
}

void subtract_background(Background const& background, Cells& cells, unsigned threads) {
    auto const width = static_cast<std::size_t>(cells.shape.width);
    for (std::size_t p = 0; p < plane_count; ++p) {
        NodeRows const nodes{background.level_dn[p], background.mesh, Between::cubic};
        auto const bands =
            static_cast<std::size_t>((cells.shape.height + band_rows - 1) / band_rows);
        parallel_blocks(bands, threads, [&](std::size_t band) {
            std::vector<float> scratch;
            std::vector<float> level(width);
            auto const first = static_cast<std::ptrdiff_t>(band) * band_rows;
            for (auto y = first; y < std::min(cells.shape.height, first + band_rows); ++y) {
                nodes.row(y, scratch, level.data());
                std::size_t const row = cells.at(y, 0);
                cell_loops().subtract(level.data(),
                                      cells.flags.data() + row,
                                      static_cast<unsigned>(p),
                                      width,
                                      cells.residual[p].data() + row);
            }
        });
    }
}

namespace {

// Which blocks see a changed node: Catmull-Rom looks two nodes each way.
std::vector<std::uint8_t> touched_blocks(Mesh const& mesh, std::vector<double> const& change) {
    std::vector<std::uint8_t> touched(change.size(), 0);
    for (std::ptrdiff_t by = 0; by < mesh.blocks.height; ++by) {
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            if (change[mesh.at(by, bx)] == 0.0) {
                continue;
            }
            for (auto y = std::max<std::ptrdiff_t>(0, by - 2);
                 y < std::min(mesh.blocks.height, by + 3);
                 ++y) {
                for (auto x = std::max<std::ptrdiff_t>(0, bx - 2);
                     x < std::min(mesh.blocks.width, bx + 3);
                     ++x) {
                    touched[mesh.at(y, x)] = 1;
                }
            }
        }
    }
    return touched;
}

} // namespace

void change_background(Background const& before,
                       Background const& after,
                       Cells& cells,
                       unsigned threads) {
    Mesh const& mesh = before.mesh;
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::vector<double> change(before.level_dn[p].size());
        std::transform(after.level_dn[p].begin(),
                       after.level_dn[p].end(),
                       before.level_dn[p].begin(),
                       change.begin(),
                       std::minus<>{});
        auto const touched = touched_blocks(mesh, change);
        NodeRows const nodes{change, mesh, Between::cubic};
        parallel_blocks(
            static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
                auto const by = static_cast<std::ptrdiff_t>(row);
                auto const* first = touched.data() + mesh.at(by, 0);
                if (std::all_of(first, first + mesh.blocks.width, [](auto t) { return t == 0; })) {
                    return;
                }
                std::vector<float> scratch;
                std::vector<float> level(static_cast<std::size_t>(cells.shape.width));
                Span const rows = mesh.rows(by);
                for (auto y = rows.first; y < rows.last; ++y) {
                    nodes.row(y, scratch, level.data());
                    for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
                        if (first[bx] != 0) {
                            Span const columns = mesh.columns(bx);
                            std::size_t const cell = cells.at(y, columns.first);
                            cell_loops().subtract(
                                level.data() + columns.first,
                                cells.flags.data() + cell,
                                static_cast<unsigned>(p),
                                static_cast<std::size_t>(columns.last - columns.first),
                                cells.residual[p].data() + cell);
                        }
                    }
                }
            });
    }
}

} // namespace cmq::detect
