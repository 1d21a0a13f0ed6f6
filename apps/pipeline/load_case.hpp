// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A case file read, checked and hashed.

#pragma once

#include "casefile/case.hpp"

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

} // namespace cmq::pipeline
