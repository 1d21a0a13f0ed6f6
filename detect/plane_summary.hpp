// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a detection says of the frame as a whole. Internal.

#pragma once

#include "core/sentence.hpp"
#include "detect/background.hpp"
#include "detect/detect_traces.hpp"

#include <vector>

namespace cmq::detect {

/// hot: photosites found to be hot here; those the frame already masks are added.
[[nodiscard]] PerPlane<PlaneSummary> summarise_planes(Frame const& frame,
                                                      Cells const& cells,
                                                      Background const& background,
                                                      PerPlane<std::int64_t> const& hot);

[[nodiscard]] std::vector<Sentence> warnings_of(Detection const& detection);

} // namespace cmq::detect
