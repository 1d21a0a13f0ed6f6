// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Likelihood ratios with known truth as comma-separated text.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// One likelihood ratio of a case whose truth is known.
struct KnownLr {
    double log10_lr = 0.0;   ///< minus infinity for a ratio of 0, infinity for an infinite one
    std::uint32_t group = 0; ///< index into LrTable::groups; 0 without groups
    bool h1 = true;          ///< H1 was true; else H2
};

/// How a truth was written, and how often.
struct Spelling {
    std::string text;
    std::size_t rows = 0;
};

struct LrTable {
    std::vector<KnownLr> rows;       ///< in order of the text
    std::vector<std::string> groups; ///< in order of first appearance; empty without that column
    bool in_log10 = false;           ///< the column was log10_lr
    std::array<std::vector<Spelling>, 2> spellings; ///< what was taken as H1, as H2
};

inline constexpr std::size_t most_lr_rows = 10'000'000;
inline constexpr std::size_t most_lr_bytes = std::size_t{1} << 29U;

/// Columns, in any order: truth (h1 or h2, 1 or 0, true or false, in any case of letters), lr (from 0 to inf) or
/// log10_lr (from -inf to inf), and optionally group (any text: results that belong together, of one person or one
/// laboratory). A byte order mark is passed over. Each row stands on one line.
///
/// \throws Error format  no CSV; a column that is missing, unknown or double; a cell that is no truth or no ratio;
///                       the sentence says what, a place the line and column
/// \throws Error insufficient  no row
/// \throws Error limits  more rows than most_lr_rows, or a line of more than 4096 bytes
///
/// Cost: one pass, a few hundred nanoseconds a row; 16 bytes a row and the names of groups are kept.
[[nodiscard]] LrTable parse_lrs(std::string_view text);

} // namespace cmq::lab
