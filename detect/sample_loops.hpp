// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Sums and order of some hundred values, in eight lanes (eight_lanes.hpp). Internal.

#pragma once

#include "detect/row_loops.hpp"

#include <array>
#include <cstddef>

namespace cmq::detect {

/// Samples of four planes, plane by plane.
using SampleRows = std::array<float const*, 4>;

/// Sums of products of planes, upper triangle row by row, and how many samples they stand on.
struct ProductSums {
    std::array<float, 10> products{};
    float count = 0.0F;
};

/// Part of a plane.
struct Block {
    float const* value = nullptr; ///< the first
    std::size_t pitch = 0;        ///< from one row to the next
    std::size_t width = 0;
    std::size_t height = 0;
};

struct Extremes {
    float lowest = 0.0F;
    float largest = 0.0F;
};

struct NearSums {
    std::array<float, lanes> sum{};
    std::array<float, lanes> count{};
};

struct SampleLoops {
    /// Sum of the squares of the values of a block, each at most `most`.
    float (*squares)(Block const& block, float most);
    /// Of the values of a block, which has one at least; no NaN.
    Extremes (*extremes)(Block const& block);
    /// Of the samples whose form is at most `most`.
    ProductSums (*products)(SampleRows const& z, float const* form, std::size_t count, float most);
    /// The value that `rank` others precede in ascending order; count above rank, no NaN.
    /// Cost: each of some 2 ln(count) values is compared with all others, eight at a time: for some hundred values less
    /// than a search that has to guess which way each goes.
    float (*select)(float const* value, std::size_t count, std::size_t rank);
    /// Sorts eight lists at once, ascending: list k is value[k], value[lanes + k], ...; each has 16 or 32 values, no NaN.
    void (*sort_eight)(float* value, std::size_t count);
    /// Of eight such lists, sums of value - centre[k] where it is nearer to 0 than reach[k], and how many there are.
    void (*near_eight)(float const* value,
                       std::size_t count,
                       std::array<float, lanes> const& centre,
                       std::array<float, lanes> const& reach,
                       NearSums& out);
};

/// For this machine, by glibc's list of processor features.
[[nodiscard]] SampleLoops const& sample_loops() noexcept;

} // namespace cmq::detect
