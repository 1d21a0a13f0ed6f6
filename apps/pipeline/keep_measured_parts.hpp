// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The parts of keep_measured and restore_measured.

#pragma once

#include "apps/pipeline/keep_parts.hpp"
#include "casefile/kept/kept_case.hpp"
#include "report/note.hpp"

namespace cmq::pipeline {

void keep_captures(report::NoteInput const& input, casefile::KeptCase& kept);
void keep_detections(report::NoteInput const& input, casefile::KeptCase& kept);
void keep_areas(report::NoteInput const& input, casefile::KeptCase& kept);
void keep_colours(report::NoteInput const& input, casefile::KeptCase& kept);
void keep_findings(report::NoteInput const& input, casefile::KeptCase& kept);
void keep_readings(report::NoteInput const& input, casefile::KeptCase& kept);
void keep_finding_codes(report::NoteInput const& input, casefile::KeptCase& kept);

void restore_captures(casefile::KeptCase const& kept, report::NoteInput& input);
void restore_detections(casefile::KeptCase const& kept, report::NoteInput& input);
/// \pre detections are restored
void restore_areas(casefile::KeptCase const& kept, report::NoteInput& input);
/// \pre detections are restored
void restore_colours(casefile::KeptCase const& kept, report::NoteInput& input);
void restore_findings(casefile::KeptCase const& kept, report::NoteInput& input);
void restore_readings(casefile::KeptCase const& kept, report::NoteInput& input);
/// \pre findings are restored
void restore_finding_codes(casefile::KeptCase const& kept, report::NoteInput& input);

} // namespace cmq::pipeline
