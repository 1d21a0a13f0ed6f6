// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/table_row.hpp"

#include "core/number_text.hpp"
#include "system/csv.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::pipeline {
namespace {

constexpr std::size_t most_text = 200;

// What a message may quote: a cell can hold anything.
std::string quotable(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string quoted{text.substr(0, most)};
    std::ranges::replace_if(
        quoted, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
    return text.size() > most ? quoted + "..." : quoted;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r";
    auto const first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) {
        return "";
    }
    return std::string{text.substr(first, text.find_last_not_of(spaces) - first + 1)};
}

} // namespace

void refuse_cell(Error error, std::size_t line, std::string_view column) {
    error.at(Sentence{{"ligne {}, colonne « {} »", "line {}, column '{}'"}, line, column});
    throw error;
}

std::vector<TableCells> parse_table(std::string_view text, std::size_t most_rows, Words no_row) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    auto rows = parse_csv(text);
    if (rows.size() > most_rows) {
        throw Error{ErrorKind::limits, {"plus de {} lignes", "more than {} rows"}, most_rows};
    }
    if (rows.size() < 2) {
        throw Error{ErrorKind::format, no_row};
    }
    return rows;
}

TableColumns to_columns(TableCells const& header,
                        std::span<std::string_view const> needed,
                        std::span<std::string_view const> others,
                        Words unknown) {
    TableColumns columns;
    for (std::size_t c = 0; c < header.size(); ++c) {
        std::string const name = trimmed(header[c]);
        if (std::ranges::find(needed, name) == needed.end() &&
            std::ranges::find(others, name) == others.end()) {
            refuse_cell({ErrorKind::format, unknown}, 1, quotable(name));
        }
        if (!columns.emplace(name, c).second) {
            refuse_cell({ErrorKind::format,
                         {"cette colonne figure deux fois", "this column stands there twice"}},
                        1,
                        name);
        }
    }
    for (std::string_view const name : needed) {
        if (columns.find(name) == columns.end()) {
            refuse_cell({ErrorKind::format,
                         {"cette colonne manque : la première ligne nomme les colonnes",
                          "this column is missing: the first line names the columns"}},
                        1,
                        name);
        }
    }
    return columns;
}

std::string TableRow::text(std::string_view column) const {
    auto const found = columns_.find(column);
    std::string word = found == columns_.end() ? "" : trimmed(cells_[found->second]);
    bool const plain =
        std::ranges::none_of(word, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (!plain || word.size() > most_text) {
        refuse_cell({ErrorKind::format,
                     {"un texte a au plus {} octets, sans caractère de commande",
                      "a text has at most {} bytes and no control characters"},
                     most_text},
                    line_,
                    column);
    }
    return word;
}

std::string TableRow::needed_text(std::string_view column) const {
    std::string word = text(column);
    if (word.empty()) {
        refuse_cell(
            {ErrorKind::format, {"la cellule est vide", "the cell is empty"}}, line_, column);
    }
    return word;
}

std::optional<double> TableRow::number(std::string_view column) const {
    std::string const word = text(column);
    if (word.empty()) {
        return std::nullopt;
    }
    auto const value = parse_number(word);
    if (!value || !std::isfinite(*value) || std::abs(*value) > 1e15) {
        refuse_cell({ErrorKind::format,
                     {"« {} » n’est pas un nombre écrit avec un point décimal, d’au plus 1e15",
                      "'{}' is no number written with a decimal point, at most 1e15"},
                     word},
                    line_,
                    column);
    }
    return value;
}

double TableRow::needed_number(std::string_view column) const {
    auto const value = number(column);
    if (!value) {
        refuse_cell(
            {ErrorKind::format, {"la cellule est vide", "the cell is empty"}}, line_, column);
    }
    return *value;
}

std::optional<double> TableRow::number_above_zero(std::string_view column) const {
    auto const value = number(column);
    if (value && !(*value >= 1e-9)) {
        refuse_cell({ErrorKind::domain,
                     {"{} n’est pas supérieur à 0", "{} is not above 0"},
                     number_text(*value)},
                    line_,
                    column);
    }
    return value;
}

} // namespace cmq::pipeline
