// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The part of check_restored that looks at the evaluations.

#pragma once

#include "report/note.hpp"

namespace cmq::pipeline {

/// \throws Error format, integrity  as check_restored
void check_evaluations(report::NoteInput const& input);

} // namespace cmq::pipeline
