// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How fast the maxima of a textured plane grow rare, measured on the plane itself. Internal.

#pragma once

#include "detect/false_rate.hpp"
#include "detect/plane_segments.hpp"

#include <array>
#include <vector>

namespace cmq::detect {

/// The law by which maxima grow rare beyond a place, were its shape known: a generalised Pareto law, exponential
/// where its shape is 0, at a rate known from a few maxima only. Each maximum is judged by the others: with t its
/// excess made straight, `used (1 - t / sum)^(used - 1)` of those that were used themselves lie at or beyond it, on
/// average over pictures and exactly so for an exponential law, and `used (1 + t / sum)^-used` of any further ones.
struct TailLaw {
    double shape = 0.0;   ///< how fast the mean excess grows with significance
    double scale = 1.0;   ///< mean excess at the place, by (1 - shape)
    double sum = 0.0;     ///< of the straightened excesses
    double largest = 0.0; ///< of them

    /// An excess that falls off exponentially: ln(1 + shape excess / scale) / shape.
    [[nodiscard]] double straight(double excess) const noexcept;

    /// ln of the number expected at or above an excess of at least 0.
    [[nodiscard]] double log_expected(double excess, double used) const noexcept;

    /// The excess at which so many are expected, 0 < expected < used.
    [[nodiscard]] double excess_for(double expected, double used) const noexcept;
};

inline constexpr std::size_t tail_laws = 5;

/// The shape is known from some 60 to 200 maxima: as many laws as shapes are likely, from the flattest down, and
/// the mean of what they expect.
struct BrightTail {
    double from = 0.0; ///< significance
    double used = 0.0; ///< maxima above it that the laws were measured on; 0: too few to tell
    std::array<TailLaw, tail_laws> law;

    /// The middle one of the likely shapes.
    [[nodiscard]] double shape() const noexcept { return law[tail_laws / 2].shape; }

    /// ln of the number of maxima expected at or above a significance; at or above `from`.
    [[nodiscard]] double log_expected(double significance) const noexcept;

    /// The significance at which so many are expected, 0 < expected < used.
    [[nodiscard]] double significance_for(double expected) const noexcept;
};

/// The tail of maxima of which some may be traces: those that lie too far out for the law of the others.
/// \param maxima  significances, largest first
/// \param count   how many of them to use; fewer than 10: none
/// \param deep    how many of them tell the shape, and which are traces
/// \param start   those beyond it are taken for traces at first: what noise alone would hardly reach. From
///                there on up as far as the law goes, so that many traces do not hide each other.
[[nodiscard]] BrightTail measure_bright_tail(std::vector<double> const& maxima,
                                             std::size_t count,
                                             std::size_t deep,
                                             double start);

/// Makes every value of the bright side of a scan as rare, by the noise's law, as it is on this plane.
/// Texture that is no sum of waves (single bright yarns, mottling) leaves a heavier tail on that side
/// alone; values are drawn in, and never pushed out. Each scale for itself.
/// \param promise   false traces expected: the law is measured from where twice as many lie, at least
/// \param scan_low  |z| from which on the scan kept everything
void draw_in_bright_tail(PlaneMesh const& mesh,
                         std::array<std::vector<PlaneForm>, plane_scales> const& forms,
                         std::vector<TestedCells> const& tested,
                         double promise,
                         double scan_low,
                         PlaneScan& scan);

} // namespace cmq::detect
