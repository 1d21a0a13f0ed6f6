// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_skewness.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t row_step = 2;
constexpr double fewest = 200.0; // photosites of a block that say anything about a third moment

struct Moments3 {
    std::array<float, lanes> count{};
    std::array<float, lanes> sum{};
    std::array<float, lanes> sum2{};
    std::array<float, lanes> sum3{};
};

double total(std::array<float, lanes> const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0, [](double sum, float v) {
        return sum + static_cast<double>(v);
    });
}

// Lanes that do not depend on the processor: the same bits everywhere.
void add_row(float const* row, std::ptrdiff_t length, PlaneClip const& clip, Moments3& out) {
    for (std::ptrdiff_t x = 0; x < length; x += static_cast<std::ptrdiff_t>(lanes)) {
        auto const n = std::min(static_cast<std::ptrdiff_t>(lanes), length - x);
        for (std::ptrdiff_t i = 0; i < n; ++i) {
            auto const lane = static_cast<std::size_t>(i);
            float const v = row[x + i] - clip.centre;
            bool const inside = v > -clip.reach && v < clip.reach; // false where there is no value
            float const d = inside ? v : 0.0F;
            out.count[lane] += inside ? 1.0F : 0.0F;
            out.sum[lane] += d;
            out.sum2[lane] += d * d;
            out.sum3[lane] += d * d * d;
        }
    }
}

// Not a number where too few photosites have a value.
double skewness_of(Moments3 const& sums) {
    double const n = total(sums.count);
    if (n < fewest) {
        return std::nan("");
    }
    double const mean = total(sums.sum) / n;
    double const square = total(sums.sum2) / n;
    double const variance = square - mean * mean;
    double const third = total(sums.sum3) / n - 3.0 * mean * square + 2.0 * mean * mean * mean;
    return variance > 1e-6 * square ? third / std::pow(variance, 1.5) : std::nan("");
}

double median_around(std::vector<double> const& single,
                     PlaneMesh const& mesh,
                     std::ptrdiff_t by,
                     std::ptrdiff_t bx) {
    std::vector<double> around;
    mesh.for_each_around(by, bx, [&](std::size_t block) {
        if (std::isfinite(single[block])) {
            around.push_back(single[block]);
        }
    });
    if (around.empty()) {
        return 0.0;
    }
    auto const middle = around.begin() + static_cast<std::ptrdiff_t>(around.size() / 2);
    std::nth_element(around.begin(), middle, around.end());
    return *middle;
}

} // namespace

std::vector<double> measure_plane_skewness(ImageView<float const> values,
                                           PlaneMesh const& mesh,
                                           PlaneBackground const& background,
                                           unsigned threads) {
    std::vector<double> single(mesh.blocks(), std::nan(""));
    parallel_blocks(static_cast<std::size_t>(mesh.rows.blocks()), threads, [&](std::size_t row) {
        auto const by = static_cast<std::ptrdiff_t>(row);
        Span const rows = mesh.rows.block(by);
        for (std::ptrdiff_t bx = 0; bx < mesh.columns.blocks(); ++bx) {
            std::size_t const b = mesh.at(by, bx);
            Span const columns = mesh.columns.block(bx);
            Moments3 sums;
            for (std::ptrdiff_t y = rows.first; y < rows.last; y += row_step) {
                add_row(values.row(y).data() + columns.first,
                        columns.last - columns.first,
                        background.clip[b],
                        sums);
            }
            single[b] = background.photosites[b] > 0.0 ? skewness_of(sums) : std::nan("");
        }
    });
    std::vector<double> result(mesh.blocks());
    for (std::ptrdiff_t by = 0; by < mesh.rows.blocks(); ++by) {
        for (std::ptrdiff_t bx = 0; bx < mesh.columns.blocks(); ++bx) {
            result[mesh.at(by, bx)] = median_around(single, mesh, by, bx);
        }
    }
    return result;
}

} // namespace cmq::detect
