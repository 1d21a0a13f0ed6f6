// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The route that a note's reader can redo, from what the case says and the parameters that were used.

#pragma once

#include "report/note.hpp"

namespace cmq::pipeline {

/// Fills `by_hand` from the first evaluation; nothing where there is none.
/// \throws Error  as to_account(); or an evaluation used a parameter that the library does not hold
void add_by_hand(report::NoteInput& input);

} // namespace cmq::pipeline
