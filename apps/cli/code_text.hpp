// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A marker's code as read, as lines for a terminal.

#pragma once

#include "apps/cli/speaker.hpp"
#include "apps/pipeline/read_codes.hpp"

#include <string>

namespace cmq::cli {

/// What was read in one file; with a registry the verdict first, then the lots, the chance of a false match, the
/// controls and the reasons. Lines of at most 80 columns but for names.
[[nodiscard]] std::string
code_text(Speaker const& say, pipeline::CodeFile const& file, pipeline::CodeRun const& run);

/// Lots of a registry whose codes lie too close; empty when none do.
[[nodiscard]] std::string close_pairs_text(Speaker const& say, lab::Registry const& registry);

} // namespace cmq::cli
