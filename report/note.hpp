// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The note for the court: everything that it prints, and the document made of it.

#pragma once

#include "capture/read_capture.hpp"
#include "casefile/case.hpp"
#include "detect/detect_traces.hpp"
#include "detect/large_area.hpp"
#include "lab/source/colour_result.hpp"
#include "lab/transfer/by_hand.hpp"
#include "lab/transfer/evaluate.hpp"
#include "lab/transfer/finding.hpp"
#include "report/document.hpp"
#include "report/note_readings.hpp"
#include "report/picture.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

/// A capture of the case as it was read; what a Capture holds without its photosites.
struct NoteCapture {
    std::string id; ///< of the case file
    std::string sha256;
    std::uintmax_t file_bytes = 0;
    std::string decoder;
    Shape shape;
    Cfa cfa;
    capture::Metadata metadata;
    capture::BlackOrigin black_origin = capture::BlackOrigin::file;
    NoiseOrigin noise_origin = NoiseOrigin::estimated;
    PerPlane<std::size_t> saturated_photosites{};
    std::vector<capture::CaptureWarning> warnings;
    std::string profile_sha256;  ///< of the camera profile that was applied; "" without one
    bool flat = false;           ///< divided by that profile's flat map
    std::size_t dark_frames = 0; ///< whose mean was taken off, without a profile
    std::string without_ambient; ///< id of the ambient capture that was taken off; "" without one
};

/// Makes one of what read_capture gave.
[[nodiscard]] NoteCapture to_note_capture(std::string id, capture::Capture const& capture);

/// A picture made from one capture.
struct NotePicture {
    std::string capture; ///< id
    FramePicture picture;
};

/// What was detected on one capture of role evidence or blank.
struct NoteDetection {
    std::string capture;         ///< id
    detect::Detection detection; ///< limit_sites may be left out
    std::vector<NotePicture>
        views; ///< of this capture, each printed twice: untouched, and with rings
    std::vector<NotePicture> neighbours; ///< blank, visible, ambient: printed beside one another
    /// One a trace, in their order; empty for blanks and in a case without colour classes.
    std::vector<lab::ColourResult> colours;
    std::vector<detect::LargeArea> areas; ///< light too wide to be a trace
    /// Of a capture of role evidence: the part that the view shows, by to_significance_picture.
    std::optional<NotePicture> significance = std::nullopt;
};

/// The blanks that a total was compared with.
struct NoteBlanks {
    std::string evidence;                    ///< id of the capture of role evidence that they serve
    std::optional<double> evidence_total_dn; ///< four planes together; none: that of the finding
    std::vector<std::string> captures;       ///< ids of the blanks, in the order of totals_dn
    std::vector<double> totals_dn;           ///< measured as the evidence was
    std::optional<double> mean_dn;           ///< none without blanks
    std::optional<double> sd_dn;             ///< none with fewer than two
    std::optional<double> critical_dn;       ///< none with fewer than two: "cannot be given"
};

/// One finding as it was weighed, and where it comes from.
struct NoteFinding {
    lab::Finding finding;
    std::string observation;           ///< id of the typed observation; "" when there is none
    std::string reading;               ///< id of the reading that alone tells of the zone; "" else
    std::vector<std::string> captures; ///< ids of the captures it was measured on
    std::optional<double> total_dn;    ///< flux of all traces of the zone
    std::optional<double> total_dn_sigma;
    std::optional<double> limit_dn; ///< flux with a 50 % chance of detection: one detection limit
};

/// The propositions as they were frozen, and what became of them.
struct NoteFrozen {
    std::string on;         ///< ISO 8601 day of the last time
    bool is_stated = false; ///< the user stated the day; else it is that of the machine's clock
    std::string sha256;     ///< of the frozen text
    std::string first_on;   ///< of the first time
    std::size_t times = 1;
    std::vector<std::string> changed; ///< tables that are not as they were frozen the last time
};

/// Everything that a note prints. Plain values; nothing is measured or weighed after this.
struct NoteInput {
    casefile::Case file;
    std::string case_sha256;          ///< of the case file
    std::optional<NoteFrozen> frozen; ///< none: no file dates the propositions
    std::string frozen_text;          ///< the propositions as `freeze` would write them now
    std::vector<NoteCapture> captures;
    std::vector<NoteDetection> detections;
    std::vector<NoteBlanks> blanks;
    NoteReadings readings;
    std::vector<NoteFinding> findings;
    std::vector<lab::Evaluation> evaluations; ///< one a comparison, in the order of the case
    std::optional<lab::HandCheck> by_hand;    ///< of the first comparison; none: no simple route
    std::vector<std::string> commands;        ///< to recompute, in order
    std::string program = "Contremarque";     ///< name and version
    std::string ledger_head;                  ///< SHA-256; "" where no ledger was kept
};

enum class Length : std::uint8_t {
    summary, ///< one page
    report,
    annex, ///< every trace, and the numbers of each chart
};

/// How much a note tells.
struct NoteForm {
    Length length = Length::report;
    bool attached = true; ///< the PDF carries the files of make_attachments
};

/// Makes the note of the case in one language. Both languages have the same blocks in the same order.
///
/// \pre every id in input names an entry of input.file; numbers are finite
/// Cost: copies the pictures.
[[nodiscard]] Document
make_note(NoteInput const& input, Language language, NoteForm const& form = {});

} // namespace cmq::report
