// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/toml_statements.hpp"

#include "casefile/toml_guard.hpp"
#include "casefile/toml_text.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace cmq::casefile {
namespace {

/// What some editors put before UTF-8 text; parse_toml passes over it.
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

StatementKind kind_of(std::string_view statement) {
    std::size_t const first = statement.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return StatementKind::blank;
    }
    return statement[first] == '#'   ? StatementKind::comment
           : statement[first] == '[' ? StatementKind::header
                                     : StatementKind::value;
}

/// Past the statement that begins at i; collects its comments.
std::size_t
end_of_statement(std::string_view text, std::size_t i, std::vector<TextSpan>& comments) {
    int depth = 0;
    while (i < text.size()) {
        char const c = text[i];
        if (c == '"' || c == '\'') {
            i = skip_string(text, i);
            continue;
        }
        if (c == '#') {
            std::size_t const end = std::min(text.find('\n', i), text.size());
            comments.push_back({i, end});
            i = end;
            continue;
        }
        ++i;
        if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == '\n' && depth <= 0) {
            return i;
        }
    }
    return i;
}

/// The keys of a header or of the left side of a value, and whether the header has two brackets.
std::pair<std::vector<std::string>, bool> keys_of(std::string const& header) {
    Node node = parse_toml(header, "");
    std::vector<std::string> keys;
    while (node.kind == NodeKind::table && node.entries.size() == 1) {
        keys.push_back(node.entries.front().key);
        Node below = std::move(node.entries.front().node);
        node = std::move(below);
    }
    return {keys, node.kind == NodeKind::list};
}

/// Where the '=' of a value stands.
std::size_t equals_sign(std::string_view statement) {
    std::size_t i = 0;
    while (i < statement.size() && statement[i] != '=') {
        i = statement[i] == '"' || statement[i] == '\'' ? skip_string(statement, i) : i + 1;
    }
    return i;
}

/// Follows the headers of a text and counts the tables of each list.
class Headers {
public:
    NodePath next(std::string const& header) {
        auto const [keys, is_list] = keys_of(header);
        NodePath path;
        std::string joined;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            path.emplace_back(keys[i]);
            joined += std::to_string(keys[i].size()) + ':' + keys[i];
            bool const is_new = is_list && i + 1 == keys.size();
            if (!is_new && !counts_.contains(joined)) {
                continue;
            }
            std::size_t const number = is_new ? counts_[joined]++ : counts_[joined] - 1;
            path.emplace_back(number);
            joined += '[' + std::to_string(number) + ']';
        }
        return path;
    }

private:
    std::map<std::string, std::size_t> counts_; ///< tables so far of each list
};

bool begins_with(NodePath const& path, NodePath const& start) {
    return start.size() <= path.size() && std::equal(start.begin(), start.end(), path.begin());
}

Node const& child(Node const& node, Step const& step) {
    if (auto const* const key = std::get_if<std::string>(&step)) {
        Node const* const found = node.find(*key);
        CMQ_EXPECTS(found != nullptr);
        return *found;
    }
    return node.items.at(std::get<std::size_t>(step));
}

/// The value with the edits below it. \param at  its own path
Node with_edits(Node const& node, NodePath const& at, std::span<Edit const> edits) {
    auto const edited = [&](Node const& below, Step const& step) -> std::optional<Node> {
        NodePath path = at;
        path.push_back(step);
        for (Edit const& edit : edits) {
            if (edit.path == path) {
                return edit.value;
            }
        }
        return with_edits(below, path, edits);
    };
    Node out = node;
    out.items.clear();
    out.entries.clear();
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (auto item = edited(node.items[i], i)) {
            out.items.push_back(std::move(*item));
        }
    }
    for (Entry const& entry : node.entries) {
        if (auto value = edited(entry.node, entry.key)) {
            out.entries.push_back({entry.key, std::move(*value)});
        }
    }
    return out;
}

/// The lines of comment right above each header that goes.
void drop_comments_above(std::span<Statement const> statements,
                         std::size_t header,
                         std::vector<std::string>& texts) {
    while (header > 0 && statements[header - 1].kind == StatementKind::comment) {
        texts[--header].clear();
    }
}

/// The comments of a value that is written anew, on lines of their own: they are not lost.
std::string comments_of(std::string_view text, Statement const& statement) {
    std::string lines;
    for (TextSpan const& comment : statement.comments) {
        lines += std::string{comment.in(text)} + '\n';
    }
    return lines;
}

