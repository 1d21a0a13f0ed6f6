// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What an examination could give, as text of 80 columns.

#pragma once

#include "report/document.hpp"
#include "report/preassess.hpp"

#include <string>

namespace cmq::cli {

[[nodiscard]] std::string preassess_text(report::PreassessInput const& input,
                                         report::Language language);

} // namespace cmq::cli
