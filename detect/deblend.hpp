// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From segments on the lattices of filters to traces: finer borders, and touching droplets apart. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/segments.hpp"
#include "detect/whitening.hpp"

#include <vector>

namespace cmq::detect {

/// What refine_segments works on.
struct Refinement {
    Frame const& frame;
    Background const& background;
    std::vector<std::vector<SignificanceForm>> const& forms; ///< by level
    BorderLeaks const& leaks;
    float low = 0.0F;  ///< significance at the border of a trace
    float high = 0.0F; ///< that its peak must reach
};

/// Looks at each segment cell by cell with the filters up to the one that answered most: writes what it sees
/// into the map, draws the border anew, and splits the segment where it holds several peaks.
///
/// Two peaks are two traces where both reach `high` and the way from one to the other leads down by 4
/// standard deviations (photons of the traces included) and to 0.85 of the lower one, in signal-to-noise of the
/// finest filter. The rest of the segment goes to the peak that it leads up to.
///
/// \return  segments in the order of their first cell; `parent` counts those that were one from 1, 0: alone
[[nodiscard]] std::vector<Segment> refine_segments(Refinement const& refinement,
                                                   std::vector<Segment> const& segments,
                                                   Cells const& cells,
                                                   SignificanceMap& map);

} // namespace cmq::detect
