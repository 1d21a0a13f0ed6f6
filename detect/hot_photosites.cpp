// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/hot_photosites.hpp"

#include "detect/sample_loops.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cmq::detect {
namespace {

constexpr double least_excess = 6.0; // standard deviations; noise reaches it 1e-9 of the time
constexpr float most_square =
    16.0F; // of the model's variance: what one photosite may add to the spread
// Mean signal-to-noise of the neighbours over that of the photosite. A point blurred by a Gaussian
// of 0.7 photosites has 0.25, one of 1 photosite 0.49, where all planes see it alike.
constexpr double least_neighbours = 0.2;
constexpr double most_of_same_plane = 0.5; // of its residual, two photosites away
constexpr double texture_sd = 8.0;         // what cloth may do to a neighbour without being light

// Photosites high or low enough to be hot or dead.
class Search {
public:
    Search(Background const& background, Cells const& cells, std::vector<HotPhotosite>& found)
        : background_{background}
        , cells_{cells}
        , found_{found} {}

    void block(std::ptrdiff_t by, std::ptrdiff_t bx, std::size_t plane) {
        Mesh const& mesh = background_.mesh;
        Span const rows = mesh.rows(by);
        Span const columns = mesh.columns(bx);
        auto const variance = static_cast<float>(background_.variance_dn2[plane][mesh.at(by, bx)]);
        auto const of_model = static_cast<float>(least_excess) * std::sqrt(variance);
        std::size_t const first = cells_.at(rows.first, columns.first);
        Block const block{cells_.residual[plane].data() + first,
                          static_cast<std::size_t>(cells_.shape.width),
                          static_cast<std::size_t>(columns.last - columns.first),
                          static_cast<std::size_t>(rows.last - rows.first)};
        Extremes const extremes = sample_loops().extremes(block);
        if (!(extremes.largest > of_model || extremes.lowest < -of_model)) {
            return;
        }
        // Of the block's residuals, texture included, each at most most_square variances.
        float const mean_square = sample_loops().squares(block, most_square * variance) /
                                  static_cast<float>(block.width * block.height);
        float const limit =
            std::max(of_model, static_cast<float>(least_excess) * std::sqrt(mean_square));
        if (!(extremes.largest > limit || extremes.lowest < -limit)) {
            return;
        }
        for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
            std::size_t const row = cells_.at(y, columns.first);
            float const* residual = cells_.residual[plane].data() + row;
            for (std::size_t x = 0; x < block.width; ++x) {
                if (std::abs(residual[x]) > limit) {
                    found_.push_back({row + x, plane});
                }
            }
        }
    }

private:
    Background const& background_;
    Cells const& cells_;
    std::vector<HotPhotosite>& found_;
};

// What stands around a photosite says whether it is hot.
class Judge {
public:
    Judge(Frame const& frame, Background const& background, Cells const& cells)
        : frame_{frame}
        , background_{background}
        , cells_{cells} {}

    [[nodiscard]] bool is_hot(HotPhotosite const& candidate) const {
        auto const cell = static_cast<std::ptrdiff_t>(candidate.cell);
        return is_hot(cell / cells_.shape.width, cell % cells_.shape.width, candidate.plane);
    }

private:
    [[nodiscard]] bool is_hot(std::ptrdiff_t y, std::ptrdiff_t x, std::size_t plane) const {
        auto const offset = frame_.cfa.offset(static_cast<Plane>(plane));
        std::ptrdiff_t const py = 2 * y + offset[0];
        std::ptrdiff_t const px = 2 * x + offset[1];
        double sum = 0.0;
        double count = 0.0;
        for (std::ptrdiff_t ny = py - 1; ny <= py + 1; ++ny) {
            for (std::ptrdiff_t nx = px - 1; nx <= px + 1; ++nx) {
                bool const inside = ny >= 0 && nx >= 0 && ny < 2 * cells_.shape.height &&
                                    nx < 2 * cells_.shape.width;
                if (!inside || (ny == py && nx == px)) {
                    continue;
                }
                auto const other = static_cast<std::size_t>(frame_.cfa.at(ny, nx));
                if (cells_.is_good(cells_.at(ny / 2, nx / 2), other)) {
                    sum += signal_to_noise(ny / 2, nx / 2, other);
                    count += 1.0;
                }
            }
        }
        // With few neighbours left nothing can be told.
        double const own = signal_to_noise(y, x, plane);
        double const sign = std::copysign(1.0, own);
        return count >= 3.0 && sign * sum / count < least_neighbours * sign * own &&
               stands_alone(y, x, plane, sign);
    }

