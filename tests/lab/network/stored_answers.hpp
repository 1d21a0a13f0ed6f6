// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The forensic networks of ../shared/data/networks and their stored answers.

#pragma once

#include "lab/network/evidence.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cmq::lab::test {

struct StoredMarginal {
    Evidence evidence{};
    bool of_evidence = false; ///< p(evidence) instead of a state's
    std::size_t node = 0;
    std::size_t state = 0;
    double p = 0.0;
};

struct StoredRatio {
    std::string network{};
    std::string hypotheses{}; ///< "node:h1/h2"
    std::string finding{};    ///< "node=state;node=state"
    std::string p1{};
    std::string p2{};
    std::string lr{}; ///< "NaN": excluded under both
};

/// The names of the networks, without ".bif"; empty where the folder is not there.
[[nodiscard]] std::vector<std::string> stored_networks();

[[nodiscard]] Network stored_network(std::string const& name);

[[nodiscard]] std::vector<StoredMarginal> stored_marginals(Network const& network,
                                                           std::string const& name);

[[nodiscard]] std::vector<StoredRatio> stored_ratios();

/// "A=x;B=y", "none"
[[nodiscard]] Evidence stored_evidence(Network const& network, std::string const& text);

} // namespace cmq::lab::test
