// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the readers of network files share.

#pragma once

#include "core/error.hpp"
#include "lab/network/read_network.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab::parse {

/// A network while it is read.
struct Draft {
    Network network{};
    std::vector<std::size_t> lines{}; ///< where each node begins
    std::vector<Sentence> warnings{};
    std::map<std::string, std::size_t, std::less<>> by_word{}; ///< what the file calls a node
    std::size_t numbers = 0;                                   ///< of all tables so far

    /// Adds a node under the word by which the file names it.
    /// \throws Error format  a second node of that word; limits: too many nodes
    std::size_t add(std::string const& word, std::size_t line);
    /// \throws Error format  there is none
    [[nodiscard]] std::size_t find(std::string_view word, std::size_t line) const;
    /// The numbers that the node's table must have, within the limit of the whole network.
    [[nodiscard]] std::size_t table_size(std::size_t node, std::size_t line);
};

/// Throws the error with its line.
[[noreturn]] void refuse(Error error, std::size_t line);

/// As much of a text as a sentence may hold, without control characters.
[[nodiscard]] std::string shown(std::string_view text);

[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// A probability or weight.
/// \throws Error format  no finite number of 0 or more
[[nodiscard]] double number(std::string_view text, std::size_t line);

/// Walks through text and knows the line.
class Cursor {
public:
    /// `comment` begins one that ends with the line; "/*" begins one in C's manner if `blocks`.
    Cursor(std::string_view text, std::string_view comment, bool blocks, std::size_t first_line = 1)
        : text_{text}
        , comment_{comment}
        , blocks_{blocks}
        , line_{first_line} {}

    [[nodiscard]] std::size_t line() const noexcept { return line_; }

    /// Passes over blanks and comments.
    void skip();

    [[nodiscard]] bool at_end(); ///< after blanks

    [[nodiscard]] char peek(); ///< after blanks; 0 at the end

    /// The next character after blanks.
    /// \throws Error format  another character, or the end
    void expect(char c);

    [[nodiscard]] bool take(char c); ///< the same if it is there

    /// Letters, digits and what is in `more`; may be empty.
    [[nodiscard]] std::string_view word(std::string_view more);

    /// A text in quotation marks, without them; \" and \\ stand for a mark and a backslash.
    [[nodiscard]] std::string quoted();

    /// Text up to one of the characters, outside quotation marks and comments; that one is next.
    /// \throws Error format  the text ends before
    [[nodiscard]] std::string_view until(std::string_view ends);

    void step(); ///< over one character

private:
    [[nodiscard]] bool starts(std::string_view with) const {
        return text_.substr(at_).starts_with(with);
    }

    void pass_quoted();
    bool pass_comment();

    std::string_view text_;
    std::string_view comment_;
    bool blocks_;
    std::size_t line_;
    std::size_t at_ = 0;
};

[[nodiscard]] Draft parse_bif(std::string_view text);
[[nodiscard]] Draft parse_net(std::string_view text);
[[nodiscard]] Draft parse_xdsl(std::string_view text);
[[nodiscard]] Draft parse_uai(std::string_view text);

/// Names of nodes (states) from what people call them, where each has a name and no two are alike.
void use_labels(Draft& draft, std::vector<std::string> const& labels);
void use_state_labels(NetworkNode& node, std::vector<std::string> const& labels);

} // namespace cmq::lab::parse
