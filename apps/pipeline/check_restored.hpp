// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether the values of a case file can be told at all.

#pragma once

#include "report/note.hpp"

namespace cmq::pipeline {

/// Checks what a case file gave before anything is made of it. Its hashes may fit and its values not: who
/// writes a case file can write its hashes too. What passes keeps every precondition of make_note() and json_note();
/// what analyse() computes passes.
///
/// Checked: that captures, detections, pictures, blanks, findings and evaluations belong to the case
/// and to each other, that numbers lie where such numbers can lie, and that texts are no longer than
/// a text of a case may be and hold no control characters. Not checked: whether the numbers are right;
/// `verify --recompute` does that.
///
/// \throws Error format     a value is none that its column can hold; names the table and the row, from 0
/// \throws Error integrity  a row does not belong to the case, or not to the row that it says
///
/// Cost: a few milliseconds; up to 0.3 s for each parameter whose distribution is cut off narrowly.
void check_restored(report::NoteInput const& input);

} // namespace cmq::pipeline
