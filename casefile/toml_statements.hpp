// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A TOML text as its statements, and changes of single values that leave all other bytes as they are.

#pragma once

#include "casefile/toml_node.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cmq::casefile {

enum class StatementKind : std::uint8_t { blank, comment, header, value };

/// Bytes of a text, the last not among them.
struct TextSpan {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] std::string_view in(std::string_view text) const {
        return text.substr(begin, end - begin);
    }
};

/// A header, a key with its value however many lines it takes, a line of comment, an empty line, or, blank too,
/// the byte order mark that a text begins with.
struct Statement {
    StatementKind kind = StatementKind::blank;
    int line = 0;                   ///< of its first byte, from 1
    TextSpan span;                  ///< with the end of its last line
    std::vector<TextSpan> comments; ///< from '#' to before the end of the line
};

/// \pre the text has passed parse_toml
[[nodiscard]] std::vector<Statement> to_statements(std::string_view text);

/// A key of a table or an item of a list, from 0.
using Step = std::variant<std::string, std::size_t>;
using NodePath = std::vector<Step>;

/// The statements with the place of each in the tree: of a header its table, of a value its own. Empty for others.
[[nodiscard]] std::vector<NodePath> paths_of(std::string_view text,
                                             std::span<Statement const> statements);

/// A value put in place of another, or nothing: the value, or the whole table with its header and the lines of
/// comment right above it, is taken out.
struct Edit {
    NodePath path;
    std::optional<Node> value;
};

/// The text with these changes. A list or an inline table of which a part changes is written anew on one line.
/// \pre the text has passed parse_toml; paths exist; a new value is a text, a list or an inline table
[[nodiscard]] std::string edit_toml(std::string_view text, std::span<Edit const> edits);

/// The value on one line: what parse_toml reads back as the same tree.
[[nodiscard]] std::string to_toml(Node const& node);

} // namespace cmq::casefile
