// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The comments of a TOML text as they are read: lines that follow one another are one text.

#pragma once

#include "casefile/toml_statements.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// Lines of comment without anything between them; or one statement with its comments. In order, and all of them.
[[nodiscard]] std::vector<std::span<Statement const>>
comment_blocks(std::span<Statement const> statements);

[[nodiscard]] std::vector<TextSpan> comments_in(std::span<Statement const> block);

/// The comments as one text without '#', so that a sentence goes on from line to line.
[[nodiscard]] std::string said_in(std::span<TextSpan const> comments, std::string_view text);

} // namespace cmq::casefile
