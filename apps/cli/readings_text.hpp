// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Readings of a case as lines for a terminal.

#pragma once

#include "casefile/case.hpp"
#include "core/language.hpp"
#include "lab/transfer/evaluate.hpp"
#include "report/note_readings.hpp"

#include <string>

namespace cmq::cli {

/// What each reading says and is used for, what the readings change of this value, and that a code does not tell how
/// the marker came; "" for a case without readings. Lines of at most 80 columns.
[[nodiscard]] std::string readings_text(casefile::Case const& of,
                                        report::NoteReadings const& readings,
                                        lab::Evaluation const& evaluation,
                                        Language language);

} // namespace cmq::cli
