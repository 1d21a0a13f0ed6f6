// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The propositions and the examination plan of a case as one canonical text, and the file that dates it.
/// Formats: docs/formats/frozen.toml.md.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// The lines of one kind of table, each "<table> <JSON>\n".
struct FrozenTable {
    std::string name;
    std::string lines; ///< "" where the case has none
};

/// What is frozen of a case: the compared propositions and what they name, in a fixed order of tables. No
/// date of a report, no observation, no capture, no proposition that is not compared.
/// \throws Error  as parse_toml; the text is taken to have passed parse_case
[[nodiscard]] std::vector<FrozenTable> to_frozen_tables(std::string_view case_text,
                                                        std::string const& file);

/// All lines: the text that is hashed.
[[nodiscard]] std::string to_frozen_text(std::span<FrozenTable const> tables);

/// The tables of such a text, in the same fixed order.
[[nodiscard]] std::vector<FrozenTable> split_frozen_text(std::string_view text);

/// One act of freezing.
struct FrozenEntry {
    std::string on;         ///< ISO 8601 day
    bool is_stated = false; ///< the user stated the day; else it is that of the machine's clock
    std::string program;    ///< name and version
    std::string sha256;     ///< of text
    std::string text;       ///< to_frozen_text()
};

/// The file CASE.frozen.toml. \pre at least one entry
[[nodiscard]] std::string to_frozen_toml(std::span<FrozenEntry const> entries);

/// \throws Error format     not such a file, each mistake with its place
/// \throws Error integrity  a text has another hash than the file says
[[nodiscard]] std::vector<FrozenEntry> parse_frozen(std::string_view text, std::string const& file);

} // namespace cmq::casefile
