// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From what was measured and weighed to what the note prints.

#pragma once

#include "apps/pipeline/measure_captures.hpp"
#include "apps/pipeline/to_findings.hpp"
#include "casefile/case.hpp"
#include "lab/transfer/evaluate.hpp"
#include "report/note.hpp"

#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// Everything that was computed for a case.
struct Results {
    casefile::Case file;
    std::string case_sha256;
    std::vector<MeasuredCapture> captures;
    std::vector<ZoneMeasurement> zones;
    std::vector<lab::Finding> findings; ///< measured ones first, then typed ones, as weighed
    std::vector<lab::Evaluation> evaluations;
};

/// Gathers it for the note, and makes the pictures: for each evidence capture the part with the traces, and
/// the same part of its blank, of the picture without the lamp and of the picture in visible light.
[[nodiscard]] report::NoteInput to_note_input(Results const& results);

} // namespace cmq::pipeline
