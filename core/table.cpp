// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/table.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>

namespace cmq {

std::size_t Column::size() const {
    return std::visit([](auto const& values) { return values.size(); }, cells);
}

void Table::add(Column column) {
    if (!columns_.empty() && column.size() != rows()) {
        throw Error{ErrorKind::shape,
                    {"la colonne « {} » a {} lignes, le tableau en a {}",
                     "column '{}' has {} rows where the table has {}"},
                    column.name,
                    column.size(),
                    rows()};
    }
    if (std::ranges::find(columns_, column.name, &Column::name) != columns_.end()) {
        throw Error{ErrorKind::shape,
                    {"deux colonnes s’appellent « {} »", "two columns are named '{}'"},
                    column.name};
    }
    columns_.push_back(std::move(column));
}

std::size_t Table::rows() const {
    return columns_.empty() ? 0 : columns_.front().size();
}

Column const& Table::column(std::string_view name) const {
    auto const found = std::ranges::find(columns_, name, &Column::name);
    if (found == columns_.end()) {
        throw Error{ErrorKind::domain,
                    {"le tableau n’a pas de colonne « {} »", "the table has no column '{}'"},
                    name};
    }
    return *found;
}

std::string Table::text(std::size_t row, std::size_t column) const {
    CMQ_EXPECTS(column < columns_.size() && row < rows());
    auto const& cells = columns_[column].cells;
    if (auto const* numbers = std::get_if<std::vector<double>>(&cells)) {
        return number_text((*numbers)[row]);
    }
    if (auto const* integers = std::get_if<std::vector<std::int64_t>>(&cells)) {
        return std::to_string((*integers)[row]);
    }
    return std::get<std::vector<std::string>>(cells)[row];
}

} // namespace cmq
