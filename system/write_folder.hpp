// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A folder of files, written whole or not at all.

#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cmq {

struct FolderFile {
    std::string name; ///< without folders
    std::vector<std::byte> bytes;
};

/// For those who compute for long before they write.
/// \throws Error usage  something of that name is there already: what write_folder would find then
void refuse_taken_folder(std::filesystem::path const& path);

/// Writes the files into a hidden folder beside `path`, syncs them, and renames it to `path`: whenever the process
/// dies there is no folder of that name, or the whole one. What a run that died left hidden is removed by none.
/// \pre names are not empty and hold no slash
/// \throws Error usage  something of that name is there already
/// \throws Error io     the folder above is missing or not writable, or the disk is full
void write_folder(std::filesystem::path const& path, std::span<FolderFile const> files);

} // namespace cmq
