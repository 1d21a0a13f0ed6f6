// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/area_flux.hpp"

#include "detect/area_grid.hpp"
#include "detect/area_outline.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::size_t fewest_free = 24; // blocks, for a surface of six terms and a spread
constexpr std::size_t terms = 6;
constexpr double clip = 4.0; // robust standard deviations of free blocks
constexpr double to_sigma = 1.482602;
constexpr std::size_t sums = plane_count + 1; // the planes and all of them together

using Terms = std::array<double, terms>;
using Matrix = std::array<Terms, terms>;

// Means and counts of the photosites of a block.
struct BlockMeans {
    std::array<double, sums> mean{};         ///< the last: of the planes' sum
    std::array<double, plane_count> count{}; ///< photosites of the plane, masked ones too
    std::int64_t saturated = 0;
    bool good = true; ///< every plane has a photosite that counts
};

BlockMeans measure_block(Frame const& frame, std::array<std::ptrdiff_t, 4> const& box) {
    BlockMeans block;
    std::array<double, plane_count> seen{};
    for (std::ptrdiff_t y = box[1]; y <= box[3]; ++y) {
        for (std::ptrdiff_t x = box[0]; x <= box[2]; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            auto const p = static_cast<std::size_t>(frame.cfa.at(y, x));
            block.count[p] += 1.0;
            block.saturated += (frame.mask[i] & mask_bit::saturated) != 0 ? 1 : 0;
            if ((frame.mask[i] & ~mask_bit::saturated) == 0) {
                block.mean[p] += static_cast<double>(frame.value[i]);
                seen[p] += 1.0;
            }
        }
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        block.good = block.good && seen[p] > 0.0;
        block.mean[p] = seen[p] > 0.0 ? block.mean[p] / seen[p] : 0.0;
        block.mean[plane_count] += block.mean[p];
    }
    return block;
}

// 1, x, y, x^2, x y, y^2 over about -1 to 1.
Terms terms_at(AreaGrid const& grid, double y, double x) {
    double const half =
        0.5 * static_cast<double>(std::max(grid.shape.height, grid.shape.width) * grid.side);
    double const u = (x - static_cast<double>(grid.left)) / half - 1.0;
    double const v = (y - static_cast<double>(grid.top)) / half - 1.0;
    return {1.0, u, v, u * u, u * v, v * v};
}

Terms terms_at(AreaGrid const& grid, std::size_t i) {
    auto const box = grid.box(i);
    return terms_at(grid,
                    0.5 * static_cast<double>(box[1] + box[3]),
                    0.5 * static_cast<double>(box[0] + box[2]));
}

// Gauss and Jordan with pivots; false where the blocks do not span the surface.
bool invert(Matrix& m) {
    Matrix inverse{};
    for (std::size_t i = 0; i < terms; ++i) {
        inverse[i][i] = 1.0;
    }
    for (std::size_t c = 0; c < terms; ++c) {
        std::size_t best = c;
        for (std::size_t r = c + 1; r < terms; ++r) {
            best = std::abs(m[r][c]) > std::abs(m[best][c]) ? r : best;
        }
        if (!(std::abs(m[best][c]) > 1e-9)) {
            return false;
        }
        std::swap(m[c], m[best]);
        std::swap(inverse[c], inverse[best]);
        double const by = 1.0 / m[c][c];
        for (std::size_t k = 0; k < terms; ++k) {
            m[c][k] *= by;
            inverse[c][k] *= by;
        }
        for (std::size_t r = 0; r < terms; ++r) {
            double const factor = r == c ? 0.0 : m[r][c];
            for (std::size_t k = 0; k < terms; ++k) {
                m[r][k] -= factor * m[c][k];
                inverse[r][k] -= factor * inverse[c][k];
            }
        }
    }
    m = inverse;
    return true;
}

double dot(Terms const& a, Terms const& b) {
    double sum = 0.0;
    for (std::size_t k = 0; k < terms; ++k) {
        sum += a[k] * b[k];
    }
    return sum;
}

struct Fit {
    Matrix inverse{};                               ///< of the normal equations
    std::array<Terms, sums> surface{};              ///< of each plane and of their sum
    std::vector<std::size_t> free;                  ///< blocks that it rests on
    std::vector<std::array<double, sums>> residual; ///< of those
};

