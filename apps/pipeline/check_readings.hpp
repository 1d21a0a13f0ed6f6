// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a case file holds of readings, against the case and against what can be. Internal.

#pragma once

#include "report/note.hpp"

namespace cmq::pipeline {

/// The part of check_restored for readings, and for what findings have of them.
/// \throws Error format     a value that its column cannot hold
/// \throws Error integrity  it does not belong to the case
void check_readings(report::NoteInput const& input);

} // namespace cmq::pipeline
