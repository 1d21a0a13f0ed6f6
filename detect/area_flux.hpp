// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The light of a large area above what its surroundings would have there. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/detect_traces.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cmq::detect {

/// Blocks of a frame that make an area.
struct FoundArea {
    std::ptrdiff_t side = 0; ///< of a block, photosites
    Shape shape;             ///< blocks of the frame
    std::vector<std::size_t> members;
    bool brighter = false;
};

struct AreaFlux {
    PerPlane<double> flux_dn{};       ///< summed over the area and a block around it
    PerPlane<double> flux_dn_sigma{}; ///< cloth, noise and the surface below it; see the source
    double total_dn = 0.0;            ///< of all planes
    double total_dn_sigma = 0.0;      ///< planes share their texture: not the sum of squares
    std::int64_t saturated_photosites = 0; ///< above 0: the flux is a lower limit
    /// What lies above half the height of its middle, photosites; nothing where surroundings are too uneven for an
    /// outline, or colour alone stands out.
    std::optional<double> outline_photosites = std::nullopt;
    double outline_sigma = 0.0;
    /// Blocks whose photosites are summed: first x, first y, last x, last y, inclusive.
    std::vector<std::array<std::int64_t, 4>> summed = {};
};

/// Sums the area and the blocks next to it above a surface of second order, fitted to free blocks around it. The
/// variance is that of this linear combination of blocks under the variogram of the free ones; to it come the photons of
/// the area itself and the spread of the response.
///
/// \param all     areas of the frame: none of them is background
/// \return        nothing where fewer than 24 blocks around are free
/// Source: variances of increments of a random field: G. Matheron, Advances in Applied Probability 5 (1973) 439.
[[nodiscard]] std::optional<AreaFlux> measure_area_flux(Frame const& frame,
                                                        std::span<FoundArea const> all,
                                                        std::size_t which,
                                                        std::span<Trace const> traces);

} // namespace cmq::detect
