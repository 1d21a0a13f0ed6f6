// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How a case says that its propositions are the program's own draft.

#pragma once

#include <string_view>

namespace cmq::casefile {

/// `propositions_chosen_by` of a case that `requests` wrote and nobody changed: each page of a note says so.
inline constexpr std::string_view drafted_by = "Contremarque (projet à revoir)";

} // namespace cmq::casefile
