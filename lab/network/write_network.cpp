// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/write_network.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <set>

namespace cmq::lab {
namespace {

struct Identifiers {
    std::vector<std::string> nodes;
    std::vector<std::vector<std::string>> states; ///< XDSL alone needs them
};

struct Place {
    std::size_t column = 0;
    std::size_t level = 0; ///< below the last of its parents
};

Identifiers identifiers_of(Network const& network) {
    std::vector<std::string> names;
    std::vector<std::string> wanted;
    for (NetworkNode const& node : network.nodes) {
        names.push_back(node.name);
        wanted.push_back(node.id);
    }
    Identifiers ids{to_identifiers(names, wanted), {}};
    for (NetworkNode const& node : network.nodes) {
        ids.states.push_back(to_identifiers(node.states, node.state_ids));
    }
    return ids;
}

// Where a picture shows the nodes: causes above effects.
std::vector<Place> places_of(Network const& network) {
    std::vector<Place> places(network.nodes.size());
    std::vector<std::size_t> used;
    for (std::size_t const i : topological_order(network)) {
        for (std::size_t const parent : network.nodes[i].parents) {
            places[i].level = std::max(places[i].level, places[parent].level + 1);
        }
        used.resize(std::max(used.size(), places[i].level + 1), 0);
        places[i].column = used[places[i].level]++;
    }
    return places;
}

std::string escaped_xml(std::string_view text) {
    std::string escaped;
    for (char const c : text) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        default:
            escaped += c;
        }
    }
    return escaped;
}

std::string quoted(std::string_view text) {
    std::string quoted = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += c == '\n' || c == '\r' ? ' ' : c;
    }
    return quoted + '"';
}

std::string numbers(NetworkNode const& node, std::size_t row, std::string_view between) {
    std::string text;
    for (std::size_t s = 0; s < node.states.size(); ++s) {
        text += s == 0 ? std::string_view{} : between;
        text += number_text(node.table[row * node.states.size() + s]);
    }
    return text;
}

// ---- XDSL

std::string xdsl_node(Network const& network, Identifiers const& ids, std::size_t at) {
    NetworkNode const& node = network.nodes[at];
    if (node.states.size() < 2) {
        throw Error{ErrorKind::unsupported,
                    {"le nœud « {} » n’a qu’un état ; XDSL en demande deux au moins",
                     "the node '{}' has a single state; XDSL asks for two at least"},
                    node.name};
    }
    std::string text = "\t\t<cpt id=\"" + ids.nodes[at] + "\">\n";
    for (std::size_t s = 0; s < node.states.size(); ++s) {
        text += "\t\t\t<state id=\"" + ids.states[at][s] + '"';
        if (ids.states[at][s] != node.states[s]) {
            text += " label=\"" + escaped_xml(node.states[s]) + '"';
        }
        text += " />\n";
    }
    if (!node.parents.empty()) {
        text += "\t\t\t<parents>";
        for (std::size_t i = 0; i < node.parents.size(); ++i) {
            text += (i == 0 ? "" : " ") + ids.nodes[node.parents[i]];
        }
        text += "</parents>\n";
    }
    text += "\t\t\t<probabilities>";
    for (std::size_t row = 0; row < node.table.size() / node.states.size(); ++row) {
        text += (row == 0 ? "" : " ") + numbers(node, row, " ");
    }
    return text + "</probabilities>\n\t\t</cpt>\n";
}

std::string xdsl_icon(NetworkNode const& node, std::string const& id, Place place) {
    std::size_t const left = 40 + 200 * place.column;
    std::size_t const top = 40 + 110 * place.level;
    std::string text = "\t\t\t<node id=\"" + id + "\">\n";
    text += "\t\t\t\t<name>" + escaped_xml(node.name) + "</name>\n";
    text += "\t\t\t\t<interior color=\"e5f6f7\" />\n\t\t\t\t<outline color=\"000080\" />\n";
    text += "\t\t\t\t<font color=\"000000\" name=\"Arial\" size=\"8\" />\n";
    text += "\t\t\t\t<position>" + std::to_string(left) + ' ' + std::to_string(top) + ' ' +
            std::to_string(left + 150) + ' ' + std::to_string(top + 60) + "</position>\n";
    if (!node.comment.empty()) {
        text += "\t\t\t\t<comment>" + escaped_xml(node.comment) + "</comment>\n";
    }
    return text + "\t\t\t</node>\n";
}

