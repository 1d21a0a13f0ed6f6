// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// case.h5: everything that was computed for a case, in one file. Layout: docs/formats/case.h5.md.

#pragma once

#include "casefile/kept/kept_case.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cmq::casefile {

inline constexpr std::uintmax_t case_h5_size_limit = std::uintmax_t{1} << 29U; ///< 512 MiB

/// The bytes of the file: a user block of 512 bytes with fixed text and the SHA-256 of all that follows,
/// then HDF5 1.10 without times, every dataset with checksums. Equal cases give equal bytes.
/// \pre names are lower-case letters, digits and '_', tables have columns; no text holds a zero byte
/// Cost: about 100 MB/s.
[[nodiscard]] std::vector<std::byte> to_case_h5(KeptCase const& kept);

/// Checks the user block against the bytes after it.
/// \throws Error format     no case file of this program, or of a later version
/// \throws Error integrity  the bytes are not those that were written
void check_user_block(std::span<std::byte const> bytes);

/// Reads such bytes, which may come from the other side: the user block is checked here, then the program
/// contremarque-case-reader scans and reads the rest under limits of time, memory and system calls, and
/// what it hands back is checked again.
///
/// \throws Error as check_user_block
/// \throws Error format       not the layout of a case file, or damaged
/// \throws Error unsupported  it uses what a case file never uses: links, external storage, other filters
/// \throws Error limits       reading reached a limit
/// \throws Error io           the reader program cannot be started
[[nodiscard]] KeptCase to_kept_case_from_h5(std::span<std::byte const> bytes,
                                            std::filesystem::path const& reader);

/// The same from a file.
/// \throws Error io  the file cannot be read
[[nodiscard]] KeptCase read_case_h5(std::filesystem::path const& path,
                                    std::filesystem::path const& reader);

} // namespace cmq::casefile
