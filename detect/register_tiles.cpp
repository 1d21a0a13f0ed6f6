// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/register_tiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::detect {

namespace {

constexpr std::ptrdiff_t least_side = 48; // pixels: smaller ones hold too few edges
constexpr std::ptrdiff_t most_rows = 6;
constexpr std::ptrdiff_t most_columns = 8;
constexpr double least_tile_overlap = 0.6;
// Of the whole's correlation: below it a tile shows next to nothing that both lights show.
constexpr double least_tile_correlation = 0.3;

/// Least squares of the tiles' displacements on `count` of the eight directions of a homography, at the identity.
double misfit(std::vector<std::array<double, 2>> const& places,
              std::vector<std::array<double, 2>> const& shifts,
              std::size_t count) {
    // Similarity: shift, scale, turn; then the two of an affine map; then the two of perspective.
    auto const directions = [](double u, double v) {
        return std::array<std::array<double, 2>, 8>{{{1.0, 0.0},
                                                     {0.0, 1.0},
                                                     {u, v},
                                                     {-v, u},
                                                     {u, -v},
                                                     {v, u},
                                                     {u * u, u * v},
                                                     {u * v, v * v}}};
    };
    std::array<double, 64> normal{};
    std::array<double, 8> right{};
    double total = 0.0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto const d = directions(places[i][0], places[i][1]);
        for (std::size_t axis = 0; axis < 2; ++axis) {
            total += shifts[i][axis] * shifts[i][axis];
            for (std::size_t a = 0; a < count; ++a) {
                right[a] += d[a][axis] * shifts[i][axis];
                for (std::size_t b = 0; b < count; ++b) {
                    normal[a * 8 + b] += d[a][axis] * d[b][axis];
                }
            }
        }
    }
    // Elimination with a trace of ridge: tiles on one line determine fewer numbers, which then stay 0.
    double explained = 0.0;
    for (std::size_t a = 0; a < count; ++a) {
        double const pivot = normal[a * 8 + a];
        if (!(pivot > 1e-9 * static_cast<double>(places.size()))) {
            continue;
        }
        explained += right[a] * right[a] / pivot;
        for (std::size_t b = a + 1; b < count; ++b) {
            double const factor = normal[b * 8 + a] / pivot;
            right[b] -= factor * right[a];
            for (std::size_t c = a; c < count; ++c) {
                normal[b * 8 + c] -= factor * normal[a * 8 + c];
            }
        }
    }
    return std::max(0.0, total - explained);
}

/// Whether two more numbers help: F with 2 and `free` degrees of freedom above its 99 % point, which is in closed form
/// (free / 2) (0.01^(-2 / free) - 1).
bool helps(double before, double after, double free) {
    if (free < 4.0 || !(after > 0.0)) {
        return false;
    }
    double const f = 0.5 * (before - after) / (after / free);
    return f > 0.5 * free * (std::pow(0.01, -2.0 / free) - 1.0);
}

} // namespace

TileTrial align_tiles(Grey const& reference,
                      Grey const& moving,
                      std::ptrdiff_t level,
                      EccResult const& whole,
                      unsigned threads) {
    auto const step = static_cast<double>(std::ptrdiff_t{1} << level);
    auto const [height, width] = reference.shape;
    std::ptrdiff_t const rows = std::clamp<std::ptrdiff_t>(height / least_side, 1, most_rows);
    std::ptrdiff_t const columns = std::clamp<std::ptrdiff_t>(width / least_side, 1, most_columns);
    TileTrial trial;
    trial.reference = {static_cast<std::ptrdiff_t>(static_cast<double>(height) * step),
                       static_cast<std::ptrdiff_t>(static_cast<double>(width) * step)};
    for (std::ptrdiff_t j = 0; j < rows; ++j) {
        for (std::ptrdiff_t i = 0; i < columns; ++i) {
            PixelBox const box{j * height / rows,
                               i * width / columns,
                               (j + 1) * height / rows,
                               (i + 1) * width / columns};
            EccResult const tile =
                maximise_ecc(reference, moving, level, box, whole.warp, EccFreedom::shift, threads);
            if (tile.overlap < least_tile_overlap) {
                continue;
            }
            ++trial.tried;
            if (!tile.converged || tile.correlation < least_tile_correlation * whole.correlation) {
                continue;
            }
            double const x = 0.5 * static_cast<double>(box.left + box.right - 1) * step;
            double const y = 0.5 * static_cast<double>(box.top + box.bottom - 1) * step;
            auto const before = whole.warp.map(x, y);
            auto const after = tile.warp.map(x, y);
            // The moving frame's shift in the reference's photosites: through the transform's own scale here.
            auto const right = whole.warp.map(x + 1.0, y);
            auto const down = whole.warp.map(x, y + 1.0);
            double const a = right[0] - before[0];
            double const b = down[0] - before[0];
            double const c = right[1] - before[1];
            double const d = down[1] - before[1];
            double const determinant = a * d - b * c;
            double const mx = after[0] - before[0];
            double const my = after[1] - before[1];
            if (!(std::abs(determinant) > 1e-6)) {
                continue;
            }
            trial.tiles.push_back({{2.0 * x + 0.5, 2.0 * y + 0.5},
                                   2.0 * (d * mx - b * my) / determinant,
                                   2.0 * (a * my - c * mx) / determinant,
                                   tile.correlation});
        }
    }
    return trial;
}

TransformModel choose_model(TileTrial const& trial) {
    std::vector<std::array<double, 2>> places;
    std::vector<std::array<double, 2>> shifts;
    auto const scale = static_cast<double>(trial.reference.width);
    for (RegistrationTile const& tile : trial.tiles) {
        places.push_back({tile.middle.x / scale - 1.0,
                          (tile.middle.y - static_cast<double>(trial.reference.height)) / scale});
        shifts.push_back({tile.dx, tile.dy});
    }
    double const n = 2.0 * static_cast<double>(places.size());
    double const similarity = misfit(places, shifts, 4);
    double const affine = misfit(places, shifts, 6);
    double const homography = misfit(places, shifts, 8);
    // Perspective may be what makes an affine map seem to help, or not to: the larger step is asked first.
    if (helps(affine, homography, n - 8.0)) {
        return TransformModel::homography;
    }
    return helps(similarity, affine, n - 6.0) ? TransformModel::affine : TransformModel::similarity;
}

} // namespace cmq::detect
