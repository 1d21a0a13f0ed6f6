// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What `contremarque detect` prints for people, at most 80 columns wide.

#pragma once

#include "apps/cli/speaker.hpp"
#include "detect/detect_traces.hpp"
#include "report/detect_findings.hpp"
#include "report/json_applied.hpp"

#include <string>

namespace cmq::cli {

[[nodiscard]] std::string detect_text(Speaker const& say,
                                      std::string const& file,
                                      bool simulated,
                                      detect::Detection const& detection,
                                      report::DetectFindings const& findings,
                                      report::Applied const& applied);

/// Whether what was found is there: the verdict, its reasons, and what it was set against.
[[nodiscard]] std::string presence_text(Speaker const& say, report::DetectFindings const& findings);

/// What the colours of the traces say of their source.
[[nodiscard]] std::string colour_text(Speaker const& say, report::DetectFindings const& findings);

/// How the traces are laid out, and what that says; "" where nothing can be told of them.
[[nodiscard]] std::string pattern_text(Speaker const& say, report::DetectFindings const& findings);

} // namespace cmq::cli
