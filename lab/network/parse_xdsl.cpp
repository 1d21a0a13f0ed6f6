// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/parse_parts.hpp"

#include <algorithm>
#include <pugixml.hpp>

namespace cmq::lab::parse {
namespace {

/// The document, and where its lines begin.
struct Document {
    pugi::xml_document xml{};
    std::vector<std::size_t> line_ends{};

    [[nodiscard]] std::size_t line_at(std::ptrdiff_t offset) const {
        auto const before = std::ranges::lower_bound(
            line_ends, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
        return static_cast<std::size_t>(before - line_ends.begin()) + 1;
    }

    [[nodiscard]] std::size_t line(pugi::xml_node node) const {
        return line_at(node.offset_debug());
    }
};

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> list;
    Cursor cursor{text, "", false};
    while (!cursor.at_end()) {
        auto const word = cursor.word("_-+.");
        if (word.empty()) {
            list.emplace_back(1, cursor.peek()); // refused by whoever looks for it
            cursor.step();
        } else {
            list.emplace_back(word);
        }
    }
    return list;
}

void load(Document& document, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            document.line_ends.push_back(i);
        }
    }
    auto const result = document.xml.load_buffer(
        text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!result) {
        refuse({ErrorKind::format,
                {"ce n’est pas du XML bien formé ({})", "this is no well-formed XML ({})"},
                std::string_view{result.description()}},
               document.line_at(result.offset));
    }
}

// Noisy, decision, utility and continuous nodes by the name of their element.
void check_kind(Document const& document, pugi::xml_node node) {
    std::string_view const kind = node.name();
    if (kind == "cpt" || kind == "deterministic") {
        return;
    }
    refuse({ErrorKind::unsupported,
            {"le nœud « {} » est de type « {} » ; seuls « cpt » et « deterministic » sont lus",
             "the node '{}' is of type '{}'; only 'cpt' and 'deterministic' are read"},
            shown(node.attribute("id").value()),
            shown(kind)},
           document.line(node));
}

void read_states(Document const& document, pugi::xml_node xml, NetworkNode& node) {
    std::vector<std::string> labels;
    for (auto const state : xml.children("state")) {
        std::string_view const id = trimmed(state.attribute("id").value());
        auto const label = state.attribute("label");
        node.states.emplace_back(id);
        labels.emplace_back(label ? std::string_view{label.value()} : id);
    }
    if (node.states.empty() || node.states.size() > most_states) {
        refuse({ErrorKind::format,
                {"le nœud « {} » n’a pas d’états, ou trop",
                 "the node '{}' has no states, or too many"},
                shown(node.name)},
               document.line(xml));
    }
    use_state_labels(node, labels);
}

void read_numbers(Document const& document,
                  pugi::xml_node xml,
                  NetworkNode& node,
                  std::size_t size) {
    auto const field = xml.child("probabilities");
    std::size_t const line = document.line(field ? field : xml);
    auto const list = words(field.text().get());
    if (list.size() != size) {
        refuse({ErrorKind::format,
                {"la table du nœud « {} » a {} nombres au lieu de {}",
                 "the table of the node '{}' has {} numbers instead of {}"},
                shown(node.name),
                list.size(),
                size},
               line);
    }
    for (std::string const& word : list) {
        node.table.push_back(number(word, line));
    }
}

void read_outcomes(Document const& document,
                   pugi::xml_node xml,
                   NetworkNode& node,
                   std::size_t size) {
    auto const field = xml.child("resultingstates");
    std::size_t const line = document.line(field ? field : xml);
    auto const list = words(field.text().get());
    if (list.size() * node.states.size() != size) {
        refuse({ErrorKind::format,
                {"le nœud « {} » nomme {} résultats au lieu de {}",
                 "the node '{}' names {} outcomes instead of {}"},
                shown(node.name),
                list.size(),
                size / node.states.size()},
               line);
    }
    node.table.resize(size);
    for (std::size_t row = 0; row < list.size(); ++row) {
        auto const state = std::ranges::find(node.state_ids, list[row]);
        if (state == node.state_ids.end()) {
            refuse({ErrorKind::format,
                    {"le nœud « {} » n’a pas d’état « {} »", "the node '{}' has no state '{}'"},
                    shown(node.name),
                    shown(list[row])},
                   line);
        }
        node.table[row * node.states.size() +
                   static_cast<std::size_t>(state - node.state_ids.begin())] = 1.0;
    }
}

void read_table(Document const& document, pugi::xml_node xml, Draft& draft, std::size_t at) {
    std::size_t const line = document.line(xml);
    for (std::string const& parent : words(xml.child("parents").text().get())) {
        draft.network.nodes[at].parents.push_back(draft.find(parent, line));
    }
    std::size_t const size = draft.table_size(at, line);
    NetworkNode& node = draft.network.nodes[at];
    if (std::string_view{xml.name()} == "cpt") {
        read_numbers(document, xml, node, size);
    } else {
        read_outcomes(document, xml, node, size);
    }
}

// What people call the nodes stands in GeNIe's part, in submodels of any depth.
std::vector<std::string> read_labels(pugi::xml_node smile, Draft& draft) {
    std::vector<std::string> labels;
    for (NetworkNode const& node : draft.network.nodes) {
        labels.push_back(node.name);
    }
    pugi::xml_node const genie = smile.child("extensions").child("genie");
    pugi::xml_node at = genie.first_child();
    while (at) {
        std::string_view const kind = at.name();
        if (kind == "node") {
            auto const found = draft.by_word.find(trimmed(at.attribute("id").value()));
            auto const label = trimmed(at.child("name").text().get());
            if (found != draft.by_word.end()) {
                labels[found->second] = label.empty() ? labels[found->second] : label;
                draft.network.nodes[found->second].comment = at.child("comment").text().get();
            }
        }
        if (kind == "submodel" && at.first_child()) {
            at = at.first_child();
            continue;
        }
        while (at && at != genie && !at.next_sibling()) {
            at = at.parent();
        }
        at = at == genie ? pugi::xml_node{} : at.next_sibling();
    }
    return labels;
}

} // namespace

Draft parse_xdsl(std::string_view text) {
    Document document;
    load(document, text);
    auto const smile = document.xml.child("smile");
    if (!smile) {
        refuse({ErrorKind::format,
                {"l’élément « smile » manque : ce n’est pas un fichier XDSL",
                 "the element 'smile' is missing: this is no XDSL file"}},
               1);
    }
    Draft draft;
    draft.network.name = smile.child("extensions").child("genie").attribute("name").value();
    if (draft.network.name.empty()) {
        draft.network.name = smile.attribute("id").value();
    }
    if (auto const dynamic = smile.child("dynamic")) {
        refuse({ErrorKind::unsupported,
                {"les réseaux dynamiques ne sont pas lus", "dynamic networks are not read"}},
               document.line(dynamic));
    }
    std::vector<pugi::xml_node> elements;
    for (auto const xml : smile.child("nodes").children()) {
        if (xml.type() != pugi::node_element) {
            continue;
        }
        check_kind(document, xml);
        std::size_t const at =
            draft.add(std::string{trimmed(xml.attribute("id").value())}, document.line(xml));
        read_states(document, xml, draft.network.nodes[at]);
        elements.push_back(xml);
    }
    for (std::size_t i = 0; i < elements.size(); ++i) {
        read_table(document, elements[i], draft, i);
    }
    use_labels(draft, read_labels(smile, draft));
    return draft;
}

} // namespace cmq::lab::parse
