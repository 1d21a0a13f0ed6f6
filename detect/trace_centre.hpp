// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where the light of a small trace has its centre, and how wide it is. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/cells.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace cmq::detect {

/// A place of the frame, photosites.
struct LightCentre {
    double x = 0.0;
    double y = 0.0;
};

/// A Gaussian that has the place and the width of some light.
struct RoundLight {
    LightCentre centre;
    double sd = 0.0; ///< photosites
};

/// What light is sought around.
struct CentreWindow {
    LightCentre start;
    double sd = 0.0; ///< photosites; of the Gaussian that follows the light
    /// Of a plane's light: flux over variance; on texture, the product of inverse covariance and flux, whose signs differ.
    PerPlane<double> weight{};
    std::int32_t label = 0; ///< of the trace's own cells in the aperture map
};

/// Residuals under the Gaussian about the start, by plane; weights play no part.
[[nodiscard]] PerPlane<double> light_at(Cells const& cells,
                                        Cfa const& cfa,
                                        std::vector<std::int32_t> const& aperture,
                                        CentreWindow const& window);

/// Centre of the residuals under a round Gaussian that follows their place and takes on their width, within half and
/// twice what it began with; planes weighed by what they tell: each plane's moments are
/// taken on its own lattice, so that planes of unlike weight do not pull the centre to their photosites.
///
/// \param aperture  label of the cells of each trace; those of others take no part
/// \return          nothing where light is missing, where the centre leaves the window (2 sd from the start), or where
///                  nothing settles
///
/// Cost: some ten passes over 12 x 12 sd.
/// Source: SExtractor's windowed positions, E. Bertin, S. Arnouts, A&A Supplement 117 (1996) 393, and its manual;
/// G. M. Bernstein, M. Jarvis, Astron. J. 123 (2002) 583 (a window of the light's own width).
/// Checked in: tests/detect/trace_centre_test.cpp.
[[nodiscard]] std::optional<RoundLight> centre_of_light(Cells const& cells,
                                                        Cfa const& cfa,
                                                        std::vector<std::int32_t> const& aperture,
                                                        CentreWindow const& window);

} // namespace cmq::detect
