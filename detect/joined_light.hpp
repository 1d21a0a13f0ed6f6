// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light of the same traces in a further capture of the scene: another lamp, another filter.

#pragma once

#include "core/frame.hpp"
#include "detect/colour.hpp"
#include "detect/detect_traces.hpp"
#include "detect/register_frames.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace cmq::detect {

/// Light that one capture gives where a trace lies.
struct PlaceLight {
    ColourLight light;      ///< red, green, blue
    bool saturated = false; ///< a photosite of the place is full: the fluxes are lower limits
    std::int64_t masked_photosites = 0;
};

/// Measures each trace's aperture in a capture where it need not stand out.
///
/// The aperture's photosites are those whose places fall into it, planes apart; those that take no part are filled in by
/// the mean of their plane. What cloth and noise would give there is read from the same shape moved to free places
/// around: a plane through the 12 to 32 nearest of them, and their scatter about it as covariance, texture
/// included, with the photon noise of the light itself on top. So the same function on the capture in which the traces were
/// found gives light that can be joined with this: the same share of a trace falls into the aperture in both.
///
/// \param capture     of the scene; any size
/// \param to_capture  from places of the frame in which the traces were found
/// \param detection   with Settings::keep_apertures
/// \param threads     0: one for each core; same bits on any number
/// \return            one a trace, in their order; nothing where the aperture is not all within the capture, more than a
///                    tenth of it takes no part, or fewer than 12 free places surround it
///
/// Cost: some 40 passes over the aperture.
/// Limits: light of the capture's own that no trace covers raises the scatter where it lies near; an alignment that is
/// off moves light over the border of small apertures (they exceed what was found by 3 cells).
/// Checked in: tests/detect/joined_light_test.cpp.
[[nodiscard]] std::vector<std::optional<PlaceLight>> measure_places(Frame const& capture,
                                                                    Transform const& to_capture,
                                                                    Detection const& detection,
                                                                    unsigned threads = 0);

/// A trace's light in all captures: three channels each, the first capture's first.
struct JoinedLight {
    ColourLight light;
    bool saturated = false; ///< in one of them
};

/// \param captures  what measure_places gave for each, one entry a trace
/// \param factors   of each capture's light: what makes exposures alike
/// \return          one a trace; nothing where a capture has nothing
[[nodiscard]] std::vector<std::optional<JoinedLight>>
join_places(std::vector<std::vector<std::optional<PlaceLight>>> const& captures,
            std::vector<double> const& factors);

} // namespace cmq::detect
