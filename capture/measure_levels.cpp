// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/measure_levels.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::capture {
namespace {

constexpr std::size_t raw_values = 65536;

Area cut(Area area, Shape shape) {
    area.top = std::clamp<std::ptrdiff_t>(area.top, 0, shape.height);
    area.bottom = std::clamp<std::ptrdiff_t>(area.bottom, area.top, shape.height);
    area.left = std::clamp<std::ptrdiff_t>(area.left, 0, shape.width);
    area.right = std::clamp<std::ptrdiff_t>(area.right, area.left, shape.width);
    return area;
}

std::size_t index(Cfa const& cfa, std::ptrdiff_t y, std::ptrdiff_t x) noexcept {
    return static_cast<std::size_t>(cfa.at(y, x));
}

void count_row(std::span<std::uint16_t const> row,
               std::ptrdiff_t y,
               Area const& area,
               Cfa const& cfa,
               PerPlane<Histogram>& counts) {
    // Both planes of the row in turn: neighbours of one plane often have one value, and an addition would wait for
    // the one before.
    auto* const even = counts[index(cfa, y, area.left)].data();
    auto* const odd = counts[index(cfa, y, area.left + 1)].data();
    std::ptrdiff_t x = area.left;
    for (; x + 1 < area.right; x += 2) {
        ++even[row[static_cast<std::size_t>(x)]];
        ++odd[row[static_cast<std::size_t>(x) + 1]];
    }
    if (x < area.right) {
        ++even[row[static_cast<std::size_t>(x)]];
    }
}

PerPlane<Histogram> empty_counts() {
    PerPlane<Histogram> counts;
    counts.fill(Histogram(raw_values));
    return counts;
}

std::uint64_t total(std::span<std::uint32_t const> histogram) {
    return std::accumulate(histogram.begin(), histogram.end(), std::uint64_t{0});
}

// Smallest value that at least half of the counts do not exceed.
std::size_t median(std::span<std::uint32_t const> histogram) {
    std::uint64_t const half = (total(histogram) + 1) / 2;
    std::uint64_t sum = 0;
    for (std::size_t value = 0; value < histogram.size(); ++value) {
        sum += histogram[value];
        if (sum >= half) {
            return value;
        }
    }
    return 0;
}

// The values that are kept: [low, high].
struct Range {
    std::size_t low;
    std::size_t high;
};

Range without_outliers(std::span<std::uint32_t const> histogram) {
    std::size_t const middle = median(histogram);
    Histogram distance(histogram.size());
    for (std::size_t value = 0; value < histogram.size(); ++value) {
        distance[value > middle ? value - middle : middle - value] += histogram[value];
    }
    // 1.4826: the median absolute deviation of a normal variable is 0.6745 of its sd.
    double const sd = 1.4826 * static_cast<double>(median(distance));
    auto const reach = static_cast<std::size_t>(std::max(6.0 * sd, 2.0));
    return {middle > reach ? middle - reach : 0, middle + reach};
}

// Sums over the kept photosites of one plane.
struct Sums {
    std::size_t count = 0;
    double sum = 0;
    double squares = 0; // about the range's middle
    std::vector<double> row_means;
};

void add_row(
    std::span<std::uint16_t const> row, std::ptrdiff_t first, Area area, Range keep, Sums& sums) {
    double row_sum = 0;
    std::size_t row_count = 0;
    double const origin = static_cast<double>(keep.low + keep.high) / 2;
    for (std::ptrdiff_t x = first; x < area.right; x += 2) {
        std::size_t const value = row[static_cast<std::size_t>(x)];
        if (value >= keep.low && value <= keep.high) {
            double const centred = static_cast<double>(value) - origin;
            row_sum += centred;
            sums.squares += centred * centred;
            ++row_count;
        }
    }
    if (row_count > 0) {
        sums.row_means.push_back(row_sum / static_cast<double>(row_count));
        sums.sum += row_sum;
        sums.count += row_count;
    }
}

double standard_deviation(std::span<double const> values) {
    auto const n = static_cast<double>(values.size());
    if (n < 2) {
        return 0;
    }
    double const mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (double const value : values) {
        squares += (value - mean) * (value - mean);
    }
    return std::sqrt(squares / (n - 1));
}

} // namespace

