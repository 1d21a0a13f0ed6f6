// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/purge_parts.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/comment_blocks.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace cmq::casefile {
namespace {

constexpr char const* marker = "[...]";

template <class Names>
bool is_one_of(std::string_view key, Names const& names) {
    return std::ranges::find(names, key) != names.end();
}

/// Keys whose text names something else: taken out, the file would not hold together.
bool is_reference(std::string_view key) {
    constexpr std::array<std::string_view, 22> names{
        "id",   "number", "class",       "capture",   "sample",  "zone",       "zones",  "of",
        "h1",   "h2",     "proposition", "after",     "on",      "deliveries", "events", "file",
        "name", "blanks", "held",        "reference", "between", "kind"};
    return is_one_of(key, names);
}

/// The key as the schema has it, or null.
KeySpec const* find_key(TableSpec const* table, std::string_view name) {
    if (table == nullptr) {
        return nullptr;
    }
    auto const key = std::ranges::find(table->keys, name, &KeySpec::name);
    return key == table->keys.end() ? nullptr : &*key;
}

/// A top table, of a case or of counsel's file.
KeySpec const* find_top_key(std::string_view name) {
    KeySpec const* const key = find_key(&case_schema(), name);
    return key != nullptr ? key : find_key(&counsel_schema(), name);
}

bool is_taken_out(NodePath const& path, std::vector<Edit> const& edits) {
    return std::ranges::any_of(edits, [&](Edit const& edit) {
        return !edit.value && edit.path.size() <= path.size() &&
               std::equal(edit.path.begin(), edit.path.end(), path.begin());
    });
}

bool is_bilingual(Node const& node) {
    return node.kind == NodeKind::table && node.find("fr") != nullptr && node.find("en") != nullptr;
}

class TextPurge {
public:
    TextPurge(std::string const& file,
              PurgedPerson const& person,
              std::vector<Edit>& edits,
              Purged& out)
        : file_{file}
        , person_{person}
        , edits_{edits}
        , out_{out} {}

    void look_at_top(Node const& top) {
        for (Entry const& entry : top.entries) {
            look_at(entry.node, {find_top_key(entry.key), entry.key, {entry.key}, entry.key});
        }
    }

private:
    /// Where a node lies.
    struct Spot {
        KeySpec const* spec = nullptr; ///< of the key that holds it; null where the schema has none
        std::string_view name;         ///< of that key; "" in a list
        NodePath path;
        std::string key; ///< as a message names it
    };

    void look_below(Node const& node, Spot const& at) {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            NodePath below = at.path;
            below.emplace_back(i);
            look_at(node.items[i],
                    {at.spec, "", below, at.key + '[' + std::to_string(i + 1) + ']'});
        }
        TableSpec const* const table = at.spec == nullptr ? nullptr : at.spec->table;
        for (Entry const& entry : node.entries) {
            NodePath below = at.path;
            below.emplace_back(entry.key);
            look_at(entry.node,
                    {find_key(table, entry.key), entry.key, below, join_key(at.key, entry.key)});
        }
    }

    void look_at(Node const& node, Spot const& at) {
        if (is_taken_out(at.path, edits_)) {
            return;
        }
        bool const is_one_text = node.kind == NodeKind::text || is_bilingual(node);
        // At the top "proposition" is a list of tables; further down it names one.
        bool const is_name = at.path.size() > 1 && is_reference(at.name);
        if (is_name || (is_one_text && !speaks_below(node, person_))) {
            return;
        }
        if (!is_one_text) {
            look_below(node, at);
            return;
        }
        Place const place{file_, node.line, at.key};
        // One of a list is not needed: the list is.
        if (!at.name.empty() && at.spec != nullptr && at.spec->required) {
            replace(node, at.path);
            out_.changed.push_back(
                {place, Sentence{{"texte remplacé par {}", "text replaced by {}"}, marker}});
        } else {
            edits_.push_back({at.path, {}});
            out_.removed.push_back(
                {place,
                 Sentence{{"texte qui parle de {}", "text that speaks of {}"}, person_.code}});
        }
    }

