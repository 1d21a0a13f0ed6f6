// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The note as JSON: every number that the document prints, unrounded.

#pragma once

#include "report/note.hpp"

#include <string>

namespace cmq::report {

/// One JSON object, docs/formats/note.schema.json; two spaces a level, '\n' at the end. Texts of a court
/// stand under "fr" and "en". Numbers that do not exist (no critical value, no ratio) are null.
[[nodiscard]] std::string json_note(NoteInput const& input);

} // namespace cmq::report
