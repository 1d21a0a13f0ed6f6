// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What was measured on the captures of a case, as tables and pictures of its case file.

#pragma once

#include "casefile/kept/kept_case.hpp"
#include "report/note.hpp"

namespace cmq::pipeline {

/// Adds input.captures, detections (with pictures), blanks and findings as tables.
void keep_measured(report::NoteInput const& input, casefile::KeptCase& kept);

/// Puts them back. Detections come back without limit_sites.
/// \throws Error format  a table is missing, or a value is none of its kind
void restore_measured(casefile::KeptCase const& kept, report::NoteInput& input);

} // namespace cmq::pipeline
