// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Questions to a network, each answered by a tree made for it.

#pragma once

#include "lab/network/evidence.hpp"
#include "lab/network/junction_tree.hpp"

#include <optional>
#include <span>
#include <vector>

namespace cmq::lab {

struct Inference {
    double log10_p_evidence = 0.0; ///< 0 without evidence
    Beliefs beliefs{};
};

/// Posteriors of the nodes asked for, or of all where none is named, given the evidence.
/// \throws Error domain  the evidence is impossible: names a smallest set of findings that cannot stand
///                       together (leave out any one of them, and the rest could); as check_evidence
/// \throws Error limits  as JunctionTree
/// Cost of refusing impossible evidence: one pass for each finding.
[[nodiscard]] Inference infer(Network const& network,
                              Evidence const& evidence,
                              std::vector<std::size_t> const& asked = {},
                              double most_bytes = default_tree_bytes);

/// p(states | evidence) over several nodes, the first slowest, and log10 p(evidence).
struct Joint {
    std::vector<double> values{};
    double log10_p_evidence = 0.0;
};

/// \throws as infer; Error domain  a node stands twice in the list, or the list is empty
[[nodiscard]] Joint infer_joint(Network const& network,
                                Evidence const& evidence,
                                std::vector<std::size_t> const& nodes,
                                double most_bytes = default_tree_bytes);

/// How much more probable the evidence is if the node is in one state than if in another.
struct NodeRatio {
    double log10_p_h1 = 0.0; ///< log10 p(evidence | node = h1); minus infinity: impossible
    double log10_p_h2 = 0.0;
    double log10_lr = 0.0; ///< their difference; plus or minus infinity where one is impossible
};

/// p(evidence | node = h1) / p(evidence | node = h2), in logarithms to the end.
///
/// For a node without parents the ratio does not depend on its probabilities in the file (each of its states
/// gets the same for the computation), so states to which the file gives probability 0 may be compared.
/// \throws Error domain  as infer; h1 and h2 are one state; there is a finding on the node itself; the
///                       evidence is impossible under both; the file gives one of the states probability 0,
///                       and the node has parents
[[nodiscard]] NodeRatio likelihood_ratio(Network const& network,
                                         Evidence const& evidence,
                                         std::size_t node,
                                         std::size_t h1,
                                         std::size_t h2,
                                         double most_bytes = default_tree_bytes);

/// ln of (product of p(finding) over all findings) / p(evidence): above 0, the findings speak against each
/// other under this network. Nothing with fewer than two findings.
/// Source: F. V. Jensen, B. Chamberlain, T. Nordahl, F. Jensen, UAI 1990; for transfer: De March and Taroni
/// 2019.
/// \throws as infer
[[nodiscard]] std::optional<double>
conflict(Network const& network, Evidence const& evidence, double most_bytes = default_tree_bytes);

/// Throws the refusal of impossible evidence, having found a smallest set of findings at fault.
/// \pre  the evidence is impossible
[[noreturn]] void
refuse_impossible(Network const& network, Evidence const& evidence, double most_bytes);

} // namespace cmq::lab
