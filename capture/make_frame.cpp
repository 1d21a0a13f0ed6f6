// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/make_frame.hpp"

#include "system/parallel.hpp"
#include "system/processor.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace cmq::capture {
namespace {

// The vectors grow by so many rows at once: their zeros are still in the cache when they are filled, and what was filled
// when somebody looks at it.
constexpr std::size_t rows_a_slab = 16;
constexpr std::size_t rows_a_block = 4;
constexpr std::size_t rows_behind = 3;     // of those that may be looked at
constexpr std::ptrdiff_t sample_side = 16; // photosites of the frame: a block of noise_blocks.cpp

// A row alternates between two planes. Their numbers stand here as often as a stretch of the row is long, so that the
// loops below have no stride and compile to vector instructions; each operation is still rounded as written.
constexpr std::size_t stretch = 256; // even; all tables stay in the first cache

template <class T>
using Stretch = std::array<T, stretch>;

struct RowTable {
    Stretch<double> black{};
    Stretch<std::uint16_t> saturation{};
    Stretch<std::uint8_t> zero_bits{}; // mask of a raw 0
    Stretch<double> read_variance{};
    Stretch<double> gain{};
    Stretch<double> prnu{};
};

using RowTables = std::array<RowTable, 2>; // even and odd rows

RowTables make_tables(Cfa const& cfa,
                      Levels const& levels,
                      NoiseModel const& noise,
                      PerPlane<bool> const& missing) {
    RowTables tables;
    for (std::size_t y = 0; y < 2; ++y) {
        for (std::size_t x = 0; x < stretch; ++x) {
            auto const p = static_cast<std::size_t>(cfa.cell[2 * y + x % 2]);
            RowTable& table = tables[y];
            table.black[x] = levels.black_dn[p];
            table.saturation[x] =
                static_cast<std::uint16_t>(std::min<std::uint32_t>(levels.saturation[p], 65535));
            table.zero_bits[x] = missing[p] ? mask_bit::no_data : 0;
            table.read_variance[x] = noise.read_noise_dn[p] * noise.read_noise_dn[p];
            table.gain[x] = noise.gain_dn[p];
            table.prnu[x] = noise.prnu[p];
        }
    }
    return tables;
}

// At most a stretch of a row, from an even column on.
struct Part {
    std::span<std::uint16_t const> raw;
    float* value;
    float* variance;
    std::uint8_t* mask;
};

[[gnu::always_inline]] inline void fill_value(Part const& part, RowTable const& table) {
    std::uint16_t const* __restrict__ raw = part.raw.data();
    double const* __restrict__ black = table.black.data();
    float* __restrict__ value = part.value;
    for (std::size_t x = 0; x < part.raw.size(); ++x) {
        value[x] = static_cast<float>(static_cast<double>(raw[x]) - black[x]);
    }
}

[[gnu::always_inline]] inline void fill_mask(Part const& part, RowTable const& table) {
    std::uint16_t const* __restrict__ raw = part.raw.data();
    std::uint16_t const* __restrict__ saturation = table.saturation.data();
    std::uint8_t const* __restrict__ zero_bits = table.zero_bits.data();
    std::uint8_t* __restrict__ mask = part.mask;
    for (std::size_t x = 0; x < part.raw.size(); ++x) {
        // All bits or none, instead of a choice: a branch would keep this from becoming vector instructions.
        auto const full = static_cast<std::uint8_t>(-static_cast<int>(raw[x] >= saturation[x]));
        auto const zero = static_cast<std::uint8_t>(-static_cast<int>(raw[x] == 0));
        mask[x] = static_cast<std::uint8_t>((full & mask_bit::saturated) | (zero & zero_bits[x]));
    }
}

// NoiseModel::variance, written for a row: the same operations in the same order.
[[gnu::always_inline]] inline void fill_variance(Part const& part, RowTable const& table) {
    float const* __restrict__ value = part.value;
    double const* __restrict__ read_variance = table.read_variance.data();
    double const* __restrict__ gain = table.gain.data();
    double const* __restrict__ prnu = table.prnu.data();
    float* __restrict__ variance = part.variance;
    for (std::size_t x = 0; x < part.raw.size(); ++x) {
        auto const signal = static_cast<double>(value[x]);
        double const fixed = prnu[x] * signal;
        double const light = signal > 0.0 ? signal : 0.0;
        variance[x] = static_cast<float>(read_variance[x] + gain[x] * light + fixed * fixed);
    }
}

// Value, variance and mask of a part; the same operations on every processor.
using FillPart = void (*)(Part const& part, RowTable const& table);

[[gnu::always_inline]] inline void fill_body(Part const& part, RowTable const& table) {
    fill_mask(part, table);
    fill_value(part, table);
    fill_variance(part, table);
}

struct AnyProcessor {
    static void fill(Part const& part, RowTable const& of) { fill_body(part, of); }

