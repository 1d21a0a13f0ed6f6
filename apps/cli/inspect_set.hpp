// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// inspect --set: is this set of captures complete?

#pragma once

#include "apps/cli/command.hpp"
#include "apps/pipeline/check_set.hpp"
#include "capture/examine_file.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::cli {

struct SetSettings {
    std::vector<std::string> files; ///< "FILE", or "ROLE=FILE"
    pipeline::SetStated stated;
    bool json = false;
    std::optional<std::string> output;
};

/// Reads every file, says what is there and what lacks.
/// \return  0 complete; 8 something needed lacks or differs; else the highest status of a file that cannot be read
/// \throws Error usage  a file whose role neither a word before it nor its name tells
int run_inspect_set(SetSettings const& settings,
                    capture::ExamineSettings const& examining,
                    Streams streams);

/// Writes the bench's capture sheet into a folder, in both languages, as PDF (with Qt), for a word processor and as
/// text, and prints the names of the files.
/// \throws Error  as DocumentFiles
int write_capture_sheet(std::string const& folder, Streams streams);

/// A line a check, what lacks first in a sentence; at most 80 columns but for names.
[[nodiscard]] std::string set_text(std::span<pipeline::SetCheck const> checks, Language language);

} // namespace cmq::cli
