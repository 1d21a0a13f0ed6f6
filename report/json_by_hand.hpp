// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The route that is worked by hand, for programs.

#pragma once

#include "lab/transfer/by_hand.hpp"
#include "report/json_parts.hpp"

#include <optional>

namespace cmq::report {

/// null where there is none.
[[nodiscard]] Json by_hand_json(std::optional<lab::HandCheck> const& check);

} // namespace cmq::report
