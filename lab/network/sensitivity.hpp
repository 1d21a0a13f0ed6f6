// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How an answer of a network moves with the numbers in its tables.

#pragma once

#include "lab/network/evidence.hpp"
#include "lab/network/junction_tree.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace cmq::lab {

/// One number of a node's table.
struct TableEntry {
    std::size_t node = 0;
    std::size_t row = 0; ///< combination of the parents' states, as in NetworkNode::table
    std::size_t state = 0;

    friend bool operator==(TableEntry const&, TableEntry const&) = default;
};

/// ((1 - t) at0 + t at1) exp(log_scale): a probability as a function of one number t of a table, the rest of
/// whose row shares 1 - t in the proportions it has (equally where it is all 0).
struct LinearFunction {
    double at0 = 1.0;
    double at1 = 1.0;
    double log_scale = 0.0;

    [[nodiscard]] double log_at(double t) const;
};

/// One number of a table, and an answer as a function of it: over[0] over[1] / (under[0] under[1]).
/// A posterior is a ratio of two linear functions (the others are 1); a likelihood ratio one of four.
struct OneWay {
    TableEntry entry{};
    double value = 0.0;  ///< what the network has
    double answer = 0.0; ///< there
    double slope = 0.0;  ///< of the answer there
    std::array<LinearFunction, 2> over{};
    std::array<LinearFunction, 2> under{};

    /// The answer at t from 0 to 1; infinity where what is below the line is 0, NaN where both are.
    [[nodiscard]] double at(double t) const;

    /// Where in [0, 1] the answer is y, ascending; none, one or two.
    [[nodiscard]] std::vector<double> crossings(double y) const;
};

/// p(node = state | evidence) as a function of each number of each table that it depends on; in the order of
/// the nodes, their rows and states. Left out: numbers by which the answer does not move.
/// \throws Error domain, limits  as infer
/// Cost: two passes for each node.
/// Source: E. Castillo, J. M. Gutiérrez, A. S. Hadi, IEEE Trans. SMC A 27 (1997) 412; V. M. H. Coupé,
/// L. C. van der Gaag, IEEE Trans. 2002; H. Chan, A. Darwiche, JAIR 17 (2002) 265.
[[nodiscard]] std::vector<OneWay> posterior_sensitivity(Network const& network,
                                                        Evidence const& evidence,
                                                        std::size_t node,
                                                        std::size_t state,
                                                        double most_bytes = default_tree_bytes);

/// p(evidence | node = h1) / p(evidence | node = h2) likewise.
/// \throws Error domain, limits  as likelihood_ratio
/// Cost: four passes for each node.
[[nodiscard]] std::vector<OneWay> ratio_sensitivity(Network const& network,
                                                    Evidence const& evidence,
                                                    std::size_t node,
                                                    std::size_t h1,
                                                    std::size_t h2,
                                                    double most_bytes = default_tree_bytes);

/// p(node = state | evidence) as a function of two numbers t and u of different rows: a ratio of two functions
/// that are linear in each; values at the corners (t, u) = (0, 0), (0, 1), (1, 0), (1, 1), over a common factor.
struct TwoWay {
    std::array<double, 4> over{};
    std::array<double, 4> under{};

    [[nodiscard]] double at(double t, double u) const;
};

/// \throws Error domain  both numbers stand in one row, or an entry is not in the network; as infer
[[nodiscard]] TwoWay two_way_sensitivity(Network const& network,
                                         Evidence const& evidence,
                                         std::size_t node,
                                         std::size_t state,
                                         TableEntry first,
                                         TableEntry second,
                                         double most_bytes = default_tree_bytes);

/// The network with one number of a table changed to t, the rest of its row in proportion.
/// \throws Error domain  the entry is not in the network, its node has one state, t is no probability
[[nodiscard]] Network with_entry(Network network, TableEntry entry, double t);

} // namespace cmq::lab
