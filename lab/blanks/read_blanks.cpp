// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/read_blanks.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace cmq::lab {
namespace {

using Cells = std::vector<std::string>;

struct Columns {
    std::optional<std::size_t> value;
    std::optional<std::size_t> date;
    std::optional<std::size_t> label;
    std::optional<std::size_t> level;
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

// What a message may quote: a cell can hold anything.
std::string quotable(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string quoted{text.substr(0, most)};
    std::ranges::replace_if(
        quoted, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    if (text.size() > most) { // not within a character of UTF-8
        while (!quoted.empty() && (static_cast<unsigned char>(quoted.back()) & 0xC0U) == 0x80U) {
            quoted.pop_back();
        }
        if (!quoted.empty() && (static_cast<unsigned char>(quoted.back()) & 0x80U) != 0) {
            quoted.pop_back();
        }
    }
    return text.size() > most ? quoted + "..." : quoted;
}

Sentence place(std::size_t line, std::string_view column) {
    return Sentence{{"ligne {}, colonne « {} »", "line {}, column '{}'"}, line, column};
}

[[noreturn]] void refuse(Error error, std::size_t line) {
    error.at(Sentence{{"ligne {}", "line {}"}, line});
    throw error;
}

[[noreturn]] void refuse(Error error, std::size_t line, std::string_view column) {
    error.at(place(line, column));
    throw error;
}

void check_header_separator(Cells const& header) {
    if (header.size() == 1 && header.front().find(';') != std::string::npos) {
        refuse({ErrorKind::format,
                {"les colonnes sont séparées par des points-virgules : enregistrer le tableau "
                 "avec des virgules, et les nombres avec un point décimal",
                 "columns are separated by semicolons: save the table with commas, and numbers "
                 "with a decimal point"}},
               1);
    }
}

Columns to_columns(Cells const& header) {
    check_header_separator(header);
    Columns columns;
    std::array const known{std::pair{std::string_view{"value"}, &columns.value},
                           std::pair{std::string_view{"date"}, &columns.date},
                           std::pair{std::string_view{"label"}, &columns.label},
                           std::pair{std::string_view{"level"}, &columns.level}};
    for (std::size_t c = 0; c < header.size(); ++c) {
        auto const name = trimmed(header[c]);
        auto const* const found =
            std::ranges::find(known, name, [](auto const& one) { return one.first; });
        if (found == known.end()) {
            refuse({ErrorKind::format,
                    {"colonne inconnue ; les colonnes sont « value », « date », « label » et "
                     "« level »",
                     "unknown column; the columns are 'value', 'date', 'label' and 'level'"}},
                   1,
                   quotable(name));
        }
        if (*found->second) {
            refuse({ErrorKind::format,
                    {"cette colonne figure deux fois", "this column stands there twice"}},
                   1,
                   name);
        }
        *found->second = c;
    }
    if (!columns.value) {
        refuse({ErrorKind::format,
                {"cette colonne manque : la première ligne nomme les colonnes",
                 "this column is missing: the first line names the columns"}},
               1,
               "value");
    }
    return columns;
}

double to_number(std::string_view cell, std::size_t line, std::string_view column) {
    auto const number = parse_number(trimmed(cell));
    if (!number) {
        refuse({ErrorKind::format,
                {"« {} » n’est pas un nombre écrit avec un point décimal",
                 "'{}' is no number written with a decimal point"},
                quotable(cell)},
               line,
               column);
    }
    // Sums of fourth powers stay within what a double holds.
    if (*number != 0.0 && !(std::abs(*number) >= 1e-30 && std::abs(*number) <= 1e30)) {
        refuse({ErrorKind::format,
                {"« {} » sort de ce qui se mesure : 0, ou de 1e-30 à 1e30",
                 "'{}' is beyond what is measured: 0, or from 1e-30 to 1e30"},
                quotable(cell)},
               line,
               column);
    }
    return *number;
}

std::optional<int> digits(std::string_view text) {
    int number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const whole = error == std::errc{} && end == text.data() + text.size() && number >= 0;
    return whole && text.front() != '+' ? std::optional{number} : std::nullopt;
}

std::optional<std::int64_t> to_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return {};
    }
    auto const year = digits(text.substr(0, 4));
    auto const month = digits(text.substr(5, 2));
    auto const day = digits(text.substr(8, 2));
    if (!year || !month || !day) {
        return {};
    }
    std::chrono::year_month_day const date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        return {};
    }
    return std::chrono::sys_days{date}.time_since_epoch().count();
}