    void replace(Node const& node, NodePath const& path) {
        if (node.kind == NodeKind::text) {
            Node text;
            text.kind = NodeKind::text;
            text.text = marker;
            edits_.push_back({path, text});
            return;
        }
        for (Entry const& entry : node.entries) {
            NodePath below = path;
            below.emplace_back(entry.key);
            replace(entry.node, below);
        }
    }

    std::string const& file_;
    PurgedPerson const& person_;
    std::vector<Edit>& edits_;
    Purged& out_;
};

} // namespace

std::string text_of(Node const& table, std::string_view key) {
    Node const* const node = table.find(key);
    return node != nullptr && node->kind == NodeKind::text ? node->text : std::string{};
}

bool speaks_below(Node const& node, PurgedPerson const& person) {
    auto const speaks = [&](auto const& part) {
        if constexpr (requires { part.node; }) {
            return speaks_of(part.key, person) || speaks_below(part.node, person);
        } else {
            return speaks_below(part, person);
        }
    };
    return (node.kind == NodeKind::text && speaks_of(node.text, person)) ||
           std::ranges::any_of(node.items, speaks) || std::ranges::any_of(node.entries, speaks);
}

void purge_texts(Node const& top,
                 std::string const& file,
                 PurgedPerson const& person,
                 std::vector<Edit>& edits,
                 Purged& out) {
    TextPurge{file, person, edits, out}.look_at_top(top);
}

void name_what_still_speaks(Node const& node,
                            Place const& at,
                            PurgedPerson const& person,
                            std::vector<PurgeLine>& left) {
    if (node.kind == NodeKind::text && speaks_of(node.text, person)) {
        left.push_back(
            {at,
             Sentence{{"nomme encore {} : à changer à la main, partout où ce mot est repris",
                       "still names {}: change it by hand, wherever the word is used"},
                      person.code}});
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        name_what_still_speaks(
            node.items[i],
            {at.file, node.items[i].line, at.key + '[' + std::to_string(i + 1) + ']'},
            person,
            left);
    }
    for (Entry const& entry : node.entries) {
        Place const place{at.file, entry.node.line, join_key(at.key, entry.key)};
        Node key;
        key.kind = NodeKind::text;
        key.text = entry.key;
        name_what_still_speaks(key, place, person, left);
        name_what_still_speaks(entry.node, place, person, left);
    }
}

std::string without_comments_on(std::string_view text,
                                std::string const& file,
                                PurgedPerson const& person,
                                Purged& out) {
    auto const statements = to_statements(text);
    std::vector<TextSpan> spans; // what goes, in order
    std::size_t others = 0;
    for (auto const& block : comment_blocks(statements)) {
        std::vector<TextSpan> const comments = comments_in(block);
        if (!speaks_of(said_in(comments, text), person)) {
            others += comments.size();
            continue;
        }
        out.removed.push_back(
            {{file, 0, ""},
             Sentence{{"un commentaire qui parle de {}", "a comment that speaks of {}"},
                      person.code}});
        if (block.front().kind == StatementKind::comment) {
            spans.push_back({block.front().span.begin, block.back().span.end});
        } else {
            spans.insert(spans.end(), comments.begin(), comments.end());
        }
    }
    if (others > 0) {
        out.left.push_back({{file, 0, ""},
                            Sentence{{"lignes de commentaire qui restent, à relire : {}",
                                      "lines of comment that stay, to be read: {}"},
                                     others}});
    }
    std::string kept;
    std::size_t from = 0;
    for (TextSpan const& span : spans) {
        kept += TextSpan{from, span.begin}.in(text);
        from = span.end;
    }
    kept += text.substr(from);
    return kept;
}

} // namespace cmq::casefile
