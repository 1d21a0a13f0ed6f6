// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Further captures of a file's traces, under another lamp or filter, whose light is joined to the file's.

#pragma once

#include "apps/cli/detect_options.hpp"
#include "apps/pipeline/calibrator.hpp"
#include "capture/read_capture.hpp"
#include "core/table.hpp"
#include "detect/joined_light.hpp"
#include "report/detect_findings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::cli {

struct JoinedCaptures {
    std::vector<report::JoinedFile> files;
    std::vector<std::optional<detect::JoinedLight>> light; ///< one a trace
};

/// Reads, places and measures the captures that the options name; exposures are brought to that of the file.
/// \param detection  of the file, with apertures
/// \throws Error domain  a capture is of another camera, ISO setting or aperture, its exposure is not stated, or it cannot
///                       be aligned so that it could be trusted
/// \throws Error usage   the file itself, or one capture twice
/// \throws Error         as Calibrator::read, with the file
[[nodiscard]] JoinedCaptures join_captures(capture::Capture const& file,
                                           detect::Detection const& detection,
                                           DetectOptions const& settings,
                                           pipeline::Calibrator const& calibrator);

/// Adds the columns joined1_flux_r ... and `joined`; cells are empty where a capture gives no light.
void add_joined_columns(std::vector<std::optional<detect::JoinedLight>> const& light,
                        std::string const& conditions,
                        Table& table);

} // namespace cmq::cli
