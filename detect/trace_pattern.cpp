// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/trace_pattern.hpp"

#include "detect/total_flux.hpp"

#include <cmath>
#include <numbers>
#include <vector>

namespace cmq::detect {

Pattern measure_trace_pattern(Detection const& detection, PatternSettings const& settings) {
    // Photosites reach half a photosite beyond their middles.
    PatternWindow const window{-0.5,
                               -0.5,
                               static_cast<double>(detection.shape.width),
                               static_cast<double>(detection.shape.height)};
    std::vector<PatternPoint> points;
    points.reserve(detection.traces.size());
    for (Trace const& trace : detection.traces) {
        double const area = 4.0 * static_cast<double>(trace.area_cells);
        points.push_back({.x = trace.x,
                          .y = trace.y,
                          .flux = total_flux(trace),
                          .diameter = 2.0 * std::sqrt(area / std::numbers::pi)});
    }
    return measure_pattern(points, window, settings);
}

} // namespace cmq::detect
