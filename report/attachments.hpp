// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the PDF of a note carries inside for programs.

#pragma once

#include "report/document.hpp"
#include "report/note.hpp"

#include <string>
#include <vector>

namespace cmq::report {

/// note.json, propositions.jsonl (the compared propositions and the examination plan, in the form in which `freeze` hashes
/// them), parameters.json (those that were used) and provenance.json (program, hashes, the ledger's last step). What
/// they hold stands in note.json or the case file's compared part: no account of a person, no proposition that is
/// not compared, nothing of counsel's.
/// \param note_json  the bytes of note.json
[[nodiscard]] std::vector<Attachment>
make_attachments(NoteInput const& input, std::string const& note_json, Language language);

} // namespace cmq::report
