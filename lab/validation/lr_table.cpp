// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/lr_table.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

namespace cmq::lab {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t most_line_bytes = 4096;
constexpr double infinite = std::numeric_limits<double>::infinity();

struct Columns {
    std::optional<std::size_t> truth;
    std::optional<std::size_t> lr;
    std::optional<std::size_t> log10_lr;
    std::optional<std::size_t> group;
    std::size_t all = 0;
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

// What a message may quote: a cell can hold anything.
std::string quotable(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string quoted;
    for (char const c : text.substr(0, most)) {
        bool const printable = static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
        quoted += printable ? c : '?';
    }
    if (text.size() > most) { // not within a character of UTF-8
        while (!quoted.empty() && (static_cast<unsigned char>(quoted.back()) & 0x80U) != 0) {
            quoted.pop_back();
        }
        quoted += "...";
    }
    return quoted;
}

std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

[[noreturn]] void refuse(Error error, std::size_t line, std::string_view column = "") {
    error.at(column.empty()
                 ? Sentence{{"ligne {}", "line {}"}, line}
                 : Sentence{{"ligne {}, colonne « {} »", "line {}, column '{}'"}, line, column});
    throw error;
}

// ---- the header

void check_separator(std::string_view header) {
    if (header.find(',') == std::string_view::npos &&
        header.find_first_of(";\t") != std::string_view::npos) {
        refuse({ErrorKind::format,
                {"les colonnes ne sont pas séparées par des virgules : enregistrer le tableau "
                 "avec des virgules, et les nombres avec un point décimal",
                 "columns are not separated by commas: save the table with commas, and numbers "
                 "with a decimal point"}},
               1);
    }
}

std::optional<std::size_t>& column_of(Columns& columns, std::string_view name) {
    if (name == "truth") {
        return columns.truth;
    }
    if (name == "lr") {
        return columns.lr;
    }
    if (name == "log10_lr") {
        return columns.log10_lr;
    }
    if (name == "group") {
        return columns.group;
    }
    refuse({ErrorKind::format,
            {"colonne inconnue ; les colonnes sont « truth », « lr » ou « log10_lr », et au choix "
             "« group »",
             "unknown column; the columns are 'truth', 'lr' or 'log10_lr', and optionally "
             "'group'"}},
           1,
           name.empty() ? "" : quotable(name));
}

void check_all_there(Columns const& columns) {
    if (!columns.truth) {
        refuse({ErrorKind::format,
                {"cette colonne manque : la première ligne nomme les colonnes",
                 "this column is missing: the first line names the columns"}},
               1,
               "truth");
    }
    if (!columns.lr && !columns.log10_lr) {
        refuse({ErrorKind::format,
                {"ni « lr » ni « log10_lr » : la première ligne nomme les colonnes",
                 "neither 'lr' nor 'log10_lr': the first line names the columns"}},
               1);
    }
    if (columns.lr && columns.log10_lr) {
        refuse({ErrorKind::format,
                {"« lr » et « log10_lr » à la fois : n’en garder qu’une",
                 "both 'lr' and 'log10_lr': keep one of them"}},
               1);
    }
}

Columns to_columns(std::string_view header) {
    check_separator(header);
    auto const rows = parse_csv(header);
    Columns columns;
    Cells const cells = rows.empty() ? Cells{} : rows.front();
    columns.all = cells.size();
    for (std::size_t c = 0; c < cells.size(); ++c) {
        auto const name = trimmed(cells[c]);
        auto& column = column_of(columns, name);
        if (column) {
            refuse({ErrorKind::format,
                    {"cette colonne figure deux fois", "this column stands there twice"}},
                   1,
                   name);
        }
        column = c;
    }
    check_all_there(columns);
    return columns;
}

// ---- cells

double to_log10_lr(std::string_view cell, Columns const& columns, std::size_t line) {
    std::string_view const name = columns.lr ? "lr" : "log10_lr";
    std::string const word = lower_case(cell);
    if (word == "inf" || word == "+inf" || word == "infinity") {
        return infinite;
    }
    if (columns.log10_lr && (word == "-inf" || word == "-infinity")) {
        return -infinite;
    }
    auto const number = parse_number(cell);
    if (!number) {
        refuse({ErrorKind::format,
                {"« {} » n’est pas un nombre écrit avec un point décimal, ni « inf »",
                 "'{}' is no number written with a decimal point, nor 'inf'"},
                quotable(cell)},
               line,
               name);
    }
    if (columns.log10_lr) {
        return *number;
    }
    if (*number < 0.0) {
        refuse({ErrorKind::format,
                {"{} : un rapport de vraisemblance n’est pas négatif ; la colonne d’un logarithme "
                 "s’appelle « log10_lr »",
                 "{}: a likelihood ratio is not negative; the column of a logarithm is called "
                 "'log10_lr'"},
                quotable(cell)},
               line,
               name);
    }
    return *number == 0.0 ? -infinite : std::log10(*number);
}

bool is_h1(std::string_view cell, std::size_t line) {
    std::string const word = lower_case(cell);
    if (word == "h1" || word == "1" || word == "true") {
        return true;
    }
    if (word == "h2" || word == "0" || word == "false") {
        return false;
    }
    refuse({ErrorKind::format,
            {"« {} » ne dit pas la vérité connue : h1 ou h2, 1 ou 0, true ou false",
             "'{}' does not say the known truth: h1 or h2, 1 or 0, true or false"},
            quotable(cell)},
           line,
           "truth");
}

void count(std::vector<Spelling>& spellings, std::string_view text) {
    auto found = std::ranges::find(spellings, text, &Spelling::text);
    if (found == spellings.end()) {
        spellings.push_back({.text = std::string{text}, .rows = 0});
        found = spellings.end() - 1;
    }
    ++found->rows;
}

// ---- rows

class Reader {
public:
    explicit Reader(Columns const& columns) : columns_{columns} {
        table_.in_log10 = columns.log10_lr.has_value();
    }

