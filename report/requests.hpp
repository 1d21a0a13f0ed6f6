// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a lawyer files or asks at a stage of the procedure: requests with their reasons, questions to the
/// expert and to the witness who held the lamp, and a checklist that needs no case.

#pragma once

#include "casefile/request_texts.hpp"
#include "report/document.hpp"
#include "report/note.hpp"

#include <string>

namespace cmq::report {

/// The requests of the case's stage that are not among the papers already held, each with why it matters;
/// first what the documents report, last the provisions to be checked. Holds no account of anyone and no
/// evaluation, whatever the case holds.
///
/// \param input  its file and findings are read, nothing else
/// \throws Error domain  the case names no stage, or holds a paper that no request is about
[[nodiscard]] Document
make_requests(NoteInput const& input, casefile::RequestTexts const& texts, Language language);

/// Questions to the expert and to the witness, each with why it matters.
/// \throws Error domain  as make_requests
[[nodiscard]] Document
make_questions(NoteInput const& input, casefile::RequestTexts const& texts, Language language);

/// The checklist for police custody: two pages, nothing of any case.
/// \param program  name and version
[[nodiscard]] Document make_aide_memoire(casefile::RequestTexts const& texts,
                                         std::string const& program,
                                         Language language);

} // namespace cmq::report
