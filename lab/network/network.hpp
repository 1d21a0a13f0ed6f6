// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A discrete Bayesian network as plain values.

#pragma once

#include "core/sentence.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// A chance node with finitely many states.
///
/// `table` holds one row for each combination of the parents' states, the last parent changing
/// fastest; a row holds one probability for each state, in the order of `states`, and sums to 1.
struct NetworkNode {
    std::string name{};                 ///< as a person reads it: blanks and accents welcome; UTF-8
    std::vector<std::string> states{};  ///< in the order of the table
    std::vector<std::size_t> parents{}; ///< positions in Network::nodes
    std::vector<double> table{};
    std::string comment{};                ///< free text; may be empty
    std::string id{};                     ///< what a file calls the node; empty: made from the name
    std::vector<std::string> state_ids{}; ///< the same for states; empty, or one for each state
};

struct Network {
    std::string name{};
    std::vector<NetworkNode> nodes{};
};

inline constexpr std::size_t most_nodes = 10'000;
inline constexpr std::size_t most_states = 10'000;                       ///< of one node
inline constexpr std::size_t most_table_numbers = std::size_t{1} << 24U; ///< of all tables

/// Adds a node whose parents are there already, and says where it stands.
/// \param table  as NetworkNode::table; not checked before check_network
/// \throws Error domain  a parent is not there
std::size_t add_node(Network& network,
                     std::string name,
                     std::vector<std::string> states,
                     std::vector<std::string> const& parents,
                     std::vector<double> table);

/// The node of that name, or else of that id; nothing where there is none.
[[nodiscard]] std::optional<std::size_t> find_node(Network const& network, std::string_view name);

/// The state of that name, or else of that id.
[[nodiscard]] std::optional<std::size_t> find_state(NetworkNode const& node, std::string_view name);

/// \throws Error domain  there is no such node; names a few that there are
[[nodiscard]] std::size_t node_index(Network const& network, std::string_view name);

/// \throws Error domain  the node has no such state; names those it has
[[nodiscard]] std::size_t state_index(NetworkNode const& node, std::string_view name);

/// How many rows the node's table has: the product of its parents' numbers of states.
/// \throws Error limits  more than most_table_numbers
[[nodiscard]] std::size_t row_count(Network const& network, std::size_t node);

/// Each node after its parents; of those that could come next, the first in the network. An order
/// that is one already stays as it is.
/// \throws Error format  the arrows run in a circle; names the nodes on it
[[nodiscard]] std::vector<std::size_t> topological_order(Network const& network);

/// Divides each row by its sum, unless that is 1 to the last digits, and says where a sum was off by more
/// than 1e-6, one sentence a node.
/// \throws Error format  a number below 0, not finite, or a row of zeros
[[nodiscard]] std::vector<Sentence> normalise_rows(NetworkNode& node);

/// What every function of this module may rely on.
/// \throws Error format  no node; a name that is empty, double or holds control characters; a state
///                       likewise; a parent twice or out of range; a table of another length; a
///                       row that does not sum to 1 within 1e-9, or holds what is no probability; a circle
/// \throws Error limits  more nodes, states or numbers than the limits above
void check_network(Network const& network);

/// The same for one node alone, circles and double names of nodes left out.
void check_node(Network const& network, std::size_t at);

} // namespace cmq::lab
