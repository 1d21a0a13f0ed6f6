// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_relief.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr double least_share = 0.5; // of a square's photosites
constexpr double most_relief = 2.0;
// Noise does not grow less with the light as texture does: a darker patch (print) keeps most of it.
constexpr double least_relief = 0.8;

} // namespace

PlaneRelief::PlaneRelief(ImageView<float const> values,
                         PlaneMesh const& mesh,
                         PlaneSurface const& level,
                         std::vector<PlaneClip> const& clip)
    : rows_{(mesh.rows.length + side - 1) / side}
    , columns_{(mesh.columns.length + side - 1) / side}
    , ratio_(static_cast<std::size_t>(rows_ * columns_), 1.0F) {
    std::vector<float> level_row(static_cast<std::size_t>(mesh.columns.length));
    for (std::ptrdiff_t square_y = 0; square_y < rows_; ++square_y) {
        Span const rows{square_y * side, std::min(mesh.rows.length, (square_y + 1) * side)};
        std::vector<double> light(static_cast<std::size_t>(columns_), 0.0);
        std::vector<double> expected(light.size(), 0.0);
        std::vector<double> counted(light.size(), 0.0);
        for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
            auto const row = values.row(y);
            level.photosites(y, {0, mesh.columns.length}, level_row.data());
            for (std::ptrdiff_t x = 0; x < mesh.columns.length; ++x) {
                PlaneClip const& block = clip[mesh.block_of(y, x)];
                auto const i = static_cast<std::size_t>(x);
                if (std::abs(row[i] - block.centre) < block.reach) {
                    auto const square = static_cast<std::size_t>(x / side);
                    light[square] += static_cast<double>(row[i]);
                    expected[square] += static_cast<double>(level_row[i]);
                    counted[square] += 1.0;
                }
            }
        }
        for (std::ptrdiff_t x = 0; x < columns_; ++x) {
            auto const square = static_cast<std::size_t>(x);
            std::ptrdiff_t const width = std::min(mesh.columns.length, (x + 1) * side) - x * side;
            auto const area = static_cast<double>((rows.last - rows.first) * width);
            if (counted[square] >= least_share * area && expected[square] > 0.0) {
                ratio_[static_cast<std::size_t>(square_y * columns_ + x)] = static_cast<float>(
                    std::clamp(light[square] / expected[square], least_relief, most_relief));
            }
        }
    }
}

PlaneRelief::Place PlaneRelief::place(std::ptrdiff_t position, std::ptrdiff_t squares) noexcept {
    double const at = (static_cast<double>(position) + 0.5) / static_cast<double>(side) - 0.5;
    double const first = std::clamp(std::floor(at), 0.0, static_cast<double>(squares - 1));
    auto const i = static_cast<std::ptrdiff_t>(first);
    return {i, std::min(i + 1, squares - 1), static_cast<float>(std::clamp(at - first, 0.0, 1.0))};
}

void PlaneRelief::photosites(std::ptrdiff_t y, Span columns, float* out) const {
    Place const row = place(y, rows_);
    float const* upper = ratio_.data() + row.first * columns_;
    float const* lower = ratio_.data() + row.second * columns_;
    for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
        Place const column = place(x, columns_);
        auto const between = [&](float const* at) {
            return at[column.first] + column.share * (at[column.second] - at[column.first]);
        };
        float const above = between(upper);
        *out++ = above + row.share * (between(lower) - above);
    }
}

} // namespace cmq::detect