// Least squares for all planes over the same blocks.
bool solve(AreaGrid const& grid, std::vector<BlockMeans> const& blocks, Fit& fit) {
    Matrix normal{};
    std::array<Terms, sums> right{};
    for (std::size_t const i : fit.free) {
        Terms const t = terms_at(grid, i);
        for (std::size_t r = 0; r < terms; ++r) {
            for (std::size_t c = 0; c < terms; ++c) {
                normal[r][c] += t[r] * t[c];
            }
            for (std::size_t s = 0; s < sums; ++s) {
                right[s][r] += t[r] * blocks[i].mean[s];
            }
        }
    }
    fit.inverse = normal;
    if (!invert(fit.inverse)) {
        return false;
    }
    for (std::size_t s = 0; s < sums; ++s) {
        for (std::size_t r = 0; r < terms; ++r) {
            fit.surface[s][r] = dot(fit.inverse[r], right[s]);
        }
    }
    fit.residual.clear();
    for (std::size_t const i : fit.free) {
        Terms const t = terms_at(grid, i);
        std::array<double, sums> residual{};
        for (std::size_t s = 0; s < sums; ++s) {
            residual[s] = blocks[i].mean[s] - dot(fit.surface[s], t);
        }
        fit.residual.push_back(residual);
    }
    return true;
}

// Blocks far from the surface, in light, are left out: small lights that nobody found, or a seam.
std::optional<Fit> fit_around(AreaGrid const& grid, std::vector<BlockMeans> const& blocks) {
    Fit fit;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (grid.role[i] == BlockRole::free && blocks[i].good && blocks[i].saturated == 0) {
            fit.free.push_back(i);
        }
    }
    for (int round = 0; round < 3; ++round) {
        if (fit.free.size() < fewest_free || !solve(grid, blocks, fit)) {
            return std::nullopt;
        }
        std::vector<double> distance;
        for (auto const& residual : fit.residual) {
            distance.push_back(std::abs(residual[plane_count]));
        }
        auto const middle = distance.begin() + std::ssize(distance) / 2;
        std::nth_element(distance.begin(), middle, distance.end());
        double const far = clip * to_sigma * *middle;
        std::vector<std::size_t> near;
        for (std::size_t k = 0; k < fit.free.size(); ++k) {
            if (std::abs(fit.residual[k][plane_count]) <= far) {
                near.push_back(fit.free[k]);
            }
        }
        if (near.size() == fit.free.size() || round == 2) {
            break;
        }
        fit.free = std::move(near);
    }
    return fit;
}

// Half the mean square of differences, by distance in blocks (rounded).
struct Variogram {
    std::vector<std::array<double, sums>> half_square;
};

std::size_t distance_of(AreaGrid const& grid, std::size_t a, std::size_t b) {
    auto const i = static_cast<std::ptrdiff_t>(a);
    auto const j = static_cast<std::ptrdiff_t>(b);
    std::ptrdiff_t const rows = i / grid.shape.width - j / grid.shape.width;
    std::ptrdiff_t const columns = i % grid.shape.width - j % grid.shape.width;
    auto const dy = static_cast<double>(rows);
    auto const dx = static_cast<double>(columns);
    return static_cast<std::size_t>(std::lround(std::sqrt(dy * dy + dx * dx)));
}

Variogram measure_variogram(AreaGrid const& grid, Fit const& fit) {
    std::size_t const longest = static_cast<std::size_t>(grid.shape.height + grid.shape.width) + 1;
    Variogram result{std::vector<std::array<double, sums>>(longest)};
    std::vector<double> pairs(longest, 0.0);
    for (std::size_t a = 0; a < fit.free.size(); ++a) {
        for (std::size_t b = a + 1; b < fit.free.size(); ++b) {
            std::size_t const far = distance_of(grid, fit.free[a], fit.free[b]);
            pairs[far] += 1.0;
            for (std::size_t s = 0; s < sums; ++s) {
                double const d = fit.residual[a][s] - fit.residual[b][s];
                result.half_square[far][s] += 0.5 * d * d;
            }
        }
    }
    std::array<double, sums> last{};
    for (std::size_t far = 1; far < longest; ++far) {
        for (std::size_t s = 0; s < sums; ++s) {
            // Distances that hardly any two blocks have take the value of the next shorter one.
            if (pairs[far] >= 30.0) {
                last[s] = result.half_square[far][s] / pairs[far];
            }
            result.half_square[far][s] = last[s];
        }
    }
    return result;
}

// Weights of the blocks in a plane's flux: photosites of the aperture, less what the surface takes from free ones.
struct Weights {
    std::vector<std::size_t> block;
    std::vector<double> weight;
};

