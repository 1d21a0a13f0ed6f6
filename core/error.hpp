// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The one exception type of the project, and the check for broken preconditions.

#pragma once

#include "core/sentence.hpp"

#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cmq {

/// Why an operation gave no result. The number is the exit status of the command line
/// (docs/cli/README.md), so the list is part of the interface: add at the end, never renumber.
enum class ErrorKind : std::uint8_t {
    internal = 1,     ///< the program is at fault
    usage = 2,        ///< the command line is at fault
    io = 3,           ///< the file system refused: missing, unreadable, disk full
    format = 4,       ///< bytes were read, and break the format they claim to follow
    unsupported = 5,  ///< well formed, but a variant that this program does not read
    shape = 6,        ///< sizes of images or tables do not agree
    domain = 7,       ///< a value outside the range where the method is defined
    insufficient = 8, ///< too few samples, references or findings for any answer
    numeric = 9,      ///< an iteration that must converge did not
    limits = 10,      ///< a limit on time, memory or size was reached
    integrity = 11,   ///< bytes are not those that were recorded
};

/// Thrown when the input or the machine, not the code, is at fault. The sentence says what is
/// wrong and, where it can, what to do; it neither starts with a capital nor ends with a stop.
///
///     throw Error{ErrorKind::shape, {"deux colonnes s’appellent « {} »", "two columns are named '{}'"}, name};
///
/// "We looked and cannot tell" is a finding, not an Error: such results have a state for it.
class Error : public std::runtime_error {
public:
    template <class... Texts>
    Error(ErrorKind kind, Form<sizeof...(Texts)> form, Texts const&... texts)
        : Error{kind, Sentence{form, texts...}} {}

    Error(ErrorKind kind, Sentence what_failed);

    template <std::convertible_to<std::string> Text>
    Error(ErrorKind kind, Text const& what_failed) : Error{kind, Sentence::verbatim(what_failed)} {}

    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

    /// In both languages; what() is the English one.
    [[nodiscard]] Sentence const& sentence() const noexcept { return sentence_; }

    /// Adds where the failure sits, innermost first ("parameter load", "case.toml line 12").
    Error& at(Sentence place);
    Error& at(std::string_view place); ///< a file or an id: the same in both languages

    [[nodiscard]] std::vector<Sentence> const& places() const noexcept { return places_; }

    /// The sentence and its places on one line: "what, at inner, at outer"; "quoi (dedans ; dehors)".
    [[nodiscard]] Sentence full_sentence() const;
    [[nodiscard]] std::string full_text() const; ///< of these the English one

private:
    ErrorKind kind_;
    Sentence sentence_;
    std::vector<Sentence> places_;
};

/// Prints the broken condition to stderr and ends the program; never returns.
[[noreturn]] void contract_broken(char const* condition, char const* file, int line) noexcept;

} // namespace cmq

/// Checks a precondition in every build type: a wrong number is worse than no number.
#define CMQ_EXPECTS(condition)                                                                     \
    (static_cast<bool>(condition) ? void(0)                                                        \
                                  : ::cmq::contract_broken(#condition, __FILE__, __LINE__))
