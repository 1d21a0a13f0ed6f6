// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/cell_loops.hpp"
#include "detect/parallel_runs.hpp"
#include "detect/whitening.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace cmq::detect {
namespace {

constexpr float most_root = 0.173F; // of the share of the filter's power that is missing: 3 %
constexpr float most_leak =
    0.3F; // standard deviations of z that missing photosites may let through of texture

// What a quadratic form over the noise's growth must reach for its significance to reach `least`: undoing the
// skewness raises what is darker by at most sqrt(least) / 3 of the skewness. The last factor is for rounding.
float least_form(SignificanceForm const& form, float least) {
    float const skewness = *std::max_element(form.skewness.begin(), form.skewness.end());
    float const squared =
        form.degrees * std::expm1(least / (form.degrees + 1.0F)); // of chi_square below
    float const growth =
        form.dimensions == 1 && is_textured(form) ? 3.4F : 1.0F; // not in responses
    return 0.999F * squared / growth / (1.0F + 0.4F * std::sqrt(squared) * skewness);
}

// out[x] = z' M z over the noise's growth; M of a block.
void fill_forms(SignificanceForm const& form,
                RowFilter::Rows const& z,
                Span columns,
                std::vector<float>& out) {
    auto const first = static_cast<std::size_t>(columns.first);
    auto const count = static_cast<std::size_t>(columns.last - columns.first);
    PerPlane<float const*> const row{
        z[0].data() + first, z[1].data() + first, z[2].data() + first, z[3].data() + first};
    out.resize(count);
    if (form.dimensions == 1 && !form.any_sign) { // a known colour
        cell_loops().responses(form.response, row, count, out.data());
    } else {
        cell_loops().forms({form.inverse, form.texture, form.noise_slope}, row, count, out.data());
    }
}

// The cells of a frame and what becomes of them.
struct Target {
    Level const& level;
    unsigned number;
    Cells& cells;
    SignificanceMap& map;
    BorderLeaks const& leaks;

    // Light wins over dark, then the clearer over the fainter.
    void put(std::ptrdiff_t y, std::ptrdiff_t x, float value) const {
        for (auto cy = level.binning * y; cy < level.binning * (y + 1); ++cy) {
            for (auto cx = level.binning * x; cx < level.binning * (x + 1); ++cx) {
                std::size_t const cell = cells.at(cy, cx);
                float& stands = map.value[cell];
                bool const wins = value > 0.0F ? value > stands : stands <= 0.0F && value < stands;
                if (wins) {
                    stands = value;
                    cells.flags[cell] = static_cast<std::uint8_t>(
                        (cells.flags[cell] & ((1U << scale_shift) - 1U)) | number << scale_shift);
                }
            }
        }
    }
};

struct RowOfBlock {
    SignificanceForm const& form;
    float least; // quadratic form below which nothing is significant
    std::ptrdiff_t y;
    Span columns;
    std::uint8_t const* missing; // RowFilter::missing; nullptr: nothing is
    std::uint8_t most_missing;   // beyond it nothing is tested
};

// Where planes miss different photosites they see different texture: the more, the stronger it is.
std::uint8_t most_missing(SignificanceForm const& form) {
    if (!is_textured(form)) {
        return std::numeric_limits<std::uint8_t>::max();
    }
    float const spread = *std::max_element(form.spread.begin(), form.spread.end());
    return static_cast<std::uint8_t>(missing_steps *
                                     std::min(most_root, most_leak / std::sqrt(spread)));
}

// By how much z' M z falls when the covariance, M^-1 growth, has both directions of the leak added. Source: M. A. Woodbury,
// Memorandum 42, Statistical Research Group, Princeton 1950.
double explained(std::array<float, 10> const& inverse,
                 PerPlane<float> const& z,
                 BorderLeak const& leak,
                 double growth) {
    if (leak == BorderLeak{}) {
        return 0.0;
    }
    auto const scalar = [](PerPlane<float> const& a, PerPlane<float> const& b) {
        return static_cast<double>(along(a, b));
    };
    auto const first = product(inverse, leak[0]);
    auto const second = product(inverse, leak[1]);
    double const a = growth + scalar(first, leak[0]);
    double const b = scalar(first, leak[1]);
    double const c = growth + scalar(second, leak[1]);
    double const u = scalar(first, z);
    double const v = scalar(second, z);
    return (c * u * u - 2.0 * b * u * v + a * v * v) / (a * c - b * b);
}

PerPlane<float> planes_at(RowFilter::Rows const& z, std::size_t i) {
    return {z[0][i], z[1][i], z[2][i], z[3][i]};
}

bool all_known(RowOfBlock const& row, PerPlane<float> const& v, std::size_t x) {
    return v[0] != 0.0F && v[1] != 0.0F && v[2] != 0.0F && v[3] != 0.0F &&
           row.missing[x] <= row.most_missing;
}

// Of the places of a row with data in all planes.
std::int64_t count_tested(RowOfBlock const& row, RowFilter::Rows const& z) {
    auto const first = static_cast<std::size_t>(row.columns.first);
    auto const count = static_cast<std::size_t>(row.columns.last) - first;
    if (row.missing == nullptr) {
        return static_cast<std::int64_t>(count);
    }
    std::int64_t tested = 0;
    for (std::size_t x = 0; x < count; ++x) {
        tested += all_known(row, planes_at(z, first + x), x) ? 1 : 0;
    }
    return tested;
}

// Puts what is significant of a row into the map.
void fill_row(Target const& target,
              RowOfBlock const& row,
              RowFilter::Rows const& z,
              std::vector<float> const& forms,
              std::vector<std::uint32_t>& places) {
    places.resize(forms.size());
    std::size_t const candidates =
        cell_loops().reaching(forms.data(), forms.size(), row.least, places.data());
    for (std::size_t k = 0; k < candidates; ++k) {
        std::size_t const i = static_cast<std::size_t>(row.columns.first) + places[k];
        PerPlane<float> const v = planes_at(z, i);
        if (row.missing != nullptr && !all_known(row, v, places[k])) {
            continue;
        }
        float significance = signed_significance(row.form, v);
        if (std::abs(significance) >= target.map.least && is_textured(row.form)) {
            significance = signed_significance(
                row.form,
                v,
                target.leaks.of_bin(row.y, static_cast<std::ptrdiff_t>(i), target.level.binning));
        }
        if (std::abs(significance) >= target.map.least) {
            target.put(row.y, static_cast<std::ptrdiff_t>(i), significance);
        }
    }
}

} // namespace

