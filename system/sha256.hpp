// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// SHA-256 of bytes.

#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace cmq {

/// 64 lower-case hexadecimal digits (FIPS 180-4).
[[nodiscard]] std::string sha256_hex(std::span<std::byte const> bytes);

} // namespace cmq
