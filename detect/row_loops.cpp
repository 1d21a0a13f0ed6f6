// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/row_loops.hpp"

#include "detect/eight_lanes.hpp"
#include "system/processor.hpp"

#include <algorithm>

namespace cmq::detect {
namespace {

constexpr auto step_x = static_cast<std::ptrdiff_t>(lanes);

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
    using Values = typename Eight<Count>::Values;
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

template <std::size_t Count>
[[gnu::always_inline]] inline void
down_body(std::array<float const*, 2 * plane_reach + 1> const& in,
          HalfTaps const& half,
          std::ptrdiff_t width,
          float* out,
          float* peak) {
    using Values = typename Eight<Count>::Values;
    using Bits = typename Eight<Count>::Bits;
    HalfTaps const taps = half;
    std::array<float const*, 2 * plane_reach + 1> const row = in;
    Bits const no_sign = Bits{} + 0x7FFFFFFF;
    constexpr auto step = static_cast<std::ptrdiff_t>(Count);
    for (std::ptrdiff_t start = 0; start < width; start += 32) {
        Values top{};
        for (std::ptrdiff_t x = start; x < start + 32; x += step) {
            Values sum;
            load(row[plane_reach] + x, sum);
            sum *= taps[0];
            for (std::size_t k = 1; k <= plane_reach; ++k) {
                Values a;
                Values b;
                load(row[plane_reach - k] + x, a);
                load(row[plane_reach + k] + x, b);
                sum += (a + b) * taps[k];
            }
            store(sum, out + x);
            keep(sum, no_sign);
            top = sum > top ? sum : top;
        }
        float largest = 0.0F;
        for (std::size_t i = 0; i < Count; ++i) {
            largest = std::max(largest, top[i]);
        }
        *peak++ = largest;
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline void
bin_body(float const* upper, float const* lower, std::ptrdiff_t width, float* out) {
    using Values = typename Eight<Count>::Values;
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
        if constexpr (Count == 8) {
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

// The same bodies, built for one kind of processor each.
// NOLINTBEGIN(bugprone-macro-parentheses): an attribute cannot stand in parentheses
#define CMQ_ROW_LOOPS(name, count, attribute)                                                      \
    struct name {                                                                                  \
        attribute static void moments(float const* value,                                          \
                                      std::ptrdiff_t width,                                        \
                                      float centre,                                                \
                                      float reach,                                                 \
                                      LaneMoments& out) {                                          \
            moments_body<(count)>(value, width, centre, reach, out);                               \
        }                                                                                          \
        attribute static bool                                                                      \
        residual(float const* value, LevelSegments segments, std::ptrdiff_t width, float* out) {   \
            return residual_body<(count)>(value, segments, width, out);                            \
        }                                                                                          \
        attribute static void                                                                      \
        along(float const* in, HalfTaps const& taps, std::ptrdiff_t width, float* out) {           \
            along_body<(count)>(in, taps, width, out);                                             \
        }                                                                                          \
        attribute static void down(std::array<float const*, 2 * plane_reach + 1> const& in,        \
                                   HalfTaps const& taps,                                           \
                                   std::ptrdiff_t width,                                           \
                                   float* out,                                                     \
                                   float* peak) {                                                  \
            down_body<(count)>(in, taps, width, out, peak);                                        \
        }                                                                                          \
        attribute static void                                                                      \
        bin(float const* upper, float const* lower, std::ptrdiff_t width, float* out) {            \
            bin_body<(count)>(upper, lower, width, out);                                           \
        }                                                                                          \
        attribute static void spread(float const* z, std::ptrdiff_t width, SpreadSums& out) {      \
            spread_body<(count)>(z, width, out);                                                   \
        }                                                                                          \
        static constexpr RowLoops table{#name, moments, residual, along, down, bin, spread};       \
    }

// NOLINTEND(bugprone-macro-parentheses)
CMQ_ROW_LOOPS(AnyProcessor, 4, );
CMQ_ROW_LOOPS(WithAvx2, 8, CMQ_AVX2);

} // namespace

RowLoops const& row_loops() noexcept {
    return loops_for_this_processor<AnyProcessor, WithAvx2>();
}

} // namespace cmq::detect
