// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the files of a simulated run truly hold, as JSON.

#pragma once

#include "lab/code/simulate_run.hpp"

#include <string>

namespace cmq::report {

/// simulated, instrument, seed, exchanged, amount, error, quality, contamination, ..., files [{file, sha256, role, lots [{lot, amount}]}];
/// docs/cli/simulate.md tells them. '\n' at the end.
/// \param registry_sha256  "" where there is no registry
[[nodiscard]] std::string json_run(lab::SimulatedRun const& run,
                                   std::string const& registry_sha256);

} // namespace cmq::report
