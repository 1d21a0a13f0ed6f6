// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/border_leak.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

// Of the mean square of fourth differences, what comes through as variance of z; by the filter's binning. Found on 20 frames
// of printed cloth in 9 000 electrons, tried on others (docs/studies/false_traces.md).
constexpr double share_of_finest = 3e-3;
constexpr double share_of_middle = 2e-3;

constexpr std::ptrdiff_t reach = 2;         // cells each way of the bin
constexpr std::ptrdiff_t stride = 4;        // cells, of places where means are taken
constexpr std::ptrdiff_t neighbourhood = 2; // blocks each way, as for the covariance
constexpr std::array<float, 5> difference{1.0F, -4.0F, 6.0F, -4.0F, 1.0F};
constexpr std::array<double, 3> weight_at{0.399, 0.242, 0.054}; // by cells from the bin

double share_of(std::ptrdiff_t binning) {
    return binning == 1 ? share_of_finest : binning == 2 ? share_of_middle : 0.0;
}

double weight_of(std::ptrdiff_t place, Span bin) {
    auto const away = std::max<std::ptrdiff_t>({0, bin.first - place, place + 1 - bin.last});
    return weight_at[static_cast<std::size_t>(away)];
}

struct Place {
    std::ptrdiff_t y;
    std::ptrdiff_t x;
};

struct Sum {
    double squares = 0.0;
    double weight = 0.0;
};

// Adds the square of the difference of five cells, `step` apart, if all of them take part.
void add_square(Cells const& cells,
                std::size_t plane,
                std::size_t middle,
                std::size_t step,
                double weight,
                Sum& sum) {
    float value = 0.0F;
    for (std::size_t k = 0; k < difference.size(); ++k) {
        std::size_t const cell = middle + k * step - 2 * step;
        if (!cells.is_good(cell, plane)) {
            return;
        }
        value += difference[k] * cells.residual[plane][cell];
    }
    sum.squares += weight * static_cast<double>(value) * static_cast<double>(value);
    sum.weight += weight;
}

// Squares of differences along the row and along the column.
void add_squares(
    Cells const& cells, std::size_t plane, Place place, double weight, std::array<Sum, 2>& sums) {
    std::size_t const cell = cells.at(place.y, place.x);
    if (place.x >= 2 && place.x + 2 < cells.shape.width) {
        add_square(cells, plane, cell, 1, weight, sums[0]);
    }
    if (place.y >= 2 && place.y + 2 < cells.shape.height) {
        add_square(
            cells, plane, cell, static_cast<std::size_t>(cells.shape.width), weight, sums[1]);
    }
}

std::array<Sum, 2> squares_around(Cells const& cells, std::size_t plane, Span rows, Span columns) {
    std::array<Sum, 2> sums{};
    for (auto y = std::max<std::ptrdiff_t>(0, rows.first - reach);
         y < std::min(cells.shape.height, rows.last + reach);
         ++y) {
        for (auto x = std::max<std::ptrdiff_t>(0, columns.first - reach);
             x < std::min(cells.shape.width, columns.last + reach);
             ++x) {
            add_squares(cells, plane, {y, x}, weight_of(y, rows) * weight_of(x, columns), sums);
        }
    }
    return sums;
}

// Of a block, outside traces.
std::array<Sum, 2>
squares_of_block(Cells const& cells, std::size_t plane, Span rows, Span columns) {
    std::array<Sum, 2> sums{};
    for (auto y = rows.first; y < rows.last; y += stride) {
        // In turn by two cells: a weave is met in more than one phase.
        for (auto x = columns.first + (y / stride % 2) * (stride / 2); x < columns.last;
             x += stride) {
            if ((cells.flags[cells.at(y, x)] & source_bit) == 0) {
                add_squares(cells, plane, {y, x}, 1.0, sums);
            }
        }
    }
    return sums;
}

double mean_around(Mesh const& mesh, std::vector<Sum> const& sums, std::size_t block) {
    auto const b = static_cast<std::ptrdiff_t>(block);
    std::ptrdiff_t const by = b / mesh.blocks.width;
    std::ptrdiff_t const bx = b % mesh.blocks.width;
    Sum all;
    for (auto y = std::max<std::ptrdiff_t>(0, by - neighbourhood);
         y <= std::min(mesh.blocks.height - 1, by + neighbourhood);
         ++y) {
        for (auto x = std::max<std::ptrdiff_t>(0, bx - neighbourhood);
             x <= std::min(mesh.blocks.width - 1, bx + neighbourhood);
             ++x) {
            all.squares += sums[mesh.at(y, x)].squares;
            all.weight += sums[mesh.at(y, x)].weight;
        }
    }
    return all.weight > 0.0 ? all.squares / all.weight : 0.0;
}

} // namespace

BorderLeaks::BorderLeaks(Cells const& cells,
                         Background const& background,
                         Cfa const& cfa,
                         unsigned threads)
    : cells_{cells}
    , background_{background}
    , cfa_{cfa} {
    if (!background.cloth) {
        return;
    }
    Mesh const& mesh = background.mesh;
    auto const blocks = static_cast<std::size_t>(mesh.blocks.area());
    PerPlane<std::array<std::vector<Sum>, 2>> sums{};
    for (auto& plane : sums) {
        for (auto& axis : plane) {
            axis.resize(blocks);
        }
    }
    parallel_blocks(static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
        auto const by = static_cast<std::ptrdiff_t>(row);
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            for (std::size_t p = 0; p < plane_count; ++p) {
                auto const own = squares_of_block(cells, p, mesh.rows(by), mesh.columns(bx));
                for (std::size_t axis = 0; axis < own.size(); ++axis) {
                    sums[p][axis][mesh.at(by, bx)] = own[axis];
                }
            }
        }
    });
    for (std::size_t p = 0; p < plane_count; ++p) {
        for (std::size_t axis = 0; axis < sums[p].size(); ++axis) {
            for (std::size_t b = 0; b < blocks; ++b) {
                mean_square_[p][axis].push_back(mean_around(mesh, sums[p][axis], b));
            }
        }
    }
}

BorderLeak BorderLeaks::around(Span rows, Span columns, std::ptrdiff_t binning) const {
    BorderLeak leak{};
    double const share = share_of(binning);
    if (share == 0.0 || mean_square_[0][0].empty()) {
        return leak;
    }
    Mesh const& mesh = background_.mesh;
    std::size_t const block = mesh.at(mesh.block_row(rows.first), mesh.block_column(columns.first));
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const offset = cfa_.offset(static_cast<Plane>(p));
        auto const sums = squares_around(cells_, p, rows, columns);
        for (std::size_t axis = 0; axis < sums.size(); ++axis) {
            if (sums[axis].weight == 0.0) {
                continue;
            }
            double const sharp =
                sums[axis].squares / sums[axis].weight - mean_square_[p][axis][block];
            double const sd =
                std::sqrt(share * std::max(0.0, sharp)) / background_.unit_dn[p][block];
            leak[axis][p] = static_cast<float>(offset[1 - axis] == 0 ? sd : -sd);
        }
    }
    return leak;
}

} // namespace cmq::detect
