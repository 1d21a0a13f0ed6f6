// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a kit says of a case, as tables for a spreadsheet.

#pragma once

#include "core/table.hpp"
#include "report/note.hpp"

namespace cmq::pipeline {

/// The files that the computation starts from: file, role, bytes (0 where they were not kept), sha256. The case file
/// first, then captures and camera profiles.
[[nodiscard]] Table to_inputs_table(report::NoteInput const& input);

/// The findings that were weighed: zone, kind, value, sigma, unit, minutes on the account's clock, what they were
/// measured on or where they are written.
[[nodiscard]] Table to_findings_table(report::NoteInput const& input);

/// The parameters that were used, each once: name, unit, distribution with its numbers, quantiles at 5, 50 and 95 %,
/// grade, conditions, source.
[[nodiscard]] Table to_parameters_table(report::NoteInput const& input);

} // namespace cmq::pipeline
