// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Readings of the code beside an evaluation of `contremarque transfer --json`.

#pragma once

#include "casefile/case.hpp"
#include "report/note_readings.hpp"

#include <string>

namespace cmq::report {

/// The JSON of an evaluation with `marker` {lot, registry {file, sha256, lots, negative_controls} or null, facts} or
/// null, and `readings` [{id, zone, reported, verdict, read, use, evidence, false_match_probability, ... files, lots,
/// reasons, elimination}], as in note.json.
/// \pre `evaluation` is what to_json() gave; readings are those of the case
[[nodiscard]] std::string with_readings(std::string const& evaluation,
                                        casefile::Case const& of,
                                        NoteReadings const& readings);

} // namespace cmq::report
