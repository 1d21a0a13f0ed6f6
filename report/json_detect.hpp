// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A detection as a JSON value.

#pragma once

#include "detect/detect_traces.hpp"
#include "report/detect_findings.hpp"
#include "report/json_applied.hpp"

#include <string>
#include <string_view>

namespace cmq::report {

/// One entry of the results of `contremarque detect --json`: an object with file, sha256, image,
/// applied, false_traces_expected, verdict, why, flux_total, limits, traces, areas, colour_classes, pattern, background, noise, warnings
/// (docs/cli/detect.md). Fluxes are in DN.
/// \pre findings.colours is empty or has one entry a trace
[[nodiscard]] std::string to_json(detect::Detection const& detection,
                                  std::string_view file,
                                  std::string_view sha256,
                                  DetectFindings const& findings,
                                  Applied const& applied = {});

} // namespace cmq::report
