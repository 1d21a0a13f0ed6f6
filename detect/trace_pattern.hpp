// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The traces of a frame as a pattern.

#pragma once

#include "detect/detect_traces.hpp"
#include "detect/pattern.hpp"

namespace cmq::detect {

/// The pattern of all traces of a frame: a point a trace, weighed by its light (planes together), its diameter
/// that of the circle of equal area; the window is the whole frame.
///
/// Limits: as measure_pattern; a frame of which only a part shows what was examined (a garment before a table) looks
/// clustered by that alone.
[[nodiscard]] Pattern measure_trace_pattern(Detection const& detection,
                                            PatternSettings const& settings = {});

} // namespace cmq::detect
