// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/sample_loops.hpp"

#include "detect/eight_lanes.hpp"
#include "system/processor.hpp"

#include <cstdint>
#include <limits>

namespace cmq::detect {
namespace {

template <std::size_t Count>
[[gnu::always_inline]] inline float squares_body(Block const& block, float most) {
    using Values = typename Eight<Count>::Values;
    Eight<Count> sum;
    Values const limit = Values{} + most;
    float rest = 0.0F;
    for (std::size_t y = 0; y < block.height; ++y) {
        float const* value = block.value + y * block.pitch;
        std::size_t x = 0;
        for (; x + lanes <= block.width; x += lanes) {
            for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
                Values v;
                load(value + x + h * Count, v);
                v *= v;
                sum.part[h] += v < limit ? v : limit;
            }
        }
        for (; x < block.width; ++x) {
            float const square = value[x] * value[x];
            rest += square < most ? square : most;
        }
    }
    std::array<float, lanes> all{};
    store(sum, all.data());
    return sum_lanes(all.data()) + rest;
}

template <std::size_t Count>
[[gnu::always_inline]] inline Extremes extremes_body(Block const& block) {
    using Values = typename Eight<Count>::Values;
    Eight<Count> top;
    Eight<Count> bottom;
    for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
        top.part[h] = bottom.part[h] = Values{} + *block.value;
    }
    Extremes result{*block.value, *block.value};
    auto const take = [&result](float value) {
        result.lowest = value < result.lowest ? value : result.lowest;
        result.largest = value > result.largest ? value : result.largest;
    };
    for (std::size_t y = 0; y < block.height; ++y) {
        float const* value = block.value + y * block.pitch;
        std::size_t x = 0;
        for (; x + lanes <= block.width; x += lanes) {
            for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
                Values v;
                load(value + x + h * Count, v);
                top.part[h] = v > top.part[h] ? v : top.part[h];
                bottom.part[h] = v < bottom.part[h] ? v : bottom.part[h];
            }
        }
        for (; x < block.width; ++x) {
            take(value[x]);
        }
    }
    std::array<float, lanes> all{};
    for (auto const& part : {&top, &bottom}) {
        store(*part, all.data());
        for (float const one : all) {
            take(one);
        }
    }
    return result;
}

// Sums of products, upper triangle row by row. Arrays of C: std::array would drop a vector's alignment.
template <class Value>
[[gnu::always_inline]] inline void add_products(Value const* v, Value* sum) {
    std::size_t k = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = i; j < 4; ++j) {
            sum[k++] += v[i] * v[j];
        }
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline ProductSums
products_body(SampleRows const& z, float const* form, std::size_t count, float most) {
    using Values = typename Eight<Count>::Values;
    using Bits = typename Eight<Count>::Bits;
    SampleRows const row = z;
    // A second pass where a register holds four lanes: eleven sums at a time fill the registers.
    std::array<std::array<float, lanes>, 11> all{};
    Values const ones = Values{} + 1.0F;
    std::size_t const whole = count / lanes * lanes;
    for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
        // NOLINTNEXTLINE(modernize-avoid-c-arrays)
        Values sum[11]{};
        for (std::size_t x = h * Count; x < whole; x += lanes) {
            Values q;
            load(form + x, q);
            Bits const near = q <= most;
            // NOLINTNEXTLINE(modernize-avoid-c-arrays)
            Values v[4];
            for (std::size_t p = 0; p < 4; ++p) {
                load(row[p] + x, v[p]);
                keep(v[p], near);
            }
            add_products(v, sum);
            Values one = ones;
            keep(one, near);
            sum[10] += one;
        }
        for (std::size_t k = 0; k < all.size(); ++k) {
            store(sum[k], all[k].data() + h * Count);
        }
    }
    for (std::size_t x = whole; x < count; ++x) {
        if (form[x] <= most) {
            std::array<float, 4> const v{row[0][x], row[1][x], row[2][x], row[3][x]};
            std::array<float, 11> one{};
            add_products(v.data(), one.data());
            one[10] = 1.0F;
            for (std::size_t k = 0; k < all.size(); ++k) {
                all[k][x - whole] += one[k];
            }
        }
    }
    ProductSums sums;
    for (std::size_t k = 0; k < sums.products.size(); ++k) {
        sums.products[k] = sum_lanes(all[k].data());
    }
    sums.count = sum_lanes(all.back().data());
    return sums;
}

// Of counts, none below 0.
template <std::size_t Count, class Bits>
[[gnu::always_inline]] inline std::size_t add_up(Bits const& counts) {
    Bits sum = counts;
    if constexpr (Count == 8) {
        sum += __builtin_shufflevector(sum, sum, 4, 5, 6, 7, 0, 1, 2, 3);
        sum += __builtin_shufflevector(sum, sum, 2, 3, 0, 1, 6, 7, 4, 5);
        sum += __builtin_shufflevector(sum, sum, 1, 0, 3, 2, 5, 4, 7, 6);
    } else {
        sum += __builtin_shufflevector(sum, sum, 2, 3, 0, 1);
        sum += __builtin_shufflevector(sum, sum, 1, 0, 3, 2);
    }
    return static_cast<std::size_t>(sum[0]);
}

