// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From what was measured to what the note prints, and to what is weighed.

#pragma once

#include "apps/pipeline/measure_captures.hpp"
#include "apps/pipeline/to_findings.hpp"
#include "casefile/case.hpp"
#include "lab/transfer/finding.hpp"
#include "report/note.hpp"

#include <span>
#include <vector>

namespace cmq::pipeline {

/// Adds what was measured on the captures of a case: captures, detections, blanks, findings. Makes the
/// pictures: for each evidence capture the part with the traces, and the same part of its blank, of the picture
/// without the lamp and of the picture in visible light.
void add_measured(casefile::Case const& of,
                  std::span<MeasuredCapture const> captures,
                  std::span<ZoneMeasurement const> zones,
                  report::NoteInput& input);

/// The findings as they are weighed, in order.
[[nodiscard]] std::vector<lab::Finding> findings_of(report::NoteInput const& input);

} // namespace cmq::pipeline
