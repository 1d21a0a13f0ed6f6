// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The readings of a case: its instrument files read, set against the registry, controls first.

#pragma once

#include "casefile/case.hpp"
#include "report/note_readings.hpp"

#include <filesystem>
#include <string>

namespace cmq::pipeline {

/// Reads what every [[reading]] names. What a reading is used for is decided with the findings (weigh_readings).
/// \param reader  the program contremarque-code-reader
/// Samples of other zones with the same `run` are where index hopping comes from.
/// \throws Error format       the registry has no lot of [marker]; a file that bears no code; two readings of a zone with a file
///                            of the same bytes
/// \throws Error domain       a simulated file, and the case is no demonstration
/// \throws Error integrity    a file has another hash than the case states
/// \throws Error              as load_registry, read_code_file, with the place in the case file
[[nodiscard]] report::NoteReadings read_readings(casefile::Case const& of,
                                                 std::filesystem::path const& reader);

/// Name and SHA-256 of every file that readings rest on, the registry's first; "" without readings.
/// \throws Error io  with the place in the case file
[[nodiscard]] std::string reading_inputs(casefile::Case const& of);

/// The same of files that were read.
[[nodiscard]] std::string reading_inputs(casefile::Case const& of,
                                         report::NoteReadings const& readings);

/// What else of the case readings depend on.
[[nodiscard]] std::string reading_parameters(casefile::Case const& of);

} // namespace cmq::pipeline
