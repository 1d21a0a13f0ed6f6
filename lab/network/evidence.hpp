// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What was found about the nodes of a network.

#pragma once

#include "lab/network/network.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cmq::lab {

/// One finding on one node: p(finding | state) for each state, up to a factor common to all (soft or
/// virtual evidence); an observed state has 1, the others 0. Findings on one node multiply.
struct EvidenceItem {
    std::size_t node = 0;
    std::vector<double> weights{}; ///< one for each state, each 0 or more

    friend bool operator==(EvidenceItem const&, EvidenceItem const&) = default;
};

using Evidence = std::vector<EvidenceItem>;

/// The node is in that state.
/// \throws Error domain  no such node or state
[[nodiscard]] EvidenceItem
observed(Network const& network, std::string_view node, std::string_view state);

/// Weights of some states; the others have 0.
/// \throws Error domain  no such node or state, a state twice, a weight below 0 or not finite, all weights 0
[[nodiscard]] EvidenceItem weighed(Network const& network,
                                   std::string_view node,
                                   std::vector<std::pair<std::string, double>> const& weights);

/// The one state that the finding leaves; nothing where it leaves several or none.
[[nodiscard]] std::optional<std::size_t> only_state(EvidenceItem const& item);

/// "node = state"; "node: state 1, state 0.5" where several are left.
[[nodiscard]] std::string evidence_text(Network const& network, EvidenceItem const& item);

/// \throws Error domain  a node out of range, a number of weights that is not that of its states, a weight below 0 or
///                       not finite, all weights 0
void check_evidence(Network const& network, Evidence const& evidence);

} // namespace cmq::lab
