// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A TOML text without what its author wrote beside the values.

#pragma once

#include <string>
#include <string_view>

namespace cmq::casefile {

/// The text with each comment taken out, and the blanks before it; everything else, line breaks included,
/// stays where it was, so that places in the text stay true. A `#` inside a string is no comment.
///
/// Notes beside the values of a case are for those who wrote them: they may tell what a client said. What is
/// kept, hashed and handed on is this text.
///
/// \param text  need not be TOML: what follows a mistake may keep its comments, and is refused by parse_toml
/// Cost: one pass.
[[nodiscard]] std::string without_comments(std::string_view text);

} // namespace cmq::casefile
