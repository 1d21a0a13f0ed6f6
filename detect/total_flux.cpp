// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/total_flux.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::detect {

TotalFlux total_flux(Detection const& detection) {
    TotalFlux total;
    double variance = 0.0;
    for (Trace const& trace : detection.traces) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            total.flux_dn += trace.flux_dn[p];
            total.colour[p] += std::max(trace.flux_dn[p], 0.0);
        }
        variance += trace.total_flux_dn_sigma * trace.total_flux_dn_sigma;
        total.saturated = total.saturated || trace.saturated;
    }
    total.flux_dn_sigma = std::sqrt(variance);
    return total;
}

double total_flux(Trace const& trace) noexcept {
    return std::accumulate(trace.flux_dn.begin(), trace.flux_dn.end(), 0.0);
}

double unseen_share(Detection const& detection) noexcept {
    double masked = 0.0;
    for (PlaneSummary const& plane : detection.planes) {
        masked += static_cast<double>(plane.masked_photosites);
    }
    auto const all = static_cast<double>(detection.shape.area());
    return all > 0.0 ? std::min(1.0, masked / all) : 0.0;
}

} // namespace cmq::detect
