// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Steps of measure_pattern, in the unit of lengths. Internal.

#pragma once

#include "detect/pattern.hpp"

#include <span>
#include <vector>

namespace cmq::detect {

namespace pattern_task {
inline constexpr std::uint32_t resample = 920;
inline constexpr std::uint32_t null_draw = 921;
inline constexpr std::uint32_t sizes = 922;
} // namespace pattern_task

/// Middle and edges of 95 % of the values.
[[nodiscard]] Ranged to_ranged(double value, std::vector<double> resampled);

[[nodiscard]] SizeLaw measure_sizes(std::span<double const> diameters,
                                    PatternSettings const& settings);

[[nodiscard]] Elongation measure_elongation(std::span<PatternPoint const> points,
                                            PatternSettings const& settings);

[[nodiscard]] std::vector<DensityRing> measure_rings(std::span<PatternPoint const> points,
                                                     PatternWindow const& window,
                                                     double centre_x,
                                                     double centre_y);

[[nodiscard]] ClarkEvans measure_clark_evans(std::span<PatternPoint const> points,
                                             PatternWindow const& window);

[[nodiscard]] std::optional<MirrorSymmetry> measure_symmetry(std::vector<PatternPoint> points,
                                                             PatternSettings const& settings);

/// Covariance of places: xx, xy, yy.
struct Spread2 {
    double mean_x = 0.0;
    double mean_y = 0.0;
    double xx = 0.0;
    double xy = 0.0;
    double yy = 0.0;
};

[[nodiscard]] Spread2 spread_of(std::span<PatternPoint const> points);

} // namespace cmq::detect
