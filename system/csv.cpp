// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/csv.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cmq {
namespace {

std::string quoted(std::string const& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        return cell;
    }
    std::string text = "\"";
    for (char const c : cell) {
        text += c;
        if (c == '"') {
            text += '"';
        }
    }
    return text + '"';
}

// "=1+1" in a cell is run by spreadsheets; the file may come from the other side.
std::string text_cell(std::string const& cell) {
    constexpr std::string_view formula_starts = "=+-@\t\r\n";
    // The same signs in full width, which some spreadsheets take for them.
    constexpr std::array<std::string_view, 4> wide_starts{"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    // Spreadsheets skip spaces before they look for a formula.
    std::string_view const start =
        std::string_view{cell}.substr(std::min(cell.find_first_not_of(' '), cell.size()));
    bool const risky =
        !start.empty() && (formula_starts.find(start.front()) != std::string_view::npos ||
                           std::ranges::any_of(wide_starts, [&](std::string_view sign) {
                               return start.starts_with(sign);
                           }));
    return quoted(risky ? "'" + cell : cell);
}

} // namespace

std::string to_csv(Table const& table) {
    std::string text;
    auto const& columns = table.columns();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        text += (c == 0 ? "" : ",") + quoted(columns[c].name);
    }
    text += '\n';
    for (std::size_t row = 0; row < table.rows(); ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            bool const is_text = std::holds_alternative<std::vector<std::string>>(columns[c].cells);
            std::string const cell = table.text(row, c);
            text += (c == 0 ? "" : ",") + (is_text ? text_cell(cell) : cell);
        }
        text += '\n';
    }
    return text;
}

namespace {

/// \throws Error format  it has another number of cells than the first
void add_row(std::vector<std::string> row,
             std::size_t line,
             std::vector<std::vector<std::string>>& rows) {
    if (!rows.empty() && row.size() != rows.front().size()) {
        throw Error{ErrorKind::format,
                    {"la ligne {} a {} cellules, la première en a {}",
                     "line {} has {} cells where the first line has {}"},
                    line,
                    row.size(),
                    rows.front().size()};
    }
    rows.push_back(std::move(row));
}

} // namespace

std::vector<std::vector<std::string>> parse_csv(std::string_view text) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    std::string cell;
    bool in_quotes = false;
    std::size_t line = 1;
    std::size_t quote_line = 0;
    auto const end_row = [&] {
        row.push_back(std::move(cell));
        cell.clear();
        add_row(std::move(row), line, rows);
        row.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (in_quotes) {
            line += static_cast<std::size_t>(c == '\n');
            if (c != '"') {
                cell += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                cell += c;
                ++i;
            } else {
                in_quotes = false;
            }
        } else if (c == '"' && cell.empty()) {
            in_quotes = true;
            quote_line = line;
        } else if (c == ',') {
            row.push_back(std::move(cell));
            cell.clear();
        } else if (c == '\n') {
            end_row();
            ++line;
        } else if (c != '\r') {
            cell += c;
        }
    }
    if (in_quotes) {
        throw Error{ErrorKind::format,
                    {"le guillemet ouvert à la ligne {} n’est pas fermé",
                     "the quote opened on line {} is not closed"},
                    quote_line};
    }
    if (!cell.empty() || !row.empty()) {
        end_row();
    }
    return rows;
}

} // namespace cmq
