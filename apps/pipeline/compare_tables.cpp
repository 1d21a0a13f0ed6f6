// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/compare_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace cmq::pipeline {
namespace {

constexpr double tolerance = 1e-9;

bool agree(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) {
        return std::isnan(a) && std::isnan(b);
    }
    return std::abs(a - b) <= tolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

template <class Cell>
bool agree(Cell const& a, Cell const& b) {
    return a == b;
}

} // namespace

Sentence first_difference(Table const& before, Table const& now) {
    if (before.columns().size() != now.columns().size() || before.rows() != now.rows()) {
        return Sentence{{"{} lignes auparavant, {} maintenant", "{} rows before, {} now"},
                        before.rows(),
                        now.rows()};
    }
    for (std::size_t c = 0; c < before.columns().size(); ++c) {
        Column const& old = before.columns()[c];
        Column const& other = now.columns()[c];
        if (old.name != other.name || old.cells.index() != other.cells.index()) {
            return Sentence{
                {"colonne « {} » auparavant, « {} » maintenant", "column '{}' before, '{}' now"},
                old.name,
                other.name};
        }
        std::size_t const row = std::visit(
            [&](auto const& cells) {
                auto const& others = std::get<std::decay_t<decltype(cells)>>(other.cells);
                std::size_t i = 0;
                while (i < cells.size() && agree(cells[i], others[i])) {
                    ++i;
                }
                return i;
            },
            old.cells);
        if (row < before.rows()) {
            return Sentence{
                {"{}, ligne {} : {} auparavant, {} maintenant", "{} in row {}: {} before, {} now"},
                old.name,
                row,
                before.text(row, c),
                now.text(row, c)};
        }
    }
    return {};
}

std::size_t numbers_in(Table const& table) {
    std::size_t numbers = 0;
    for (Column const& column : table.columns()) {
        bool const is_text = std::holds_alternative<std::vector<std::string>>(column.cells);
        numbers += is_text ? 0 : column.size();
    }
    return numbers;
}

} // namespace cmq::pipeline