    // Light of one colour, a red lamp, rises in its own plane over more than one photosite.
    [[nodiscard]] bool
    stands_alone(std::ptrdiff_t y, std::ptrdiff_t x, std::size_t plane, double sign) const {
        Mesh const& mesh = background_.mesh;
        double const sd = std::sqrt(
            background_.variance_dn2[plane][mesh.at(mesh.block_row(y), mesh.block_column(x))]);
        auto const limit = static_cast<float>(
            std::max(most_of_same_plane * sign *
                         static_cast<double>(cells_.residual[plane][cells_.at(y, x)]),
                     texture_sd * sd));
        for (std::ptrdiff_t ny = std::max<std::ptrdiff_t>(0, y - 1);
             ny < std::min(cells_.shape.height, y + 2);
             ++ny) {
            for (std::ptrdiff_t nx = std::max<std::ptrdiff_t>(0, x - 1);
                 nx < std::min(cells_.shape.width, x + 2);
                 ++nx) {
                if ((ny != y || nx != x) &&
                    static_cast<float>(sign) * cells_.residual[plane][cells_.at(ny, nx)] > limit) {
                    return false;
                }
            }
        }
        return true;
    }

    [[nodiscard]] double
    signal_to_noise(std::ptrdiff_t y, std::ptrdiff_t x, std::size_t plane) const {
        Mesh const& mesh = background_.mesh;
        double const variance =
            background_.variance_dn2[plane][mesh.at(mesh.block_row(y), mesh.block_column(x))];
        return static_cast<double>(cells_.residual[plane][cells_.at(y, x)]) / std::sqrt(variance);
    }

    Frame const& frame_;
    Background const& background_;
    Cells const& cells_;
};

} // namespace

void find_hot_candidates(Background const& background,
                         Cells const& cells,
                         std::ptrdiff_t block_row,
                         std::vector<std::uint8_t> const* chosen,
                         std::vector<HotPhotosite>& found) {
    Mesh const& mesh = background.mesh;
    Search search{background, cells, found};
    for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
        if (chosen != nullptr && (*chosen)[mesh.at(block_row, bx)] == 0) {
            continue;
        }
        for (std::size_t p = 0; p < plane_count; ++p) {
            search.block(block_row, bx, p);
        }
    }
}

std::vector<HotPhotosite>
mask_hot_photosites(Frame const& frame,
                    std::vector<std::vector<HotPhotosite>> const& candidates,
                    Background& background,
                    Cells& cells) {
    Judge const judge{frame, background, cells};
    std::vector<HotPhotosite> hot; // all are judged before any is taken out
    for (auto const& row : candidates) {
        std::copy_if(row.begin(), row.end(), std::back_inserter(hot), [&](auto const& candidate) {
            return judge.is_hot(candidate);
        });
    }
    mask_photosites(frame, hot, background, cells);
    return hot;
}

void mask_photosites(Frame const& frame,
                     std::vector<HotPhotosite> const& photosites,
                     Background& background,
                     Cells& cells) {
    for (HotPhotosite const& photosite : photosites) {
        cells.flags[photosite.cell] =
            static_cast<std::uint8_t>(cells.flags[photosite.cell] & ~(1U << photosite.plane));
        cells.residual[photosite.plane][photosite.cell] = 0.0F;
        take_from_level(frame, photosite.cell, photosite.plane, background);
    }
}

} // namespace cmq::detect
