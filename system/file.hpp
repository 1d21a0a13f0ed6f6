// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Files read whole with a limit, and written whole or not at all.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq {

inline constexpr std::uintmax_t default_file_limit = std::uintmax_t{1} << 30U; ///< 1 GiB

/// The bytes of a regular file.
/// \throws Error io      missing, a directory, unreadable; the sentence names the path and the reason
/// \throws Error limits  longer than limit
[[nodiscard]] std::vector<std::byte> read_file(std::filesystem::path const& path,
                                               std::uintmax_t limit = default_file_limit);

/// The same as text; no check of its encoding.
[[nodiscard]] std::string read_text(std::filesystem::path const& path,
                                    std::uintmax_t limit = default_file_limit);

/// Writes a temporary file in the same folder, syncs it, renames it over path, syncs the folder.
/// A reader sees the old file or the new one, whenever the process dies.
/// \throws Error io  the folder is missing or not writable, or the disk is full; path is then untouched
void write_file(std::filesystem::path const& path, std::span<std::byte const> bytes);
void write_file(std::filesystem::path const& path, std::string_view text);

/// The same in steps, for a file that is too large to stand in memory, or that waits for others: parts go to the
/// temporary file, and only publish() gives it its name. Without it nothing of the file is left.
class StagedFile {
public:
    /// \throws Error io  the folder is missing or not writable
    explicit StagedFile(std::filesystem::path path);
    ~StagedFile();
    StagedFile(StagedFile const&) = delete;
    StagedFile& operator=(StagedFile const&) = delete;
    StagedFile(StagedFile&&) noexcept;
    StagedFile& operator=(StagedFile&&) noexcept;

    /// \throws Error io  the disk is full
    void add(std::span<std::byte const> bytes);

    /// No part follows: syncs and closes the temporary file, so that a thousand may wait.
    /// \throws Error io  the disk is full
    void finish();

    /// \pre finish() was called, publish() was not
    /// \throws Error io  something is in the way; it is then untouched
    void publish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The same for what only its owner may read.
void write_private_file(std::filesystem::path const& path, std::span<std::byte const> bytes);

} // namespace cmq
