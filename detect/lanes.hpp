// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Sums in a fixed order of eight partial sums, done side by side. Internal.

#pragma once

#include <cstddef>
#include <cstring>

namespace cmq::detect {

/// Four floats side by side (a language extension that GCC and clang share); sums and comparisons act on
/// each.
using Float4 = float __attribute__((vector_size(16)));

[[nodiscard]] inline Float4 load4(float const* from) noexcept {
    Float4 value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

[[nodiscard]] inline float add_lanes(Float4 const& a, Float4 const& b) noexcept {
    Float4 const sum = a + b;
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

/// What eight partial sums of values come to.
struct RangeSum {
    float sum = 0.0F;
    float count = 0.0F;
};

/// Sum and number of the values in [low, high]: value i goes to partial sum i modulo 8.
[[nodiscard]] inline RangeSum
sum_inside(float const* value, std::size_t count, float low, float high) noexcept {
    Float4 const least{low, low, low, low};
    Float4 const most{high, high, high, high};
    Float4 const one{1.0F, 1.0F, 1.0F, 1.0F};
    Float4 const none{0.0F, 0.0F, 0.0F, 0.0F};
    Float4 sum[2] = {none, none}; // NOLINT(modernize-avoid-c-arrays): std::array warns of alignment
    Float4 there[2] = {none, none}; // NOLINT(modernize-avoid-c-arrays)
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (std::size_t k = 0; k < 2; ++k) {
            Float4 const v = load4(value + i + 4 * k);
            auto const inside = (v >= least) & (v <= most);
            sum[k] += inside ? v : none;
            there[k] += inside ? one : none;
        }
    }
    for (std::size_t k = 0; i + k < count; ++k) {
        bool const inside = value[i + k] >= low && value[i + k] <= high;
        sum[k / 4][k % 4] += inside ? value[i + k] : 0.0F;
        there[k / 4][k % 4] += inside ? 1.0F : 0.0F;
    }
    return {add_lanes(sum[0], sum[1]), add_lanes(there[0], there[1])};
}

/// Sum of the squares of values, each at most `most`; partial sums as above.
[[nodiscard]] inline float sum_squares(float const* value, std::size_t count, float most) noexcept {
    Float4 const limit{most, most, most, most};
    Float4 const none{0.0F, 0.0F, 0.0F, 0.0F};
    Float4 sum[2] = {none, none}; // NOLINT(modernize-avoid-c-arrays)
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (std::size_t k = 0; k < 2; ++k) {
            Float4 const v = load4(value + i + 4 * k);
            Float4 const square = v * v;
            sum[k] += square < limit ? square : limit;
        }
    }
    for (std::size_t k = 0; i + k < count; ++k) {
        float const square = value[i + k] * value[i + k];
        sum[k / 4][k % 4] += square < most ? square : most;
    }
    return add_lanes(sum[0], sum[1]);
}

} // namespace cmq::detect
