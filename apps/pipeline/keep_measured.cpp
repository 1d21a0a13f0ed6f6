// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/keep_measured.hpp"

#include "apps/pipeline/keep_measured_parts.hpp"

namespace cmq::pipeline {

void keep_measured(report::NoteInput const& input, casefile::KeptCase& kept) {
    keep_captures(input, kept);
    keep_detections(input, kept);
    keep_areas(input, kept);
    keep_colours(input, kept);
    keep_readings(input, kept);
    keep_findings(input, kept);
    keep_finding_codes(input, kept);
}

void restore_measured(casefile::KeptCase const& kept, report::NoteInput& input) {
    restore_captures(kept, input);
    restore_detections(kept, input);
    restore_areas(kept, input);
    restore_colours(kept, input);
    restore_readings(kept, input);
    restore_findings(kept, input);
    restore_finding_codes(kept, input);
}

} // namespace cmq::pipeline
