// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/make_frame.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cmq::capture {
namespace {

constexpr std::size_t rows_a_block = 64;

// Calls work(y) for each row, in blocks; no row depends on another.
template <class Work>
void for_rows(std::ptrdiff_t height, unsigned threads, Work const& work) {
    auto const rows = static_cast<std::size_t>(height);
    parallel_blocks((rows + rows_a_block - 1) / rows_a_block, threads, [&](std::size_t block) {
        for (std::size_t y = block * rows_a_block; y < std::min(rows, (block + 1) * rows_a_block);
             ++y) {
            work(static_cast<std::ptrdiff_t>(y));
        }
    });
}

} // namespace

Cfa shift_cfa(Cfa const& visible, std::ptrdiff_t top, std::ptrdiff_t left) {
    return {{visible.at(top, left),
             visible.at(top, left + 1),
             visible.at(top + 1, left),
             visible.at(top + 1, left + 1)}};
}

Frame make_frame(ImageView<std::uint16_t const> raw,
                 Area const& visible,
                 Cfa const& cfa,
                 Levels const& levels,
                 unsigned threads) {
    CMQ_EXPECTS(visible.top >= 0 && visible.left >= 0 && visible.bottom <= raw.shape().height &&
                visible.right <= raw.shape().width);
    Frame frame;
    frame.shape = visible.shape();
    frame.cfa = shift_cfa(cfa, visible.top, visible.left);
    frame.black_dn = levels.black_dn;
    frame.black_dn_sigma = levels.black_dn_sigma;
    for (std::size_t p = 0; p < plane_count; ++p) {
        frame.saturation_dn[p] = levels.saturation[p] - levels.black_dn[p];
    }
    auto const area = static_cast<std::size_t>(frame.shape.area());
    frame.value.resize(area);
    frame.variance.resize(area);
    frame.mask.resize(area);
    for_rows(frame.shape.height, threads, [&](std::ptrdiff_t y) {
        auto const row = raw.row(visible.top + y).subspan(static_cast<std::size_t>(visible.left));
        auto const width = static_cast<std::size_t>(frame.shape.width);
        auto const start = static_cast<std::size_t>(y) * width;
        for (std::size_t first = 0; first < 2; ++first) {
            auto const p =
                static_cast<std::size_t>(frame.cfa.at(y, static_cast<std::ptrdiff_t>(first)));
            double const black = levels.black_dn[p];
            std::uint32_t const saturation = levels.saturation[p];
            for (std::size_t x = first; x < width; x += 2) {
                frame.value[start + x] = static_cast<float>(row[x] - black);
                frame.mask[start + x] = row[x] >= saturation ? mask_bit::saturated : 0;
            }
        }
    });
    return frame;
}

std::size_t fill_variance(Frame& frame, unsigned threads) {
    std::vector<std::size_t> missing(static_cast<std::size_t>(frame.shape.height));
    for_rows(frame.shape.height, threads, [&](std::ptrdiff_t y) {
        auto const width = static_cast<std::size_t>(frame.shape.width);
        auto const start = static_cast<std::size_t>(y) * width;
        for (std::size_t first = 0; first < 2; ++first) {
            Plane const plane = frame.cfa.at(y, static_cast<std::ptrdiff_t>(first));
            auto const p = static_cast<std::size_t>(plane);
            double const black = frame.black_dn[p];
            bool const zero_is_missing = black - 8 * frame.noise.read_noise_dn[p] > 0;
            auto const zero = static_cast<float>(0.5 - black);
            for (std::size_t x = first; x < width; x += 2) {
                float const value = frame.value[start + x];
                frame.variance[start + x] =
                    static_cast<float>(frame.noise.variance(plane, static_cast<double>(value)));
                if (zero_is_missing && value < zero) {
                    frame.mask[start + x] |= mask_bit::no_data;
                    ++missing[static_cast<std::size_t>(y)];
                }
            }
        }
    });
    return std::accumulate(missing.begin(), missing.end(), std::size_t{0});
}

} // namespace cmq::capture
