// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/speaker.hpp"
#include "system/keep_memory.hpp"

#include <cstdlib>
#include <iostream>
#include <unistd.h>

int main(int argc, char* argv[]) {
    cmq::keep_freed_memory(); // several camera files, one after another
    auto const language = cmq::cli::language_of_locale(
        {std::getenv("LC_ALL"), std::getenv("LC_MESSAGES"), std::getenv("LANG")});
    bool const terminal = ::isatty(STDERR_FILENO) == 1;
    return cmq::cli::run({argv + (argc > 0 ? 1 : 0), argv + argc},
                         {.out = std::cout,
                          .err = std::cerr,
                          .err_is_terminal = terminal,
                          .language = language,
                          .in = &std::cin});
}
