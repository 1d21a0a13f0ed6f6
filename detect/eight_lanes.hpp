// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Eight lanes side by side, in one register or two: what the loops that add up are written in. Internal.
///
/// They are compiled for AVX2, for any x86-64 and some for AVX-512; which is used changes no bit: every lane does the same
/// operations in the same order.

#pragma once

#include "detect/row_loops.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cmq::detect {

// One register's worth of lanes: eight under AVX2, four without. Written out because g++ 12 leaves half
// of these loops scalar, and all of them when a vector is wider than the registers.
template <std::size_t Count>
struct VectorOf;

template <>
struct VectorOf<4> {
    using Values = float __attribute__((vector_size(16)));
    using Bits = std::int32_t __attribute__((vector_size(16)));
};

template <>
struct VectorOf<8> {
    using Values = float __attribute__((vector_size(32)));
    using Bits = std::int32_t __attribute__((vector_size(32)));
};

template <>
struct VectorOf<16> { // for loops that add nothing up
    using Values = float __attribute__((vector_size(64)));
    using Bits = std::int32_t __attribute__((vector_size(64)));
};

// Eight lanes in one or two registers.
template <std::size_t Count>
struct Eight {
    using Values = typename VectorOf<Count>::Values;
    using Bits = typename VectorOf<Count>::Bits;
    static constexpr std::size_t parts = lanes / Count;
    // NOLINTNEXTLINE(modernize-avoid-c-arrays): std::array would drop the vector's alignment
    Values part[parts]{};
};

// No function below takes or returns vectors by value: the two builds pass them differently.
template <class Vector>
[[gnu::always_inline]] inline void load(float const* from, Vector& to) {
    std::memcpy(&to, from, sizeof(Vector));
}

template <class Vector>
[[gnu::always_inline]] inline void store(Vector const& from, float* to) {
    std::memcpy(to, &from, sizeof(Vector));
}

template <std::size_t Count>
[[gnu::always_inline]] inline void load(float const* from, Eight<Count>& to) {
    std::memcpy(static_cast<void*>(to.part), from, sizeof to.part);
}

template <std::size_t Count>
[[gnu::always_inline]] inline void store(Eight<Count> const& from, float* to) {
    std::memcpy(to, static_cast<void const*>(from.part), sizeof from.part);
}

// v where the bits are set, else 0.
template <class Values, class Bits>
[[gnu::always_inline]] inline void keep(Values& v, Bits const& where) {
    Bits bits{};
    std::memcpy(&bits, &v, sizeof bits);
    bits &= where;
    std::memcpy(&v, &bits, sizeof bits);
}

[[gnu::always_inline]] inline float sum_lanes(float const* v) {
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

} // namespace cmq::detect
