// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/frozen.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/fields.hpp"
#include "casefile/problems.hpp"
#include "casefile/toml_node.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace cmq::casefile {
namespace {

constexpr std::array<std::string_view, 12> tables{"population",
                                                  "examination",
                                                  "planned",
                                                  "carrier",
                                                  "delivery",
                                                  "event",
                                                  "contamination",
                                                  "lookalike",
                                                  "marker",
                                                  "parameter",
                                                  "proposition",
                                                  "comparison"};

std::string quoted(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out{"\""};
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20U) {
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + '"';
}

/// Shortest digits that give the same double, never with an exponent; a whole number without a point.
std::string to_json(double number) {
    std::array<char, 400> digits{}; // the longest double has 309 digits before the point
    auto const end =
        std::to_chars(
            digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed)
            .ptr;
    std::string const text{digits.data(), end};
    return text == "-0" ? "0" : text;
}

std::string to_json(Node const& node) {
    switch (node.kind) {
    case NodeKind::flag:
        return node.flag ? "true" : "false";
    case NodeKind::integer:
        return std::to_string(node.integer);
    case NodeKind::number:
        return to_json(node.number);
    case NodeKind::text:
    case NodeKind::date:
    case NodeKind::time:
    case NodeKind::moment:
        return quoted(node.text);
    case NodeKind::list: {
        std::string out{"["};
        for (Node const& item : node.items) {
            out += (out.size() > 1 ? "," : "") + to_json(item);
        }
        return out + "]";
    }
    case NodeKind::table: {
        std::vector<Entry const*> entries;
        for (Entry const& entry : node.entries) {
            entries.push_back(&entry);
        }
        std::ranges::sort(entries, {}, [](Entry const* entry) { return entry->key; });
        std::string out{"{"};
        for (Entry const* entry : entries) {
            out += (out.size() > 1 ? "," : "") + quoted(entry->key) + ":" + to_json(entry->node);
        }
        return out + "}";
    }
    }
    return "null";
}

using Names = std::set<std::string, std::less<>>;

void add_texts(Node const& table, std::string_view key, Names& names) {
    Node const* const value = table.find(key);
    if (value == nullptr) {
        return;
    }
    if (value->kind == NodeKind::text) {
        names.insert(value->text);
    }
    for (Node const& item : value->items) {
        names.insert(item.text);
    }
    for (Entry const& entry : value->entries) { // zones = { carrier = share }
        names.insert(entry.key);
    }
}

std::vector<Node> tables_of(Node const& file, std::string_view name) {
    Node const* const node = file.find(name);
    if (node == nullptr) {
        return {};
    }
    return node->kind == NodeKind::list ? node->items : std::vector<Node>{*node};
}

/// What the compared propositions name, and what that names in turn.
class Chosen {
public:
    explicit Chosen(Node const& file) {
        for (Node const& comparison : tables_of(file, "comparison")) {
            add_texts(comparison, "h1", propositions_);
            add_texts(comparison, "h2", propositions_);
        }
        for (Node const& each : tables_of(file, "proposition")) {
            if (has(propositions_, each, "id")) {
                add_texts(each, "deliveries", entries_);
                add_texts(each, "events", entries_);
            }
        }
        for (std::string_view const list : {"delivery", "event", "contamination", "planned"}) {
            for (Node const& each : tables_of(file, list)) {
                if (holds(list, each)) {
                    for (std::string_view const key : {"zones", "between", "on", "zone"}) {
                        add_texts(each, key, carriers_);
                    }
                }
            }
        }
    }

    [[nodiscard]] bool holds(std::string_view list, Node const& each) const {
        if (list == "proposition") {
            return has(propositions_, each, "id");
        }
        if (list == "delivery" || list == "event") {
            return has(entries_, each, "id");
        }
        return list != "carrier" || has(carriers_, each, "id");
    }

private:
    static bool has(Names const& names, Node const& table, std::string_view key) {
        Node const* const value = table.find(key);
        return value != nullptr && names.contains(value->text);
    }

