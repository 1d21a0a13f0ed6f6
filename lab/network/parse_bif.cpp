// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/bif_rows.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cmq::lab::parse {
namespace {

constexpr std::string_view comment = "//";
constexpr std::string_view word_signs = "_-.";

/// A probability block: read once all variables are known.
struct Block {
    std::string_view head; ///< between the parentheses
    std::string_view body; ///< between the braces
    std::size_t head_line = 0;
    std::size_t body_line = 0;
};

// Comments inside names and lists are no part of them; a quotation mark opens a text without comments.
std::string without_comments(std::string_view text) {
    std::string plain;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        inside = text[i] == '"' && (i == 0 || text[i - 1] != '\\') ? !inside : inside;
        bool const to_line = !inside && text.substr(i).starts_with(comment);
        if (to_line || (!inside && text.substr(i).starts_with("/*"))) {
            std::size_t const end = text.find(to_line ? "\n" : "*/", i);
            i = end == std::string_view::npos ? text.size() : end + (to_line ? 0 : 1);
            plain += ' ';
            continue;
        }
        plain += text[i];
    }
    return plain;
}

// A name without its quotation marks; nothing where text follows them.
std::optional<std::string> one_name(std::string_view text, std::size_t line) {
    text = trimmed(text);
    if (!text.starts_with('"')) {
        return std::string{text};
    }
    Cursor cursor{text, "", false, line};
    std::string name = cursor.quoted();
    return cursor.at_end() ? std::optional{std::move(name)} : std::nullopt;
}

std::string unquoted(std::string_view text, std::size_t line) {
    auto name = one_name(text, line);
    if (!name) {
        refuse({ErrorKind::format,
                {"du texte suit un nom entre guillemets : « {} »",
                 "text follows a name in quotation marks: '{}'"},
                shown(text)},
               line);
    }
    return std::move(*name);
}

// The items of a list with commas between; names may hold blanks. Nothing where it is no such list.
std::vector<std::string> items(std::string_view text, std::size_t line) {
    std::vector<std::string> list;
    std::size_t begin = 0;
    bool inside = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] == '"' && (i == 0 || text[i - 1] != '\\')) {
            inside = !inside;
        }
        if (i == text.size() || (text[i] == ',' && !inside)) {
            auto name = one_name(text.substr(begin, i - begin), line);
            if (!name) {
                return {};
            }
            list.push_back(std::move(*name));
            begin = i + 1;
        }
    }
    return list;
}

// The items of a list without commas.
std::vector<std::string> words(std::string_view text, std::size_t line) {
    std::vector<std::string> list;
    Cursor cursor{text, "", false, line};
    while (!cursor.at_end()) {
        if (cursor.peek() == '"') {
            list.push_back(cursor.quoted());
            continue;
        }
        auto const word = cursor.word("_-.|()[]+*:!?<>=&%#@$^~`'{}/\\;,");
        if (word.empty()) {
            refuse({ErrorKind::format,
                    {"liste illisible : « {} »", "unreadable list: '{}'"},
                    shown(text)},
                   line);
        }
        list.emplace_back(word);
    }
    return list;
}

// With commas or, where that does not give the count asked for, with blanks between.
std::vector<std::string> list_of(std::string_view raw, std::size_t count, std::size_t line) {
    std::string const text = without_comments(raw);
    auto list = items(text, line);
    if (list.size() == count) {
        return list;
    }
    auto spaced = words(text, line);
    return spaced.size() == count || list.empty() ? spaced : list;
}

std::vector<double> numbers_of(std::string_view raw, std::size_t line) {
    std::vector<double> numbers;
    Cursor cursor{raw, comment, true, line};
    while (!cursor.at_end()) {
        auto const part = cursor.word("_-.+");
        if (!part.empty()) {
            numbers.push_back(number(part, cursor.line()));
        } else if (!cursor.take(',')) {
            refuse({ErrorKind::format,
                    {"« {} » n’est pas une liste de nombres", "'{}' is no list of numbers"},
                    shown(raw)},
                   cursor.line());
        }
    }
    return numbers;
}

