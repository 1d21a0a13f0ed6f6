// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/row_loops.hpp"

#include "detect/eight_lanes.hpp"
#include "system/processor.hpp"

#include <algorithm>

namespace cmq::detect {
namespace {

constexpr auto step_x = static_cast<std::ptrdiff_t>(lanes);

// Asks for what comes 4 KiB later: the processor's own prefetch stops at each page, and a picture that is larger than
// its caches came half as fast. An address that is not there is no error.
[[gnu::always_inline]] inline void fetch_ahead(float const* value) {
    constexpr std::uintptr_t ahead = 4096;
    // NOLINTBEGIN(*-reinterpret-cast,performance-no-int-to-ptr): beyond the last row there is no pointer
    auto const address = reinterpret_cast<std::uintptr_t>(value) + ahead;
    __builtin_prefetch(reinterpret_cast<void const*>(address));
    // NOLINTEND(*-reinterpret-cast,performance-no-int-to-ptr)
}

// The order does not matter: no lane is NaN.
template <std::size_t Count>
[[gnu::always_inline]] inline float largest_of(typename VectorOf<Count>::Values const& v) {
    if constexpr (Count == 4) {
        return std::max(std::max(v[0], v[1]), std::max(v[2], v[3]));
    } else {
        using Half = typename VectorOf<Count / 2>::Values;
        std::array<Half, 2> half;
        std::memcpy(half.data(), &v, sizeof v);
        Half const larger = half[0] > half[1] ? half[0] : half[1];
        return largest_of<Count / 2>(larger);
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline void moments_body(
    float const* value, std::ptrdiff_t width, float centre, float reach, LaneMoments& out) {
    using Values = typename Eight<Count>::Values;
    Eight<Count> count;
    Eight<Count> sum;
    Eight<Count> sum2;
    load(out.count.data(), count);
    load(out.sum.data(), sum);
    load(out.sum2.data(), sum2);
    Values const ones = Values{} + 1.0F;
    std::ptrdiff_t x = 0;
    for (; x + step_x <= width; x += step_x) {
        fetch_ahead(value + x);
        for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
            Values v;
            load(value + x + h * Count, v);
            v -= centre;
            typename Eight<Count>::Bits const near = (v > -reach) & (v < reach); // false for NaN
            keep(v, near);
            Values one = ones;
            keep(one, near);
            count.part[h] += one;
            sum.part[h] += v;
            sum2.part[h] += v * v;
        }
    }
    store(count, out.count.data());
    store(sum, out.sum.data());
    store(sum2, out.sum2.data());
    for (; x < width; ++x) {
        float const v = value[x] - centre;
        if (v > -reach && v < reach) {
            out.count[0] += 1.0F;
            out.sum[0] += v;
            out.sum2[0] += v * v;
        }
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline bool
residual_body(float const* value, LevelSegments segments, std::ptrdiff_t width, float* out) {
    using Values = typename Eight<Count>::Values;
    using Bits = typename Eight<Count>::Bits;
    constexpr std::array<float, lanes> eighths{
        0.0F, 0.125F, 0.25F, 0.375F, 0.5F, 0.625F, 0.75F, 0.875F};
    Eight<Count> step;
    load(eighths.data(), step);
    Bits all = ~Bits{};
    for (std::ptrdiff_t s = 0; s < width / step_x; ++s) {
        float const level = segments.level[s];
        float const weight = segments.weight[s];
        float const level_rise = segments.level[s + 1] - level;
        float const weight_rise = segments.weight[s + 1] - weight;
        fetch_ahead(value + s * step_x);
        for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
            Values v;
            load(value + s * step_x + h * Count, v);
            Bits const good = (v < 1e30F) & (v > -1e30F);
            v -= step.part[h] * level_rise + level;
            v *= step.part[h] * weight_rise + weight;
            keep(v, good);
            all &= good;
            store(v, out + s * step_x + h * Count);
        }
    }
    std::int32_t every = -1;
    for (std::size_t i = 0; i < Count; ++i) {
        every &= all[i];
    }
    return every == 0;
}

template <std::size_t Count>
[[gnu::always_inline]] inline void
along_body(float const* in, HalfTaps const& half, std::ptrdiff_t width, float* out) {
    using Values = typename VectorOf<Count>::Values;
    HalfTaps const taps = half; // a copy, which out cannot change
    constexpr auto step = static_cast<std::ptrdiff_t>(Count);
    for (std::ptrdiff_t x = 0; x < width; x += step) {
        Values a;
        Values b;
        Values sum;
        load(in + x, sum);
        sum *= taps[0];
        for (std::ptrdiff_t k = 1; k <= static_cast<std::ptrdiff_t>(plane_reach); ++k) {
            load(in + x - k, a);
            load(in + x + k, b);
            sum += (a + b) * taps[static_cast<std::size_t>(k)];
        }
        store(sum, out + x);
    }
}

// As many rows out as `out` has; neighbours share what they read.
template <std::size_t Count, std::size_t Rows>
[[gnu::always_inline]] inline void
down_body(std::array<float const*, 2 * plane_reach + Rows> const& in,
          HalfTaps const& half,
          std::ptrdiff_t width,
          std::array<float*, Rows> const& out,
          std::array<float*, Rows> const& peak) {
    using Values = typename VectorOf<Count>::Values;
    using Bits = typename VectorOf<Count>::Bits;
    HalfTaps const taps = half;
    std::array<float const*, 2 * plane_reach + Rows> const from = in;
    std::array<float*, Rows> const to = out;
    std::array<float*, Rows> const peaks = peak;
    Bits const no_sign = Bits{} + 0x7FFFFFFF;
    constexpr auto step = static_cast<std::ptrdiff_t>(Count);
    for (std::ptrdiff_t start = 0; start < width; start += row_group) {
        std::array<Values, Rows> top{};
        for (std::ptrdiff_t x = start; x < start + row_group; x += step) {
            std::array<Values, 2 * plane_reach + Rows> row;
            for (std::size_t k = 0; k < row.size(); ++k) {
                load(from[k] + x, row[k]);
            }
            for (std::size_t r = 0; r < Rows; ++r) {
                std::size_t const middle = plane_reach + r;
                Values sum = row[middle] * taps[0];
                for (std::size_t k = 1; k <= plane_reach; ++k) {
                    sum += (row[middle - k] + row[middle + k]) * taps[k];
                }
                store(sum, to[r] + x);
                keep(sum, no_sign);
                top[r] = sum > top[r] ? sum : top[r];
            }
        }
        for (std::size_t r = 0; r < Rows; ++r) {
            peaks[r][start / row_group] = largest_of<Count>(top[r]);
        }
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline void
bin_body(float const* upper, float const* lower, std::ptrdiff_t width, float* out) {
    using Values = typename VectorOf<Count>::Values;
    constexpr auto step = static_cast<std::ptrdiff_t>(Count);
    for (std::ptrdiff_t x = 0; x < width; x += step) {
        Values a;
        Values b;
        Values c;
        load(upper + 2 * x, a);
        load(lower + 2 * x, c);
        a += c;
        load(upper + 2 * x + step, b);
        load(lower + 2 * x + step, c);
        b += c;
        if constexpr (Count == 16) {
            Values const even = __builtin_shufflevector(
                a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
            Values const odd = __builtin_shufflevector(
                a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
            store(even + odd, out + x);
        } else if constexpr (Count == 8) {
            Values const even = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
            Values const odd = __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
            store(even + odd, out + x);
        } else {
            Values const even = __builtin_shufflevector(a, b, 0, 2, 4, 6);
            Values const odd = __builtin_shufflevector(a, b, 1, 3, 5, 7);
            store(even + odd, out + x);
        }
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline void
spread_body(float const* z, std::ptrdiff_t width, SpreadSums& out) {
    using Values = typename Eight<Count>::Values;
    using Bits = typename Eight<Count>::Bits;
    Eight<Count> sum2;
    Eight<Count> within;
    Eight<Count> counted;
    Values const ones = Values{} + 1.0F;
    std::ptrdiff_t x = 0;
    for (; x + step_x <= width; x += step_x) {
        for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
            Values v;
            load(z + x + h * Count, v);
            v *= v;
            Bits const inner = v < 2.25F;
            Bits const near = v < 16.0F;
            Values one = ones;
            keep(one, inner);
            within.part[h] += one;
            one = ones;
            keep(one, near);
            counted.part[h] += one;
            keep(v, near);
            sum2.part[h] += v;
        }
    }
    for (; x < width; ++x) {
        float const v = z[x] * z[x];
        out.within += v < 2.25F ? 1.0F : 0.0F;
        out.counted += v < 16.0F ? 1.0F : 0.0F;
        out.sum2 += v < 16.0F ? v : 0.0F;
    }
    std::array<float, lanes> all{};
    store(within, all.data());
    out.within += sum_lanes(all.data());
    store(counted, all.data());
    out.counted += sum_lanes(all.data());
    store(sum2, all.data());
    out.sum2 += sum_lanes(all.data());
}

// The same bodies, built for one kind of processor each: `sums` lanes in a register where eight lanes add up, `wide`
// where every photosite stands alone.
// NOLINTBEGIN(bugprone-macro-parentheses): an attribute cannot stand in parentheses
#define CMQ_ROW_LOOPS(name, sums, wide, attribute)                                                 \
    struct name {                                                                                  \
        attribute static void moments(float const* value,                                          \
                                      std::ptrdiff_t width,                                        \
                                      float centre,                                                \
                                      float reach,                                                 \
                                      LaneMoments& out) {                                          \
            moments_body<(sums)>(value, width, centre, reach, out);                                \
        }                                                                                          \
        attribute static bool                                                                      \
        residual(float const* value, LevelSegments segments, std::ptrdiff_t width, float* out) {   \
            return residual_body<(sums)>(value, segments, width, out);                             \
        }                                                                                          \
        attribute static void                                                                      \
        along(float const* in, HalfTaps const& taps, std::ptrdiff_t width, float* out) {           \
            along_body<(wide)>(in, taps, width, out);                                              \
        }                                                                                          \
        attribute static void down(std::array<float const*, 2 * plane_reach + 1> const& in,        \
                                   HalfTaps const& taps,                                           \
                                   std::ptrdiff_t width,                                           \
                                   float* out,                                                     \
                                   float* peak) {                                                  \
            down_body<(wide), 1>(in, taps, width, {out}, {peak});                                  \
        }                                                                                          \
        attribute static void down_two(std::array<float const*, 2 * plane_reach + 2> const& in,    \
                                       HalfTaps const& taps,                                       \
                                       std::ptrdiff_t width,                                       \
                                       std::array<float*, 2> const& out,                           \
                                       std::array<float*, 2> const& peak) {                        \
            down_body<(wide), 2>(in, taps, width, out, peak);                                      \
        }                                                                                          \
        attribute static void                                                                      \
        bin(float const* upper, float const* lower, std::ptrdiff_t width, float* out) {            \
            bin_body<(wide)>(upper, lower, width, out);                                            \
        }                                                                                          \
        attribute static void spread(float const* z, std::ptrdiff_t width, SpreadSums& out) {      \
            spread_body<(sums)>(z, width, out);                                                    \
        }                                                                                          \
        static constexpr RowLoops table{                                                           \
            #name, moments, residual, along, down, down_two, bin, spread};                         \
    }

// NOLINTEND(bugprone-macro-parentheses)
CMQ_ROW_LOOPS(AnyProcessor, 4, 4, );
CMQ_ROW_LOOPS(WithAvx2, 8, 8, CMQ_AVX2);
CMQ_ROW_LOOPS(WithAvx512, 8, 16, CMQ_AVX512);

} // namespace

RowLoops const& row_loops() noexcept {
    return loops_for_this_processor<AnyProcessor, WithAvx2, WithAvx512>();
}

} // namespace cmq::detect