    void add(std::string_view text, std::size_t line) {
        Cells const cells = to_cells(text, line);
        auto const truth = trimmed(cells[*columns_.truth]);
        KnownLr row;
        row.h1 = is_h1(truth, line);
        count(table_.spellings.at(row.h1 ? 0 : 1), truth);
        auto const column = columns_.lr ? *columns_.lr : *columns_.log10_lr;
        row.log10_lr = to_log10_lr(trimmed(cells[column]), columns_, line);
        row.group = columns_.group ? group_of(trimmed(cells[*columns_.group]), line) : 0;
        table_.rows.push_back(row);
    }

    LrTable take() { return std::move(table_); }

private:
    Cells to_cells(std::string_view text, std::size_t line) const {
        std::vector<Cells> rows;
        try {
            rows = parse_csv(text);
        } catch (Error const&) { // its line would be the first
            refuse({ErrorKind::format,
                    {"un guillemet n’est pas fermé sur cette ligne",
                     "a quote is not closed on this line"}},
                   line);
        }
        if (rows.size() != 1 || rows.front().size() != columns_.all) {
            refuse(
                {ErrorKind::format,
                 {"{} cellules, la première ligne en a {}", "{} cells where the first line has {}"},
                 rows.empty() ? 0 : rows.front().size(),
                 columns_.all},
                line);
        }
        return std::move(rows.front());
    }

    std::uint32_t group_of(std::string_view name, std::size_t line) {
        if (name.empty()) {
            refuse({ErrorKind::format,
                    {"ce résultat n’a pas de groupe : en donner un à chaque ligne, ou à aucune",
                     "this result has no group: give one on each line, or on none"}},
                   line,
                   "group");
        }
        auto const next = static_cast<std::uint32_t>(table_.groups.size());
        auto const [found, is_new] = groups_.try_emplace(std::string{name}, next);
        if (is_new) {
            table_.groups.emplace_back(name);
        }
        return found->second;
    }

    Columns columns_;
    LrTable table_;
    std::unordered_map<std::string, std::uint32_t> groups_;
};

// The next line of the text, without its end.
std::string_view take_line(std::string_view& text, std::size_t line) {
    std::size_t const end = text.find('\n');
    std::string_view const first = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (first.size() > most_line_bytes) {
        refuse({ErrorKind::limits,
                {"cette ligne a plus de {} octets", "this line has more than {} bytes"},
                most_line_bytes},
               line);
    }
    return first;
}

void check_is_text(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) { // a picture, a spreadsheet
        throw Error{ErrorKind::format,
                    {"ce n’est pas un tableau de texte (CSV) ; l’enregistrer comme tel",
                     "this is no table of text (CSV); save it as one"}};
    }
    if (trimmed(text).empty()) {
        throw Error{ErrorKind::format, {"le tableau est vide", "the table is empty"}};
    }
    if (static_cast<std::size_t>(std::ranges::count(text, '\n')) > most_lr_rows) {
        throw Error{ErrorKind::limits,
                    {"le tableau a plus de {} lignes", "the table has more than {} rows"},
                    most_lr_rows};
    }
}

} // namespace

LrTable parse_lrs(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    check_is_text(text);
    std::size_t line = 1;
    Reader reader{to_columns(take_line(text, line))};
    while (!text.empty()) {
        ++line;
        reader.add(take_line(text, line), line);
    }
    LrTable table = reader.take();
    if (table.rows.empty()) {
        throw Error{ErrorKind::insufficient,
                    {"le tableau n’a pas de ligne après celle des colonnes",
                     "the table has no row after that of the columns"}};
    }
    return table;
}

} // namespace cmq::lab
