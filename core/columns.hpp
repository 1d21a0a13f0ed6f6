// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How wide a text is on a terminal.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cmq {

/// One column for each character of UTF-8: right for French and English, not for wide or combining characters.
[[nodiscard]] std::size_t columns_of(std::string_view text) noexcept;

/// As much of the text as fits, cut between characters.
[[nodiscard]] std::string first_columns(std::string_view text, std::size_t most);

/// The text on lines of at most `width` columns, broken at ordinary spaces only; `first` begins the first line and
/// `indent` each other one. A word that is longer stands alone on its line. Line feeds of the text stay.
[[nodiscard]] std::string wrapped(std::string_view text,
                                  std::size_t width,
                                  std::string_view first = "",
                                  std::string_view indent = "");

} // namespace cmq
