// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The steps from a case file to its evaluations, one by one and all together.

#pragma once

#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_note_input.hpp"
#include "core/progress.hpp"

#include <filesystem>
#include <string>

namespace cmq::pipeline {

/// A case as it was read: hashed and parsed from the same bytes, as the file could change in between.
struct LoadedCase {
    std::string text;
    std::string sha256;
    casefile::Case file;
};

/// \throws Error  what parse_case and check_references throw, with places
[[nodiscard]] LoadedCase load_case(std::filesystem::path const& case_file);

/// The same from text that was kept; `name` stands for the path.
[[nodiscard]] LoadedCase to_loaded_case(std::string text, std::string const& name);

/// Reads and searches the captures, and makes the measured findings.
/// \throws Error  what measure_captures and measure_zones throw
[[nodiscard]] Results
measure_case(LoadedCase const& loaded, MeasureSettings const& settings, Progress const& progress);

/// The typed findings that count: a zone that was measured and also described in a document is weighed
/// once, as measured.
[[nodiscard]] std::vector<lab::Finding> typed_findings(Translation const& translation,
                                                       std::span<lab::Finding const> measured);

/// Reads the case, measures its captures, weighs each comparison. Writes nothing.
/// \throws Error  what load_case, measure_case and evaluate_comparison throw
[[nodiscard]] Results evaluate_case(std::filesystem::path const& case_file,
                                    MeasureSettings const& settings,
                                    Progress const& progress = {});

} // namespace cmq::pipeline