std::string rewritten(std::string_view text, Statement const& statement, Node const& value) {
    std::string const own{statement.span.in(text)};
    return comments_of(text, statement) + own.substr(0, equals_sign(own)) + "= " + to_toml(value) +
           '\n';
}

Node const& at(Node const& whole, NodePath const& path) {
    Node const* node = &whole;
    for (Step const& step : path) {
        node = &child(*node, step);
    }
    return *node;
}

std::string in_key_quotes(std::string const& key) {
    bool const is_bare = !key.empty() && std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
    return is_bare ? key : to_toml_text(key);
}

} // namespace

std::vector<Statement> to_statements(std::string_view text) {
    std::vector<Statement> statements;
    int line = 1;
    std::size_t const mark = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    if (mark > 0) {
        statements.push_back(
            {.kind = StatementKind::blank, .line = line, .span = {0, mark}, .comments = {}});
    }
    for (std::size_t i = mark; i < text.size();) {
        Statement statement{.kind = {}, .line = line, .span = {i, i}, .comments = {}};
        statement.span.end = i = end_of_statement(text, i, statement.comments);
        std::string_view const own = statement.span.in(text);
        statement.kind = kind_of(own);
        line += static_cast<int>(std::ranges::count(own, '\n'));
        statements.push_back(std::move(statement));
    }
    return statements;
}

std::vector<NodePath> paths_of(std::string_view text, std::span<Statement const> statements) {
    std::vector<NodePath> paths;
    Headers headers;
    NodePath table;
    for (Statement const& statement : statements) {
        std::string const own{statement.span.in(text)};
        NodePath path;
        if (statement.kind == StatementKind::header) {
            path = table = headers.next(own);
        } else if (statement.kind == StatementKind::value) {
            path = table;
            for (std::string& key : keys_of('[' + own.substr(0, equals_sign(own)) + ']').first) {
                path.emplace_back(std::move(key));
            }
        }
        paths.push_back(std::move(path));
    }
    return paths;
}

std::string to_toml(Node const& node) {
    auto const listed = [](auto const& parts, char const* open, char const* close, auto&& to_text) {
        std::string text{open};
        for (auto const& part : parts) {
            text += (text.size() > 1 ? ", " : "") + to_text(part);
        }
        return text + close;
    };
    switch (node.kind) {
    case NodeKind::flag:
        return node.flag ? "true" : "false";
    case NodeKind::integer:
        return std::to_string(node.integer);
    case NodeKind::number: {
        std::string const text = number_text(node.number);
        return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
    }
    case NodeKind::text:
        return to_toml_text(node.text);
    case NodeKind::date:
    case NodeKind::time:
    case NodeKind::moment:
        return node.text;
    case NodeKind::list:
        return listed(node.items, "[", "]", [](Node const& item) { return to_toml(item); });
    case NodeKind::table:
        break;
    }
    return listed(node.entries, "{", "}", [](Entry const& entry) {
        return in_key_quotes(entry.key) + " = " + to_toml(entry.node);
    });
}

std::string edit_toml(std::string_view text, std::span<Edit const> edits) {
    auto const statements = to_statements(text);
    auto const paths = paths_of(text, statements);
    Node const whole = parse_toml(text, "");
    std::vector<std::string> texts(statements.size());
    std::ranges::transform(statements, texts.begin(), [&](Statement const& statement) {
        return std::string{statement.span.in(text)};
    });
    for (std::size_t i = 0; i < statements.size(); ++i) {
        NodePath const& path = paths[i];
        bool const is_value = statements[i].kind == StatementKind::value;
        for (Edit const& edit : edits) {
            if (path.empty()) {
                break; // a comment or an empty line
            }
            if (begins_with(path, edit.path) && !edit.value) {
                texts[i].clear();
                if (!is_value) {
                    drop_comments_above(statements, i, texts);
                }
            } else if (is_value && !texts[i].empty() && begins_with(edit.path, path)) {
                Node const value =
                    edit.path == path ? *edit.value : with_edits(at(whole, path), path, edits);
                texts[i] = rewritten(text, statements[i], value);
            }
        }
    }
    return std::accumulate(texts.begin(), texts.end(), std::string{});
}

} // namespace cmq::casefile
