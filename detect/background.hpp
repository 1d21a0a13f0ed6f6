// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Level and noise of the background of each plane, from a mesh of means. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/cells.hpp"

#include <vector>

namespace cmq::detect {

/// Node values sit at the middles of the mesh's blocks.
struct Background {
    Mesh mesh;
    PerPlane<std::vector<double>> level_dn;
    PerPlane<std::vector<double>> variance_dn2; ///< of one photosite at that level
    PerPlane<std::vector<double>> photosites;   ///< that stand behind the level
    PerPlane<std::vector<double>> extra_dn2;    ///< of the frame's variance, above its noise model
    /// Blocks whose level is not the plain mean of the photosites that take part now: to be measured
    /// again.
    std::vector<std::uint8_t> unsettled;
};

/// The mean of each block's photosites within 6 robust standard deviations of their median: before any
/// trace is known. Where none lies outside, that is the plain mean. Nodes without enough photosites are
/// filled from their neighbours.
/// \pre cells.residual holds the values as they are
[[nodiscard]] Background measure_first_background(Frame const& frame,
                                                  Cells const& cells,
                                                  Mesh const& mesh,
                                                  unsigned threads);

/// The chosen blocks (one byte each, not 0: chosen) get the plain mean outside traces: unbiased whatever the
/// shape of the noise.
[[nodiscard]] Background measure_again(Frame const& frame,
                                       Cells const& cells,
                                       Background const& before,
                                       std::vector<std::uint8_t> const& chosen,
                                       unsigned threads);

/// The block of a cell becomes unsettled.
void unsettle(std::size_t cell, Background& background);

/// residual = value - level (Catmull-Rom between nodes, straight beyond the outer ones).
void subtract_background(Background const& background, Cells& cells, unsigned threads);

/// From residuals above one background to those above another. Cost: nothing where both agree.
void change_background(Background const& before,
                       Background const& after,
                       Cells& cells,
                       unsigned threads);

} // namespace cmq::detect
