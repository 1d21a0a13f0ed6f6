// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Bytes encrypted under a passphrase. Format: docs/formats/locked.md.

#pragma once

#include "system/passphrase.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq {

/// What one guess of the passphrase costs: passes of Argon2id over so much memory.
struct LockStrength {
    std::uint64_t passes = 0;
    std::uint64_t memory_bytes = 0;
};

/// libsodium's "moderate": about a second a guess on one core.
inline constexpr LockStrength default_strength{3, std::uint64_t{256} << 20U};

/// The most that a file may ask for when it is read: whoever made it may be hostile.
inline constexpr LockStrength strongest{10, std::uint64_t{1} << 30U};

/// Whether the bytes begin as a locked file of any version does.
[[nodiscard]] bool is_locked(std::span<std::byte const> bytes) noexcept;

/// Encrypts with a key from Argon2id (salt of its own each time) by XChaCha20-Poly1305 in chunks of 64 KiB, each
/// bound to its place, to the header, and the last to being the last. Two calls never give the same bytes.
/// \pre strength lies within libsodium's smallest (1 pass, 8 KiB) and `strongest`
/// \throws Error limits  the memory is not there
[[nodiscard]] std::vector<std::byte> to_locked(std::span<std::byte const> clear,
                                               Passphrase const& passphrase,
                                               LockStrength strength = default_strength);

/// The bytes that were locked, all of them or none.
/// \throws Error format       not a locked file
/// \throws Error unsupported  a later version
/// \throws Error limits       asks for more than `strongest`, or the memory is not there
/// \throws Error integrity    wrong passphrase or edited (the two cannot be told apart), cut short, or longer
[[nodiscard]] std::vector<std::byte> to_clear(std::span<std::byte const> locked,
                                              Passphrase const& passphrase);

} // namespace cmq
