// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note.hpp"

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
            .warnings = capture.warnings};
}

} // namespace cmq::report