    Names propositions_;
    Names entries_;
    Names carriers_;
};

constexpr KeySpec needed(std::string_view name, ValueType type) {
    return {.name = name, .type = type, .required = true};
}

constexpr std::array entry_keys{
    needed("on", ValueType::date),
    needed("day_is_stated", ValueType::flag),
    needed("program", ValueType::name),
    needed("sha256", ValueType::name),
    needed("text", ValueType::text),
};
constexpr TableSpec entry_table{"frozen", entry_keys};
constexpr std::array file_keys{
    needed("schema", ValueType::integer),
    KeySpec{.name = "frozen", .type = ValueType::tables, .required = true, .table = &entry_table},
};
constexpr TableSpec file_table{"", file_keys};

/// For a string in three quotes: JSON never has three quotes in a row, so only backslashes need care.
std::string with_backslashes(std::string_view text) {
    std::string out;
    for (char const c : text) {
        out += c;
        if (c == '\\') {
            out += c;
        }
    }
    return out;
}

std::string hash_of(std::string_view text) {
    return sha256_hex(std::as_bytes(std::span{text}));
}

} // namespace

std::vector<FrozenTable> to_frozen_tables(std::string_view case_text, std::string const& file) {
    Node const top = parse_toml(case_text, file);
    Chosen const chosen{top};
    std::vector<FrozenTable> out;
    for (std::string_view const name : tables) {
        FrozenTable table{std::string{name}, {}};
        for (Node const& each : tables_of(top, name)) {
            if (chosen.holds(name, each)) {
                table.lines += table.name + ' ' + to_json(each) + '\n';
            }
        }
        out.push_back(std::move(table));
    }
    return out;
}

std::string to_frozen_text(std::span<FrozenTable const> of) {
    std::string text;
    for (FrozenTable const& table : of) {
        text += table.lines;
    }
    return text;
}

std::vector<FrozenTable> split_frozen_text(std::string_view text) {
    std::vector<FrozenTable> out;
    for (std::string_view const name : tables) {
        out.push_back({std::string{name}, {}});
    }
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size() - 1) + 1;
        std::string_view const line = text.substr(0, end);
        auto const found =
            std::ranges::find(out, line.substr(0, line.find(' ')), &FrozenTable::name);
        if (found != out.end()) {
            found->lines += line;
        }
        text.remove_prefix(end);
    }
    return out;
}

std::string to_frozen_toml(std::span<FrozenEntry const> entries) {
    std::string out =
        "# Propositions and examination plan, frozen by `contremarque freeze`: docs/formats/"
        "frozen.toml.md.\n"
        "# sha256 is the hash of text. Do not edit: an edit shows.\nschema = 1\n";
    for (FrozenEntry const& entry : entries) {
        out += "\n[[frozen]]\non = " + entry.on +
               "\nday_is_stated = " + (entry.is_stated ? "true" : "false") +
               "\nprogram = " + quoted(entry.program) + "\nsha256 = " + quoted(entry.sha256) +
               "\ntext = \"\"\"\n" + with_backslashes(entry.text) + "\"\"\"\n";
    }
    return out;
}

std::vector<FrozenEntry> parse_frozen(std::string_view text, std::string const& file) {
    Node const top = parse_toml(text, file);
    Problems problems;
    Place const place{file, 0, ""};
    check_form(top, file_table, place, problems);
    problems.throw_if_any();
    std::vector<FrozenEntry> entries;
    for (Fields const& from : Fields{top, place}.tables("frozen")) {
        FrozenEntry entry{.on = from.text("on"),
                          .is_stated = from.flag("day_is_stated"),
                          .program = from.text("program"),
                          .sha256 = from.text("sha256"),
                          .text = from.text("text")};
        if (hash_of(entry.text) != entry.sha256) {
            Error refusal{ErrorKind::integrity,
                          {"le texte n’a pas l’empreinte numérique que le fichier énonce : il a "
                           "été modifié après "
                           "avoir été figé",
                           "the text has another hash than the file states: it was changed after "
                           "it was frozen"}};
            refusal.at(to_text(from.place_of("text")));
            throw Error{refusal};
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace cmq::casefile
