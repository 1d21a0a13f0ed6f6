// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From what stands out in a scan to connected segments. Internal.

#pragma once

#include "detect/plane_scan.hpp"

#include <vector>

namespace cmq::detect {

/// How z of a block becomes a significance.
struct PlaneForm {
    double spread2 = 1.0;  ///< measured variance of z
    double degrees = 1e6;  ///< independent samples behind it
    double skewness = 0.0; ///< of z, from the noise model
};

/// One form a block for each scale, from the spread of the 5 x 5 blocks around.
/// A measured spread clearly below that of a known noise model is not believed.
/// \param looked_at  values that the scan looked at in a block of 64 x 64, by scale
[[nodiscard]] std::array<std::vector<PlaneForm>, plane_scales>
measure_plane_forms(PlaneScan const& scan,
                    PlaneMesh const& mesh,
                    PlaneNoise const& noise,
                    PlaneBackground const& background,
                    std::array<double, plane_scales> looked_at = {1024.0, 512.0});

/// Signed square of the normal value of the same probability.
[[nodiscard]] double plane_significance(PlaneForm const& form, double z) noexcept;

/// Photosites of one row (two rows at the second scale) that stand out together.
struct PlanePart {
    std::ptrdiff_t y = 0; ///< first row
    std::ptrdiff_t x = 0; ///< first photosite
    std::ptrdiff_t end_x = 0;
    std::size_t scale = 0;
    std::vector<float> significance; ///< above zero; along x
};

enum class PlaneSide : std::uint8_t { bright, dark, both };

/// Parts at or above `bound` of the side asked for, scale by scale, row by row.
/// \param shift  added to z before: what a newer level of the background does to it, by scale and run;
///               empty: nothing
[[nodiscard]] std::vector<PlanePart>
find_plane_parts(PlaneScan const& scan,
                 PlaneMesh const& mesh,
                 std::array<std::vector<PlaneForm>, plane_scales> const& forms,
                 std::array<std::vector<float>, plane_scales> const& shift,
                 PlaneSide side,
                 double bound);

struct PlaneSegment {
    std::vector<std::size_t> parts;
    double significance = 0.0;
    std::ptrdiff_t peak_x = 0; ///< photosite of the largest significance
    std::ptrdiff_t peak_y = 0;
    std::size_t scale = 0; ///< that gave it
    Span rows;
    Span columns;
};

/// Parts that touch (8 neighbours) and hold one at or above `high`, in the order of their first photosite.
[[nodiscard]] std::vector<PlaneSegment>
find_plane_segments(std::vector<PlanePart> const& parts, Shape shape, double high);

/// The photosites of segments, grown by `margin` to all sides, with what lies between those of a row, as
/// runs sorted by row that share no photosite.
[[nodiscard]] std::vector<PlaneRun> to_runs(std::vector<PlaneSegment> const& segments,
                                            std::vector<PlanePart> const& parts,
                                            Shape shape,
                                            std::ptrdiff_t margin);

} // namespace cmq::detect
