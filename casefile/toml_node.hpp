// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A TOML text as a tree of plain values with their lines: the only face of the TOML library.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

enum class NodeKind : std::uint8_t { flag, integer, number, text, date, time, moment, list, table };

struct Entry;

/// One value. Only the members of its kind are filled.
struct Node {
    NodeKind kind = NodeKind::table;
    int line = 0;
    bool flag = false;
    std::int64_t integer = 0;
    double number = 0.0;        ///< of an integer too
    std::string text;           ///< date, time and moment in ISO 8601, a space between the two
    std::vector<Node> items;    ///< of a list
    std::vector<Entry> entries; ///< of a table, by line, then by key

    /// The entry of that key, or null.
    [[nodiscard]] Node const* find(std::string_view key) const noexcept;
};

struct Entry {
    std::string key;
    Node node;
};

/// \throws Error format  not UTF-8, a NUL byte, tables or lists nested too deep, not TOML
/// \throws Error limits  longer than case_size_limit
[[nodiscard]] Node parse_toml(std::string_view text, std::string const& file);

} // namespace cmq::casefile
