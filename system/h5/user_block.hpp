// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The first 512 bytes of an HDF5 file of this program: what it is, and the SHA-256 of all that follows.

#pragma once

#include "system/h5/kind.hpp"

#include <cstddef>
#include <span>

namespace cmq {

inline constexpr std::size_t h5_user_block_bytes = 512;

/// Fills in the block. \pre bytes.size() > h5_user_block_bytes
void write_user_block(std::span<std::byte> bytes, H5Kind const& kind);

/// Checks the block against the bytes after it.
/// \throws Error format       no file of that kind
/// \throws Error unsupported  of a later version
/// \throws Error integrity    the bytes are not those that were written
void check_user_block(std::span<std::byte const> bytes, H5Kind const& kind);

} // namespace cmq
