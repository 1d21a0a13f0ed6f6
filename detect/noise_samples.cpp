// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/noise_samples.hpp"

#include "detect/parallel_runs.hpp"

#include <cstdint>

namespace cmq::detect {
namespace {

// Whether all cells of a bin stand outside traces.
bool is_empty(Cells const& cells, Level const& level, std::ptrdiff_t y, std::ptrdiff_t x) {
    unsigned any = 0;
    for (std::ptrdiff_t cy = level.binning * y; cy < level.binning * (y + 1); ++cy) {
        for (std::ptrdiff_t cx = level.binning * x; cx < level.binning * (x + 1); ++cx) {
            any |= cells.flags[cells.at(cy, cx)];
        }
    }
    return (any & source_bit) == 0;
}

// A step in [0, grid) from a place of the grid, a power of two, the same in every run. On a regular grid a weave of about its
// period would be seen in one phase only, and at its zeros not at all.
std::ptrdiff_t jitter(std::ptrdiff_t y, std::ptrdiff_t x, std::ptrdiff_t grid) {
    // Multiplication by odd constants spreads the bits, folding brings the high ones down.
    auto h =
        static_cast<std::uint32_t>(y) * 0x9E3779B1U ^ static_cast<std::uint32_t>(x) * 0x85EBCA77U;
    h ^= h >> 15U;
    h *= 0x2C1B3C6DU;
    h ^= h >> 12U;
    return static_cast<std::ptrdiff_t>(h & (static_cast<std::uint32_t>(grid) - 1U));
}

// A row of the grid.
struct SampleRow {
    std::ptrdiff_t y;
    std::ptrdiff_t seed; // of its jitter
    std::ptrdiff_t block_row;
    std::ptrdiff_t grid;
};

void sample_row(Cells const& cells,
                Level const& level,
                RowFilter const& filter,
                SampleRow const& row,
                RowFilter::Rows const& z,
                std::vector<NoiseSamples>& samples) {
    std::ptrdiff_t bx = 0;
    Span columns = level.mesh.columns(bx);
    std::uint8_t const* missing = filter.missing(row.y, bx);
    for (std::ptrdiff_t x0 = 0; x0 < level.shape.width; x0 += row.grid) {
        std::ptrdiff_t const x =
            std::min(level.shape.width - 1, x0 + jitter(row.seed, x0, row.grid));
        while (x >= columns.last) {
            columns = level.mesh.columns(++bx);
            missing = filter.missing(row.y, bx);
        }
        auto const i = static_cast<std::size_t>(x);
        PerPlane<float> const v{z[0][i], z[1][i], z[2][i], z[3][i]};
        bool const known =
            missing == nullptr || (v[0] != 0.0F && v[1] != 0.0F && v[2] != 0.0F && v[3] != 0.0F);
        if (known && is_empty(cells, level, row.y, x)) {
            samples[level.mesh.at(row.block_row, bx)].add(v);
        }
    }
}

} // namespace

std::vector<NoiseSamples> take_noise_samples(Cells const& cells,
                                             Level const& level,
                                             Kernel const& kernel,
                                             Background const& background,
                                             Cfa const& cfa,
                                             unsigned threads) {
    Mesh const& mesh = level.mesh;
    std::vector<NoiseSamples> samples(static_cast<std::size_t>(mesh.blocks.area()));
    RowFilter const fresh{level, kernel, background, cfa};
    auto const rows_of_blocks = static_cast<std::size_t>(mesh.blocks.height);
    parallel_runs(rows_of_blocks, threads, [&](std::size_t from, std::size_t to) {
        RowFilter filter = fresh;
        RowFilter::Rows z;
        for (std::size_t row = from; row < to; ++row) {
            auto const by = static_cast<std::ptrdiff_t>(row);
            Span const rows = mesh.rows(by);
            filter.enter(by);
            std::ptrdiff_t const grid = kernel.stride;
            for (std::ptrdiff_t y0 = rows.first; y0 < rows.last; y0 += grid) {
                std::ptrdiff_t const y = y0 + jitter(y0, -1, grid);
                if (y >= rows.last) {
                    continue;
                }
                filter.row(y, z);
                sample_row(cells, level, filter, {y, y0, by, grid}, z, samples);
            }
        }
    });
    return samples;
}

} // namespace cmq::detect
