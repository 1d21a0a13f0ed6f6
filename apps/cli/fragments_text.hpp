// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A run of fragments as lines for a terminal.

#pragma once

#include "apps/cli/speaker.hpp"
#include "apps/pipeline/read_fragments.hpp"

#include <string>

namespace cmq::cli {

/// Facts of the run, size standard, lengths of each dye, alleles; lines of at most 80 columns but for names.
[[nodiscard]] std::string fragments_text(Speaker const& say, pipeline::FragmentFile const& file);

} // namespace cmq::cli
