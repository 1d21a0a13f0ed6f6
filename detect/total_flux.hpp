// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The light of all traces of a frame together.

#pragma once

#include "core/frame.hpp"
#include "detect/detect_traces.hpp"

namespace cmq::detect {

struct TotalFlux {
    double flux_dn = 0.0; ///< over all traces and planes; how a stain is split changes nothing
    double flux_dn_sigma = 0.0; ///< traces taken as independent
    bool saturated = false;     ///< a trace is: the flux is a lower limit
    PerPlane<double> colour{};  ///< light by plane, traces below 0 in a plane left out there
};

[[nodiscard]] TotalFlux total_flux(Detection const& detection);

/// The sum of a trace's four fluxes, DN.
[[nodiscard]] double total_flux(Trace const& trace) noexcept;

/// Share of the frame's photosites that took no part, 0 to 1.
[[nodiscard]] double unseen_share(Detection const& detection) noexcept;

} // namespace cmq::detect
