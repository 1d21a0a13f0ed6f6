// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Asks for a passphrase without showing it.

#pragma once

#include "core/language.hpp"
#include "system/passphrase.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boost::program_options {
class variables_map;
} // namespace boost::program_options

namespace cmq::cli {

class OptionAdder;
class Speaker;

/// One line typed at a terminal with its echo off. Backspace and Ctrl-U take back; Ctrl-C and Ctrl-D end the question.
/// \param terminal  descriptor of a terminal, open for reading and writing
/// \throws Error usage  no terminal, nothing typed to the end of input, Ctrl-C, longer than 1000 bytes
[[nodiscard]] Passphrase read_hidden_line(int terminal, std::string_view prompt);

/// Adds --passphrase-file.
void add_passphrase_option(OptionAdder const& add, Speaker const& say);

/// The file that it names; nothing where the passphrase is to be typed.
[[nodiscard]] std::optional<std::string>
passphrase_file(boost::program_options::variables_map const& values);

/// The first line of the file, or what is typed at the terminal of this process; asked twice when it is new.
/// \throws Error usage  no terminal, an empty passphrase, two that differ
/// \throws Error        as read_file
[[nodiscard]] Passphrase
ask_passphrase(std::optional<std::string> const& file, bool is_new, Language language);

/// Nobody types a passphrase for files that are not there.
/// \throws Error io  none of them is
void expect_any_file(std::vector<std::string> const& files);

} // namespace cmq::cli
