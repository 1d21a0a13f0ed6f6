// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Text that cannot become markup, and bytes as base64.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace cmq::report {

/// Drops control characters other than tab and line feed, the Unicode directional overrides, noncharacters, and bytes
/// that are not UTF-8.
[[nodiscard]] std::string clean_text(std::string_view text);

/// clean_text with & < > " ' escaped: safe in text and in quoted attributes of HTML and XML.
[[nodiscard]] std::string escape_html(std::string_view text);

/// RFC 4648 base64 with padding.
[[nodiscard]] std::string to_base64(std::span<std::byte const> bytes);

} // namespace cmq::report