std::string to_xdsl(Network const& network) {
    Identifiers const ids = identifiers_of(network);
    auto const order = topological_order(network);
    auto const places = places_of(network);
    std::string const id = to_identifiers({network.name.empty() ? "Network" : network.name}, {})[0];
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<smile version=\"1.0\" id=\"" +
                       id + "\" numsamples=\"10000\">\n\t<nodes>\n";
    for (std::size_t const i : order) {
        text += xdsl_node(network, ids, i);
    }
    text += "\t</nodes>\n\t<extensions>\n\t\t<genie version=\"1.0\" app=\"Contremarque\" name=\"" +
            escaped_xml(network.name.empty() ? id : network.name) +
            "\" faultnameformat=\"nodestate\">\n";
    for (std::size_t const i : order) {
        text += xdsl_icon(network.nodes[i], ids.nodes[i], places[i]);
    }
    return text + "\t\t</genie>\n\t</extensions>\n</smile>\n";
}

// ---- HUGIN .net

std::string net_node(NetworkNode const& node, std::string const& id, Place place) {
    std::string text = "node " + id + "\n{\n    label = " + quoted(node.name) + ";\n";
    text += "    position = (" + std::to_string(100 + 160 * place.column) + ' ' +
            std::to_string(100 + 100 * place.level) + ");\n    states = (";
    for (std::size_t s = 0; s < node.states.size(); ++s) {
        text += (s == 0 ? "" : " ") + quoted(node.states[s]);
    }
    text += ");\n";
    if (!node.comment.empty()) {
        text += "    HR_Desc = " + quoted(node.comment) + ";\n";
    }
    return text + "}\n";
}

// One bracket for each parent around the numbers of a row, the first parent outermost.
std::string net_data(Network const& network, NetworkNode const& node) {
    std::vector<std::size_t> block; // after so many rows the brackets of a parent close and open
    std::size_t rows = 1;
    block.reserve(node.parents.size());
    for (std::size_t i = node.parents.size(); i-- > 0;) {
        rows *= network.nodes[node.parents[i]].states.size();
        block.push_back(rows);
    }
    std::string text;
    for (std::size_t row = 0; row < rows; ++row) {
        auto const meets = [&](std::size_t at) {
            return static_cast<std::size_t>(
                std::ranges::count_if(block, [&](std::size_t b) { return at % b == 0; }));
        };
        text += row == 0 ? "" : "\n            ";
        text += std::string(meets(row) + 1, '(') + ' ' + numbers(node, row, " ") + ' ' +
                std::string(meets(row + 1) + 1, ')');
    }
    return text;
}

std::string to_net(Network const& network) {
    Identifiers const ids = identifiers_of(network);
    auto const places = places_of(network);
    std::string text = "net\n{\n    node_size = (110 50);\n";
    text += network.name.empty() ? "" : "    name = " + quoted(network.name) + ";\n";
    text += "}\n";
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        text += '\n' + net_node(network.nodes[i], ids.nodes[i], places[i]);
    }
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        NetworkNode const& node = network.nodes[i];
        text += "\npotential ( " + ids.nodes[i];
        for (std::size_t p = 0; p < node.parents.size(); ++p) {
            text += (p == 0 ? " | " : " ") + ids.nodes[node.parents[p]];
        }
        text += " )\n{\n    data = " + net_data(network, node) + ";\n}\n";
    }
    return text;
}

// ---- BIF

std::string bif_word(std::string const& name) {
    bool const plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    });
    return plain ? name : quoted(name);
}

// The states of the parents in one row: "(yes, no)".
std::string bif_condition(Network const& network, NetworkNode const& node, std::size_t row) {
    std::vector<std::string> states(node.parents.size());
    for (std::size_t p = node.parents.size(); p-- > 0;) {
        auto const& parent = network.nodes[node.parents[p]];
        states[p] = bif_word(parent.states[row % parent.states.size()]);
        row /= parent.states.size();
    }
    std::string text;
    for (std::string const& state : states) {
        text += (text.empty() ? "(" : ", ") + state;
    }
    return text + ')';
}

