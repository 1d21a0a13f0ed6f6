// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/background.hpp"

#include "detect/block_level.hpp"
#include "detect/cell_loops.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>

namespace cmq::detect {
namespace {

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

void set_units(Background& background) {
    std::size_t const blocks = background.variance_dn2[0].size();
    if (!background.cloth) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            background.unit_dn[p].resize(blocks);
            std::ranges::transform(background.variance_dn2[p],
                                   background.unit_dn[p].begin(),
                                   [](double variance) { return std::sqrt(variance); });
        }
        return;
    }
    // The geometric mean of the planes' noise in a block, times each plane's ratio to it over the frame.
    std::vector<double> mean(blocks, 0.0); // logarithms of standard deviations
    PerPlane<double> ratio{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        background.unit_dn[p].resize(blocks);
        for (std::size_t b = 0; b < blocks; ++b) {
            double const log_sd = 0.5 * std::log(background.variance_dn2[p][b]);
            mean[b] += log_sd / static_cast<double>(plane_count);
            ratio[p] += log_sd / static_cast<double>(blocks);
        }
    }
    double const middle =
        std::accumulate(ratio.begin(), ratio.end(), 0.0) / static_cast<double>(plane_count);
    for (std::size_t p = 0; p < plane_count; ++p) {
        for (std::size_t b = 0; b < blocks; ++b) {
            background.unit_dn[p][b] = std::exp(mean[b] + ratio[p] - middle);
        }
    }
}

void keep(BlockLevel const& level, std::size_t plane, std::size_t b, Background& background) {
    background.level_dn[plane][b] = level.level_dn;
    background.photosites[plane][b] = level.count;
    background.extra_dn2[plane][b] = level.extra_dn2;
}

void finish(Frame const& frame, Background& background) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        fill_gaps(background.mesh, background.level_dn[p], background.photosites[p]);
        fill_gaps(background.mesh, background.extra_dn2[p], background.photosites[p]);
    }
    set_variance(frame, background);
    set_units(background);
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
        result.left_out[p].assign(blocks, 0.0);
        result.range[p].resize(blocks);
    }
    parallel_blocks(static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
        auto const by = static_cast<std::ptrdiff_t>(row);
        BlockReader reader{frame, cells};
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            auto const levels = reader.robust_levels(mesh.rows(by), mesh.columns(bx));
            std::size_t const b = mesh.at(by, bx);
            for (std::size_t p = 0; p < plane_count; ++p) {
                keep(levels[p], p, b, result);
                result.left_out[p][b] = levels[p].left_out;
                result.range[p][b] = levels[p].range;
                if (levels[p].count == 0.0) {
                    result.unsettled[b] = 1;
                }
            }
        }
    });
    finish(frame, result);
    return result;
}

void set_cloth(Background& background) {
    background.cloth = true;
    set_units(background);
}

Background measure_again(Frame const& frame,
                         Cells const& cells,
                         Background const& before,
                         std::vector<std::uint8_t> const& chosen,
                         unsigned threads) {
    Background result = before;
    Mesh const& mesh = result.mesh;
    parallel_blocks(static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
        auto const by = static_cast<std::ptrdiff_t>(row);
        BlockReader reader{frame, cells};
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            std::size_t const b = mesh.at(by, bx);
            if (chosen[b] == 0) {
                continue;
            }
            auto const levels = reader.mean_levels(mesh.rows(by),
                                                   mesh.columns(bx),
                                                   {before.level_dn[0][b],
                                                    before.level_dn[1][b],
                                                    before.level_dn[2][b],
                                                    before.level_dn[3][b]});
            for (std::size_t p = 0; p < plane_count; ++p) {
                keep(levels[p], p, b, result);
                result.left_out[p][b] = 0.0;
                result.range[p][b] = levels[p].range;
            }
            result.unsettled[b] = 0;
        }
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

void take_from_level(Frame const& frame,
                     std::size_t cell,
                     std::size_t plane,
                     Background& background) {
    Mesh const& mesh = background.mesh;
    auto const c = static_cast<std::ptrdiff_t>(cell);
    std::ptrdiff_t const y = c / mesh.cells.width;
    std::ptrdiff_t const x = c % mesh.cells.width;
    std::size_t const b = mesh.at(mesh.block_row(y), mesh.block_column(x));
    std::size_t const photosite =
        first_photosite(frame, plane) + 2 * static_cast<std::size_t>(y * frame.shape.width + x);
    if (background.range[plane][b].holds(frame.value[photosite])) {
        background.unsettled[b] = 1;
    } else {
        background.left_out[plane][b] -= 1.0;
    }
}

std::vector<std::uint8_t> unsettled_blocks(Background const& background) {
    std::vector<std::uint8_t> blocks = background.unsettled;
    for (auto const& left_out : background.left_out) {
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            blocks[b] = static_cast<std::uint8_t>(blocks[b] != 0 || left_out[b] != 0.0);
        }
    }
    return blocks;
}

