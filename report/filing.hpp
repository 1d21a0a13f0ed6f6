// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What goes with a note to a hearing: a page to speak from, and what is missing with what each piece could change.

#pragma once

#include "casefile/request_texts.hpp"
#include "report/note.hpp"
#include "report/working_note.hpp"

#include <vector>

namespace cmq::report {

/// The case with the effects of its open requests; nothing of counsel's.
struct FilingInput {
    NoteInput note;
    std::vector<std::vector<RequestEffect>> effects; ///< for each comparison of note.file
};

/// One page: what to say, what to ask, what is missing with how far it could move the ratio, and answers to what is
/// usually put. Words of the case are cut to fit (Document::most_pages is 1).
/// \pre effects has one entry for each evaluation
[[nodiscard]] Document
make_oral_note(FilingInput const& input, casefile::RequestTexts const& texts, Language language);

/// What the file lacks, and for each comparison what either answer to each open request would make of the ratio.
/// \pre as make_oral_note
[[nodiscard]] Document
make_missing_note(FilingInput const& input, casefile::RequestTexts const& texts, Language language);

/// The pictures of a document at half their width and height (means of 2 x 2 pixels), so often that `share` is
/// 1/2, 1/4, ...; captions say so. Pictures below 64 pixels a side stay.
/// \param halvings  how often, >= 1
[[nodiscard]] Document with_smaller_pictures(Document document, int halvings);

} // namespace cmq::report