std::string to_bif(Network const& network) {
    std::string text =
        "network " + bif_word(network.name.empty() ? "unknown" : network.name) + " {\n}\n";
    for (NetworkNode const& node : network.nodes) {
        text += "variable " + bif_word(node.name) + " {\n  type discrete [ " +
                std::to_string(node.states.size()) + " ] { ";
        for (std::size_t s = 0; s < node.states.size(); ++s) {
            text += (s == 0 ? "" : ", ") + bif_word(node.states[s]);
        }
        text += " };\n}\n";
    }
    for (NetworkNode const& node : network.nodes) {
        text += "probability ( " + bif_word(node.name);
        for (std::size_t p = 0; p < node.parents.size(); ++p) {
            text += (p == 0 ? " | " : ", ") + bif_word(network.nodes[node.parents[p]].name);
        }
        text += " ) {\n";
        if (node.parents.empty()) {
            text += "  table " + numbers(node, 0, ", ") + ";\n";
        }
        for (std::size_t row = 0;
             !node.parents.empty() && row < node.table.size() / node.states.size();
             ++row) {
            text +=
                "  " + bif_condition(network, node, row) + ' ' + numbers(node, row, ", ") + ";\n";
        }
        text += "}\n";
    }
    return text;
}

// ---- identifiers

// A Latin letter of two bytes (U+00C0 to U+00FF, U+0152, U+0153) without its accent; else '_'.
char plain_letter(unsigned char first, unsigned char second) {
    constexpr std::string_view letters =
        "AAAAAAACEEEEIIIIDNOOOOO_OUUUUYTsaaaaaaaceeeeiiiidnooooo_ouuuuyty";
    if (first == 0xc3) {
        return letters[second & 0x3fU];
    }
    if (first == 0xc5 && (second == 0x92 || second == 0x93)) {
        return second == 0x92 ? 'O' : 'o';
    }
    return '_';
}

std::string plain_word(std::string_view name) {
    std::string word;
    for (std::size_t i = 0; i < name.size(); ++i) {
        auto const c = static_cast<unsigned char>(name[i]);
        bool const letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter) {
            word += name[i];
        } else if (c >= 0xc0 && i + 1 < name.size()) {
            word += plain_letter(c, static_cast<unsigned char>(name[i + 1]));
        } else if (c < 0x80) {
            word += '_';
        } // bytes within a character were dealt with at its first
    }
    bool const starts = !word.empty() && (word[0] < '0' || word[0] > '9') && word[0] != '_';
    return starts ? word : "s_" + word;
}

bool is_identifier(std::string_view word) {
    return !word.empty() && plain_word(word) == word;
}

std::string lower(std::string_view text) {
    std::string word{text};
    std::ranges::transform(word, word.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return word;
}

} // namespace

std::vector<std::string> to_identifiers(std::vector<std::string> const& names,
                                        std::vector<std::string> const& wanted) {
    std::vector<std::string> ids(names.size());
    std::set<std::string> used;
    for (std::size_t i = 0; i < std::min(names.size(), wanted.size()); ++i) {
        if (is_identifier(wanted[i]) && used.insert(wanted[i]).second) {
            ids[i] = wanted[i];
        }
    }
    for (bool const unchanged : {true, false}) { // names that are identifiers keep theirs
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!ids[i].empty() || (unchanged && !is_identifier(names[i]))) {
                continue;
            }
            std::string const word = plain_word(names[i]);
            std::string id = word;
            for (std::size_t n = 2; !used.insert(id).second; ++n) {
                id = word + '_' + std::to_string(n);
            }
            ids[i] = id;
        }
    }
    return ids;
}

NetworkFormat network_format(std::string_view file_name) {
    std::string const name = lower(file_name);
    for (auto const& [end, format] : {std::pair{".bif", NetworkFormat::bif},
                                      std::pair{".xdsl", NetworkFormat::xdsl},
                                      std::pair{".net", NetworkFormat::net},
                                      std::pair{".uai", NetworkFormat::uai}}) {
        if (name.ends_with(end)) {
            return format;
        }
    }
    throw Error{ErrorKind::unsupported,
                {"« {} » : un fichier de réseau finit par .xdsl, .net, .bif ou .uai",
                 "'{}': a network file ends in .xdsl, .net, .bif or .uai"},
                file_name};
}

std::string to_text(Network const& network, NetworkFormat format) {
    check_network(network);
    switch (format) {
    case NetworkFormat::bif:
        return to_bif(network);
    case NetworkFormat::xdsl:
        return to_xdsl(network);
    case NetworkFormat::net:
        return to_net(network);
    case NetworkFormat::uai:
        break;
    }
    throw Error{ErrorKind::unsupported,
                {"UAI est lu, mais pas écrit ; choisir .xdsl, .net ou .bif",
                 "UAI is read, not written; choose .xdsl, .net or .bif"}};
}

} // namespace cmq::lab
