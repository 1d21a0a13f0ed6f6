// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/toml_node.hpp"

#include "casefile/place.hpp"
#include "casefile/read_case.hpp"
#include "casefile/toml_guard.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

namespace cmq::casefile {

Node const* Node::find(std::string_view key) const noexcept {
    auto const found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &found->node;
}

namespace {

std::string digits(int value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string iso(toml::date const& date) {
    return digits(date.year, 4) + "-" + digits(date.month, 2) + "-" + digits(date.day, 2);
}

std::string iso(toml::time const& time) {
    // Parts of a second are dropped: no time of an account is known to a second.
    return digits(time.hour, 2) + ":" + digits(time.minute, 2) + ":" + digits(time.second, 2);
}

Node to_node(toml::node const& from);

void fill_scalar(Node& node, toml::node const& from) {
    if (auto const* flag = from.as_boolean()) {
        node.kind = NodeKind::flag;
        node.flag = flag->get();
    } else if (auto const* integer = from.as_integer()) {
        node.kind = NodeKind::integer;
        node.integer = integer->get();
        node.number = static_cast<double>(node.integer);
    } else if (auto const* number = from.as_floating_point()) {
        node.kind = NodeKind::number;
        node.number = number->get();
    } else if (auto const* text = from.as_string()) {
        node.kind = NodeKind::text;
        node.text = text->get();
    } else if (auto const* date = from.as_date()) {
        node.kind = NodeKind::date;
        node.text = iso(date->get());
    } else if (auto const* time = from.as_time()) {
        node.kind = NodeKind::time;
        node.text = iso(time->get());
    } else if (auto const* moment = from.as_date_time()) {
        node.kind = NodeKind::moment;
        node.text = iso(moment->get().date) + " " + iso(moment->get().time);
        if (moment->get().offset) {
            node.text += " with a time zone"; // so that it is refused, and shown why
        }
    }
}

Node to_node(toml::node const& from) {
    Node node;
    node.line = static_cast<int>(from.source().begin.line);
    if (auto const* list = from.as_array()) {
        node.kind = NodeKind::list;
        node.items.reserve(list->size());
        for (toml::node const& item : *list) {
            node.items.push_back(to_node(item));
        }
    } else if (auto const* table = from.as_table()) {
        node.kind = NodeKind::table;
        for (auto const& [key, value] : *table) {
            node.entries.push_back({std::string{key.str()}, to_node(value)});
        }
        // The library sorts by key; messages and shares read better in the order of the file.
        std::ranges::sort(node.entries, [](Entry const& a, Entry const& b) {
            return std::tie(a.node.line, a.key) < std::tie(b.node.line, b.key);
        });
    } else {
        fill_scalar(node, from);
    }
    return node;
}

} // namespace

Node parse_toml(std::string_view text, std::string const& file) {
    guard_toml(text, file);
    try {
        toml::table const table = toml::parse(text, std::string_view{file});
        return to_node(table);
    } catch (toml::parse_error const& error) {
        throw make_error(ErrorKind::format,
                         {file, static_cast<int>(error.source().begin.line), ""},
                         {"ce n’est pas du TOML ; l’analyseur dit : {}", "this is not TOML: {}"},
                         error.description());
    }
}

} // namespace cmq::casefile
