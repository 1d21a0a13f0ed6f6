// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The loops over photosites of one plane. Internal.
///
/// Compiled three times, for AVX-512, AVX2 and any x86-64; which is used changes no bit: every lane does the same
/// operations in the same order, and nothing is contracted to a fused multiplication.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cmq::detect {

inline constexpr std::size_t lanes = 8;
inline constexpr std::ptrdiff_t row_group = 32; ///< photosites that share one largest |z|
inline constexpr std::size_t plane_reach = 3;   ///< taps of a filter: 2 * plane_reach + 1

/// A symmetric filter: the middle tap first.
using HalfTaps = std::array<float, plane_reach + 1>;

/// Of the photosites within some distance of a centre, lane by lane.
struct LaneMoments {
    std::array<float, lanes> count{};
    std::array<float, lanes> sum{};  ///< of value - centre
    std::array<float, lanes> sum2{}; ///< of its square
};

/// Level and weight at every eighth photosite; between them both are straight lines.
struct LevelSegments {
    float const* level = nullptr;
    float const* weight = nullptr;
};

/// Of filtered values z along a row.
struct SpreadSums {
    float sum2 = 0.0F;    ///< of z^2 where z^2 < 16
    float within = 0.0F;  ///< photosites with z^2 < 2.25
    float counted = 0.0F; ///< photosites with z^2 < 16
};

struct RowLoops {
    char const* name = ""; ///< of the processor they are built for
    /// Adds the photosites of [0, width) within `reach` of `centre`.
    void (*moments)(
        float const* value, std::ptrdiff_t width, float centre, float reach, LaneMoments& out);
    /// out = (value - level) * weight; 0 where |value| < 1e30 does not hold. width is a multiple of
    /// eight. Returns whether any photosite was without a value.
    bool (*residual)(float const* value, LevelSegments segments, std::ptrdiff_t width, float* out);
    /// out[x] for x in [0, width), a multiple of sixteen, reading in[-plane_reach .. width + plane_reach).
    void (*along)(float const* in, HalfTaps const& taps, std::ptrdiff_t width, float* out);
    /// Seven rows into one; peak[i]: the largest |out| of photosites 32 i to 32 i + 31. width is a
    /// multiple of 32.
    void (*down)(std::array<float const*, 2 * plane_reach + 1> const& in,
                 HalfTaps const& taps,
                 std::ptrdiff_t width,
                 float* out,
                 float* peak);
    /// The same for two rows below each other, which share six of the eight that are read.
    void (*down_two)(std::array<float const*, 2 * plane_reach + 2> const& in,
                     HalfTaps const& taps,
                     std::ptrdiff_t width,
                     std::array<float*, 2> const& out,
                     std::array<float*, 2> const& peak);
    /// out[x] = the sum of the 2 x 2 photosites at 2 x; width of out is a multiple of sixteen.
    void (*bin)(float const* upper, float const* lower, std::ptrdiff_t width, float* out);
    /// Adds z[0, width).
    void (*spread)(float const* z, std::ptrdiff_t width, SpreadSums& out);
};

/// For this machine. Follows glibc's list of processor features, so that
/// GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2 turns the wider loops off (the compiler's own dispatch would not).
[[nodiscard]] RowLoops const& row_loops() noexcept;

} // namespace cmq::detect
