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

/// From the slowest to the fastest, axes that move alike joined.
/// \param counts   states of the large table's variables
/// \param strides  of each in the small table
[[nodiscard]] inline std::vector<Axis> join_axes(std::span<std::uint32_t const> counts,
                                                 std::span<std::uint32_t const> strides) {
    std::vector<Axis> axes;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 1) {
            continue;
        }
        if (!axes.empty() && axes.back().stride == strides[i] * counts[i]) {
            axes.back() = {axes.back().count * counts[i], strides[i]};
        } else {
            axes.push_back({counts[i], strides[i]});
        }
    }
    if (axes.empty()) {
        axes.push_back({1, 0});
    }
    return axes;
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
