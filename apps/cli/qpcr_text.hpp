// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A quantitative PCR as lines for a terminal.

#pragma once

#include "apps/cli/speaker.hpp"
#include "lab/code/qpcr_curve.hpp"
#include "lab/code/qpcr_inhibition.hpp"

#include <optional>
#include <span>
#include <string>

namespace cmq::cli {

/// Curve, limits, blanks and samples of each target but the internal control; lines of at most 80 columns but for names.
[[nodiscard]] std::string qpcr_text(Speaker const& say,
                                    std::span<lab::QpcrTarget const> targets,
                                    std::optional<std::string> const& control);

/// What the internal control says of each sample; a warning where there is none.
[[nodiscard]] std::string inhibition_text(Speaker const& say,
                                          std::optional<std::string> const& control,
                                          std::span<lab::SampleInhibition const> samples);

} // namespace cmq::cli
