// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A quantitative PCR as lines for a terminal.

#pragma once

#include "apps/cli/speaker.hpp"
#include "lab/code/qpcr_curve.hpp"

#include <span>
#include <string>

namespace cmq::cli {

/// Curve, limits, blanks and samples of each target; lines of at most 80 columns but for names.
[[nodiscard]] std::string qpcr_text(Speaker const& say, std::span<lab::QpcrTarget const> targets);

} // namespace cmq::cli
