// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `contremarque simulate case`: cases of known truth, and what the engine says of them.

#pragma once

#include "apps/cli/command.hpp"

#include <string>
#include <vector>

namespace cmq::cli {

/// \param arguments  what follows `simulate`, the word `case` among them
int run_simulate_case(std::vector<std::string> const& arguments, Streams streams);

} // namespace cmq::cli
