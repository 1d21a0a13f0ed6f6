// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Rows of the tables that users hand in: cells by column name, refused with their place. Internal.

#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

using TableCells = std::vector<std::string>;
using TableColumns = std::map<std::string, std::size_t, std::less<>>; ///< name -> place in a row

/// Throws the error with its line and column.
[[noreturn]] void refuse_cell(Error error, std::size_t line, std::string_view column);

/// The names of the first line.
/// \param unknown  what is said of a column of neither list
/// \throws Error format  a column unknown, there twice, or missing
[[nodiscard]] TableColumns to_columns(TableCells const& header,
                                      std::span<std::string_view const> needed,
                                      std::span<std::string_view const> others,
                                      Words unknown);

/// All rows of a comma-separated text, the first one the header; a byte order mark is passed over.
/// \param no_row  what is said where nothing follows the header
/// \throws Error format  no CSV, or no row; limits: more than most_rows
[[nodiscard]] std::vector<TableCells>
parse_table(std::string_view text, std::size_t most_rows, Words no_row);

/// One row, with its place for what is wrong in it.
class TableRow {
public:
    TableRow(TableCells const& cells, TableColumns const& columns, std::size_t line)
        : cells_{cells}
        , columns_{columns}
        , line_{line} {}

    /// "" where the column is not there.
    /// \throws Error format  longer than 200 bytes, or with control characters
    [[nodiscard]] std::string text(std::string_view column) const;

    /// \throws Error format  as text, or empty
    [[nodiscard]] std::string needed_text(std::string_view column) const;

    /// Nothing for an empty cell.
    /// \throws Error format  no number of at most 1e15
    [[nodiscard]] std::optional<double> number(std::string_view column) const;

    [[nodiscard]] double needed_number(std::string_view column) const;

    /// \throws Error domain  not above 0 (1e-9)
    [[nodiscard]] std::optional<double> number_above_zero(std::string_view column) const;

    [[nodiscard]] std::size_t line() const noexcept { return line_; }

private:
    TableCells const& cells_;
    TableColumns const& columns_;
    std::size_t line_;
};

} // namespace cmq::pipeline