void read_type(Cursor& cursor, NetworkNode& node) {
    std::size_t const line = cursor.line();
    auto const kind = cursor.word(word_signs);
    if (kind != "discrete") {
        refuse({ErrorKind::unsupported,
                {"le nœud « {} » est de type « {} » ; seuls les nœuds discrets sont lus",
                 "the node '{}' is of type '{}'; only discrete nodes are read"},
                shown(node.name),
                shown(kind)},
               line);
    }
    std::size_t count = 0;
    if (cursor.take('[')) {
        double const stated = number(trimmed(cursor.until("]")), line);
        cursor.expect(']');
        if (!(stated >= 1.0) || stated > static_cast<double>(most_states) ||
            stated != std::floor(stated)) {
            refuse(
                {ErrorKind::format, {"nombre d’états impossible", "impossible number of states"}},
                line);
        }
        count = static_cast<std::size_t>(stated);
    }
    cursor.expect('{');
    node.states = list_of(cursor.until("}"), count, line);
    cursor.expect('}');
    static_cast<void>(cursor.take(';'));
    if (count != 0 && node.states.size() != count) {
        refuse({ErrorKind::format,
                {"le nœud « {} » annonce {} états et en nomme {}",
                 "the node '{}' announces {} states and names {}"},
                shown(node.name),
                count,
                node.states.size()},
               line);
    }
}

void pass_property(Cursor& cursor) {
    static_cast<void>(cursor.until(";"));
    cursor.expect(';');
}

void read_variable(Cursor& cursor, Draft& draft) {
    cursor.skip();
    std::size_t const line = cursor.line();
    std::string const name = unquoted(without_comments(trimmed(cursor.until("{"))), line);
    std::size_t const at = draft.add(name, line);
    cursor.expect('{');
    while (!cursor.take('}')) {
        std::size_t const entry_line = cursor.line();
        auto const key = cursor.word(word_signs);
        if (key == "type") {
            read_type(cursor, draft.network.nodes[at]);
        } else if (key == "property") {
            pass_property(cursor);
        } else if (cursor.at_end()) {
            cursor.expect('}');
        } else {
            refuse({ErrorKind::format,
                    {"« type » ou « property » était attendu dans le nœud « {} »",
                     "'type' or 'property' was expected in the node '{}'"},
                    shown(name)},
                   entry_line);
        }
    }
}

// Names may hold parentheses: the head ends with the one before the brace.
Block read_block(Cursor& cursor) {
    Block block;
    cursor.expect('(');
    block.head_line = cursor.line();
    auto const head = trimmed(cursor.until("{"));
    if (!head.ends_with(')')) {
        refuse({ErrorKind::format,
                {"« ) » était attendu avant « {} »", "')' was expected before '{}'"},
                std::string_view{"{"}},
               cursor.line());
    }
    block.head = head.substr(0, head.size() - 1);
    cursor.expect('{');
    block.body_line = cursor.line();
    block.body = cursor.until("}");
    cursor.expect('}');
    return block;
}

// Where "|" stands outside quotation marks.
std::size_t bar_of(std::string_view head) {
    bool inside = false;
    for (std::size_t i = 0; i < head.size(); ++i) {
        inside = head[i] == '"' && (i == 0 || head[i - 1] != '\\') ? !inside : inside;
        if (head[i] == '|' && !inside) {
            return i;
        }
    }
    return std::string_view::npos;
}