BlankRow to_row(Cells const& cells, Columns const& columns, std::size_t line) {
    if (std::ranges::any_of(
            cells, [](std::string const& cell) { return cell.find('\n') != std::string::npos; })) {
        refuse({ErrorKind::format,
                {"une cellule contient un saut de ligne", "a cell holds a line break"}},
               line);
    }
    BlankRow row;
    row.line = line;
    row.value = to_number(cells[*columns.value], line, "value");
    if (columns.level && !trimmed(cells[*columns.level]).empty()) {
        row.level = to_number(cells[*columns.level], line, "level");
        if (row.level < 0.0) {
            refuse(
                {ErrorKind::format,
                 {"une quantité connue ne peut être négative", "a known amount cannot be below 0"}},
                line,
                "level");
        }
    }
    if (columns.label) {
        row.label = cells[*columns.label];
    }
    auto const date = columns.date ? trimmed(cells[*columns.date]) : std::string_view{};
    if (!date.empty()) {
        row.day = to_day(date);
        row.date = date;
        if (!row.day) {
            refuse({ErrorKind::format,
                    {"« {} » n’est pas une date du calendrier, AAAA-MM-JJ",
                     "'{}' is no date of the calendar, YYYY-MM-DD"},
                    quotable(date)},
                   line,
                   "date");
        }
    }
    return row;
}

void check_dates(BlankTable& table) {
    auto const has_day = [](BlankRow const& row) { return row.day.has_value(); };
    table.dated = std::ranges::any_of(table.blanks, has_day);
    auto const without = std::ranges::find_if_not(table.blanks, has_day);
    if (table.dated && without != table.blanks.end()) {
        refuse({ErrorKind::format,
                {"ce blanc n’a pas de date alors que d’autres en ont une : dater tous les blancs, "
                 "ou aucun",
                 "this blank has no date where others have one: date all blanks or none"}},
               without->line,
               "date");
    }
}

void check_values(BlankTable const& table, std::size_t last_line) {
    if (table.blanks.size() < 2) {
        refuse({ErrorKind::insufficient,
                {"une valeur critique demande au moins deux blancs ; le tableau en compte {}",
                 "a critical value needs at least two blanks; the table has {}"},
                table.blanks.size()},
               table.blanks.empty() ? last_line : table.blanks.front().line,
               "value");
    }
    auto const [low, high] = std::ranges::minmax_element(table.blanks, {}, &BlankRow::value);
    // Below, the differences are the rounding of the numbers.
    constexpr double rounding = 1e-12;
    double const size = std::max(std::abs(low->value), std::abs(high->value));
    if (high->value - low->value <= rounding * size) {
        refuse({ErrorKind::insufficient,
                {"tous les blancs ont la même valeur, {} : leur dispersion est inconnue",
                 "all blanks have the same value, {}: their spread is unknown"},
                low->value},
               table.blanks.back().line,
               "value");
    }
}

} // namespace

BlankTable parse_blanks(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    if (static_cast<std::size_t>(std::ranges::count(text, '\n')) > most_blank_rows) {
        throw Error{ErrorKind::limits,
                    {"le tableau a plus de {} lignes", "the table has more than {} rows"},
                    most_blank_rows};
    }
    if (text.find('\0') != std::string_view::npos) { // a picture, a spreadsheet
        throw Error{ErrorKind::format,
                    {"ce n’est pas un tableau de texte (CSV) ; l’enregistrer comme tel",
                     "this is no table of text (CSV); save it as one"}};
    }
    auto const rows = parse_csv(text);
    if (rows.empty()) {
        throw Error{ErrorKind::format, {"le tableau est vide", "the table is empty"}};
    }
    Columns const columns = to_columns(rows.front());
    BlankTable table;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        BlankRow row = to_row(rows[i], columns, i + 1);
        (row.level > 0.0 ? table.levels : table.blanks).push_back(std::move(row));
    }
    check_values(table, rows.size());
    check_dates(table);
    if (table.dated) {
        std::ranges::stable_sort(
            table.blanks, {}, [](BlankRow const& row) { return row.day.value(); });
    }
    return table;
}

} // namespace cmq::lab
