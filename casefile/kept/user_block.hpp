// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The first 512 bytes of case.h5.

#pragma once

#include <cstddef>
#include <string_view>

namespace cmq::casefile {

inline constexpr std::size_t user_block_bytes = 512;
inline constexpr std::string_view user_block_title = "CONTREMARQUE CASE 1\n";
inline constexpr std::string_view user_block_text =
    "An HDF5 file begins at byte 512. SHA-256 of the bytes from there to the end:\n";

} // namespace cmq::casefile
