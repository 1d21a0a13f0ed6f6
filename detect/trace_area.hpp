// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How large a trace is, in square millimetres.

#pragma once

#include "detect/detect_traces.hpp"

#include <optional>

namespace cmq::detect {

/// Length of the side of a photosite on the thing that was taken.
struct SceneScale {
    double mm_per_photosite = 0.0;                               ///< above 0
    std::optional<double> mm_per_photosite_sigma = std::nullopt; ///< nothing: not stated
};

struct TraceArea {
    double mm2 = 0.0;
    double mm2_sigma =
        0.0; ///< standard uncertainty: grain of the border and, where stated, the scale
};

/// The cells above the lower threshold, 2 x 2 photosites each.
///
/// The border of a disc of n cells runs through some 2 sqrt(pi n) of them, each in or out where a part of it would be
/// true: a variance of 1/12 cell each.
///
/// \pre scale.mm_per_photosite > 0
/// Limits: a faint droplet is larger than its part above the threshold, a bright one seems larger than it is by
/// the blur; neither is part of the uncertainty. Perspective is not known here.
[[nodiscard]] TraceArea measure_area(Trace const& trace, SceneScale const& scale);

} // namespace cmq::detect
