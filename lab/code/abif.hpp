// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// ABIF, the container of capillary instruments (.ab1, .fsa, .hid): tagged values, read with bounds.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// One tagged value; a view into the bytes of the file.
struct AbifEntry {
    std::string name; ///< four characters
    std::int32_t number = 0;
    int type =
        0; ///< element type: 2 char, 4 short, 5 long, 10 date, 11 time, 18 Pascal string, 19 C string
    std::span<std::byte const> data;
};

/// The directory of one file. The bytes must outlive it.
///
/// Files of the 3500 series (.hid, ABIF 3.00) have a first directory of hidden element types and a plain one
/// elsewhere: where the first has no traces, the plain one is looked for.
/// Source: Applied Biosystems Genetic Analysis Data File Format, 2009; the second directory: as found in files.
class Abif {
public:
    /// \throws Error format  not ABIF, or its directory or a value lies outside the file
    explicit Abif(std::span<std::byte const> bytes);

    /// From what flat_abif made, which must outlive it.
    /// \throws Error format  cut short
    [[nodiscard]] static Abif from_flat(std::span<std::byte const> bytes);

    [[nodiscard]] std::vector<AbifEntry> const& entries() const noexcept { return entries_; }

    [[nodiscard]] AbifEntry const* find(std::string_view name, std::int32_t number) const noexcept;

    /// Characters of a text of any kind, blanks and NULs at its end left out, what is not printable as '?'; "" without
    /// such an entry.
    [[nodiscard]] std::string text(std::string_view name, std::int32_t number) const;

    /// Characters as they are; "" without such an entry.
    [[nodiscard]] std::string characters(std::string_view name, std::int32_t number) const;

    /// Short integers; none without such an entry, or of another type.
    [[nodiscard]] std::vector<std::int16_t> shorts(std::string_view name,
                                                   std::int32_t number) const;

    /// Integers of four bytes; none without such an entry, or of another type.
    [[nodiscard]] std::vector<std::int32_t> longs(std::string_view name, std::int32_t number) const;

    /// "2010-01-27 09:52:45" of RUND and RUNT with this number; "" where either is not there or is none.
    [[nodiscard]] std::string moment(std::int32_t number) const;

private:
    Abif() = default;

    void read_directory(std::span<std::byte const> bytes, std::size_t offset, std::size_t count);
    void find_plain_directory(std::span<std::byte const> bytes,
                              std::size_t hidden,
                              std::size_t hidden_bytes);

    std::vector<AbifEntry> entries_;
};

/// All entries one after the other, each with its data behind it: what the child process hands over, without an offset
/// that could lead astray.
[[nodiscard]] std::string flat_abif(Abif const& abif);

/// Whether the bytes begin as ABIF.
[[nodiscard]] bool is_abif(std::span<std::byte const> bytes) noexcept;

} // namespace cmq::lab
