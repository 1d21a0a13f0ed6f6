// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The loops over rows of cells of four planes. Internal.
///
/// Compiled twice, for AVX2 and for any x86-64, as row_loops.hpp has it; which is used changes no bit.

#pragma once

#include "core/frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace cmq::detect {

/// Noise under texture against that of the block: brighter places have more, by the measured slope. Below the mean the
/// line is trusted a little way only: dark print on cloth is far from the mean, its noise falls less than the line, and
/// with 0.3 as the limit printed cloth gave 1.4 times the false traces promised (docs/studies/false_traces.md).
inline constexpr float least_growth = 0.8F;
inline constexpr float most_growth = 3.0F;

inline constexpr std::size_t filter_taps = 7;

/// Cells [begin, end) of a row that lie between the same nodes.
struct NodeRun {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t first = 0; ///< of the four nodes
};

/// A quadratic form of four planes, divided by what noise grows by along one direction.
struct GrowingForm {
    std::array<float, 10> inverse{}; ///< upper triangle
    PerPlane<float> along{};
    float slope =
        0.0F; ///< noise grows by 1 + slope (along . z), kept within least_growth and most_growth
};

/// A row of one plane on its way from values to residuals.
struct PlaneRow {
    float const* level = nullptr;
    float* residual = nullptr;
    unsigned bit = 0; ///< its number in the flags
};

struct CellLoops {
    /// out[x] = sum over seven rows of tap[k] row[k][x].
    void (*down)(std::array<float const*, filter_taps> const& row,
                 std::array<float, filter_taps> const& tap,
                 std::size_t width,
                 float* out);
    /// out[x] = scale[x] times the sum over k of tap[k] in[x + k].
    void (*across)(float const* in,
                   std::array<float, filter_taps> const& tap,
                   float const* scale,
                   std::size_t width,
                   float* out);
    /// out[x] = z' inverse z / growth.
    void (*forms)(GrowingForm const& form,
                  PerPlane<float const*> const& z,
                  std::size_t count,
                  float* out);
    /// out[x] = (response . z)^2.
    void (*responses)(PerPlane<float> const& response,
                      PerPlane<float const*> const& z,
                      std::size_t count,
                      float* out);
    /// Writes the places of values of at least `least`, in order; returns how many.
    std::size_t (*reaching)(float const* value,
                            std::size_t count,
                            float least,
                            std::uint32_t* places);
    /// out[x] = left[2 x], right[2 x + 1].
    void (*split)(float const* in, std::size_t count, float* left, float* right);
    /// residual[x] = value - level for values 2 x (left) and 2 x + 1 (right) where flags have the bit; 0 elsewhere.
    void (*split_above)(float const* in,
                        std::uint8_t const* flags,
                        std::size_t count,
                        PlaneRow const& left,
                        PlaneRow const& right);
    /// out[x] = the sum of the 2 x 2 values at 2 x.
    void (*pairs)(float const* upper, float const* lower, std::size_t count, float* out);
    /// Straight lines between the second and third of four nodes; weight: of the third.
    void (*linear)(NodeRun const* runs,
                   std::size_t count,
                   float const* nodes,
                   float const* weight,
                   float* out);
    /// Four weights each.
    void (*cubic)(NodeRun const* runs,
                  std::size_t count,
                  float const* nodes,
                  std::array<float const*, 4> const& weight,
                  float* out);
    /// Takes level off where flags have the bit (its number); 0 elsewhere.
    void (*subtract)(float const* level,
                     std::uint8_t const* flags,
                     unsigned bit,
                     std::size_t count,
                     float* residual);
    /// Whether all values are finite, and all variances finite and above 0.
    bool (*measurable)(float const* value, float const* variance, std::size_t count);
    /// Whether any value, whatever its sign, is at least the limit.
    bool (*any_beyond)(float const* value, std::size_t count, float limit);
    /// out[x]: by how much value[x] is above, or below, both the mean of its next ones in the row and the mean of those in
    /// the column; below 0 where it is between. Reads value[-1], value[count] and the rows at -pitch and pitch.
    void (*bends)(float const* value, std::ptrdiff_t pitch, std::size_t count, float* out);
};

/// For this machine, by glibc's list of processor features.
[[nodiscard]] CellLoops const& cell_loops() noexcept;

} // namespace cmq::detect
