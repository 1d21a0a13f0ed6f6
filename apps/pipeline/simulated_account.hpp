// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Random accounts of how marker may have come to somebody, as the text of a case file.

#pragma once

#include "core/random.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

/// An account without observations.
struct SimulatedAccount {
    std::string
        text{}; ///< TOML: head, carriers, deliveries, events, two propositions, one comparison
    std::vector<std::string> zones{}; ///< that are examined
    std::string examined_at{};        ///< "18:40"
};

[[nodiscard]] SimulatedAccount simulated_account(std::string_view id, Random& random);

/// One observation of the search of such a case.
[[nodiscard]] std::string
simulated_observation(std::string_view zone, bool detected, std::string_view examined_at);

} // namespace cmq::pipeline
