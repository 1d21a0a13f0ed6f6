// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light of an aperture above what the cells around it say, with the spread that the same sum has at
/// empty places. For cloth, whose light changes within a block of the mesh. Internal.

#pragma once

#include "detect/cells.hpp"

#include <array>
#include <optional>
#include <vector>

namespace cmq::detect {

/// Sums over an aperture, less the plane fitted to its ring.
struct RingSums {
    PerPlane<double> flux_dn{};
    /// Second moments of the same sums at empty places: noise, texture and background together.
    std::array<PerPlane<double>, plane_count> covariance_dn2{};
};

/// \param cells     source_bit set on the apertures of all traces
/// \param aperture  its cells, ascending
/// \param sum_dn    residuals summed over the aperture, masked photosites filled in
/// \return          nothing where too few free cells surround the aperture, or too few empty places of
///                  its shape and size are left in the frame
///
/// Cost: some 200 passes over the aperture and its ring.
[[nodiscard]] std::optional<RingSums> measure_above_ring(Cells const& cells,
                                                         std::vector<std::size_t> const& aperture,
                                                         PerPlane<double> const& sum_dn);

} // namespace cmq::detect
