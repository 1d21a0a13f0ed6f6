// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Writes values as TOML.

#pragma once

#include <string>
#include <string_view>

namespace cmq::casefile {

/// A basic string with its quotes: what parse_toml() reads back as the same bytes.
/// \pre text is UTF-8
[[nodiscard]] std::string to_toml_text(std::string_view text);

} // namespace cmq::casefile
