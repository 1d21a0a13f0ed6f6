// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light of a small round trace, in a circle that follows its width. Internal.

#pragma once

#include "detect/photometry.hpp"
#include "detect/trace_centre.hpp"

#include <array>
#include <optional>

namespace cmq::detect {

/// Light of the four planes; everything is in their covariance.
struct RoundFlux {
    PerPlane<double> flux_dn{};
    std::array<PerPlane<double>, plane_count> covariance_dn2{};
};

/// One circle for all planes, 2.6 standard deviations of the light and, as noise matters less, up to 4 in radius.
/// A plane's sum is divided by what the photosites that take part would hold of a Gaussian so wide; of what such a
/// Gaussian has outside the circle half is added, since a disc has nothing there, and that is part of the uncertainty,
/// as is the width's own. Masked photosites and those of other traces take no part. On textured cloth the plane of a
/// ring comes off, and empty places say how the same sum spreads (ring_photometry.hpp).
///
/// \param light  as centre_of_light found it: on no more noise than its own, the width is known to 1 / signal-to-noise
/// \return       nothing where the trace is not round or wider than 5 photosites (standard deviation), or where less
///               than half of the circle's light is on photosites that take part; on textured cloth, without a ring
///
/// Limits: light outside 4 standard deviations (a lens that glows) is not known of.
/// Source: circles are the oldest photometry there is; that 2.8 standard deviations with nothing known of the width are
/// as sharp as a fitted Gaussian follows from Cramer and Rao's bound (docs/methods/detect.md).
/// Checked in: tests/detect/round_flux_test.cpp.
[[nodiscard]] std::optional<RoundFlux>
measure_round_flux(Scene const& scene, std::size_t segment, RoundLight const& light);

} // namespace cmq::detect
