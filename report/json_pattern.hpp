// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The pattern of a file's traces as a JSON value. Not a public header: it names nlohmann-json.

#pragma once

#include "report/detect_findings.hpp"
#include "report/json_parts.hpp"

namespace cmq::report {

/// count, expected_count, unit, centre, sizes, rings, elongation, clark_evans, symmetry_sought, symmetry, features,
/// weighed (docs/cli/detect.md). What cannot be told is null.
[[nodiscard]] Json pattern_json(DetectFindings const& findings);

} // namespace cmq::report