    static constexpr FillPart table = fill;
};

struct WithAvx2 {
    CMQ_AVX2 static void fill(Part const& part, RowTable const& of) { fill_body(part, of); }

    static constexpr FillPart table = fill;
};

Frame make_empty(Shape shape, Cfa const& cfa, Levels const& levels) {
    Frame frame;
    frame.shape = shape;
    frame.cfa = cfa;
    frame.black_dn = levels.black_dn;
    frame.black_dn_sigma = levels.black_dn_sigma;
    for (std::size_t p = 0; p < plane_count; ++p) {
        frame.saturation_dn[p] = levels.saturation[p] - levels.black_dn[p];
    }
    auto const area = static_cast<std::size_t>(shape.area());
    frame.value.reserve(area);
    frame.mask.reserve(area);
    return frame;
}

void expect_inside(Area const& visible, Shape raw) {
    CMQ_EXPECTS(visible.top >= 0 && visible.left >= 0 && visible.bottom <= raw.height &&
                visible.right <= raw.width);
}

// How many blocks there are along an axis, and how many are taken, evenly spread.
struct Axis {
    std::ptrdiff_t blocks;
    std::ptrdiff_t taken;

    // First photosite of the i-th taken block: the middle of the i-th of `taken` equal parts lies in it.
    [[nodiscard]] std::ptrdiff_t start(std::ptrdiff_t i) const {
        return (2 * i + 1) * blocks / (2 * taken) * sample_side;
    }
};

Axis thin_out(std::ptrdiff_t blocks, double share) {
    return {blocks, static_cast<std::ptrdiff_t>(static_cast<double>(blocks) * share)};
}

} // namespace

void drop_photosites(Frame& frame) noexcept {
    // Not value = {}: that empties a vector and keeps its memory.
    std::vector<float>{}.swap(frame.value);
    std::vector<float>{}.swap(frame.variance);
    std::vector<std::uint8_t>{}.swap(frame.mask);
}

Cfa shift_cfa(Cfa const& visible, std::ptrdiff_t top, std::ptrdiff_t left) {
    return {{visible.at(top, left),
             visible.at(top, left + 1),
             visible.at(top + 1, left),
             visible.at(top + 1, left + 1)}};
}

PerPlane<bool> zero_is_missing(Levels const& levels, NoiseModel const& noise) {
    PerPlane<bool> missing{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        missing[p] = levels.black_dn[p] - 8 * noise.read_noise_dn[p] > 0;
    }
    return missing;
}

