// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a subcommand of the program is.

#pragma once

#include "core/sentence.hpp"

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::cli {

/// The streams a command may write to, so that a test can read them back.
struct Streams {
    std::ostream& out;                     ///< data
    std::ostream& err;                     ///< talk
    bool err_is_terminal = false;          ///< progress is shown only then
    Language language = Language::english; ///< of what people read; data for programs have none
    std::istream* in = nullptr;            ///< answers to questions; none: nobody is there
};

/// One subcommand. Its file, commands/<name>.cpp, holds its settings, its parser and its run.
struct Command {
    std::string_view name; ///< as typed: "detect"
    Words summary;         ///< one line for the list in `contremarque help`
    /// Returns the exit status: 0, or the ErrorKind of the gravest error of several files.
    int (*run)(std::vector<std::string> const& arguments, Streams streams);
};

/// All commands in the order of the help list.
[[nodiscard]] std::vector<Command const*> commands();

/// Runs one command line, program name left out. Every Error ends here as a message and a status.
[[nodiscard]] int run(std::vector<std::string> const& command_line, Streams streams);

} // namespace cmq::cli
