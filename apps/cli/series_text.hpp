// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What `contremarque series` prints for people.

#pragma once

#include "apps/cli/speaker.hpp"
#include "apps/pipeline/measure_series.hpp"
#include "report/json_merged.hpp"

#include <string>

namespace cmq::cli {

[[nodiscard]] std::string series_text(Speaker const& say, pipeline::Series const& series);

[[nodiscard]] std::string merged_text(Speaker const& say, report::Merged const& merged);

} // namespace cmq::cli
