// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Breaks lines for a terminal.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cmq::cli {

/// The text in lines of at most 80 columns, each after so many blanks, each ended. Breaks only at ordinary
/// spaces; a longer word stands on a line of its own. Counts characters, as Latin letters are wide.
[[nodiscard]] std::string wrap_text(std::string_view text, std::size_t indent = 0);

} // namespace cmq::cli
