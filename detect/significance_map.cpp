// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/whitening.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr float least_form = 6.0F; // leaves room for corrections upwards

// Significances of a run of cells; counts those with data in all planes.
std::int64_t fill_row(FilteredPlanes const& z,
                      SignificanceForm const& form,
                      Span run,
                      std::vector<float>& value) {
    std::int64_t tested = 0;
    for (auto i = static_cast<std::size_t>(run.first); i < static_cast<std::size_t>(run.last);
         ++i) {
        auto const v = z_at(z, i);
        // Where the planes miss different photosites they see different texture.
        bool const known = v[0] != 0.0F && v[1] != 0.0F && v[2] != 0.0F && v[3] != 0.0F &&
                           !(form.any_sign && z.partial[i] != 0);
        tested += known ? 1 : 0;
        if (known && quadratic_form(form.inverse, v) >= least_form) {
            float const significance = signed_significance(form, v);
            value[i] = std::abs(significance) < least_significance ? 0.0F : significance;
        }
    }
    return tested;
}

} // namespace

float signed_significance(SignificanceForm const& form, PerPlane<float> const& z) noexcept {
    // Texture comes off before skewness is undone: it is no noise, and far larger.
    float const first = along(form.texture, z);
    float const second = along(form.second_texture, z);
    PerPlane<float> normal{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        float const noise = z[p] - first * form.texture[p] - second * form.second_texture[p];
        normal[p] = static_cast<float>(
            unskewed(static_cast<double>(noise), static_cast<double>(form.skewness[p])));
    }
    auto const squared = static_cast<double>(quadratic_form(form.inverse, normal));
    double const growth = std::clamp(1.0 + static_cast<double>(form.noise_slope * first), 0.3, 3.0);
    // Hotelling's T^2 with few degrees has a heavier tail than a chi-square; this is the chi-square
    // value whose tail falls by the same factor. Source: H. Hotelling, Ann. Math. Stat. 2 (1931) 360.
    auto const degrees = static_cast<double>(form.degrees);
    double const value = (degrees + 1.0) * std::log1p(squared / growth / degrees);
    bool const darker = !form.any_sign && z[0] + z[1] + z[2] + z[3] < 0.0F;
    return static_cast<float>(darker ? -value : value);
}

SignificanceMap significance_map(Cells const& cells,
                                 FilteredPlanes const& z,
                                 Mesh const& mesh,
                                 std::vector<SignificanceForm> const& forms,
                                 unsigned threads) {
    SignificanceMap map;
    map.value.assign(cells.flags.size(), 0.0F);
    map.tested.assign(forms.size(), 0.0);
    parallel_blocks(static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
        auto const by = static_cast<std::ptrdiff_t>(row);
        Span const rows = mesh.rows(by);
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            std::size_t const b = mesh.at(by, bx);
            Span const columns = mesh.columns(bx);
            std::int64_t tested = 0;
            for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
                tested += fill_row(z,
                                   forms[b],
                                   {static_cast<std::ptrdiff_t>(cells.at(y, columns.first)),
                                    static_cast<std::ptrdiff_t>(cells.at(y, columns.last))},
                                   map.value);
            }
            map.tested[b] = static_cast<double>(tested);
        }
    });
    return map;
}

} // namespace cmq::detect
