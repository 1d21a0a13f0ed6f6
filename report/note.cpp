// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note.hpp"

#include "report/note_writer.hpp"
#include "report/phrases/front.hpp"

#include <utility>

namespace cmq::report {

NoteCapture to_note_capture(std::string id, capture::Capture const& capture) {
    return {.id = std::move(id),
            .sha256 = capture.sha256,
            .file_bytes = capture.file_bytes,
            .decoder = capture.decoder,
            .shape = capture.frame.shape,
            .cfa = capture.frame.cfa,
            .metadata = capture.metadata,
            .black_origin = capture.black_origin,
            .noise_origin = capture.frame.noise.origin,
            .saturated_photosites = capture.saturated_photosites,
            .warnings = capture.warnings,
            .profile_sha256 = capture.profile ? capture.profile->sha256 : std::string{},
            .flat = capture.profile && capture.profile->flat,
            .dark_frames = capture.dark_frames,
            .without_ambient = {}};
}

Document make_note(NoteInput const& input, Language language, NoteForm const& form) {
    NoteWriter writer{input, language, form};
    add_front(writer);
    add_findings(writer);
    add_meaning(writer);
    add_propositions(writer);
    add_value(writer);
    add_missing(writer);
    add_questions(writer);
    add_assumptions(writer);
    add_methods(writer);
    add_files(writer);
    add_recompute(writer);
    writer.paragraph(writer.say(phrases::end_mark), ParagraphStyle::note);
    return writer.take();
}

} // namespace cmq::report
