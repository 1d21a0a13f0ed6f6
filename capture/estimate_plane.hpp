// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From the sums of one plane to its photon transfer, with intervals. Internal.

#pragma once

#include "capture/camera_profile.hpp"
#include "capture/frame_contrasts.hpp"
#include "capture/profile_maps.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace cmq::capture {

/// Flats of one exposure, one plane.
struct LevelSums {
    std::vector<ContrastSums> bands;
    std::vector<double> means_dn; ///< of each frame, above black
    std::optional<double> exposure_s;
    double saturated_share = 0; ///< greatest of its frames
    bool in_gain = false;
    bool in_flat = false;
};

/// What one plane's frames add up to; every list of bands has the same length.
struct PlaneSums {
    std::vector<ContrastSums> dark;
    std::size_t dark_frames = 0;
    std::size_t rows = 0;               ///< of the plane
    std::vector<LevelSums> levels;      ///< darkest first
    double stated_saturation_dn = 0;    ///< above black
    double black_sigma_dn = 0;          ///< standard uncertainty of the black level of a dark frame
    std::vector<ResidualSums> dark_map; ///< of the mean dark frame; empty without one
    std::vector<ResidualSums> flat_map; ///< of the flat map with mean 1; empty without one
};

/// Where a plane saturates, and which levels lie clear of it.
struct Saturation {
    Measured level;
    bool reached = false;
};

/// Sets in_gain and in_flat of the levels; looks at their means, variances and saturated shares.
/// in_gain: up to 70 % of saturation (EMVA 1288), in_flat: up to 90 %; at most 0.1 % of photosites saturated.
[[nodiscard]] Saturation find_saturation_of(PlaneSums& sums);

/// What the numbers of a plane come to.
struct PlaneEstimate {
    PlaneProfile profile;
    double dark_sigma_dn = 0; ///< of one photosite of the mean dark frame
    double flat_sigma = 0;    ///< relative, of one photosite of the flat map at its mean
    bool rounding_hides_noise = false;
};

/// Standard uncertainty of one photosite of the flat map, for the levels in_flat; 0 without any.
[[nodiscard]] double flat_sigma_of(PlaneSums const& sums);

/// \pre at least one level is in_gain, dark_frames > 1
/// Nothing where the variance does not grow with light beyond its uncertainty.
[[nodiscard]] std::optional<PlaneEstimate> estimate_plane(PlaneSums const& sums);

/// EMVA 1288's test of linearity with the greatest departure instead of the mean one: a line of mean against exposure
/// with weights 1 / mean^2 through the levels in_flat and above 5 % of saturation. Nothing where fewer than
/// 3 exposures are left, or the longest is less than twice the shortest.
[[nodiscard]] std::optional<Measured> measure_linearity(PlaneSums const& sums,
                                                        double saturation_dn);

/// c of mean = x (1 - c x) with x in proportion to exposure: a line through mean / exposure against exposure, weighted
/// by the relative errors of lamp and levels, a - a^2 c t. The same levels and conditions as measure_linearity.
[[nodiscard]] std::optional<Measured> measure_curvature(PlaneSums const& sums,
                                                        double saturation_dn);

} // namespace cmq::capture
