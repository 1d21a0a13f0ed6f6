// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Other programs, run by tests.

#pragma once

#include <filesystem>
#include <string>

namespace cmq::render::test {

struct Ran {
    int status = -1;
    std::string output; ///< stdout and stderr
};

/// Runs a line of the shell.
[[nodiscard]] Ran run_command(std::string const& line);

/// Whether the shell finds the program.
[[nodiscard]] bool has_program(std::string const& name);

/// A folder of its own for each test, empty at first.
[[nodiscard]] std::filesystem::path test_folder();

} // namespace cmq::render::test
