// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One plane through its two matched filters, row by row; only what stands out is kept. Internal.

#pragma once

#include "detect/plane_background.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace cmq::detect {

inline constexpr std::size_t plane_scales = 2;
/// Standard deviation of both filters, on photosites and on 2 x 2 of them summed.
inline constexpr double plane_filter_sd = 1.3;

/// What the filters do to an even level, a standard deviation and a third moment.
struct PlaneFilter {
    std::array<float, 4> taps{};  ///< middle first; the filtered noise has variance 1
    double level_gain = 0.0;      ///< z for a level of one standard deviation of a photosite
    double skewness_gain = 0.0;   ///< skewness of z for one of a photosite
    double samples_per_block = 0; ///< of 64 x 64 photosites: independent values of z^2
};

[[nodiscard]] PlaneFilter make_plane_filter(std::size_t scale);

/// Photosites of the first scale, or 2 x 2 sums of the second, beside each other in a row.
struct ScanRun {
    std::int32_t y = 0;
    std::int32_t x = 0;
    std::uint32_t first = 0; ///< of ScaleScan::z
    std::uint32_t length = 0;
};

struct BlockSpread {
    double sum2 = 0.0;    ///< of z^2 below 16
    double counted = 0.0; ///< values below 16
    double within = 0.0;  ///< values with |z| < 1.5
    double all = 0.0;     ///< values looked at
};

struct ScaleScan {
    std::vector<ScanRun> runs; ///< |z| at or above the bound, of one sign; row by row
    std::vector<float> z;
    std::vector<BlockSpread> spread; ///< by block
};

struct PlaneScan {
    std::array<ScaleScan, plane_scales> scale;
    bool crowded = false;       ///< runs were left out: more stood out than noise can do
    std::ptrdiff_t missing = 0; ///< photosites without a value
};

/// \param level, weight  of the background, and 1 / its standard deviation
/// \param low            bound on |z| for each block, by scale
/// Keeps about 100 rows a thread.
[[nodiscard]] PlaneScan scan_plane(ImageView<float const> values,
                                   PlaneMesh const& mesh,
                                   PlaneSurface const& level,
                                   PlaneSurface const& weight,
                                   std::array<std::vector<float>, plane_scales> const& low,
                                   unsigned threads);

} // namespace cmq::detect
