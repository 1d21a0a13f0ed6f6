// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Readings of the code joined with the findings of their zones.

#pragma once

#include "apps/pipeline/to_account.hpp"
#include "casefile/case.hpp"
#include "report/note.hpp"
#include "report/note_readings.hpp"

#include <filesystem>
#include <vector>

namespace cmq::pipeline {

/// Gives each finding what the reading of its zone says, adds a detection where only a code was read, and decides what
/// each reading is used for. Done again it changes nothing.
/// \param minutes_of_examination  when a zone without a time counts as examined
void weigh_readings(casefile::Case const& of,
                    double minutes_of_examination,
                    report::NoteReadings& readings,
                    std::vector<report::NoteFinding>& findings);

/// For a case weighed without its captures: reads its readings and joins them with the translation's findings.
/// \throws Error  as read_readings
[[nodiscard]] report::NoteReadings take_readings(casefile::Case const& of,
                                                 std::filesystem::path const& reader,
                                                 Translation& translation);

} // namespace cmq::pipeline
