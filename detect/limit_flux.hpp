// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The smallest flux that would probably have been found in a frame.

#pragma once

#include "core/frame.hpp"
#include "detect/detect_traces.hpp"

#include <cstdint>
#include <optional>

namespace cmq::detect {

/// The flux, summed over the four planes, at which half the droplets are found.
struct LimitFlux {
    double flux_dn = 0.0;
    double flux_dn_sigma = 0.0; ///< standard uncertainty from the finite number of sites
    std::int64_t sites = 0;     ///< places of the frame that were tried
};

/// Puts a droplet of the given colour at each limit site, on the noise that is really there, and
/// seeks the flux at which it passes the frame's threshold in half of them.
///
/// The droplet is a round Gaussian of droplet_sigma_cells; sites lie evenly over the good part of
/// the frame outside traces, so this is the limit of a droplet that fell anywhere. Hysteresis and the
/// droplet's own photon noise are left out: the latter moves a 50 % point by less than its sigma.
///
/// \param colour  share of the flux in each plane (or any multiple); none negative, sum above 0
/// \param droplet_sigma_cells  0.5 to 2
/// \return  nothing when no site is left, or when no flux reaches 50 % (marker and texture have
///          one colour)
/// \throws Error  domain  colour or size out of range
[[nodiscard]] std::optional<LimitFlux> limit_flux(Detection const& detection,
                                                  PerPlane<double> const& colour,
                                                  double droplet_sigma_cells = 1.0);

} // namespace cmq::detect
