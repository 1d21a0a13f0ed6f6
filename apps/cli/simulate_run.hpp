// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `contremarque simulate run`: files of the instruments that read a code, and what they truly hold.

#pragma once

#include "apps/cli/command.hpp"

#include <string>
#include <vector>

namespace cmq::cli {

/// \param arguments  what follows `simulate`, the word `run` first
int run_simulate_run(std::vector<std::string> const& arguments, Streams streams);

} // namespace cmq::cli
