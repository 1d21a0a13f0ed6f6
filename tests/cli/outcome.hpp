// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Runs a command inside the test program and keeps what it said.

#pragma once

#include "apps/cli/command.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace cmq::cli::test {

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

inline Outcome run(std::vector<std::string> const& words, Language language = Language::english) {
    std::ostringstream out;
    std::ostringstream err;
    int const status = cmq::cli::run(words, {out, err, false, language});
    return {status, out.str(), err.str()};
}

/// The same with answers typed, in a language.
inline Outcome
run_with(std::vector<std::string> const& words, std::string const& typed, Language language) {
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in{typed};
    int const status = cmq::cli::run(
        words, {.out = out, .err = err, .err_is_terminal = false, .language = language, .in = &in});
    return {status, out.str(), err.str()};
}

} // namespace cmq::cli::test
