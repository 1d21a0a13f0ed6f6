// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/pyramid.hpp"

#include "detect/cell_loops.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <tuple>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t band_rows = 32;

void add_missing(Cells const& cells, std::ptrdiff_t y, std::vector<Missing>& missing) {
    std::uint8_t const* flags = cells.flags.data() + cells.at(y, 0);
    std::uint8_t all = all_planes;
    for (std::ptrdiff_t x = 0; x < cells.shape.width; ++x) {
        all = static_cast<std::uint8_t>(all & flags[x]);
    }
    if (all == all_planes) {
        return;
    }
    for (std::ptrdiff_t x = 0; x < cells.shape.width; ++x) {
        for (unsigned p = 0; p < plane_count; ++p) {
            if (((static_cast<unsigned>(flags[x]) >> p) & 1U) == 0) {
                missing.push_back({static_cast<std::int32_t>(y),
                                   static_cast<std::int32_t>(x),
                                   static_cast<std::uint8_t>(p),
                                   1});
            }
        }
    }
}

void index_rows(Level& level) {
    level.row.assign(static_cast<std::size_t>(level.shape.height) + 1, 0);
    for (Missing const& m : level.missing) {
        ++level.row[static_cast<std::size_t>(m.y) + 1];
    }
    for (std::size_t y = 1; y < level.row.size(); ++y) {
        level.row[y] += level.row[y - 1];
    }
}

// Those of the finer level, each in its bin, counted together.
std::vector<Missing> binned(std::vector<Missing> const& finer, Shape shape) {
    std::vector<Missing> all;
    for (Missing m : finer) {
        m.y /= 2;
        m.x /= 2;
        if (m.y < shape.height && m.x < shape.width) {
            all.push_back(m);
        }
    }
    std::sort(all.begin(), all.end(), [](Missing const& a, Missing const& b) {
        return std::tie(a.y, a.x, a.plane) < std::tie(b.y, b.x, b.plane);
    });
    std::vector<Missing> merged;
    for (Missing const& m : all) {
        if (!merged.empty() && merged.back().y == m.y && merged.back().x == m.x &&
            merged.back().plane == m.plane) {
            merged.back().count = static_cast<std::uint8_t>(merged.back().count + m.count);
        } else {
            merged.push_back(m);
        }
    }
    return merged;
}

void sum_row(Level const& finer, std::ptrdiff_t y, Level& coarser) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        cell_loops().pairs(finer.value[p] + finer.at(2 * y, 0),
                           finer.value[p] + finer.at(2 * y + 1, 0),
                           static_cast<std::size_t>(coarser.shape.width),
                           coarser.sums[p].data() + coarser.at(y, 0));
    }
}

} // namespace

Level make_finest_level(Cells const& cells, Mesh const& mesh) {
    Level level;
    level.shape = cells.shape;
    level.mesh = mesh;
    for (std::size_t p = 0; p < plane_count; ++p) {
        level.value[p] = cells.residual[p].data();
    }
    return level;
}

Level make_coarser_level(Level const& finer) {
    Level level;
    level.binning = 2 * finer.binning;
    level.shape = {finer.shape.height / 2, finer.shape.width / 2};
    level.mesh = {level.shape, finer.mesh.blocks};
    for (std::size_t p = 0; p < plane_count; ++p) {
        level.sums[p].resize(static_cast<std::size_t>(level.shape.area()));
        level.value[p] = level.sums[p].data();
    }
    return level;
}

void sum_rows_within(Level const& finer, Span rows, Level& coarser) {
    for (std::ptrdiff_t y = (rows.first + 1) / 2; 2 * y + 1 < rows.last; ++y) {
        sum_row(finer, y, coarser);
    }
}

void sum_rows_between(Level const& finer, std::ptrdiff_t row, Level& coarser) {
    if (row % 2 != 0 && row / 2 < coarser.shape.height) {
        sum_row(finer, row / 2, coarser);
    }
}

void sum_around(Level const& finer, Span rows, Span columns, Level& coarser) {
    std::ptrdiff_t const left = columns.first / 2;
    std::ptrdiff_t const right = std::min(coarser.shape.width, (columns.last + 1) / 2);
    for (std::ptrdiff_t y = rows.first / 2;
         left < right && y < std::min(coarser.shape.height, (rows.last + 1) / 2);
         ++y) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            cell_loops().pairs(finer.value[p] + finer.at(2 * y, 2 * left),
                               finer.value[p] + finer.at(2 * y + 1, 2 * left),
                               static_cast<std::size_t>(right - left),
                               coarser.sums[p].data() + coarser.at(y, left));
        }
    }
}

void sum_bin(Level const& finer, std::size_t cell, Level& coarser) {
    auto const c = static_cast<std::ptrdiff_t>(cell);
    std::ptrdiff_t const y = c / finer.shape.width / 2;
    std::ptrdiff_t const x = c % finer.shape.width / 2;
    if (y >= coarser.shape.height || x >= coarser.shape.width) {
        return;
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        cell_loops().pairs(finer.value[p] + finer.at(2 * y, 2 * x),
                           finer.value[p] + finer.at(2 * y + 1, 2 * x),
                           1,
                           coarser.sums[p].data() + coarser.at(y, x));
    }
}

void list_missing(Cells const& cells, unsigned threads, Level& finest) {
    auto const bands = static_cast<std::size_t>((cells.shape.height + band_rows - 1) / band_rows);
    std::vector<std::vector<Missing>> missing(bands);
    parallel_blocks(bands, threads, [&](std::size_t band) {
        auto const first = static_cast<std::ptrdiff_t>(band) * band_rows;
        for (auto y = first; y < std::min(cells.shape.height, first + band_rows); ++y) {
            add_missing(cells, y, missing[band]);
        }
    });
    finest.missing.clear();
    for (auto const& band : missing) {
        finest.missing.insert(finest.missing.end(), band.begin(), band.end());
    }
    index_rows(finest);
}

void bin_missing(Level const& finer, Level& coarser) {
    coarser.missing = binned(finer.missing, coarser.shape);
    index_rows(coarser);
}

} // namespace cmq::detect
