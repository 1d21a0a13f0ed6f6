// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Progress on a terminal: one line that is rewritten.

#pragma once

#include "apps/cli/command.hpp"
#include "core/progress.hpp"

namespace cmq::cli {

/// Shows nothing where err is no terminal.
[[nodiscard]] Progress progress_on(Streams streams);

/// Wipes the line.
void end_progress(Streams streams);

} // namespace cmq::cli