Weights weigh(AreaGrid const& grid, std::vector<BlockMeans> const& blocks, Fit const& fit) {
    Weights result;
    Terms all{};
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (grid.role[i] == BlockRole::aperture && blocks[i].good) {
            double const count = blocks[i].count[0]; // blocks have even sides: alike in all planes
            result.block.push_back(i);
            result.weight.push_back(count);
            Terms const t = terms_at(grid, i);
            for (std::size_t k = 0; k < terms; ++k) {
                all[k] += count * t[k];
            }
        }
    }
    Terms solved{};
    for (std::size_t r = 0; r < terms; ++r) {
        solved[r] = dot(fit.inverse[r], all);
    }
    for (std::size_t const i : fit.free) {
        result.block.push_back(i);
        result.weight.push_back(-dot(solved, terms_at(grid, i)));
    }
    return result;
}

// Of the weighted sum, for each plane and their sum.
std::array<double, sums>
surroundings_variance(AreaGrid const& grid, Weights const& weights, Variogram const& variogram) {
    std::array<double, sums> variance{};
    for (std::size_t a = 0; a < weights.block.size(); ++a) {
        for (std::size_t b = a + 1; b < weights.block.size(); ++b) {
            std::size_t const far = distance_of(grid, weights.block[a], weights.block[b]);
            for (std::size_t s = 0; s < sums; ++s) {
                variance[s] -=
                    2.0 * weights.weight[a] * weights.weight[b] * variogram.half_square[far][s];
            }
        }
    }
    return variance;
}

double spread_of(Fit const& fit) {
    double squares = 0.0;
    for (auto const& residual : fit.residual) {
        squares += residual[plane_count] * residual[plane_count];
    }
    return std::sqrt(squares / static_cast<double>(fit.residual.size()));
}

// Never below what the nearest neighbours' spread alone gives: a variogram is only estimated.
void keep_above_noise(Weights const& weights,
                      Variogram const& variogram,
                      std::array<double, sums>& variance) {
    double squares = 0.0;
    for (double const weight : weights.weight) {
        squares += weight * weight;
    }
    for (std::size_t s = 0; s < sums; ++s) {
        variance[s] = std::max(variance[s], squares * variogram.half_square[1][s]);
    }
}

} // namespace

std::optional<AreaFlux> measure_area_flux(Frame const& frame,
                                          std::span<FoundArea const> all,
                                          std::size_t which,
                                          std::span<Trace const> traces) {
    AreaGrid const grid = make_area_grid(frame.shape, all, which, traces);
    std::vector<BlockMeans> blocks;
    for (std::size_t i = 0; i < grid.role.size(); ++i) {
        blocks.push_back(measure_block(frame, grid.box(i)));
    }
    auto const fit = fit_around(grid, blocks);
    if (!fit) {
        return std::nullopt;
    }
    AreaFlux result;
    auto const weights = weigh(grid, blocks, *fit);
    auto const variogram = measure_variogram(grid, *fit);
    auto variance = surroundings_variance(grid, weights, variogram);
    keep_above_noise(weights, variogram, variance);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (grid.role[i] != BlockRole::aperture || !blocks[i].good) {
            continue;
        }
        result.saturated_photosites += blocks[i].saturated;
        auto const box = grid.box(i);
        result.summed.push_back({box[0], box[1], box[2], box[3]});
        Terms const t = terms_at(grid, i);
        for (std::size_t p = 0; p < plane_count; ++p) {
            double const under = dot(fit->surface[p], t);
            double const count = blocks[i].count[p];
            double const light = count * (blocks[i].mean[p] - under);
            result.flux_dn[p] += light;
            auto const plane = static_cast<Plane>(p);
            // What the light of the area adds to the noise of its surroundings.
            double const own = count * (frame.noise.variance(plane, blocks[i].mean[p]) -
                                        frame.noise.variance(plane, under));
            variance[p] += std::max(0.0, own);
            variance[plane_count] += std::max(0.0, own);
        }
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        result.flux_dn_sigma[p] = std::sqrt(variance[p]);
        result.total_dn += result.flux_dn[p];
    }
    result.total_dn_sigma = std::sqrt(variance[plane_count]);
    if (all[which].brighter) {
        auto const& surface = fit->surface[plane_count];
        auto const outline = measure_outline(
            frame,
            grid,
            [&](double y, double x) { return dot(surface, terms_at(grid, y, x)); },
            spread_of(*fit));
        if (outline) {
            result.outline_photosites = outline->photosites;
            result.outline_sigma = outline->sigma;
        }
    }
    return result;
}

} // namespace cmq::detect
