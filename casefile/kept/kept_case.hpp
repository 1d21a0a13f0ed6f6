// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a case file (case.h5) holds, in memory and as plain bytes.

#pragma once

#include "core/table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// A table by name: lower-case letters, digits and '_'.
struct KeptTable {
    std::string name;
    Table table;
};

/// An 8-bit colour picture by name, row by row, red green blue.
struct KeptPicture {
    std::string name;
    std::uint32_t height = 0;
    std::uint32_t width = 0;
    std::vector<std::uint8_t> rgb; ///< height * width * 3
};

/// Everything that was computed for a case, and the text it was computed from.
struct KeptCase {
    std::string case_text; ///< the bytes of case.toml
    std::vector<KeptTable> tables;
    std::vector<KeptPicture> pictures;
};

/// The table of that name.
/// \throws Error format  there is none
[[nodiscard]] Table const& table_of(KeptCase const& kept, std::string_view name);

/// The picture of that name.
/// \throws Error format  there is none
[[nodiscard]] KeptPicture const& picture_of(KeptCase const& kept, std::string_view name);

/// One table as bytes: little-endian, every text with its length. Equal tables give equal bytes on any
/// machine, so its SHA-256 names what a step made.
[[nodiscard]] std::vector<std::byte> to_bytes(Table const& table);

/// The whole case as bytes; what the reader program hands to its parent.
[[nodiscard]] std::vector<std::byte> to_bytes(KeptCase const& kept);

/// The inverse of to_bytes(KeptCase), for bytes that may be hostile: nothing is taken on trust.
/// \throws Error format  a length does not fit, a table is uneven, a name occurs twice, bytes are left over
[[nodiscard]] KeptCase to_kept_case(std::span<std::byte const> bytes);

} // namespace cmq::casefile
