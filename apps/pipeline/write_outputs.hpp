// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The files of one run: each written whole, the manifest last.

#pragma once

#include "report/json_manifest.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

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

/// The files of a run, which appear in their folder together: each is written under a temporary name as soon as it is
/// made, so that no two stand in memory, and all get their names in write_manifest(). A run that fails before leaves
/// the folder as it was.
class OutputFolder {
public:
    /// Makes the folder where it is missing.
    /// \throws Error usage  as refuse_beside_office_files
    /// \throws Error io     the folder cannot be made
    explicit OutputFolder(std::filesystem::path folder);

    /// A file whose parts follow in add(), up to the next begin() or write().
    /// \throws Error io  as StagedFile
    void begin(std::string const& name);
    void add(std::span<std::byte const> bytes);

    /// begin() and add() of all bytes.
    void write(std::string const& name, std::span<std::byte const> bytes);
    void write(std::string const& name, std::string_view text);

    /// Removes an old manifest, names the files, and last writes manifest.json: name, size and SHA-256 of each, in
    /// their order. A folder without a manifest is that of a run that did not end, each of its files whole.
    /// \throws Error io  the old manifest cannot be removed, or something is in the way of a file
    void write_manifest();

    [[nodiscard]] std::vector<std::filesystem::path> const& files() const noexcept {
        return files_;
    }

private:
    void finish_last();

    std::filesystem::path folder_;
    std::vector<StagedFile> staged_;
    Sha256 hash_; ///< of the last
    bool open_ = false;
    std::vector<report::ManifestEntry> entries_;
    std::vector<std::filesystem::path> files_;
};

} // namespace cmq::pipeline
