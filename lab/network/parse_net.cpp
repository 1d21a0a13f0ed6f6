// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/parse_parts.hpp"

#include <algorithm>

namespace cmq::lab::parse {
namespace {

constexpr std::string_view signs = "_";
constexpr std::string_view number_signs = "_-+.";

[[noreturn]] void refuse_kind(std::string_view what, std::size_t line) {
    refuse({ErrorKind::unsupported,
            {"« {} » : seuls les nœuds aléatoires discrets sont lus",
             "'{}': only discrete chance nodes are read"},
            shown(what)},
           line);
}

/// The attributes of a node that matter here; positions, sizes and those of other programs are passed over.
struct Attributes {
    std::vector<std::string> states{};
    std::string label{};
    std::string subtype{};
    std::string comment{};
    std::size_t states_line = 0;
};

// A value in brackets, words and quoted texts one after the other.
std::vector<std::string> read_list(Cursor& cursor) {
    std::vector<std::string> list;
    cursor.expect('(');
    while (!cursor.take(')')) {
        if (cursor.peek() == '"') {
            list.push_back(cursor.quoted());
            continue;
        }
        auto const word = cursor.word(number_signs);
        if (word.empty()) {
            refuse({ErrorKind::format,
                    {"« ) » était attendu à la fin d’une liste",
                     "')' was expected at the end of a list"}},
                   cursor.line());
        }
        list.emplace_back(word);
    }
    return list;
}

Attributes read_attributes(Cursor& cursor) {
    Attributes found;
    cursor.expect('{');
    while (!cursor.take('}')) {
        std::size_t const line = cursor.line();
        auto const key = cursor.word(signs);
        if (key.empty()) {
            cursor.expect('}');
        }
        cursor.expect('=');
        if (key == "states" || key == "state_values") {
            auto list = read_list(cursor);
            if (key == "states") {
                found.states = std::move(list);
                found.states_line = line;
            }
        } else if (key == "label" && cursor.peek() == '"') {
            found.label = cursor.quoted();
        } else if (key == "HR_Desc" && cursor.peek() == '"') {
            found.comment = cursor.quoted();
        } else if (key == "subtype") {
            found.subtype = cursor.word(signs);
        }
        static_cast<void>(cursor.until(";"));
        cursor.expect(';');
    }
    return found;
}

// "0 - 1", "1 - 5": a node of intervals lists their ends.
std::vector<std::string> intervals(std::vector<std::string> const& ends, std::size_t line) {
    if (ends.size() < 2) {
        refuse({ErrorKind::format, {"un intervalle a deux bornes", "an interval has two ends"}},
               line);
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        names.push_back(ends[i] + " - " + ends[i + 1]);
    }
    return names;
}

void read_node(Cursor& cursor, Draft& draft, std::vector<std::string>& labels) {
    std::size_t const line = cursor.line();
    std::string const name{cursor.word(signs)};
    std::size_t const at = draft.add(name, line);
    auto const found = read_attributes(cursor);
    if (found.states.empty()) {
        refuse({ErrorKind::format,
                {"le nœud « {} » n’a pas d’états", "the node '{}' has no states"},
                shown(name)},
               line);
    }
    NetworkNode& node = draft.network.nodes[at];
    bool const ends = found.subtype == "interval";
    node.states = ends ? intervals(found.states, found.states_line) : found.states;
    node.comment = found.comment;
    labels.push_back(found.label);
}

// Brackets order the numbers for people; the order alone counts.
std::vector<double> read_data(Cursor& cursor) {
    std::vector<double> numbers;
    long depth = 0;
    while (cursor.peek() != ';') {
        if (cursor.take('(')) {
            ++depth;
        } else if (cursor.take(')')) {
            --depth;
        } else {
            std::size_t const line = cursor.line();
            auto const word = cursor.word(number_signs);
            if (word.empty()) {
                cursor.expect(';');
            }
            numbers.push_back(number(word, line));
        }
    }
    if (depth != 0) {
        refuse({ErrorKind::format,
                {"les parenthèses de « data » ne se ferment pas",
                 "the brackets of 'data' do not close"}},
               cursor.line());
    }
    return numbers;
}

void read_head(Cursor& cursor, Draft const& draft, std::vector<std::size_t>& family) {
    cursor.expect('(');
    bool bar = false;
    while (!cursor.take(')')) {
        if (!bar && cursor.take('|')) {
            bar = true;
            continue;
        }
        std::size_t const line = cursor.line();
        auto const word = cursor.word(signs);
        if (word.empty()) {
            cursor.expect(')');
        }
        family.push_back(draft.find(word, line));
        if (!bar && family.size() > 1) {
            refuse_kind("potential", line);
        }
    }
    if (family.empty()) {
        refuse({ErrorKind::format, {"une table sans nœud", "a table without a node"}},
               cursor.line());
    }
}

void read_potential(Cursor& cursor, Draft& draft) {
    std::size_t const line = cursor.line();
    std::vector<std::size_t> family;
    read_head(cursor, draft, family);
    NetworkNode& node = draft.network.nodes[family.front()];
    if (!node.table.empty()) {
        refuse({ErrorKind::format,
                {"le nœud « {} » a deux tables", "the node '{}' has two tables"},
                shown(node.name)},
               line);
    }
    node.parents.assign(family.begin() + 1, family.end());
    std::size_t const size = draft.table_size(family.front(), line);
    bool given = false;
    cursor.expect('{');
    while (!cursor.take('}')) {
        std::size_t const key_line = cursor.line();
        auto const key = cursor.word(signs);
        if (key.empty()) {
            cursor.expect('}');
        }
        cursor.expect('=');
        if (key == "data") {
            node.table = read_data(cursor);
            given = true;
        } else if (key == "normal") {
            refuse_kind("normal", key_line);
        } else {
            static_cast<void>(cursor.until(";"));
        }
        cursor.expect(';');
    }
    if (!given) {
        refuse({ErrorKind::unsupported,
                {"la table du nœud « {} » n’a pas de « data » ; l’enregistrer avec ses nombres",
                 "the table of the node '{}' has no 'data'; save it with its numbers"},
                shown(node.name)},
               line);
    }
    if (node.table.size() != size) {
        refuse({ErrorKind::format,
                {"la table du nœud « {} » a {} nombres au lieu de {}",
                 "the table of the node '{}' has {} numbers instead of {}"},
                shown(node.name),
                node.table.size(),
                size},
               line);
    }
}

void read_block(Cursor& cursor, Draft& draft, std::vector<std::string>& labels) {
    std::size_t const line = cursor.line();
    auto kind = cursor.word(signs);
    if (kind == "discrete") {
        kind = cursor.word(signs);
    }
    if (kind == "net") {
        cursor.expect('{');
        while (!cursor.take('}')) {
            auto const key = cursor.word(signs);
            if (key.empty()) {
                cursor.expect('}');
            }
            cursor.expect('=');
            if (key == "name" && cursor.peek() == '"') {
                draft.network.name = cursor.quoted();
            }
            static_cast<void>(cursor.until(";"));
            cursor.expect(';');
        }
    } else if (kind == "node") {
        cursor.skip();
        read_node(cursor, draft, labels);
    } else if (kind == "potential") {
        read_potential(cursor, draft);
    } else if (kind == "decision" || kind == "utility" || kind == "continuous" ||
               kind == "function" || kind == "class" || kind == "instance") {
        refuse_kind(kind, line);
    } else {
        refuse({ErrorKind::format,
                {"« net », « node » ou « potential » était attendu",
                 "'net', 'node' or 'potential' was expected"}},
               line);
    }
}

} // namespace

Draft parse_net(std::string_view text) {
    Draft draft;
    std::vector<std::string> labels;
    Cursor cursor{text, "%", false};
    while (!cursor.at_end()) {
        read_block(cursor, draft, labels);
    }
    use_labels(draft, labels);
    return draft;
}

} // namespace cmq::lab::parse
