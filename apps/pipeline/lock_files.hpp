// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Files locked under a passphrase, and unlocked again.

#pragma once

#include "system/passphrase.hpp"

#include <filesystem>

namespace cmq::pipeline {

/// Fewest characters of a new passphrase. Four words drawn from a list of 7776 have about 20, and 51.7 bits.
inline constexpr std::size_t shortest_passphrase = 12;

struct LockSettings {
    bool replace = false; ///< what stands in the place of the output may be overwritten
    bool remove = false;  ///< take the clear file away, once the locked one has been read back
};

/// \throws Error domain  shorter than shortest_passphrase
void check_new_passphrase(Passphrase const& passphrase);

/// Writes FILE.locked beside FILE.
/// \return its path
/// \throws Error usage   the file is locked already, or FILE.locked is there and may not be replaced
/// \throws Error domain  the passphrase is shorter than shortest_passphrase
/// \throws Error         as read_file, to_locked, write_private_file; nothing is then written or removed
std::filesystem::path lock_file(std::filesystem::path const& file,
                                Passphrase const& passphrase,
                                LockSettings const& settings);

/// Writes FILE from FILE.locked, for its owner alone, and leaves FILE.locked where it is.
/// \return its path
/// \throws Error usage  the name does not end in .locked, or FILE is there and may not be replaced
/// \throws Error        as read_file, to_clear, write_private_file; nothing is then written
std::filesystem::path
unlock_file(std::filesystem::path const& locked, Passphrase const& passphrase, bool replace);

} // namespace cmq::pipeline
