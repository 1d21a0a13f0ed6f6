// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Writes ABIF, the container of capillary instruments: for simulated runs.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// One tagged value for a file.
struct AbifValue {
    std::string name; ///< four characters
    int number = 1;
    int type = 2; ///< as AbifEntry::type
    int size = 1; ///< bytes of an element
    std::string data;
};

/// The last bytes of a number, most significant first.
void add_big_endian(std::string& bytes, std::uint64_t value, int size);

/// As type 4 holds them.
[[nodiscard]] std::string to_abif_shorts(std::span<int const> values);

/// As type 18 holds it: its length, then its characters.
/// \pre at most 255 characters
[[nodiscard]] std::string to_abif_text(std::string const& text);

/// One entry of a directory, for data that begin at this offset.
[[nodiscard]] std::string to_abif_entry(AbifValue const& value, std::size_t offset);

/// A whole file: head, data, directory.
/// Source: Applied Biosystems Genetic Analysis Data File Format, 2009.
[[nodiscard]] std::string to_abif(std::span<AbifValue const> values);

} // namespace cmq::lab
