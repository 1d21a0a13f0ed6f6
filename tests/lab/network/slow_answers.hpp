// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Answers of networks by slow ways that share nothing with the product.

#pragma once

#include "lab/network/evidence.hpp"

#include <map>
#include <vector>

namespace cmq::lab::test {

struct SlowAnswer {
    double p_evidence = 0.0;
    std::vector<std::vector<double>> posteriors{}; ///< by node; p(state, evidence) / p(evidence)
};

/// By the sum over all combinations of states.
[[nodiscard]] SlowAnswer by_enumeration(Network const& network, Evidence const& evidence);

/// One posterior by variable elimination in the order of the nodes from the last to the first, tables as
/// maps from states to numbers. p(evidence) is the sum of what comes back.
[[nodiscard]] std::vector<double>
by_elimination(Network const& network, Evidence const& evidence, std::size_t node);

} // namespace cmq::lab::test
