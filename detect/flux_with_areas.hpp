// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The light of traces and large areas together, none of it twice.

#pragma once

#include "detect/large_area.hpp"
#include "detect/total_flux.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace cmq::detect {

/// No promise is made for it: areas may be a print, another cloth or a reflection. Blanks and limits are compared with
/// the total of traces alone.
struct FluxWithAreas {
    double flux_dn = 0.0;
    double flux_dn_sigma = 0.0;
    bool lower_limit =
        false; ///< something in it is saturated, or an area is left out: its light is not known, or lies in another's
    std::size_t areas = 0; ///< whose light is in it
};

/// Sums the areas whose flux shares no photosite with that of an area before them, and the traces whose middle lies in
/// none of these.
///
/// \param traces  of all traces of the frame
/// \return  nothing where no area has a flux to add
///
/// The uncertainty: traces are taken as independent, as in TotalFlux; areas, which stand on surfaces fitted to blocks that
/// they may share, as if their errors were all the same; both as independent of one another.
/// Limits: a trace on the border of what an area sums counts wholly by its middle.
/// Tests: tests/detect/flux_with_areas_test.cpp.
[[nodiscard]] std::optional<FluxWithAreas> flux_with_areas(TotalFlux const& traces,
                                                           std::vector<LargeArea> const& areas);

} // namespace cmq::detect
