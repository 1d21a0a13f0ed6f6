// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/flux_with_areas.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {

std::optional<FluxWithAreas> flux_with_areas(TotalFlux const& traces,
                                             std::vector<LargeArea> const& areas) {
    FluxWithAreas sum{.flux_dn = traces.flux_dn, .lower_limit = traces.saturated};
    double variance = traces.flux_dn_sigma * traces.flux_dn_sigma;
    double of_areas = 0.0;
    for (LargeArea const& area : areas) {
        if (!area.flux || area.shares_light) {
            sum.lower_limit = true;
            continue;
        }
        ++sum.areas;
        sum.flux_dn += area.flux->total_dn - area.traces_dn;
        sum.lower_limit = sum.lower_limit || area.flux->saturated_photosites > 0;
        variance -= area.traces_dn_sigma * area.traces_dn_sigma;
        of_areas += area.flux->total_dn_sigma;
    }
    if (sum.areas == 0) {
        return std::nullopt;
    }
    // Where every trace lies in an area nothing but rounding is left of theirs.
    sum.flux_dn_sigma = std::hypot(std::sqrt(std::max(0.0, variance)), of_areas);
    return sum;
}

} // namespace cmq::detect
