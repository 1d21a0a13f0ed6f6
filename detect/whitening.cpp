// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/whitening.hpp"

#include "detect/cell_loops.hpp"
#include "detect/noise_samples.hpp"
#include "detect/sample_loops.hpp"
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

float norm2(PerPlane<float> const& z) noexcept {
    return z[0] * z[0] + z[1] * z[1] + z[2] * z[2] + z[3] * z[3];
}

// The quadratic form of every sample.
void fill_forms(std::array<float, 10> const& inverse,
                NoiseSamples const& samples,
                std::vector<float>& out) {
    out.resize(samples.count);
    cell_loops().forms({inverse, {}, 0.0F}, samples.rows(), samples.count, out.data());
}

BlockSums sum_products(NoiseSamples const& samples, std::vector<float> const& form, float most) {
    ProductSums const near =
        sample_loops().products(samples.rows(), form.data(), samples.count, most);
    BlockSums sums;
    std::copy(near.products.begin(), near.products.end(), sums.products.begin());
    sums.count = static_cast<double>(near.count);
    return sums;
}

// Products over samples whose |z|^2 is not far above the block's median.
BlockSums bulk_sums(NoiseSamples const& samples, std::vector<float>& norm) {
    if (samples.count == 0) {
        return {};
    }
    fill_forms({1, 0, 0, 0, 1, 0, 0, 1, 0, 1}, samples, norm);
    float const middle = sample_loops().select(norm.data(), norm.size(), norm.size() / 2);
    return sum_products(samples, norm, static_cast<float>(clip_bulk) * middle);
}

BlockSums
clipped_sums(NoiseSamples const& samples, Measured const& measured, std::vector<float>& form) {
    fill_forms(measured.inverse, samples, form);
    BlockSums sums = sum_products(samples, form, clip_form);
    for (std::size_t i = 0; measured.form.any_sign && i < samples.count; ++i) {
        if (form[i] <= clip_form) {
            PerPlane<float> const z = samples.at(i);
            auto const q = static_cast<double>(quadratic_form(measured.form.inverse, z));
            auto const u = static_cast<double>(along(measured.form.texture, z));
            sums.u += u;
            sums.q += q;
            sums.uu += u * u;
            sums.uq += u * q;
        }
    }
    return sums;
}

void add(BlockSums const& other, BlockSums& sums) {
    for (std::size_t k = 0; k < sums.products.size(); ++k) {
        sums.products[k] += other.products[k];
    }
    sums.count += other.count;
    sums.u += other.u;
    sums.q += other.q;
    sums.uu += other.uu;
    sums.uq += other.uq;
}

// The sums of each column's blocks within the neighbourhood of a row of blocks.
std::vector<BlockSums>
columns_around(Mesh const& mesh, std::vector<BlockSums> const& blocks, std::ptrdiff_t by) {
    std::vector<BlockSums> columns(static_cast<std::size_t>(mesh.blocks.width));
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, by - neighbourhood);
         y <= std::min(mesh.blocks.height - 1, by + neighbourhood);
         ++y) {
        for (std::ptrdiff_t x = 0; x < mesh.blocks.width; ++x) {
            add(blocks[mesh.at(y, x)], columns[static_cast<std::size_t>(x)]);
        }
    }
    return columns;
}

BlockSums around(std::vector<BlockSums> const& columns, std::ptrdiff_t bx) {
    auto const width = static_cast<std::ptrdiff_t>(columns.size());
    BlockSums sums;
    for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, bx - neighbourhood);
         x <= std::min(width - 1, bx + neighbourhood);
         ++x) {
        add(columns[static_cast<std::size_t>(x)], sums);
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

Symmetric4 covariance_of(BlockSums const& sums) {
    Symmetric4 covariance = sums.products;
    for (double& value : covariance) {
        value /= sums.count;
    }
    return covariance;
}

// The inverse of the whole covariance alone: all that the first rounds of clipping need.
Measured make_clip(BlockSums const& sums, double samples_per_degree) {
    Measured result;
    if (sums.count < least_degrees * samples_per_degree) {
        return result;
    }
    if (auto const inverse = inverse_of(covariance_of(sums))) {
        std::transform(inverse->begin(), inverse->end(), result.inverse.begin(), [](double v) {
            return static_cast<float>(v);
        });
    }
    return result;
}

// The noise model's variance of z along a direction.
double model_along(PerPlane<double> const& model, Eigen4 const& eigen, std::size_t k) {
    double sum = 0.0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        sum += eigen.vector[p][k] * eigen.vector[p][k] * model[p];
    }
    return sum;
}

