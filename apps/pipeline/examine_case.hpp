// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Files to be examined, with what a case or a command line knows of each.

#pragma once

#include "apps/pipeline/calibrator.hpp"
#include "capture/examine_file.hpp"
#include "casefile/case.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

struct ExaminedFile {
    std::string name; ///< as typed, or as the case has it
    std::filesystem::path path;
    std::optional<capture::AccountTime> at; ///< when an account places it
    /// Whether the bytes may stand there.
    /// \throws Error integrity  their SHA-256 is not the one that the case states
    std::function<void(std::span<std::byte const> bytes)> check;
    /// Applies the profile that is meant for it; true where dark frames of its exposure are there.
    std::function<bool(capture::Capture&)> correct;
};

/// \throws Error  as Calibrator
[[nodiscard]] std::vector<ExaminedFile> files_named(std::vector<std::string> const& names,
                                                    std::optional<capture::AccountTime> const& at,
                                                    CalibrationFiles const& calibration,
                                                    Readers const& readers);

/// All captures of a case. A capture's time is compared where the case gives it and the day (to_account_time_of).
/// \param within_min  what may lie between account and clock beyond the uncertainty that the case states
/// \throws Error       as read_case, CaseCorrections; insufficient: the case has no captures
[[nodiscard]] std::vector<ExaminedFile>
files_of_case(std::filesystem::path const& case_file, double within_min, Readers const& readers);

/// When the case says that a capture was taken, by its day; nothing where it gives no time or no day.
[[nodiscard]] std::optional<capture::AccountTime>
to_account_time_of(casefile::Case const& of, casefile::Capture const& entry, double within_min);

/// Corrects a RAW file that was examined, and assesses it again where that changes what it is worth.
/// \throws Error  as ExaminedFile::correct
void apply_what_is_known(ExaminedFile const& file,
                         capture::WorthSettings worth,
                         capture::Examination& seen);

} // namespace cmq::pipeline
