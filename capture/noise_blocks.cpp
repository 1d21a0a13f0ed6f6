// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/noise_blocks.hpp"

#include "system/parallel.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace cmq::capture {
namespace {

constexpr std::size_t side = 8;         // photosites of the plane
constexpr std::size_t first_finest = 5; // of the coefficients 0 .. 7 along one axis
constexpr std::size_t finest = side - first_finest;
constexpr auto pitch = static_cast<std::ptrdiff_t>(2 * side); // photosites of the frame
static_assert(finest * finest == static_cast<std::size_t>(noise_block_dof));

using Basis = std::array<std::array<double, side>, finest>;

// Rows first_finest .. 7 of the orthonormal discrete cosine transform (DCT-II) of eight values.
Basis make_basis() {
    Basis basis{};
    for (std::size_t u = 0; u < finest; ++u) {
        for (std::size_t x = 0; x < side; ++x) {
            auto const k = static_cast<double>((u + first_finest) * (2 * x + 1));
            basis[u][x] = 0.5 * std::cos(std::numbers::pi * k / 16.0);
        }
    }
    return basis;
}

struct Corner {
    std::ptrdiff_t y;
    std::ptrdiff_t x;
};

// The values of a block, column by column: the loops over y below then go along the memory and compile to vector
// instructions without a change in the order of any sum.
using Columns = std::array<std::array<double, side>, side>;

// False with a masked photosite or a raw 0: noise below black was cut off there, and the variance is too low.
bool load_block(Frame const& frame, Corner corner, Plane plane, Columns& columns) {
    auto const raw_zero = static_cast<float>(0.5 - frame.black_dn[static_cast<std::size_t>(plane)]);
    unsigned bad = 0;
    for (std::size_t y = 0; y < side; ++y) {
        auto const start = static_cast<std::size_t>(
            (corner.y + 2 * static_cast<std::ptrdiff_t>(y)) * frame.shape.width + corner.x);
        for (std::size_t x = 0; x < side; ++x) {
            float const value = frame.value[start + 2 * x];
            bad |= frame.mask[start + 2 * x] | static_cast<unsigned>(value <= raw_zero);
            columns[x][y] = static_cast<double>(value);
        }
    }
    return bad == 0;
}

NoiseBlock measure_block(Columns& columns, Basis const& basis) {
    // Away from a large level, or its square would swallow the digits of the noise.
    double const level = columns[0][0];
    for (auto& column : columns) {
        for (double& value : column) {
            value -= level;
        }
    }
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t y = 0; y < side; ++y) {
        for (std::size_t x = 0; x < side; ++x) {
            double const value = columns[x][y];
            sum += value;
            squares += value * value;
        }
    }
    std::array<std::array<double, side>, finest> across; // rows transformed along x
    for (std::size_t u = 0; u < finest; ++u) {
        for (std::size_t y = 0; y < side; ++y) {
            across[u][y] = basis[u][0] * columns[0][y];
        }
        for (std::size_t x = 1; x < side; ++x) {
            for (std::size_t y = 0; y < side; ++y) {
                across[u][y] += basis[u][x] * columns[x][y];
            }
        }
    }
    double fine = 0.0;
    for (std::size_t u = 0; u < finest; ++u) {
        for (std::size_t v = 0; v < finest; ++v) {
            double coefficient = 0.0;
            for (std::size_t y = 0; y < side; ++y) {
                coefficient += basis[v][y] * across[u][y];
            }
            fine += coefficient * coefficient;
        }
    }
    constexpr double count = side * side;
    double const rest = squares - sum * sum / count - fine; // Parseval's theorem
    return {static_cast<float>(level + sum / count),
            static_cast<float>(rest / (count - 1.0 - noise_block_dof)),
            static_cast<float>(fine / noise_block_dof)};
}

} // namespace

std::vector<NoiseBlock> measure_noise_blocks(Frame const& frame, Plane plane, unsigned threads) {
    auto const rows = static_cast<std::size_t>(frame.shape.height / pitch);
    auto const [dy, dx] = frame.cfa.offset(plane);
    Basis const basis = make_basis();
    std::vector<std::vector<NoiseBlock>> by_row(rows);
    parallel_blocks(rows, threads, [&, top = dy, left = dx](std::size_t row) {
        Columns columns;
        for (std::ptrdiff_t x = 0; x + pitch <= frame.shape.width; x += pitch) {
            Corner const corner{static_cast<std::ptrdiff_t>(row) * pitch + top, x + left};
            if (load_block(frame, corner, plane, columns)) {
                by_row[row].push_back(measure_block(columns, basis));
            }
        }
    });
    std::vector<NoiseBlock> blocks;
    for (auto const& row : by_row) {
        blocks.insert(blocks.end(), row.begin(), row.end());
    }
    return blocks;
}

} // namespace cmq::capture
