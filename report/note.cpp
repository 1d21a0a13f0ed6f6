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
    set_document(writer);
    if (form.length == Length::summary) {
        writer.document().most_pages = 1;
        add_summary(writer);
        return writer.take();
    }
    add_front(writer);
    add_findings(writer);
    add_codes(writer);
    add_meaning(writer);
    add_propositions(writer);
    add_value(writer);
    add_by_hand(writer);
    add_missing(writer);
    add_questions(writer);
    add_assumptions(writer);
    add_methods(writer);
    add_files(writer);
    add_recompute(writer);
    add_glossary(writer);
    writer.paragraph(writer.say(phrases::end_mark), ParagraphStyle::note);
    Document note = writer.take();
    if (form.length == Length::annex) {
        for (Block& block : note.blocks) {
            if (auto* const chart = std::get_if<Chart>(&block)) {
                chart->show_numbers = true;
            }
        }
    }
    return note;
}

} // namespace cmq::report
