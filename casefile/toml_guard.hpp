// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Refuses text that a TOML parser could be harmed with, before one sees it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cmq::casefile {

/// Deepest nesting of brackets, and longest dotted key: the schema needs 3 of each.
inline constexpr int deepest_nesting = 12;

/// \throws Error format  a NUL byte or another control character, bytes that are not UTF-8, nesting beyond deepest_nesting
/// \throws Error limits  longer than case_size_limit
void guard_toml(std::string_view text, std::string const& file);

/// Past the end of the string that begins with the quote at i; where it does not end, past the line or the text.
[[nodiscard]] std::size_t skip_string(std::string_view text, std::size_t i);

} // namespace cmq::casefile