MeasuredBlack
measure_black(ImageView<std::uint16_t const> raw, Cfa const& cfa, std::span<Area const> masked) {
    auto counts = empty_counts();
    for (Area const& whole : masked) {
        Area const area = cut(whole, raw.shape());
        for (std::ptrdiff_t y = area.top; y < area.bottom; ++y) {
            count_row(raw.row(y), y, area, cfa, counts);
        }
    }
    PerPlane<Range> keep{};
    std::ranges::transform(counts, keep.begin(), without_outliers);
    PerPlane<Sums> sums;
    for (Area const& whole : masked) {
        Area const area = cut(whole, raw.shape());
        for (std::ptrdiff_t y = area.top; y < area.bottom; ++y) {
            for (std::ptrdiff_t x = area.left; x < std::min(area.left + 2, area.right); ++x) {
                std::size_t const p = index(cfa, y, x);
                add_row(raw.row(y), x, area, keep[p], sums[p]);
            }
        }
    }
    MeasuredBlack black;
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (sums[p].count < 2) {
            continue;
        }
        auto const n = static_cast<double>(sums[p].count);
        double const centred = sums[p].sum / n;
        black.photosites[p] = sums[p].count;
        black.mean_dn[p] = static_cast<double>(keep[p].low + keep[p].high) / 2 + centred;
        black.sd_dn[p] =
            std::sqrt(std::max(sums[p].squares - n * centred * centred, 0.0) / (n - 1));
        auto const rows = static_cast<double>(sums[p].row_means.size());
        black.sigma_dn[p] = std::max(standard_deviation(sums[p].row_means) / std::sqrt(rows),
                                     black.sd_dn[p] / std::sqrt(n));
    }
    return black;
}

PerPlane<Histogram> count_values(ImageView<std::uint16_t const> raw,
                                 Area const& visible,
                                 Cfa const& cfa,
                                 unsigned threads) {
    // A band has 1 MB of counts: with one thread one is enough. Counts are whole numbers, the same in any bands.
    std::size_t const bands = threads == 1 ? 1 : 8;
    std::vector<PerPlane<Histogram>> parts(bands);
    auto const rows = static_cast<std::size_t>(visible.shape().height);
    parallel_blocks(bands, threads, [&](std::size_t band) {
        parts[band] = empty_counts();
        auto const first = visible.top + static_cast<std::ptrdiff_t>(rows * band / bands);
        auto const last = visible.top + static_cast<std::ptrdiff_t>(rows * (band + 1) / bands);
        for (std::ptrdiff_t y = first; y < last; ++y) {
            count_row(raw.row(y), y, visible, cfa, parts[band]);
        }
    });
    for (std::size_t band = 1; band < bands; ++band) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            std::ranges::transform(parts[0][p], parts[band][p], parts[0][p].begin(), std::plus<>{});
        }
    }
    return std::move(parts[0]);
}

namespace {

// A digital clip: the greatest value is far more frequent than its neighbours.
bool is_clipped_at(std::span<std::uint32_t const> histogram, std::size_t top) {
    std::uint64_t below = 0;
    int seen = 0;
    for (std::size_t value = top; value-- > 0 && seen < 8;) {
        below += histogram[value];
        seen += histogram[value] > 0 ? 1 : 0;
    }
    double const mean = seen > 0 ? static_cast<double>(below) / seen : 0.0;
    return histogram[top] >= 20 && histogram[top] >= 4 * mean;
}

// The foot of a heap of values at the top; `white` when there is none.
std::size_t
heap_foot(std::span<std::uint32_t const> histogram, std::size_t top, std::size_t white) {
    std::size_t const width = std::max<std::size_t>(white / 256, 1);
    std::vector<std::uint64_t> bins(top / width + 1);
    for (std::size_t value = 0; value <= top; ++value) {
        bins[value / width] += histogram[value];
    }
    auto const last = bins.size() - 1;
    auto const place = [&](double share) {
        return bins.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(last));
    };
    std::vector<std::uint64_t> reference(place(0.6), place(0.9));
    if (reference.empty()) {
        return white;
    }
    auto const middle = reference.begin() + static_cast<std::ptrdiff_t>(reference.size() / 2);
    std::ranges::nth_element(reference, middle);
    auto const usual = static_cast<double>(*middle);
    auto const mode = std::max_element(place(0.9), bins.end());
    if (static_cast<double>(*mode) < std::max(50.0, 8 * usual)) {
        return white;
    }
    // Down from the heap while a bin is more than twice, and three Poisson deviations above, the usual.
    auto foot = mode;
    while (foot != bins.begin() &&
           static_cast<double>(*(foot - 1)) > 2 * usual + 3 * std::sqrt(usual) + 3) {
        --foot;
    }
    return static_cast<std::size_t>(foot - bins.begin()) * width;
}

} // namespace

std::uint32_t find_saturation(std::span<std::uint32_t const> histogram, std::uint32_t white_level) {
    CMQ_EXPECTS(histogram.size() == raw_values && white_level > 0 && white_level < raw_values);
    std::size_t top = raw_values - 1;
    while (top > 0 && histogram[top] == 0) {
        --top;
    }
    std::size_t const white = white_level;
    std::size_t level = white;
    if (2 * top > white && is_clipped_at(histogram, top)) {
        level = std::min(level, top);
    }
    if (100 * top > 85 * white && 2 * median(histogram) < top) {
        level = std::min(level, heap_foot(histogram, std::min(top, white), white));
    }
    return static_cast<std::uint32_t>(level);
}

} // namespace cmq::capture
