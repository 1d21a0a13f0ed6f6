// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Position, flux and shape of the segments of one plane. Internal.

#pragma once

#include "detect/detect_plane.hpp"
#include "detect/plane_segments.hpp"

#include <vector>

namespace cmq::detect {

inline constexpr std::ptrdiff_t plane_aperture_margin = 3; ///< photosites around a segment

struct PlaneScene {
    ImageView<float const> values;
    PlaneMesh const& mesh;
    PlaneBackground const& background; ///< measured without any trace
    PlaneSurface const& level;         ///< its level
    std::array<std::vector<PlaneForm>, plane_scales> const& forms;
    PlaneSettings const& settings;
    std::vector<PlanePart> const& parts;
    std::vector<PlaneSegment> const& segments;
    bool textured = false; ///< the light beneath a trace is uncertain: the smaller aperture
};

/// Everything but id and log10_nfa.
/// \param neighbours  indices of segments that may reach into the aperture; may hold `index` itself
[[nodiscard]] PlaneTrace measure_plane_trace(PlaneScene const& scene,
                                             std::size_t index,
                                             std::vector<std::size_t> const& neighbours);

/// A single photosite stands out, and those around it do not: no light through a lens.
[[nodiscard]] bool is_hot_photosite(PlaneScene const& scene, PlaneSegment const& segment);

} // namespace cmq::detect
