// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/qpcr_table.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/csv.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace cmq::lab {
namespace {

using Cells = std::vector<std::string>;
using Names = std::span<std::string_view const>;

constexpr std::array<std::string_view, 3> cq_names{"cq", "ct", "cp"};
constexpr std::array<std::string_view, 1> well_names{"well"};
constexpr std::array<std::string_view, 2> sample_names{"sample", "sample name"};
constexpr std::array<std::string_view, 3> target_names{"target", "gene", "target name"};
constexpr std::array<std::string_view, 3> copies_names{"sq", "quantity", "copies"};

std::string folded(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    std::string lower{text};
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

std::optional<std::size_t> find_column(Cells const& header, Names names) {
    for (std::string_view const name : names) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (folded(header[i]) == name) {
                return i;
            }
        }
    }
    return {};
}

struct Columns {
    explicit Columns(Cells const& header)
        : cq{find_column(header, cq_names)}
        , well{find_column(header, well_names)}
        , sample{find_column(header, sample_names)}
        , target{find_column(header, target_names)}
        , copies{find_column(header, copies_names)} {}

    std::optional<std::size_t> cq;
    std::optional<std::size_t> well;
    std::optional<std::size_t> sample;
    std::optional<std::size_t> target;
    std::optional<std::size_t> copies;
};

std::string text_of(Cells const& row, std::optional<std::size_t> column) {
    return column ? row[*column] : "";
}

std::optional<double>
number_of(Cells const& row, std::size_t column, std::size_t line, std::string_view name) {
    std::string const cell = folded(row[column]);
    constexpr std::array<std::string_view, 5> none{"", "nan", "na", "n/a", "undetermined"};
    if (std::ranges::find(none, cell) != none.end()) {
        return {};
    }
    auto const number = parse_number(cell);
    if (!number) {
        throw Error{ErrorKind::format,
                    {"ligne {}, colonne « {} » : attendu, un nombre à point décimal",
                     "line {}, column '{}': expected a number with a decimal point"},
                    line,
                    name};
    }
    return number;
}

bool is_blank_name(std::string_view sample) {
    constexpr std::array<std::string_view, 5> begins{"ntc", "nc", "neg", "blank", "h2o"};
    std::string const name = folded(sample);
    return std::ranges::any_of(begins,
                               [&](std::string_view begin) { return name.starts_with(begin); });
}

QpcrWell read_well(Cells const& row, Columns const& columns, std::size_t line) {
    QpcrWell well;
    well.line = line;
    well.well = text_of(row, columns.well);
    well.sample = text_of(row, columns.sample);
    well.target = text_of(row, columns.target);
    well.cq = number_of(row, *columns.cq, line, "Cq");
    if (columns.copies) {
        well.copies = number_of(row, *columns.copies, line, "SQ");
    }
    constexpr double most_cycles = 100.0;
    if (well.cq && !(*well.cq > 0.0 && *well.cq <= most_cycles)) {
        throw Error{ErrorKind::format,
                    {"ligne {} : un Cq hors de 0 à {}", "line {}: a Cq outside 0 to {}"},
                    line,
                    most_cycles};
    }
    if (well.copies && !(*well.copies >= 0.0 && *well.copies <= 1e15)) {
        throw Error{ErrorKind::format,
                    {"ligne {} : un nombre de copies hors de 0 à 1e15",
                     "line {}: a number of copies outside 0 to 1e15"},
                    line};
    }
    well.is_blank = is_blank_name(well.sample) || (well.copies && *well.copies == 0.0);
    if (well.is_blank) {
        well.copies.reset();
    }
    return well;
}

std::string_view without_mark(std::string_view text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

} // namespace

bool is_qpcr_table(std::string_view text) noexcept {
    text = without_mark(text);
    std::string_view line = text.substr(0, std::min(text.find('\n'), text.size()));
    while (!line.empty() && line.size() < 10'000) {
        std::size_t const comma = std::min(line.find(','), line.size());
        std::string cell = folded(line.substr(0, comma));
        std::erase(cell, '"');
        if (std::ranges::find(cq_names, cell) != cq_names.end()) {
            return true;
        }
        line.remove_prefix(std::min(comma + 1, line.size()));
    }
    return false;
}

QpcrTable parse_qpcr(std::string_view text) {
    auto const rows = parse_csv(without_mark(text));
    if (rows.size() > most_wells + 1) {
        throw Error{ErrorKind::limits, {"plus de {} puits", "more than {} wells"}, most_wells};
    }
    if (rows.size() < 2) {
        throw Error{ErrorKind::insufficient, {"aucun puits", "no wells"}};
    }
    Columns const columns{rows.front()};
    if (!columns.cq) {
        throw Error{ErrorKind::format,
                    {"il n’y a pas de colonne « Cq »", "there is no column 'Cq'"}};
    }
    QpcrTable table;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        table.wells.push_back(read_well(rows[i], columns, i + 1));
    }
    return table;
}

} // namespace cmq::lab
