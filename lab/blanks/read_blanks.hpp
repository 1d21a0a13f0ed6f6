// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A laboratory's table of blanks as comma-separated text.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

struct BlankRow {
    std::size_t line = 0; ///< of the text, the header being line 1
    double value = 0.0;
    std::optional<std::int64_t> day; ///< days since 1970-01-01
    std::string date;                ///< as written, YYYY-MM-DD; "" without one
    std::string label;
    double level = 0.0; ///< known amount; 0 for a blank
};

struct BlankTable {
    std::vector<BlankRow>
        blanks; ///< level 0; at least two, not all equal; in order of date, else of the text
    std::vector<BlankRow> levels; ///< level above 0, in order of the text
    bool dated = false;           ///< every blank has its day; else none has
};

inline constexpr std::size_t most_blank_rows = 100'000;
inline constexpr std::size_t most_blank_bytes = std::size_t{16} << 20U;

/// Columns: value (a number), and optionally date (YYYY-MM-DD), label, level (a number from 0; empty: 0).
/// Numbers: 0, or from 1e-30 to 1e30 either way, with a decimal point. A byte order mark is passed over.
///
/// \throws Error format        the table is no CSV, lacks `value`, has an unknown or double column, a cell that is no
///                             number or date, a date for some blanks only; the sentence says what, a place the line
///                             and column
/// \throws Error insufficient  fewer than two blanks, or all of them equal within what a double holds
/// \throws Error limits        more rows than most_blank_rows
[[nodiscard]] BlankTable parse_blanks(std::string_view text);

} // namespace cmq::lab
