// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/trace_area.hpp"

#include "core/error.hpp"

#include <cmath>
#include <numbers>

namespace cmq::detect {

TraceArea measure_area(Trace const& trace, SceneScale const& scale) {
    CMQ_EXPECTS(scale.mm_per_photosite > 0.0);
    double const cell = 4.0 * scale.mm_per_photosite * scale.mm_per_photosite;
    auto const cells = static_cast<double>(trace.area_cells);
    double const border = 2.0 * std::sqrt(std::numbers::pi * cells);
    double const of_border = cell * std::sqrt(border / 12.0);
    double const of_scale =
        2.0 * cell * cells * scale.mm_per_photosite_sigma.value_or(0.0) / scale.mm_per_photosite;
    return {cell * cells, std::hypot(of_border, of_scale)};
}

} // namespace cmq::detect