// The node and its parents.
std::vector<std::size_t> read_head(Draft const& draft, Block const& block) {
    std::string const head = without_comments(block.head);
    auto const bar = bar_of(head);
    std::vector<std::string> names;
    if (bar != std::string::npos) {
        names = {unquoted(head.substr(0, bar), block.head_line)};
        auto const after = trimmed(std::string_view{head}.substr(bar + 1));
        if (!after.empty()) {
            auto parents = items(after, block.head_line);
            if (parents.empty() || (parents.size() == 1 && !draft.by_word.contains(parents[0]))) {
                parents = words(after, block.head_line);
            }
            names.insert(names.end(), parents.begin(), parents.end());
        }
    } else {
        names = items(head, block.head_line);
        if (names.empty() || (names.size() == 1 && !draft.by_word.contains(names[0]))) {
            names = words(head, block.head_line);
        }
    }
    if (names.empty()) {
        refuse({ErrorKind::format, {"une table sans nœud", "a table without a node"}},
               block.head_line);
    }
    std::vector<std::size_t> family;
    family.reserve(names.size());
    for (std::string const& name : names) {
        family.push_back(draft.find(name, block.head_line));
    }
    return family;
}

void read_row(Cursor& cursor, BifRows& rows) {
    std::size_t const line = cursor.line();
    auto const entry = cursor.until(";");
    cursor.expect(';');
    auto const close = entry.rfind(')');
    if (close == std::string_view::npos) {
        refuse({ErrorKind::format, {"« ) » manque : « {} »", "')' is missing: '{}'"}, shown(entry)},
               line);
    }
    auto const label = entry.substr(1, close - 1);
    rows.put(rows.row_of(list_of(label, rows.node().parents.size(), line), label, line),
             numbers_of(entry.substr(close + 1), line),
             line);
}

void read_body(Block const& block, BifRows rows) {
    Cursor cursor{block.body, comment, true, block.body_line};
    while (!cursor.at_end()) {
        std::size_t const line = cursor.line();
        if (cursor.peek() == '(') {
            read_row(cursor, rows);
            continue;
        }
        auto const key = cursor.word(word_signs);
        if (key == "property") {
            pass_property(cursor);
            continue;
        }
        if (key != "table" && key != "default") {
            refuse({ErrorKind::format,
                    {"une ligne de la table du nœud « {} » est illisible",
                     "a row of the table of the node '{}' is unreadable"},
                    shown(rows.node().name)},
                   line);
        }
        auto const values = numbers_of(cursor.until(";"), line);
        cursor.expect(';');
        if (key == "table") {
            rows.put_all(values, line);
        } else {
            rows.set_default(values, line);
        }
    }
    rows.finish(block.head_line);
}

void read_table(Draft& draft, Block const& block) {
    auto const family = read_head(draft, block);
    NetworkNode& node = draft.network.nodes[family.front()];
    if (!node.table.empty()) {
        refuse({ErrorKind::format,
                {"le nœud « {} » a deux tables", "the node '{}' has two tables"},
                shown(node.name)},
               block.head_line);
    }
    node.parents.assign(family.begin() + 1, family.end());
    std::size_t const size = draft.table_size(family.front(), block.head_line);
    if (size == 0) {
        refuse({ErrorKind::format,
                {"un nœud n’a pas de type : « {} »", "a node has no type: '{}'"},
                shown(block.head)},
               block.head_line);
    }
    node.table.resize(size);
    read_body(block, BifRows{node, draft.network});
}

} // namespace

Draft parse_bif(std::string_view text) {
    Draft draft;
    std::vector<Block> blocks;
    Cursor cursor{text, comment, true};
    while (!cursor.at_end()) {
        std::size_t const line = cursor.line();
        auto const key = cursor.word(word_signs);
        if (key == "network") {
            draft.network.name = unquoted(without_comments(trimmed(cursor.until("{"))), line);
            cursor.expect('{');
            static_cast<void>(cursor.until("}"));
            cursor.expect('}');
        } else if (key == "variable") {
            read_variable(cursor, draft);
        } else if (key == "probability") {
            blocks.push_back(read_block(cursor));
        } else {
            refuse({ErrorKind::format,
                    {"« network », « variable » ou « probability » était attendu",
                     "'network', 'variable' or 'probability' was expected"}},
                   line);
        }
    }
    for (Block const& block : blocks) {
        read_table(draft, block);
    }
    return draft;
}

} // namespace cmq::lab::parse
