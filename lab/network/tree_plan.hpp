// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A network on its way to a compiled tree.

#pragma once

#include "lab/network/compiled_tree.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

/// The network on its way to a tree.
struct TreePlan {
    Network const& network;
    TreePurpose const& purpose;
    CompiledTree tree{};
    std::vector<std::size_t> order{}; ///< topological
    std::vector<std::vector<double>>
        weights{}; ///< by node: product of the purpose's evidence; none: empty
    std::vector<std::uint32_t> position{};  ///< by variable, in the elimination
    std::vector<std::uint32_t> clique_of{}; ///< by variable: the clique it leaves the graph in
    // Memory that one step after the other uses.
    std::vector<std::uint32_t> strides{}; ///< by variable
    std::vector<std::uint32_t> variables{};
    std::vector<std::size_t> family{};
};

// Fills `variables`, whose memory is used again and again.
void collect_variables(CompiledTree const& tree,
                       std::span<std::size_t const> nodes,
                       std::vector<std::uint32_t>& variables);

// The parents and, behind them, the node.
void collect_family(Network const& network, std::size_t node, std::vector<std::size_t>& family);

/// Where each clique's table lies, and how messages fall on it.
void place_tables(TreePlan& plan);

/// Each node's table to a clique that holds its family.
void place_factors(TreePlan& plan, std::vector<bool> const& wanted);

/// Each variable's posterior from the smallest clique that holds it.
void place_margins(TreePlan& plan);

/// The sets of nodes that are asked for together.
void place_sets(TreePlan& plan);

} // namespace cmq::lab
