// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A table whose columns carry their name, unit and meaning.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cmq {

/// One column. The unit is "" for counts and ratios; the meaning is one English sentence.
struct Column {
    std::string name;
    std::string unit;
    std::string meaning;
    std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>> cells;

    [[nodiscard]] std::size_t size() const;
};

/// Columns of equal length in a fixed order.
class Table {
public:
    /// \throws Error shape  the column's length differs from those before, or its name is taken
    void add(Column column);

    [[nodiscard]] std::vector<Column> const& columns() const noexcept { return columns_; }

    [[nodiscard]] std::size_t rows() const;

    /// The column of that name.
    /// \throws Error domain  there is none
    [[nodiscard]] Column const& column(std::string_view name) const;

    /// The cell as text: numbers by number_text, so that they read back to the same bits.
    [[nodiscard]] std::string text(std::size_t row, std::size_t column) const;

private:
    std::vector<Column> columns_;
};

} // namespace cmq
