// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a JunctionTree holds, and how it is made.

#pragma once

#include "lab/network/junction_tree.hpp"
#include "lab/network/table_walk.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace cmq::lab {

inline constexpr std::uint32_t no_variable = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint32_t no_clique = std::numeric_limits<std::uint32_t>::max();

/// A stretch of CompiledTree::axes.
struct AxisRange {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
};

/// Variables lie from the last eliminated to the first, so those shared with the parent come first and
/// a message to it is a sum over blocks.
struct Clique {
    std::vector<std::uint32_t> variables{};
    std::size_t at = 0;   ///< of its table in the arena
    std::size_t size = 1; ///< of its table
    std::uint32_t parent = no_clique;
    std::size_t separator_at = 0; ///< in the arena of separators
    std::size_t separator = 1;    ///< numbers shared with the parent
    AxisRange in_parent{};        ///< from the parent's table to the separator
};

/// A node's table, cut at what was observed for good.
struct Factor {
    std::uint32_t node = 0;
    std::uint32_t clique = 0;
    std::size_t at = 0; ///< first number in CompiledTree::tables
    AxisRange axes{};   ///< from the clique's table to the node's
};

/// Where a smaller table is summed from.
struct Margin {
    std::uint32_t clique = 0;
    AxisRange axes{};
    std::size_t size = 1;
};

struct Weights {
    std::uint32_t variable = 0;
    std::vector<double> values{}; ///< the largest is 1
};

struct CompiledTree {
    std::vector<std::uint32_t> states{};           ///< by node
    std::vector<std::uint32_t> variable_of_node{}; ///< no_variable: observed for good, or left out
    std::vector<std::uint32_t> fixed_state{};      ///< by node; no_variable: none
    std::vector<std::uint32_t> node_of_variable{};
    std::vector<std::size_t> begin{}; ///< of each node's posterior in Beliefs::values
    std::vector<Clique> cliques{};    ///< children before parents
    std::vector<Factor> factors{};
    std::vector<double> tables{};           ///< all nodes' tables one after the other
    std::vector<Margin> margins{};          ///< by variable
    std::vector<Margin> sets{};             ///< of TreePurpose::together
    std::vector<std::size_t> set_offsets{}; ///< where nodes observed for good put a set's numbers
    std::vector<Weights> weights{};         ///< soft evidence of the purpose
    std::vector<Axis> axes{};
    /// Products of the factors of each clique, scaled by powers of two.
    std::vector<double> base{};
    long base_exponent = 0;     ///< of two: what all of base was divided by
    bool base_lost = false;     ///< some of base went below what a double holds
    std::size_t separators = 0; ///< numbers in all separators
    double log_constant = 0.0;  ///< of factors without variables, and of scaled weights
    TreeSize size{};

    [[nodiscard]] std::span<Axis const> range(AxisRange r) const {
        return {axes.data() + r.begin, r.count};
    }

    [[nodiscard]] std::uint32_t states_of(std::uint32_t variable) const {
        return states[node_of_variable[variable]];
    }

    /// How positions in a clique's table fall on another one with these strides by variable.
    [[nodiscard]] AxisRange add_axes(Clique const& clique,
                                     std::vector<std::uint32_t> const& stride_of_variable);
};

/// All but the products in `base`, which are left empty.
/// \throws as the constructor of JunctionTree
[[nodiscard]] CompiledTree compile_tree(Network const& network, TreePurpose const& purpose);

} // namespace cmq::lab
