// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"

#include <iostream>
#include <unistd.h>

int main(int argc, char* argv[]) {
    bool const terminal = ::isatty(STDERR_FILENO) == 1;
    return cmq::cli::run({argv + (argc > 0 ? 1 : 0), argv + argc},
                         {std::cout, std::cerr, terminal});
}