float signed_significance(SignificanceForm const& form,
                          PerPlane<float> const& z,
                          BorderLeak const& leak) noexcept {
    // Texture comes off before skewness is undone: it is no noise, and far larger.
    float const first = along(form.texture, z);
    float const second = along(form.second_texture, z);
    double const growth =
        static_cast<double>(std::clamp(1.0F + form.noise_slope * first, least_growth, most_growth));
    auto const degrees = static_cast<double>(form.degrees);
    // Hotelling's T^2 with few degrees has a heavier tail than a chi-square; this is the chi-square
    // value whose tail falls by the same factor. Source: H. Hotelling, Ann. Math. Stat. 2 (1931) 360.
    auto const chi_square = [&](double squared) {
        return (degrees + 1.0) * std::log1p(squared / growth / degrees);
    };
    if (form.dimensions == 1) {
        double const t = unskewed(static_cast<double>(along(form.response, z)),
                                  static_cast<double>(form.skewness[0]));
        auto const through = [&](PerPlane<float> const& direction) {
            return static_cast<double>(along(form.response, direction));
        };
        double const spread =
            1.0 + through(leak[0]) * through(leak[0]) + through(leak[1]) * through(leak[1]);
        return static_cast<float>(std::copysign(chi_square(t * t / spread), t));
    }
    PerPlane<float> normal{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        float const noise = z[p] - first * form.texture[p] - second * form.second_texture[p];
        normal[p] = static_cast<float>(
            unskewed(static_cast<double>(noise), static_cast<double>(form.skewness[p])));
    }
    double const value = chi_square(static_cast<double>(quadratic_form(form.inverse, normal)) -
                                    explained(form.inverse, normal, leak, growth));
    bool const darker = !form.any_sign && z[0] + z[1] + z[2] + z[3] < 0.0F;
    return static_cast<float>(darker ? -value : value);
}

TestedBlocks add_significance(Level const& level,
                              Kernel const& kernel,
                              Background const& background,
                              Cfa const& cfa,
                              std::vector<SignificanceForm> const& forms,
                              BorderLeaks const& leaks,
                              unsigned number,
                              unsigned threads,
                              Cells& cells,
                              SignificanceMap& map) {
    Mesh const& mesh = level.mesh;
    TestedBlocks tested{std::vector<double>(forms.size(), 0.0)};
    RowFilter const fresh{level, kernel, background, cfa};
    Target const target{level, number, cells, map, leaks};
    auto const rows_of_blocks = static_cast<std::size_t>(mesh.blocks.height);
    parallel_runs(rows_of_blocks, threads, [&](std::size_t from, std::size_t to) {
        RowFilter filter = fresh;
        RowFilter::Rows z;
        std::vector<float> row_forms;
        std::vector<float> least;
        std::vector<std::uint32_t> places;
        for (std::size_t row = from; row < to; ++row) {
            auto const by = static_cast<std::ptrdiff_t>(row);
            Span const rows = mesh.rows(by);
            filter.enter(by);
            least.clear();
            for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
                least.push_back(least_form(forms[mesh.at(by, bx)], map.least));
            }
            for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
                filter.row(y, z);
                for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
                    SignificanceForm const& form = forms[mesh.at(by, bx)];
                    Span const columns = mesh.columns(bx);
                    if (form.dimensions == 0) {
                        continue;
                    }
                    RowOfBlock const row_of_block{form,
                                                  least[static_cast<std::size_t>(bx)],
                                                  y,
                                                  columns,
                                                  filter.missing(y, bx),
                                                  most_missing(form)};
                    fill_forms(form, z, columns, row_forms);
                    fill_row(target, row_of_block, z, row_forms, places);
                    tested.places[mesh.at(by, bx)] +=
                        static_cast<double>(count_tested(row_of_block, z));
                }
            }
        }
    });
    return tested;
}

} // namespace cmq::detect