NodeRows
scale_rows(Background const& background, std::size_t plane, Mesh const& mesh, double norm) {
    std::vector<double> scale(background.unit_dn[plane].size());
    std::ranges::transform(background.unit_dn[plane], scale.begin(), [norm](double unit) {
        return 1.0 / (norm * unit);
    });
    return {scale, mesh, Between::linear};
}

SurfaceRows::SurfaceRows(Background const& background)
    : level_{NodeRows{background.level_dn[0], background.mesh, Between::cubic},
             NodeRows{background.level_dn[1], background.mesh, Between::cubic},
             NodeRows{background.level_dn[2], background.mesh, Between::cubic},
             NodeRows{background.level_dn[3], background.mesh, Between::cubic}} {}

void SurfaceRows::fill_residual(Frame const& frame,
                                std::ptrdiff_t y,
                                Buffers& buffers,
                                Cells& cells) const {
    auto const width = static_cast<std::size_t>(cells.shape.width);
    std::size_t const row = cells.at(y, 0);
    for (std::size_t p = 0; p < plane_count; ++p) {
        buffers.level[p].resize(width);
        level_[p].row(y, buffers.scratch, buffers.level[p].data());
    }
    for (std::ptrdiff_t k = 0; k < 2; ++k) {
        auto const left = static_cast<std::size_t>(frame.cfa.at(k, 0));
        auto const right = static_cast<std::size_t>(frame.cfa.at(k, 1));
        cell_loops().split_above(frame.value.data() + (2 * y + k) * frame.shape.width,
                                 cells.flags.data() + row,
                                 width,
                                 {buffers.level[left].data(),
                                  cells.residual[left].data() + row,
                                  static_cast<unsigned>(left)},
                                 {buffers.level[right].data(),
                                  cells.residual[right].data() + row,
                                  static_cast<unsigned>(right)});
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

std::vector<Span>
chosen_columns(Mesh const& mesh, std::vector<std::uint8_t> const& chosen, std::ptrdiff_t by) {
    std::vector<Span> runs;
    for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
        if (chosen[mesh.at(by, bx)] == 0) {
            continue;
        }
        Span const columns = mesh.columns(bx);
        if (!runs.empty() && runs.back().last == columns.first) {
            runs.back().last = columns.last;
        } else {
            runs.push_back(columns);
        }
    }
    return runs;
}

std::vector<std::uint8_t> change_background(Background const& before,
                                            Background const& after,
                                            Cells& cells,
                                            unsigned threads) {
    Mesh const& mesh = before.mesh;
    std::vector<std::uint8_t> changed(before.level_dn[0].size(), 0);
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::vector<double> change(before.level_dn[p].size());
        std::transform(after.level_dn[p].begin(),
                       after.level_dn[p].end(),
                       before.level_dn[p].begin(),
                       change.begin(),
                       std::minus<>{});
        auto const touched = touched_blocks(mesh, change);
        std::transform(
            touched.begin(), touched.end(), changed.begin(), changed.begin(), std::bit_or<>{});
        NodeRows const nodes{change, mesh, Between::cubic};
        parallel_blocks(
            static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
                auto const by = static_cast<std::ptrdiff_t>(row);
                auto const runs = chosen_columns(mesh, touched, by);
                std::vector<float> scratch;
                std::vector<float> level(static_cast<std::size_t>(cells.shape.width));
                Span const rows = mesh.rows(by);
                for (auto y = rows.first; y < rows.last && !runs.empty(); ++y) {
                    nodes.begin_row(y, scratch);
                    for (Span const columns : runs) {
                        std::size_t const cell = cells.at(y, columns.first);
                        nodes.columns(columns, scratch, level.data());
                        cell_loops().subtract(
                            level.data() + columns.first,
                            cells.flags.data() + cell,
                            static_cast<unsigned>(p),
                            static_cast<std::size_t>(columns.last - columns.first),
                            cells.residual[p].data() + cell);
                    }
                }
            });
    }
    return changed;
}

} // namespace cmq::detect
