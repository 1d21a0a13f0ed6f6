// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A case file read, checked and hashed.

#pragma once

#include "casefile/case.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

/// A case as it was read: hashed and parsed from the same bytes, as the file could change in between.
struct LoadedCase {
    std::string text; ///< without comments: they never leave the folder of whoever wrote them
    std::string sha256;
    casefile::Case file;
};

/// Where the key of a case lies: CASE.key.toml beside CASE.toml or CASE.h5.
[[nodiscard]] std::filesystem::path key_path(std::filesystem::path const& case_file);

/// The same, and where the case is a symbolic link also beside the file that it leads to.
[[nodiscard]] std::vector<std::filesystem::path> key_paths(std::filesystem::path const& case_file);

/// A locked key of key_paths that does not lie there clear too: check_against_key passes over it.
[[nodiscard]] std::optional<std::filesystem::path>
locked_key(std::filesystem::path const& case_file);

/// Refuses a TOML text that holds a name of a key of key_paths; no key, no check.
/// \param file  the name of the text's file
/// \throws Error  what parse_key and check_without_names throw
void check_against_key(std::string_view text,
                       std::string const& file,
                       std::filesystem::path const& case_file);

/// The file, after check_against_key.
/// \throws Error  what parse_case and check_references throw, with places
[[nodiscard]] LoadedCase load_case(std::filesystem::path const& case_file);

/// The same from text that was kept; `name` stands for the path.
[[nodiscard]] LoadedCase to_loaded_case(std::string text, std::string const& name);

} // namespace cmq::pipeline
