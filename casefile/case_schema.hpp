// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The keys of a case file, of counsel's file and of a parameter file: types, ranges, words. Read by the checks, and
/// compared with docs/formats/case.schema.json in a test.

#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace cmq::casefile {

enum class ValueType : std::uint8_t {
    flag,
    integer,
    number,    ///< an integer will do
    text,      ///< may be empty
    name,      ///< 1 to 100 bytes, no control character, no blank at either end
    word,      ///< one of `words`
    date,      ///< a TOML date, not a string
    time,      ///< "HH:MM", "YYYY-MM-DD HH:MM", or a TOML time or date-time without zone
    names,     ///< a list of different names, low to high of them
    shares,    ///< a table of name = number in [0, 1] with a sum of at most 1
    lengths,   ///< a table of name = number of 0 or more
    numbers,   ///< a table with `kind`, a name of a distribution, and its numbers
    bilingual, ///< a text for both languages, or { fr, en }; where required, not empty
    table,     ///< a table with the keys of `table`
    tables,    ///< a list of such tables
    values,    ///< a list of one or more numbers from low to high
};

struct TableSpec;

struct KeySpec {
    std::string_view name;
    ValueType type = ValueType::text;
    bool required = false;
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool above_low = false; ///< low itself is refused
    std::span<std::string_view const> words{};
    TableSpec const* table = nullptr;
};

struct TableSpec {
    std::string_view name; ///< "capture"; "" for the file itself
    std::span<KeySpec const> keys;
};

/// The keys of a case file, from the top.
[[nodiscard]] TableSpec const& case_schema() noexcept;

/// The keys of counsel's own file, from the top.
[[nodiscard]] TableSpec const& counsel_schema() noexcept;

/// The keys of a parameter file, from the top.
[[nodiscard]] TableSpec const& parameter_schema() noexcept;

/// The keys of a file of candidates for parameters, from the top.
[[nodiscard]] TableSpec const& candidate_schema() noexcept;

} // namespace cmq::casefile
