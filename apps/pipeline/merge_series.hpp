// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Exposures of one scene put together, and parts of it measured.

#pragma once

#include "apps/pipeline/measure_series.hpp"
#include "report/json_merged.hpp"

namespace cmq::pipeline {

/// Reads all captures, holds their frames at once (9 bytes a photosite each, and one more), puts them together
/// (merge_exposures) and measures the regions in each and in the merged frame. Settings' times are not used.
///
/// The uncertainty of the merged light holds the noise of all and, weighed as they are, black level and lamp of each
/// in full: dark frames and target may be the same for all, so that these errors do not average out.
/// \throws Error insufficient  fewer than two files; the target cannot be measured in one of them, or together
/// \throws Error domain        a region beyond the frame
/// \throws Error               as Calibrator, OneScene, measure_drift, absolute_radiance
[[nodiscard]] report::Merged merge_series(SeriesSettings const& settings,
                                          Progress const& progress = {});

} // namespace cmq::pipeline
