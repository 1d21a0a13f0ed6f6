// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The spaces of a text as French and English printers set them.

#pragma once

#include "core/language.hpp"

#include <string>
#include <string_view>

namespace cmq {

inline constexpr std::string_view no_break_space{"\u00A0"};
inline constexpr std::string_view narrow_no_break_space{"\u202F"};

/// Turns the ordinary spaces of a wording into the no-break ones that typography asks for.
///
/// French: no-break before ':' and '»' and after '«', narrow no-break before ';', '!', '?' and '%'.
/// Both languages: narrow no-break between a digit and a unit ("365 nm", "12 h 40", "5 min") and
/// between the groups of a number ("10 000", French only).
/// Only spaces that are there change ("12:40" and "https://" stay), so it may be applied twice.
[[nodiscard]] std::string typeset(std::string_view text, Language language);

} // namespace cmq