// model: variance of z by the noise model, by plane; near 1.
Measured make_form(BlockSums const& sums,
                   PerPlane<double> const& model,
                   double samples_per_degree,
                   bool floor_at_model) {
    Measured result;
    SignificanceForm& form = result.form;
    double const degrees = sums.count / samples_per_degree;
    if (degrees < least_degrees) {
        form.inverse = {static_cast<float>(1.0 / model[0]),
                        0,
                        0,
                        0,
                        static_cast<float>(1.0 / model[1]),
                        0,
                        0,
                        static_cast<float>(1.0 / model[2]),
                        0,
                        static_cast<float>(1.0 / model[3])};
        form.spread = {1, 1, 1, 1};
        form.degrees = static_cast<float>(least_degrees);
        return result;
    }
    form.degrees = static_cast<float>(degrees);
    Symmetric4 const covariance = covariance_of(sums);
    form.spread = {static_cast<float>(covariance[0] / model[0]),
                   static_cast<float>(covariance[4] / model[1]),
                   static_cast<float>(covariance[7] / model[2]),
                   static_cast<float>(covariance[9] / model[3])};
    auto const [least_model, most_model] = std::ranges::minmax(model);
    double const model_floor = 1.0 - 3.0 * std::sqrt(2.0 / degrees);
    Bounds const bounds = eigenvalue_bounds(covariance);
    if (bounds.most < texture_eigenvalue * least_model &&
        (!floor_at_model || bounds.least >= model_floor * most_model)) {
        if (auto const inverse = inverse_of(covariance)) { // neither texture nor floor: as it is
            std::transform(inverse->begin(), inverse->end(), result.inverse.begin(), [](double v) {
                return static_cast<float>(v);
            });
            form.inverse = result.inverse;
            return result;
        }
    }
    Eigen4 const eigen = eigen_of(covariance);
    result.inverse.fill(0.0F);
    // A model that the frame itself gave may be too low in all directions alike: where noise was smoothed.
    double const noise = floor_at_model ? 1.0 : std::max(1.0, eigen.value[3]);
    for (std::size_t k = 0; k < 4; ++k) {
        double const measured = std::max(eigen.value[k], 1e-6);
        double const expected = model_along(model, eigen, k);
        double const variance =
            floor_at_model && measured < model_floor * expected ? expected : measured;
        if (k < 2 && measured >= texture_eigenvalue * std::max(noise, expected)) {
            give_up(eigen, k, form);
        } else {
            add_direction(eigen, k, variance, form.inverse);
        }
        add_direction(eigen, k, variance, result.inverse);
    }
    form.noise_slope = form.any_sign ? static_cast<float>(noise_slope(sums)) : 0.0F;
    return result;
}

// The noise model's variance of z in a block.
PerPlane<double> model_variance(Background const& background, std::size_t b) {
    PerPlane<double> model{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const unit = background.unit_dn[p][b];
        model[p] = background.variance_dn2[p][b] / (unit * unit);
    }
    return model;
}

void form_blocks(Background const& background,
                 std::vector<BlockSums> const& sums,
                 double samples_per_degree,
                 FormSettings const& settings,
                 bool clip_only,
                 std::vector<Measured>& forms) {
    Mesh const& mesh = background.mesh;
    parallel_blocks(
        static_cast<std::size_t>(mesh.blocks.height), settings.threads, [&](std::size_t row) {
            auto const by = static_cast<std::ptrdiff_t>(row);
            auto const columns = columns_around(mesh, sums, by);
            for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
                BlockSums const all = around(columns, bx);
                forms[mesh.at(by, bx)] =
                    clip_only ? make_clip(all, samples_per_degree)
                              : make_form(all,
                                          model_variance(background, mesh.at(by, bx)),
                                          samples_per_degree,
                                          settings.floor_at_model);
            }
        });
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
    // Each tap of a bin stands for binning^2 photosites.
    double const filter = kernel.sum3 * kernel.sum3 / std::pow(kernel.sum2 * kernel.sum2, 1.5) /
                          static_cast<double>(kernel.binning);
    // The cube root takes off z^2 times a sixth of it: of values in other units than the noise that many times as much.
    double const unit = background.unit_dn[p][b] / std::sqrt(variance);
    return static_cast<float>(filter * gain * photons / std::pow(variance, 1.5) * unit);
}

// The one direction in which the marker's light lies, so that response . z has unit variance.
void know_colour(Background const& background,
                 std::size_t b,
                 PerPlane<double> const& colour,
                 SignificanceForm& form) {
    PerPlane<float> light{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        light[p] = static_cast<float>(colour[p] / background.unit_dn[p][b]);
    }
    float const power = quadratic_form(form.inverse, light);
    if (!(power > 1e-6F * norm2(light))) {
        form.dimensions = 0; // texture has the marker's very colour
        return;
    }
    PerPlane<float> const response = product(form.inverse, light);
    float skewness = 0.0F;
    for (std::size_t p = 0; p < plane_count; ++p) {
        form.response[p] = response[p] / std::sqrt(power);
        skewness += form.response[p] * form.response[p] * form.response[p] * form.skewness[p];
    }
    form.skewness.fill(std::max(0.0F, skewness));
    form.dimensions = 1;
    form.any_sign = false;
}

} // namespace

std::vector<SignificanceForm> measure_forms(Cells const& cells,
                                            Level const& level,
                                            Kernel const& kernel,
                                            Background const& background,
                                            Frame const& frame,
                                            FormSettings const& settings) {
    Mesh const& mesh = level.mesh;
    auto const samples =
        take_noise_samples(cells, level, kernel, background, frame.cfa, settings.threads);
    std::vector<BlockSums> sums(samples.size());
    std::vector<Measured> measured(samples.size());
    for (int round = 0; round < clip_rounds; ++round) {
        parallel_blocks(
            static_cast<std::size_t>(mesh.blocks.height), settings.threads, [&](std::size_t row) {
                std::vector<float> norm;
                auto const by = static_cast<std::ptrdiff_t>(row);
                for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
                    std::size_t const b = mesh.at(by, bx);
                    sums[b] = round == 0 ? bulk_sums(samples[b], norm)
                                         : clipped_sums(samples[b], measured[b], norm);
                }
            });
        // The growth of noise with texture is measured with the last form but one.
        form_blocks(background,
                    sums,
                    kernel.samples_per_degree,
                    settings,
                    round + 2 < clip_rounds,
                    measured);
    }
    std::vector<SignificanceForm> forms;
    forms.reserve(measured.size());
    for (Measured const& block : measured) {
        forms.push_back(block.form);
        std::size_t const b = forms.size() - 1;
        for (std::size_t p = 0; p < plane_count; ++p) {
            forms[b].skewness[p] = skewness_of(background, frame, kernel, p, b);
        }
        if (settings.colour) {
            know_colour(background, b, *settings.colour, forms[b]);
        }
    }
    return forms;
}

} // namespace cmq::detect
