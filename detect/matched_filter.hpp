// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Gaussian matched filters on the four planes, all centred on the middle of the cell. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/cells.hpp"

#include <vector>

namespace cmq::detect {

/// A round Gaussian of sigma scale_cells, sampled where the photosites of a plane lie: a quarter of
/// a cell before or behind the middle.
struct Kernel {
    double scale_cells = 1.0;
    std::ptrdiff_t reach = 0;              ///< taps -reach .. reach
    std::array<std::vector<float>, 2> tap; ///< for photosites before, behind the middle
    double sum = 0.0;                      ///< of one axis
    double sum2 = 0.0;                     ///< of squares, one axis
    double sum3 = 0.0;                     ///< of cubes, one axis
    std::ptrdiff_t stride = 1; ///< cells apart at which filtered noise is sampled: a finer grid
                               ///< would add next to nothing
    double samples_per_degree = 1.0; ///< samples on that grid that are worth one independent one
};

[[nodiscard]] Kernel make_kernel(double scale_cells);

struct FilteredPlanes {
    /// Signal-to-noise of each plane at each cell, in standard deviations of the background's
    /// variance. 0 where less than a quarter of the filter's weight lies on good photosites.
    PerPlane<std::vector<float>> z;
    /// A bit for each plane where more than 3 % of the weight is missing.
    std::vector<std::uint8_t> partial;
};

void filter_planes(Cells const& cells,
                   Background const& background,
                   Frame const& frame,
                   Kernel const& kernel,
                   unsigned threads,
                   FilteredPlanes& out);

} // namespace cmq::detect
