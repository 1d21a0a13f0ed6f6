// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/whitening.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t neighbourhood = 2; // blocks each way: 5 x 5
constexpr double texture_eigenvalue = 4.0;  // texture of twice the noise: its direction is given up
constexpr double clip_bulk = 16.0;          // of the median of |z|^2, first round
constexpr int clip_rounds = 4;
constexpr float clip_form =
    30.0F; // of the quadratic form; a chi-square of 4 degrees passes it 5e-6
constexpr double least_degrees = 40.0;

// What the covariance around a block amounts to.
struct Measured {
    SignificanceForm form;
    /// Inverse of the whole covariance, directions of texture included: light of a marker may lie in
    /// a direction that was given up, and must not pass for texture.
    std::array<float, 10> inverse{1, 0, 0, 0, 1, 0, 0, 1, 0, 1};
};

struct BlockSums {
    Symmetric4 products{};
    double count = 0.0;
    // Of u = texture . z and q = z' inverse z, for the growth of noise with texture.
    double u = 0.0;
    double q = 0.0;
    double uu = 0.0;
    double uq = 0.0;
};

void add_products(PerPlane<float> const& z, BlockSums& sums) {
    std::size_t k = 0;
    for (std::size_t i = 0; i < plane_count; ++i) {
        for (std::size_t j = i; j < plane_count; ++j) {
            sums.products[k++] += static_cast<double>(z[i]) * static_cast<double>(z[j]);
        }
    }
    sums.count += 1.0;
}

// Calls visit(cell) for the block's sampled cells outside traces.
template <class Visit>
void for_samples(Cells const& cells, Span rows, Span columns, std::ptrdiff_t stride, Visit visit) {
    for (std::ptrdiff_t y = (rows.first + stride - 1) / stride * stride; y < rows.last;
         y += stride) {
        for (std::ptrdiff_t x = (columns.first + stride - 1) / stride * stride; x < columns.last;
             x += stride) {
            std::size_t const cell = cells.at(y, x);
            if ((cells.flags[cell] & (all_planes | source_bit)) == all_planes) {
                visit(cell);
            }
        }
    }
}

// Products over cells whose |z|^2 is not far above the block's median.
BlockSums bulk_sums(
    Cells const& cells, FilteredPlanes const& z, Span rows, Span columns, std::ptrdiff_t stride) {
    std::vector<float> norm;
    for_samples(cells, rows, columns, stride, [&](std::size_t cell) {
        auto const v = z_at(z, cell);
        norm.push_back(v[0] * v[0] + v[1] * v[1] + v[2] * v[2] + v[3] * v[3]);
    });
    BlockSums sums;
    if (norm.empty()) {
        return sums;
    }
    auto const middle = norm.begin() + static_cast<std::ptrdiff_t>(norm.size() / 2);
    std::nth_element(norm.begin(), middle, norm.end());
    auto const limit = static_cast<float>(clip_bulk) * *middle;
    for_samples(cells, rows, columns, stride, [&](std::size_t cell) {
        auto const v = z_at(z, cell);
        if (v[0] * v[0] + v[1] * v[1] + v[2] * v[2] + v[3] * v[3] <= limit) {
            add_products(v, sums);
        }
    });
    return sums;
}

BlockSums clipped_sums(Cells const& cells,
                       FilteredPlanes const& z,
                       Span rows,
                       Span columns,
                       std::ptrdiff_t stride,
                       Measured const& measured) {
    BlockSums sums;
    for_samples(cells, rows, columns, stride, [&](std::size_t cell) {
        auto const v = z_at(z, cell);
        if (quadratic_form(measured.inverse, v) <= clip_form) {
            add_products(v, sums);
            float const q = quadratic_form(measured.form.inverse, v);
            auto const u = static_cast<double>(along(measured.form.texture, v));
            sums.u += u;
            sums.q += static_cast<double>(q);
            sums.uu += u * u;
            sums.uq += u * static_cast<double>(q);
        }
    });
    return sums;
}

BlockSums around(Mesh const& mesh,
                 std::vector<BlockSums> const& blocks,
                 std::ptrdiff_t by,
                 std::ptrdiff_t bx) {
    BlockSums sums;
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, by - neighbourhood);
         y <= std::min(mesh.blocks.height - 1, by + neighbourhood);
         ++y) {
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, bx - neighbourhood);
             x <= std::min(mesh.blocks.width - 1, bx + neighbourhood);
             ++x) {
            BlockSums const& other = blocks[mesh.at(y, x)];
            for (std::size_t k = 0; k < sums.products.size(); ++k) {
                sums.products[k] += other.products[k];
            }
            sums.count += other.count;
            sums.u += other.u;
            sums.q += other.q;
            sums.uu += other.uu;
            sums.uq += other.uq;
        }
    }
    return sums;
}

// Photons make noise grow with the texture's brightness: the slope of q over u, as a share of q.
double noise_slope(BlockSums const& sums) {
    double const spread = sums.uu - sums.u * sums.u / sums.count;
    return spread > 0.0 && sums.q > 0.0
               ? (sums.uq - sums.u * sums.q / sums.count) / spread * sums.count / sums.q
               : 0.0;
}

