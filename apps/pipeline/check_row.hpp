// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Refusals of a row of a case file's tables.

#pragma once

#include "core/error.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace cmq::pipeline {

/// A row of a table, for messages. Rows are counted as they come: a table is written and read in order.
class CheckedRow {
public:
    CheckedRow(std::string_view table, std::size_t row) : table_{table}, row_{row} {}

    /// \throws Error format  the value is none that its column can hold
    void expects(bool condition, std::string_view column) const {
        if (!condition) {
            refuse(ErrorKind::format,
                   column,
                   {"une valeur qui n’y a pas de sens", "holds a value that means nothing there"});
        }
    }

    /// \throws Error integrity  the value does not belong to the case, or not to the rest of the file
    void agrees(bool condition, std::string_view column) const {
        if (!condition) {
            refuse(ErrorKind::integrity,
                   column,
                   {"ne s’accorde pas avec le reste du fichier de résultats",
                    "does not agree with the rest of the case file"});
        }
    }

    void expects_in(double value, double low, double high, std::string_view column) const {
        expects(value >= low && value <= high, column); // false for NaN
    }

    /// Text of a case: at most 64 kilobytes, and no control characters but tabs and ends of line.
    void expects_text(std::string_view text, std::string_view column) const;

private:
    [[noreturn]] void refuse(ErrorKind kind, std::string_view column, Words why) const;

    std::string_view table_;
    std::size_t row_;
};

} // namespace cmq::pipeline