Frame make_frame(ImageView<std::uint16_t const> raw,
                 Area const& visible,
                 Cfa const& cfa,
                 Levels const& levels,
                 NoiseModel const& noise,
                 unsigned threads,
                 RowsFilled const& filled) {
    expect_inside(visible, raw.shape());
    Frame frame = make_empty(visible.shape(), shift_cfa(cfa, visible.top, visible.left), levels);
    frame.noise = noise;
    frame.variance.reserve(static_cast<std::size_t>(frame.shape.area()));
    RowTables const tables = make_tables(frame.cfa, levels, noise, zero_is_missing(levels, noise));
    auto const width = static_cast<std::size_t>(frame.shape.width);
    auto const rows = static_cast<std::size_t>(frame.shape.height);
    FillPart const fill_part = loops_for_this_processor<AnyProcessor, WithAvx2>();
    auto const fill_row = [&](std::size_t y) {
        auto const row = raw.row(visible.top + static_cast<std::ptrdiff_t>(y))
                             .subspan(static_cast<std::size_t>(visible.left), width);
        for (std::size_t x = 0; x < width; x += stretch) {
            std::size_t const at = y * width + x;
            Part const part{row.subspan(x, std::min(stretch, width - x)),
                            frame.value.data() + at,
                            frame.variance.data() + at,
                            frame.mask.data() + at};
            fill_part(part, tables[y % 2]);
        }
    };
    auto const in_blocks = [&](std::size_t from, std::size_t to, auto const& work) {
        parallel_blocks((to - from + rows_a_block - 1) / rows_a_block, threads, [&](std::size_t i) {
            std::size_t const first = from + i * rows_a_block;
            work(first, std::min(to, first + rows_a_block));
        });
    };
    std::size_t looked_at = 0;
    for (std::size_t top = 0; top < rows; top += rows_a_slab) {
        std::size_t const bottom = std::min(rows, top + rows_a_slab);
        frame.value.resize(bottom * width);
        frame.variance.resize(bottom * width);
        frame.mask.resize(bottom * width);
        in_blocks(top, bottom, [&](std::size_t first, std::size_t last) {
            for (std::size_t y = first; y < last; ++y) {
                fill_row(y);
            }
        });
        std::size_t const ready = bottom == rows ? rows : bottom - rows_behind;
        if (filled) {
            in_blocks(looked_at, ready, [&](std::size_t first, std::size_t last) {
                filled(frame, first, last);
            });
            looked_at = ready;
        }
    }
    return frame;
}

Frame make_sample(ImageView<std::uint16_t const> raw,
                  Area const& visible,
                  Cfa const& cfa,
                  Levels const& levels,
                  std::size_t most_blocks) {
    expect_inside(visible, raw.shape());
    CMQ_EXPECTS(most_blocks > 0);
    std::ptrdiff_t const all_rows = visible.shape().height / sample_side;
    std::ptrdiff_t const all_columns = visible.shape().width / sample_side;
    double const share = std::min(
        1.0,
        std::sqrt(static_cast<double>(most_blocks) /
                  std::max(static_cast<double>(all_rows) * static_cast<double>(all_columns), 1.0)));
    Axis const rows = thin_out(all_rows, share);
    Axis const columns = thin_out(all_columns, share);
    Frame sample = make_empty({rows.taken * sample_side, columns.taken * sample_side},
                              shift_cfa(cfa, visible.top, visible.left),
                              levels);
    RowTables const tables = make_tables(sample.cfa, levels, {}, {});
    sample.value.resize(static_cast<std::size_t>(sample.shape.area()));
    sample.mask.resize(sample.value.size());
    for (std::ptrdiff_t y = 0; y < sample.shape.height; ++y) {
        auto const row = raw.row(visible.top + rows.start(y / sample_side) + y % sample_side)
                             .subspan(static_cast<std::size_t>(visible.left));
        for (std::ptrdiff_t column = 0; column < columns.taken; ++column) {
            auto const first = static_cast<std::size_t>(columns.start(column));
            auto const at = static_cast<std::size_t>(y * sample.shape.width + column * sample_side);
            Part const part{row.subspan(first, static_cast<std::size_t>(sample_side)),
                            sample.value.data() + at,
                            nullptr,
                            sample.mask.data() + at};
            fill_mask(part, tables[static_cast<std::size_t>(y % 2)]);
            fill_value(part, tables[static_cast<std::size_t>(y % 2)]);
        }
    }
    return sample;
}

} // namespace cmq::capture
