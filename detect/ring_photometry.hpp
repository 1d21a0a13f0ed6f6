// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light of an aperture above what the cells around it say, with the spread that the same sum has at
/// empty places. For cloth, whose light changes within a block of the mesh. Internal.

#pragma once

#include "detect/cells.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cmq::detect {

/// Sums over an aperture, less the plane fitted to its ring.
struct RingSums {
    PerPlane<double> flux_dn{};
    /// Second moments of the same sums at empty places: noise, texture and background together.
    std::array<PerPlane<double>, plane_count> covariance_dn2{};
};

/// A cell of an aperture, and what its four photosites weigh in the sums.
struct WeighedCell {
    std::size_t cell = 0;
    PerPlane<double> weight{};
};

/// What is summed, and where its ring may lie.
struct RingAperture {
    std::vector<WeighedCell> cells; ///< ascending
    PerPlane<double> sum_dn{};      ///< residuals, weighed and summed over them
    double ring = 2.0;              ///< cells that the ring should have, by theirs
    /// Labels of apertures (empty: none needed); cells of the one labelled `own` count as free outside `cells`.
    std::span<std::int32_t const> label{};
    std::int32_t own = 0;
};

/// \param cells  source_bit set on the apertures of all traces
/// \return       nothing where too few free cells surround the aperture, or too few empty places of
///               its shape and size are left in the frame
///
/// Cost: some 200 passes over the aperture and its ring.
[[nodiscard]] std::optional<RingSums> measure_above_ring(Cells const& cells,
                                                         RingAperture const& aperture);

} // namespace cmq::detect
