// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Claims of a case as JSON. Not a public header: it names nlohmann-json.

#pragma once

#include "report/json_parts.hpp"

namespace cmq::report {

/// The claims of the library that the case states, each with what sources say of it.
[[nodiscard]] Json claims_json(casefile::Case const& file);

} // namespace cmq::report
