// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How fast the maxima of a textured plane grow rare, measured on the plane itself. Internal.

#pragma once

#include "detect/false_rate.hpp"
#include "detect/plane_segments.hpp"

#include <vector>

namespace cmq::detect {

/// The law by which maxima grow rare beyond `from`: above it, the significance is taken to fall off
/// exponentially. What is expected heeds that the mean excess is known from `used` maxima only.
struct BrightTail {
    double from = 0.0;        ///< significance
    double count = 0.0;       ///< maxima expected above it; 0: too few to tell
    double used = 0.0;        ///< maxima that the mean excess was measured on
    double mean_excess = 0.0; ///< of their significance above `from`

    /// ln of the number of maxima expected at or above a significance; at or above `from`.
    [[nodiscard]] double log_expected(double significance) const noexcept;

    /// The significance at which so many are expected, 0 < expected < count.
    [[nodiscard]] double significance_for(double expected) const noexcept;
};

/// The tail of maxima of which some may be traces: those beyond the significance that `surprise` of them
/// would reach are not looked at, and the others as a law cut off there.
/// \param maxima  significances, largest first
/// \param count   how many of them to use; fewer than 10: none
/// \param start   those beyond it are taken for traces at first: what noise alone would hardly reach. From
///                there on up as far as the law goes, so that many traces do not hide each other.
[[nodiscard]] BrightTail measure_bright_tail(std::vector<double> const& maxima,
                                             std::size_t count,
                                             double surprise,
                                             double start);

/// Makes every value of the bright side of a scan as rare, by the noise's law, as it is on this plane.
/// Texture that is no sum of waves (single bright yarns, mottling) leaves a heavier tail on that side
/// alone; values are drawn in, and never pushed out. Each scale for itself.
/// \param promise  false traces expected: what is much rarer is a trace and does not count
void draw_in_bright_tail(PlaneMesh const& mesh,
                         std::array<std::vector<PlaneForm>, plane_scales> const& forms,
                         std::vector<TestedCells> const& tested,
                         double promise,
                         PlaneScan& scan);

} // namespace cmq::detect
