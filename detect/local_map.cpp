// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/local_map.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr float least_weight = 0.25F; // of the whole filter on good photosites

std::vector<float> gaussian(std::ptrdiff_t reach, double sigma, double shift) {
    std::vector<float> tap;
    for (std::ptrdiff_t i = -reach; i <= reach; ++i) {
        double const u = (static_cast<double>(i) + shift) / sigma;
        tap.push_back(static_cast<float>(std::exp(-0.5 * u * u)));
    }
    return tap;
}

float sum_of_squares(std::vector<float> const& tap) {
    float sum = 0.0F;
    for (float const t : tap) {
        sum += t * t;
    }
    return sum;
}

} // namespace

LocalFilter::LocalFilter(Cells const& cells,
                         Background const& background,
                         Cfa const& cfa,
                         std::ptrdiff_t sigma,
                         std::vector<SignificanceForm> const& forms,
                         BorderLeaks const& leaks)
    : cells_{cells}
    , background_{background}
    , forms_{forms}
    , leaks_{leaks}
    , sigma_{sigma}
    , reach_{3 * sigma}
    , inverse_unit_{scale_rows(background, 0, background.mesh, 1.0),
                    scale_rows(background, 1, background.mesh, 1.0),
                    scale_rows(background, 2, background.mesh, 1.0),
                    scale_rows(background, 3, background.mesh, 1.0)} {
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const offset = cfa.offset(static_cast<Plane>(p));
        auto const shift = [](std::ptrdiff_t side) { return side == 0 ? -0.25 : 0.25; };
        tap_y_[p] = gaussian(reach_, static_cast<double>(sigma), shift(offset[0]));
        tap_x_[p] = gaussian(reach_, static_cast<double>(sigma), shift(offset[1]));
    }
}

void LocalFilter::filter_plane(std::size_t plane, Part const& part, std::vector<float>& z) const {
    // Along x for all rows that the filter reaches, residuals and the power of good photosites.
    Part const wide{{std::max<std::ptrdiff_t>(0, part.rows.first - reach_),
                     std::min(cells_.shape.height, part.rows.last + reach_)},
                    part.columns};
    std::vector<float> sum(wide.area(), 0.0F);
    std::vector<float> power(wide.area(), 0.0F);
    for (std::ptrdiff_t y = wide.rows.first; y < wide.rows.last; ++y) {
        for (std::ptrdiff_t x = part.columns.first; x < part.columns.last; ++x) {
            float s = 0.0F;
            float w = 0.0F;
            for (std::ptrdiff_t k = std::max(-reach_, -x);
                 k <= std::min(reach_, cells_.shape.width - 1 - x);
                 ++k) {
                std::size_t const cell = cells_.at(y, x + k);
                float const t = tap_x_[plane][static_cast<std::size_t>(k + reach_)];
                s += t * cells_.residual[plane][cell];
                w += cells_.is_good(cell, plane) ? t * t : 0.0F;
            }
            sum[wide.at(y, x)] = s;
            power[wide.at(y, x)] = w;
        }
    }
    float const whole = sum_of_squares(tap_x_[plane]) * sum_of_squares(tap_y_[plane]);
    for (std::ptrdiff_t y = part.rows.first; y < part.rows.last; ++y) {
        for (std::ptrdiff_t x = part.columns.first; x < part.columns.last; ++x) {
            float s = 0.0F;
            float w = 0.0F;
            for (std::ptrdiff_t k = std::max(-reach_, -y);
                 k <= std::min(reach_, cells_.shape.height - 1 - y);
                 ++k) {
                float const t = tap_y_[plane][static_cast<std::size_t>(k + reach_)];
                s += t * sum[wide.at(y + k, x)];
                w += t * t * power[wide.at(y + k, x)];
            }
            z[part.at(y, x)] =
                w < least_weight * whole ? 0.0F : s * inverse_unit_[plane].at(y, x) / std::sqrt(w);
        }
    }
}

std::vector<float> LocalFilter::significance(Part const& part) const {
    PerPlane<std::vector<float>> z;
    for (std::size_t p = 0; p < plane_count; ++p) {
        z[p].resize(part.area());
        filter_plane(p, part, z[p]);
    }
    Mesh const& mesh = background_.mesh;
    std::vector<float> result(part.area(), 0.0F);
    for (std::ptrdiff_t y = part.rows.first; y < part.rows.last; ++y) {
        for (std::ptrdiff_t x = part.columns.first; x < part.columns.last; ++x) {
            std::size_t const i = part.at(y, x);
            PerPlane<float> const v{z[0][i], z[1][i], z[2][i], z[3][i]};
            SignificanceForm const& form = forms_[mesh.at(mesh.block_row(y), mesh.block_column(x))];
            if (form.dimensions > 0 && v[0] != 0.0F && v[1] != 0.0F && v[2] != 0.0F &&
                v[3] != 0.0F) {
                result[i] = signed_significance(
                    form, v, is_textured(form) ? leaks_.of_cell(y, x, sigma_) : BorderLeak{});
            }
        }
    }
    return result;
}

} // namespace cmq::detect
