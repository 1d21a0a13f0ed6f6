// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Touching droplets: whose is the light between them? Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/segments.hpp"

#include <optional>
#include <vector>

namespace cmq::detect {

/// What of a group's light is one droplet's.
struct SharedLight {
    double x = 0.0; ///< centre of its light, photosites
    double y = 0.0;
    PerPlane<double> flux_dn{};
};

/// Shares the light of segments that touch (those of one parent) in proportion to their profiles: each droplet is an
/// ellipse of Gaussian section whose place, width and light in each plane are found from its own share, over and over
/// until nothing moves. The sum over a group stays what it was.
///
/// \param aperture  label of the cells that belong to each segment: 0 none, else index + 1
/// \return  by segment; nothing where it stands alone, where photosites of its group are saturated, or where shares do
///          not settle near the peaks
///
/// Cost: up to 60 passes over the group's photosites for each of its droplets.
/// Limits: a droplet of quite another section than a Gaussian takes or leaves a part of what lies between.
/// Source: A. P. Dempster, N. M. Laird, D. B. Rubin, J. Royal Stat. Soc. B 39 (1977) 1 (shares); G. M. Bernstein,
/// M. Jarvis, Astron. J. 123 (2002) 583 (moments under a window of the droplet's own width).
/// Checked in: tests/detect/share_light_test.cpp.
[[nodiscard]] std::vector<std::optional<SharedLight>>
share_light(Frame const& frame,
            Cells const& cells,
            Background const& background,
            std::vector<Segment> const& segments,
            std::vector<std::int32_t> const& aperture);

} // namespace cmq::detect
