// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Walks over a table of many variables beside one of some of them.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

/// One or more neighbouring variables of the large table: so many steps, each moving so far in the small one.
struct Axis {
    std::uint32_t count = 1;
    std::uint32_t stride = 0; ///< 0: not in the small table
};

/// Adds the next axis, from the slowest to the fastest, to the walk that begins at `begin`; those that move
/// alike are joined, those of one step left out. A walk needs one axis at least.
inline void join_axis(std::vector<Axis>& axes, std::size_t begin, Axis next) {
    if (next.count == 1) {
        return;
    }
    if (axes.size() > begin && axes.back().stride == next.stride * next.count) {
        axes.back() = {axes.back().count * next.count, next.stride};
    } else {
        axes.push_back(next);
    }
}

inline constexpr std::size_t most_axes = 32; ///< tables have fewer than 2^32 numbers

/// Calls run(position in the large table, position in the small, axis) for each run of the last axis.
template <class Run>
inline void for_each_run(std::span<Axis const> axes, Run const& run) {
    Axis const inner = axes.back();
    if (axes.size() == 1) {
        run(std::size_t{0}, std::size_t{0}, inner);
        return;
    }
    Axis const next = axes[axes.size() - 2];
    std::array<std::uint32_t, most_axes> at{};
    std::size_t large = 0;
    std::size_t small = 0;
    while (true) {
        for (std::uint32_t i = 0; i < next.count; ++i) {
            run(large, small + std::size_t{i} * next.stride, inner);
            large += inner.count;
        }
        std::size_t axis = axes.size() - 2;
        while (true) {
            if (axis == 0) {
                return;
            }
            --axis;
            small += axes[axis].stride;
            if (++at[axis] < axes[axis].count) {
                break;
            }
            small -= std::size_t{axes[axis].stride} * axes[axis].count;
            at[axis] = 0;
        }
    }
}

/// large *= small, each number by the one it falls on.
template <class T, class S>
inline void multiply_by(T* large, S const* small, std::span<Axis const> axes) {
    for_each_run(axes, [&](std::size_t l, std::size_t s, Axis axis) {
        T* const to = large + l;
        S const* const from = small + s;
        if (axis.stride == 0) {
            T const factor = static_cast<T>(*from);
            for (std::uint32_t i = 0; i < axis.count; ++i) {
                to[i] *= factor;
            }
        } else {
            for (std::uint32_t i = 0; i < axis.count; ++i) {
                to[i] *= static_cast<T>(from[std::size_t{i} * axis.stride]);
            }
        }
    });
}

/// small += large, each number to the one it falls on.
template <class T>
inline void add_up(T const* large, T* small, std::span<Axis const> axes) {
    for_each_run(axes, [&](std::size_t l, std::size_t s, Axis axis) {
        T const* const from = large + l;
        T* const to = small + s;
        if (axis.stride == 0) {
            T sum{};
            for (std::uint32_t i = 0; i < axis.count; ++i) {
                sum += from[i];
            }
            *to += sum;
        } else {
            for (std::uint32_t i = 0; i < axis.count; ++i) {
                to[std::size_t{i} * axis.stride] += from[i];
            }
        }
    });
}

} // namespace cmq::lab
