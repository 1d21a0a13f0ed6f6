// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a segment amounts to. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/detect_traces.hpp"
#include "detect/segments.hpp"
#include "detect/share_light.hpp"

#include <vector>

namespace cmq::detect {

/// The segments of a frame and all that measuring them needs.
struct Scene {
    Frame const& frame;
    Cells const& cells;
    Background const& background;
    std::vector<std::vector<SignificanceForm>> const&
        forms; ///< by filter, small first: spread of sums
    std::vector<float> const& significance;
    std::vector<Segment> const& segments;
    std::vector<std::int32_t> const& aperture; ///< label of the cells that belong to each
    int grown_by = 0;                          ///< cells by which apertures exceed segments
    double low = 0.0;                          ///< significance at the border of a segment
    /// By segment: its share of the light of those that touch it.
    std::vector<std::optional<SharedLight>> shared =
        share_light(frame, cells, background, segments, aperture);
};

/// All of a Trace but id, log10_nfa and scale_cells.
[[nodiscard]] Trace measure_trace(Scene const& scene, std::size_t segment);

/// Measured variance of a plane's sums in a block of the mesh, noise of the model = 1.
[[nodiscard]] double measured_spread(Scene const& scene, std::size_t block, std::size_t plane);

/// A direction was given up to the texture of a cell's block.
[[nodiscard]] bool on_texture(Scene const& scene, std::size_t cell);

/// The sum of a trace's flux over its standard uncertainty.
[[nodiscard]] double total_signal_to_noise(Trace const& trace) noexcept;

} // namespace cmq::detect
