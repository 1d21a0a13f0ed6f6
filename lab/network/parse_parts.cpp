// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/parse_parts.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <set>

namespace cmq::lab::parse {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool are_names(std::vector<std::string> const& labels) {
    std::set<std::string_view> const different(labels.begin(), labels.end());
    return different.size() == labels.size() && std::ranges::none_of(labels, [](auto const& label) {
               return label.empty() || std::ranges::any_of(label, [](unsigned char c) {
                          return c < 0x20 || c == 0x7f;
                      });
           });
}

} // namespace

void refuse(Error error, std::size_t line) {
    error.at(Sentence{{"ligne {}", "line {}"}, line});
    throw error;
}

std::string shown(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string shown{text.substr(0, most)};
    std::ranges::replace_if(
        shown, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    if (text.size() > most) { // not within a character of UTF-8
        while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0U) == 0x80U) {
            shown.pop_back();
        }
        if (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80U) != 0) {
            shown.pop_back();
        }
        shown += "...";
    }
    return shown;
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

double number(std::string_view text, std::size_t line) {
    bool const plus = text.starts_with('+');
    auto const value = parse_number(plus ? text.substr(1) : text);
    if (!value || !(*value >= 0.0) || (plus && text.substr(1).starts_with('-'))) {
        refuse({ErrorKind::format,
                {"« {} » n’est pas une probabilité écrite avec un point décimal",
                 "'{}' is no probability written with a decimal point"},
                shown(text)},
               line);
    }
    return *value;
}

std::size_t Draft::add(std::string const& word, std::size_t line) {
    if (word.empty()) {
        refuse({ErrorKind::format, {"un nœud n’a pas de nom", "a node has no name"}}, line);
    }
    if (network.nodes.size() >= most_nodes) {
        refuse({ErrorKind::limits,
                {"le réseau a plus de {} nœuds", "the network has more than {} nodes"},
                most_nodes},
               line);
    }
    if (!by_word.emplace(word, network.nodes.size()).second) {
        refuse({ErrorKind::format,
                {"deux nœuds s’appellent « {} »", "two nodes are named '{}'"},
                shown(word)},
               line);
    }
    network.nodes.emplace_back();
    network.nodes.back().name = word;
    lines.push_back(line);
    return network.nodes.size() - 1;
}

std::size_t Draft::find(std::string_view word, std::size_t line) const {
    auto const found = by_word.find(word);
    if (found == by_word.end()) {
        refuse({ErrorKind::format,
                {"le fichier n’a pas de nœud « {} »", "the file has no node '{}'"},
                shown(word)},
               line);
    }
    return found->second;
}

std::size_t Draft::table_size(std::size_t node, std::size_t line) {
    std::size_t size = 0;
    try {
        size = row_count(network, node) * network.nodes[node].states.size();
    } catch (Error const& error) {
        refuse(error, line);
    }
    numbers += size;
    if (numbers > most_table_numbers) {
        refuse({ErrorKind::limits,
                {"les tables du réseau ont plus de {} nombres",
                 "the tables of the network have more than {} numbers"},
                most_table_numbers},
               line);
    }
    return size;
}

void use_labels(Draft& draft, std::vector<std::string> const& labels) {
    bool const names = are_names(labels);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        NetworkNode& node = draft.network.nodes[i];
        node.id = node.name;
        if (names) {
            node.name = labels[i];
        }
    }
}

void use_state_labels(NetworkNode& node, std::vector<std::string> const& labels) {
    node.state_ids = node.states;
    if (are_names(labels)) {
        node.states = labels;
    }
}

// ---- Cursor

void Cursor::step() {
    if (at_ < text_.size()) {
        line_ += text_[at_] == '\n' ? 1U : 0U;
        ++at_;
    }
}

bool Cursor::pass_comment() {
    if (!comment_.empty() && starts(comment_)) {
        while (at_ < text_.size() && text_[at_] != '\n') {
            step();
        }
        return true;
    }
    if (blocks_ && starts("/*")) {
        std::size_t const begin = line_;
        while (!starts("*/")) {
            if (at_ >= text_.size()) {
                refuse(
                    {ErrorKind::format, {"un commentaire ne finit pas", "a comment does not end"}},
                    begin);
            }
            step();
        }
        step();
        step();
        return true;
    }
    return false;
}

void Cursor::skip() {
    while (at_ < text_.size()) {
        if (is_blank(text_[at_])) {
            step();
        } else if (!pass_comment()) {
            return;
        }
    }
}

bool Cursor::at_end() {
    skip();
    return at_ >= text_.size();
}

char Cursor::peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
}

void Cursor::expect(char c) {
    if (peek() == c && c != '\0') {
        step();
        return;
    }
    std::string const wanted(1, c);
    if (at_ >= text_.size()) {
        refuse({ErrorKind::format,
                {"le fichier finit là où « {} » était attendu",
                 "the file ends where '{}' was expected"},
                wanted},
               line_);
    }
    refuse({ErrorKind::format,
            {"« {} » était attendu, « {} » est écrit", "'{}' was expected, '{}' is written"},
            wanted,
            shown(text_.substr(at_, 20))},
           line_);
}

bool Cursor::take(char c) {
    if (peek() != c) {
        return false;
    }
    step();
    return true;
}

std::string_view Cursor::word(std::string_view more) {
    skip();
    std::size_t const begin = at_;
    while (at_ < text_.size()) {
        char const c = text_[at_];
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
        if (!letter && more.find(c) == std::string_view::npos) {
            break;
        }
        ++at_;
    }
    return text_.substr(begin, at_ - begin);
}

std::string Cursor::quoted() {
    expect('"');
    std::size_t const begin = line_;
    std::string text;
    while (at_ < text_.size() && text_[at_] != '"') {
        bool const escape = text_[at_] == '\\' && at_ + 1 < text_.size() &&
                            (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
        if (escape) {
            step();
        }
        text += text_[at_];
        step();
    }
    if (at_ >= text_.size()) {
        refuse(
            {ErrorKind::format,
             {"un texte entre guillemets ne finit pas", "a text in quotation marks does not end"}},
            begin);
    }
    step();
    return text;
}

void Cursor::pass_quoted() {
    static_cast<void>(quoted());
}

std::string_view Cursor::until(std::string_view ends) {
    std::size_t const begin = at_;
    std::size_t const begin_line = line_;
    while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) {
        if (text_[at_] == '"') {
            pass_quoted();
        } else if (!pass_comment()) {
            step();
        }
    }
    if (at_ >= text_.size()) {
        refuse({ErrorKind::format,
                {"le fichier finit là où « {} » était attendu",
                 "the file ends where '{}' was expected"},
                std::string(1, ends.front())},
               begin_line);
    }
    return text_.substr(begin, at_ - begin);
}

} // namespace cmq::lab::parse
