// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the writers of a case file's tables share.

#pragma once

#include "apps/pipeline/row_map.hpp"
#include "casefile/kept/kept_case.hpp"
#include "core/error.hpp"
#include "lab/transfer/parameters.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {

/// A text that belongs to a row of another table.
struct TextRow {
    std::int64_t parent = 0;
    std::string text{};
};

/// Columns `<column>` (row of table `<column>s`) and `text`.
[[nodiscard]] inline RowMap<TextRow> text_map(std::string const& column,
                                              std::string const& meaning) {
    RowMap<TextRow> map;
    map.add(
        column, "", "row of " + column + "s", [](auto& r) -> auto& { return r.parent; });
    map.add(
        "text", "", meaning, [](auto& r) -> auto& { return r.text; });
    return map;
}

/// A parameter of an evaluation, or of the case as it was weighed.
struct ParameterRow {
    std::int64_t evaluation = 0;
    lab::Parameter parameter{};
};

[[nodiscard]] RowMap<ParameterRow> parameter_map();

template <class Row>
void put(casefile::KeptCase& kept,
         std::string name,
         RowMap<Row> const& map,
         std::vector<Row> const& rows) {
    kept.tables.push_back({std::move(name), map.to_table(rows)});
}

/// The entry of `list` that a row of another table belongs to.
/// \throws Error format  there is no such row
template <class Entry>
[[nodiscard]] Entry& parent(std::vector<Entry>& list, std::int64_t row) {
    if (row < 0 || row >= std::ssize(list)) {
        throw Error{ErrorKind::format,
                    {"un tableau renvoie à la ligne {} d’un autre, qui ne l’a pas",
                     "a table names row {} of another that lacks it"},
                    row};
    }
    return list[static_cast<std::size_t>(row)];
}

} // namespace cmq::pipeline
