// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/parse_parts.hpp"

#include <cmath>
#include <string>

namespace cmq::lab::parse {
namespace {

std::string_view next(Cursor& cursor) {
    cursor.skip();
    std::size_t const line = cursor.line();
    auto const word = cursor.word("_-+.");
    if (word.empty()) {
        refuse({ErrorKind::format, {"un nombre était attendu", "a number was expected"}}, line);
    }
    return word;
}

std::size_t whole(Cursor& cursor, std::size_t most) {
    cursor.skip();
    std::size_t const line = cursor.line();
    double const value = number(next(cursor), line);
    if (value != std::floor(value) || value > static_cast<double>(most)) {
        refuse({ErrorKind::format,
                {"un nombre entier de 0 à {} était attendu",
                 "a whole number from 0 to {} was expected"},
                most},
               line);
    }
    return static_cast<std::size_t>(value);
}

// A factor's variables; the last is the node, those before it its parents.
std::size_t read_scope(Cursor& cursor, Draft& draft) {
    std::size_t const nodes = draft.network.nodes.size();
    std::size_t const size = whole(cursor, nodes);
    std::size_t const line = cursor.line();
    if (size == 0) {
        refuse({ErrorKind::format, {"un facteur sans nœud", "a factor without a node"}}, line);
    }
    std::vector<std::size_t> parents;
    for (std::size_t i = 0; i + 1 < size; ++i) {
        parents.push_back(whole(cursor, nodes - 1));
    }
    std::size_t const node = whole(cursor, nodes - 1);
    if (draft.lines[node] != 0) {
        refuse(
            {ErrorKind::format, {"le nœud {} a deux tables", "the node {} has two tables"}, node},
            line);
    }
    draft.lines[node] = line;
    draft.network.nodes[node].parents = std::move(parents);
    return node;
}

void read_table(Cursor& cursor, Draft& draft, std::size_t at) {
    cursor.skip();
    std::size_t const line = cursor.line();
    std::size_t const wanted = draft.table_size(at, line);
    if (whole(cursor, most_table_numbers) != wanted) {
        refuse({ErrorKind::format,
                {"la table du nœud {} n’annonce pas {} nombres",
                 "the table of the node {} does not announce {} numbers"},
                at,
                wanted},
               line);
    }
    NetworkNode& node = draft.network.nodes[at];
    for (std::size_t i = 0; i < wanted; ++i) {
        cursor.skip();
        std::size_t const number_line = cursor.line();
        node.table.push_back(number(next(cursor), number_line));
    }
}

} // namespace

Draft parse_uai(std::string_view text) {
    Draft draft;
    Cursor cursor{text, "#", false};
    cursor.skip();
    std::size_t const first = cursor.line();
    auto const kind = cursor.word("_");
    if (kind == "MARKOV") {
        refuse({ErrorKind::unsupported,
                {"un réseau de Markov n’a pas de tables de probabilités conditionnelles",
                 "a Markov network has no tables of conditional probabilities"}},
               first);
    }
    if (kind != "BAYES") {
        refuse({ErrorKind::format, {"« BAYES » était attendu", "'BAYES' was expected"}}, first);
    }
    std::size_t const count = whole(cursor, most_nodes);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const states = whole(cursor, most_states);
        std::size_t const at = draft.add("X" + std::to_string(i), cursor.line());
        draft.lines[at] = 0;
        for (std::size_t s = 0; s < states; ++s) {
            draft.network.nodes[at].states.push_back(std::to_string(s));
        }
    }
    if (whole(cursor, most_nodes) != count) {
        refuse({ErrorKind::format,
                {"un réseau bayésien a une table par nœud",
                 "a Bayesian network has one table a node"}},
               cursor.line());
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < count; ++i) {
        order.push_back(read_scope(cursor, draft));
    }
    for (std::size_t const node : order) {
        read_table(cursor, draft, node);
    }
    return draft;
}

} // namespace cmq::lab::parse
