// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What `contremarque limits` prints for people.

#pragma once

#include "apps/cli/speaker.hpp"
#include "lab/blanks/measure_limits.hpp"

#include <string>

namespace cmq::cli {

[[nodiscard]] std::string limits_text(Speaker const& say,
                                      std::string const& file,
                                      lab::BlankTable const& table,
                                      lab::Limits const& limits);

} // namespace cmq::cli