// Leaves direction k, that of texture, out of the form.
void give_up(Eigen4 const& eigen, std::size_t k, SignificanceForm& form) {
    --form.dimensions;
    form.any_sign = true;
    for (std::size_t i = 0; i < plane_count; ++i) {
        (k == 0 ? form.texture : form.second_texture)[i] = static_cast<float>(eigen.vector[i][k]);
    }
}

// Adds direction k with the given variance to an inverse.
void add_direction(Eigen4 const& eigen,
                   std::size_t k,
                   double variance,
                   std::array<float, 10>& inverse) {
    std::size_t m = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = i; j < 4; ++j) {
            inverse[m++] += static_cast<float>(eigen.vector[i][k] * eigen.vector[j][k] / variance);
        }
    }
}

Measured make_form(BlockSums const& sums, double samples_per_degree, bool floor_at_model) {
    Measured result;
    SignificanceForm& form = result.form;
    double const degrees = sums.count / samples_per_degree;
    if (degrees < least_degrees) {
        form.inverse = {1, 0, 0, 0, 1, 0, 0, 1, 0, 1};
        form.spread = {1, 1, 1, 1};
        form.degrees = static_cast<float>(least_degrees);
        return result;
    }
    form.degrees = static_cast<float>(degrees);
    Symmetric4 covariance = sums.products;
    for (double& value : covariance) {
        value /= sums.count;
    }
    form.spread = {static_cast<float>(covariance[0]),
                   static_cast<float>(covariance[4]),
                   static_cast<float>(covariance[7]),
                   static_cast<float>(covariance[9])};
    Eigen4 const eigen = eigen_of(covariance);
    result.inverse.fill(0.0F);
    double const model_floor = 1.0 - 3.0 * std::sqrt(2.0 / degrees);
    for (std::size_t k = 0; k < 4; ++k) {
        double const measured = std::max(eigen.value[k], 1e-6);
        double const variance = floor_at_model && measured < model_floor ? 1.0 : measured;
        if (k < 2 && measured >= texture_eigenvalue) {
            give_up(eigen, k, form);
        } else {
            add_direction(eigen, k, variance, form.inverse);
        }
        add_direction(eigen, k, variance, result.inverse);
    }
    form.noise_slope = form.any_sign ? static_cast<float>(noise_slope(sums)) : 0.0F;
    return result;
}

std::vector<Measured> forms_from(Mesh const& mesh,
                                 std::vector<BlockSums> const& sums,
                                 double samples_per_degree,
                                 bool floor_at_model) {
    std::vector<Measured> forms(sums.size());
    for (std::ptrdiff_t by = 0; by < mesh.blocks.height; ++by) {
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            forms[mesh.at(by, bx)] =
                make_form(around(mesh, sums, by, bx), samples_per_degree, floor_at_model);
        }
    }
    return forms;
}

// Third moment over variance^1.5 of z: photons are Poisson, the rest is symmetric.
float skewness_of(Background const& background,
                  Frame const& frame,
                  Kernel const& kernel,
                  std::size_t p,
                  std::size_t b) {
    double const gain = frame.noise.gain_dn[p];
    double const variance = background.variance_dn2[p][b];
    double const photons = std::min(gain * std::max(0.0, background.level_dn[p][b]), variance);
    double const filter = kernel.sum3 * kernel.sum3 / std::pow(kernel.sum2 * kernel.sum2, 1.5);
    return static_cast<float>(filter * gain * photons / std::pow(variance, 1.5));
}

} // namespace

std::vector<SignificanceForm> measure_forms(Cells const& cells,
                                            FilteredPlanes const& z,
                                            Kernel const& kernel,
                                            Background const& background,
                                            Frame const& frame,
                                            bool floor_at_model,
                                            unsigned threads) {
    Mesh const& mesh = background.mesh;
    std::vector<BlockSums> sums(static_cast<std::size_t>(mesh.blocks.area()));
    std::vector<Measured> measured;
    for (int round = 0; round < clip_rounds; ++round) {
        parallel_blocks(
            static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
                auto const by = static_cast<std::ptrdiff_t>(row);
                for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
                    Span const rows = mesh.rows(by);
                    Span const columns = mesh.columns(bx);
                    std::size_t const b = mesh.at(by, bx);
                    sums[b] =
                        round == 0
                            ? bulk_sums(cells, z, rows, columns, kernel.stride)
                            : clipped_sums(cells, z, rows, columns, kernel.stride, measured[b]);
                }
            });
        measured = forms_from(mesh, sums, kernel.samples_per_degree, floor_at_model);
    }
    std::vector<SignificanceForm> forms;
    forms.reserve(measured.size());
    for (Measured const& block : measured) {
        forms.push_back(block.form);
    }
    for (std::size_t b = 0; b < forms.size(); ++b) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            forms[b].skewness[p] = skewness_of(background, frame, kernel, p, b);
        }
    }
    return forms;
}

} // namespace cmq::detect
