// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One list of columns by which a kind of rows is written to a table and read back from it.

#pragma once

#include "core/error.hpp"
#include "core/table.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace cmq::pipeline {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// The columns of Row. Numbers become numbers (none: NaN), whole numbers, enumerators and yes-or-no become
/// whole numbers (none: -1), text becomes text.
template <class Row>
class RowMap {
public:
    /// A column for what `member` refers to: a function from Row& to a reference. `most` is the largest
    /// whole number that may be read back; for enumerators the last one.
    template <class Member>
    RowMap& add(std::string name,
                std::string unit,
                std::string meaning,
                Member member,
                std::int64_t most = std::numeric_limits<std::int64_t>::max()) {
        using Value = std::remove_cvref_t<std::invoke_result_t<Member, Row&>>;
        Entry entry{std::move(name), std::move(unit), std::move(meaning), {}, {}};
        entry.save = [member](Table& table, Entry const& self, std::span<Row const> rows) {
            Column column{self.name, self.unit, self.meaning, std::vector<Cell<Value>>{}};
            auto& cells = std::get<std::vector<Cell<Value>>>(column.cells);
            for (Row const& row : rows) {
                // The member is only read here; one function serves both ways.
                cells.push_back(to_cell<Value>(member(const_cast<Row&>(row)), self.name));
            }
            table.add(std::move(column));
        };
        entry.load = [member, most](Table const& table, Entry const& self, std::span<Row> rows) {
            auto const* cells = std::get_if<std::vector<Cell<Value>>>(&column_of(table, self.name));
            if (cells == nullptr) {
                throw Error{
                    ErrorKind::format,
                    {"la colonne « {} » est d’un autre type", "column '{}' is of another kind"},
                    self.name};
            }
            for (std::size_t i = 0; i < rows.size(); ++i) {
                try {
                    from_cell((*cells)[i], member(rows[i]), most, self.name);
                } catch (Error& error) {
                    error.at(Sentence{{"ligne {}", "row {}"}, i});
                    throw;
                }
            }
        };
        entries_.push_back(std::move(entry));
        return *this;
    }

    /// \throws Error numeric  a number could not be read back: it is not finite, or beyond 1e100
    [[nodiscard]] Table to_table(std::span<Row const> rows) const {
        Table table;
        for (Entry const& entry : entries_) {
            entry.save(table, entry, rows);
        }
        return table;
    }

    /// \throws Error format  a column is missing or of another kind, or a value is none of its kind
    [[nodiscard]] std::vector<Row> to_rows(Table const& table) const {
        std::vector<Row> rows(table.rows());
        for (Entry const& entry : entries_) {
            entry.load(table, entry, rows);
        }
        return rows;
    }

private:
    template <class Value>
    using Cell =
        std::conditional_t<std::is_same_v<Value, std::string>,
                           std::string,
                           std::conditional_t<std::is_floating_point_v<Value> ||
                                                  std::is_same_v<Value, std::optional<double>>,
                                              double,
                                              std::int64_t>>;

    struct Entry {
        std::string name;
        std::string unit;
        std::string meaning;
        std::function<void(Table&, Entry const&, std::span<Row const>)> save;
        std::function<void(Table const&, Entry const&, std::span<Row>)> load;
    };

    static auto const& column_of(Table const& table, std::string const& name) {
        for (Column const& column : table.columns()) {
            if (column.name == name) {
                return column.cells;
            }
        }
        throw Error{
            ErrorKind::format, {"la colonne « {} » manque", "column '{}' is missing"}, name};
    }

    /// Sums, products and squares of such numbers are finite.
    static bool is_number(double value) { return std::abs(value) <= 1e100; }

    template <class Value>
    static Cell<Value> to_cell(Value const& value, std::string const& name) {
        if constexpr (std::is_same_v<Value, std::optional<double>>) {
            return value ? to_cell(*value, name) : std::numeric_limits<double>::quiet_NaN();
        } else if constexpr (is_optional<Value>) {
            return value ? static_cast<std::int64_t>(*value) : -1;
        } else if constexpr (std::is_floating_point_v<Value>) {
            if (!is_number(static_cast<double>(value))) {
                throw Error{
                    ErrorKind::numeric,
                    {"le résultat calculé pour « {} » n’est pas un nombre inférieur à 1e100",
                     "what was computed for '{}' is no number below 1e100"},
                    name};
            }
            return static_cast<double>(value);
        } else {
            return static_cast<Cell<Value>>(value);
        }
    }

    static void
    from_cell(std::string const& cell, std::string& value, std::int64_t, std::string const&) {
        value = cell;
    }

    template <class Value>
    static void from_cell(double cell, Value& value, std::int64_t, std::string const& name) {
        bool const is_none = is_optional<Value> && std::isnan(cell);
        if (!is_none && !is_number(cell)) {
            throw Error{ErrorKind::format,
                        {"la colonne « {} » ne contient pas un nombre inférieur à 1e100",
                         "column '{}' holds no number below 1e100"},
                        name};
        }
        if constexpr (is_optional<Value>) {
            value = is_none ? Value{} : Value{cell};
        } else {
            value = static_cast<Value>(cell);
        }
    }

    template <class Value>
    static void
    from_cell(std::int64_t cell, Value& value, std::int64_t most, std::string const& name) {
        if constexpr (is_optional<Value>) {
            if (cell == -1) {
                value.reset();
                return;
            }
            from_cell(cell, value.emplace(), most, name);
        } else {
            bool const may_be_negative =
                std::is_same_v<Value, std::int64_t> ||
                std::is_same_v<Value, std::uint64_t>; // a seed's upper half
            value = static_cast<Value>(cell);
            if ((cell < 0 && !may_be_negative) || cell > most ||
                static_cast<std::int64_t>(value) != cell) { // beyond what Value holds
                throw Error{ErrorKind::format,
                            {"la colonne « {} » contient {}, qui n’y a pas de sens",
                             "column '{}' holds {}, which means nothing there"},
                            name,
                            cell};
            }
        }
    }

    std::vector<Entry> entries_;
};

} // namespace cmq::pipeline