template <std::size_t Count>
[[gnu::always_inline]] inline float
select_body(float const* value, std::size_t count, std::size_t rank) {
    using Values = typename Eight<Count>::Values;
    using Bits = typename Eight<Count>::Bits;
    // What is looked for lies between them.
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i + 1 < count; ++i) {
        float const candidate = value[i];
        if (!(low < candidate && candidate < high)) {
            continue;
        }
        Bits less{};
        Bits same{};
        std::size_t x = 0;
        for (; x + Count <= count; x += Count) {
            Values v;
            load(value + x, v);
            less -= v < candidate;
            same -= v == candidate;
        }
        std::size_t below = add_up<Count>(less);
        std::size_t equal = add_up<Count>(same);
        for (; x < count; ++x) {
            below += value[x] < candidate ? 1U : 0U;
            equal += value[x] == candidate ? 1U : 0U;
        }
        if (rank < below) {
            high = candidate;
        } else if (rank < below + equal) {
            return candidate;
        } else {
            low = candidate;
        }
    }
    return value[count - 1];
}

struct Pair {
    std::uint8_t low;
    std::uint8_t high;
};

// Which values to compare, in order, so that any list comes out sorted (K. E. Batcher, AFIPS Spring Joint Computer Conf. 32
// (1968) 307: odd-even merges). Calls use(low, high).
template <class Use>
constexpr void for_network(std::size_t count, Use use) {
    for (std::size_t p = 1; p < count; p *= 2) {
        for (std::size_t k = p; k >= 1; k /= 2) {
            for (std::size_t j = k % p; j + k < count; j += 2 * k) {
                for (std::size_t i = j; i < j + k && i + k < count; ++i) {
                    if (i / (2 * p) == (i + k) / (2 * p)) {
                        use(i, i + k);
                    }
                }
            }
        }
    }
}

template <std::size_t Values>
constexpr std::size_t network_size() {
    std::size_t size = 0;
    for_network(Values, [&](std::size_t, std::size_t) { ++size; });
    return size;
}

template <std::size_t Values>
constexpr auto make_network() {
    std::array<Pair, network_size<Values>()> pairs{};
    std::size_t next = 0;
    for_network(Values, [&](std::size_t low, std::size_t high) {
        pairs[next++] = {static_cast<std::uint8_t>(low), static_cast<std::uint8_t>(high)};
    });
    return pairs;
}

template <std::size_t Count, std::size_t Size>
[[gnu::always_inline]] inline void sort_body(float* value, std::array<Pair, Size> const& network) {
    using Values = typename Eight<Count>::Values;
    for (auto const& [low, high] : network) {
        for (std::size_t h = 0; h < Eight<Count>::parts; ++h) {
            Values a;
            Values b;
            load(value + low * lanes + h * Count, a);
            load(value + high * lanes + h * Count, b);
            store(a < b ? a : b, value + low * lanes + h * Count);
            store(a < b ? b : a, value + high * lanes + h * Count);
        }
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline void sort_eight_body(float* value, std::size_t count) {
    static constexpr auto of_16 = make_network<16>();
    static constexpr auto of_32 = make_network<32>();
    if (count == 16) {
        sort_body<Count>(value, of_16);
    } else {
        sort_body<Count>(value, of_32);
    }
}

template <std::size_t Count>
[[gnu::always_inline]] inline void near_eight_body(float const* value,
                                                   std::size_t count,
                                                   std::array<float, lanes> const& centre,
                                                   std::array<float, lanes> const& reach,
                                                   NearSums& out) {
    using Values = typename Eight<Count>::Values;
    using Bits = typename Eight<Count>::Bits;
    Values const ones = Values{} + 1.0F;
    for (std::size_t h = 0; h < lanes; h += Count) {
        Values middle;
        Values most;
        load(centre.data() + h, middle);
        load(reach.data() + h, most);
        Values sum{};
        Values counted{};
        for (std::size_t i = 0; i < count; ++i) {
            Values v;
            load(value + i * lanes + h, v);
            v -= middle;
            Bits const near = (v > -most) & (v < most);
            keep(v, near);
            Values one = ones;
            keep(one, near);
            sum += v;
            counted += one;
        }
        store(sum, out.sum.data() + h);
        store(counted, out.count.data() + h);
    }
}

// The same bodies, built for one kind of processor each.
// NOLINTBEGIN(bugprone-macro-parentheses): an attribute cannot stand in parentheses
#define CMQ_SAMPLE_LOOPS(name, register_lanes, attribute)                                          \
    struct name {                                                                                  \
        attribute static float squares(Block const& block, float most) {                           \
            return squares_body<(register_lanes)>(block, most);                                    \
        }                                                                                          \
        attribute static Extremes extremes(Block const& block) {                                   \
            return extremes_body<(register_lanes)>(block);                                         \
        }                                                                                          \
        attribute static ProductSums                                                               \
        products(SampleRows const& z, float const* form, std::size_t count, float most) {          \
            return products_body<(register_lanes)>(z, form, count, most);                          \
        }                                                                                          \
        attribute static float select(float const* value, std::size_t count, std::size_t rank) {   \
            return select_body<(register_lanes)>(value, count, rank);                              \
        }                                                                                          \
        attribute static void sort_eight(float* value, std::size_t count) {                        \
            sort_eight_body<(register_lanes)>(value, count);                                       \
        }                                                                                          \
        attribute static void near_eight(float const* value,                                       \
                                         std::size_t count,                                        \
                                         std::array<float, lanes> const& centre,                   \
                                         std::array<float, lanes> const& reach,                    \
                                         NearSums& out) {                                          \
            near_eight_body<(register_lanes)>(value, count, centre, reach, out);                   \
        }                                                                                          \
        static constexpr SampleLoops table{                                                        \
            squares, extremes, products, select, sort_eight, near_eight};                          \
    }

// NOLINTEND(bugprone-macro-parentheses)
CMQ_SAMPLE_LOOPS(AnyProcessor, 4, );
CMQ_SAMPLE_LOOPS(WithAvx2, 8, CMQ_AVX2);

} // namespace

SampleLoops const& sample_loops() noexcept {
    return loops_for_this_processor<AnyProcessor, WithAvx2>();
}

} // namespace cmq::detect
