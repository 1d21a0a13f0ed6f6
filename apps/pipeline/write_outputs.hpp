// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The files of one run: each written whole, the manifest last.

#pragma once

#include "report/json_manifest.hpp"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

/// Makes a folder, and those above it, where it is missing.
/// \throws Error io  it cannot be made, or is a file
void make_folder(std::filesystem::path const& folder);

/// Writes into one folder and remembers what it wrote.
class OutputFolder {
public:
    /// Makes the folder where it is missing, and removes an old manifest: a folder without one is the folder
    /// of a run that did not end.
    /// \throws Error usage  as refuse_beside_office_files
    /// \throws Error io     the folder cannot be made, or the old manifest not removed
    explicit OutputFolder(std::filesystem::path folder);

    /// \throws Error io  as write_file
    void write(std::string const& name, std::span<std::byte const> bytes);
    void write(std::string const& name, std::string_view text);

    /// Writes manifest.json: name, size and SHA-256 of each file written so far, in their order.
    void write_manifest();

    [[nodiscard]] std::vector<std::filesystem::path> const& files() const noexcept {
        return files_;
    }

private:
    std::filesystem::path folder_;
    std::vector<report::ManifestEntry> entries_;
    std::vector<std::filesystem::path> files_;
};

} // namespace cmq::pipeline
