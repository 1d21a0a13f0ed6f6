// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Tables as comma-separated text (RFC 4180), the decimal sign a point whatever the locale.

#pragma once

#include "core/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cmq {

/// A header row of column names, then one line a row, '\n' at the end.
/// A text cell that a spreadsheet could take for a formula gets an apostrophe in front.
[[nodiscard]] std::string to_csv(Table const& table);

/// Rows of cells as text; quoted cells may hold commas, quotes and line breaks.
/// \throws Error format  a quote is not closed, or rows differ in length (the sentence names the line)
[[nodiscard]] std::vector<std::vector<std::string>> parse_csv(std::string_view text);

} // namespace cmq
