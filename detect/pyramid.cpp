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
    unsigned all = all_planes;
    for (std::ptrdiff_t x = 0; x < cells.shape.width; ++x) {
        all &= flags[x];
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

} // namespace

Level make_finest_level(Cells const& cells, Mesh const& mesh, unsigned threads) {
    Level level;
    level.shape = cells.shape;
    level.mesh = mesh;
    for (std::size_t p = 0; p < plane_count; ++p) {
        level.value[p] = cells.residual[p].data();
    }
    auto const bands = static_cast<std::size_t>((cells.shape.height + band_rows - 1) / band_rows);
    std::vector<std::vector<Missing>> missing(bands);
    parallel_blocks(bands, threads, [&](std::size_t band) {
        auto const first = static_cast<std::ptrdiff_t>(band) * band_rows;
        for (auto y = first; y < std::min(cells.shape.height, first + band_rows); ++y) {
            add_missing(cells, y, missing[band]);
        }
    });
    for (auto const& band : missing) {
        level.missing.insert(level.missing.end(), band.begin(), band.end());
    }
    index_rows(level);
    return level;
}

Level make_coarser_level(Level const& finer, unsigned threads) {
    Level level;
    level.binning = 2 * finer.binning;
    level.shape = {finer.shape.height / 2, finer.shape.width / 2};
    level.mesh = {level.shape, finer.mesh.blocks};
    auto const bands = static_cast<std::size_t>((level.shape.height + band_rows - 1) / band_rows);
    for (std::size_t p = 0; p < plane_count; ++p) {
        level.sums[p].resize(static_cast<std::size_t>(level.shape.area()));
        level.value[p] = level.sums[p].data();
        parallel_blocks(bands, threads, [&](std::size_t band) {
            auto const first = static_cast<std::ptrdiff_t>(band) * band_rows;
            for (auto y = first; y < std::min(level.shape.height, first + band_rows); ++y) {
                cell_loops().pairs(finer.value[p] + finer.at(2 * y, 0),
                                   finer.value[p] + finer.at(2 * y + 1, 0),
                                   static_cast<std::size_t>(level.shape.width),
                                   level.sums[p].data() + level.at(y, 0));
            }
        });
    }
    level.missing = binned(finer.missing, level.shape);
    index_rows(level);
    return level;
}

} // namespace cmq::detect
