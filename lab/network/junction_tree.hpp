// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Exact inference on a discrete network by a junction tree.

#pragma once

#include "lab/network/evidence.hpp"
#include "lab/network/network.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace cmq::lab {

inline constexpr double default_tree_bytes = 1073741824.0; ///< 1 GiB

/// What a tree is made for.
struct TreePurpose {
    /// Nodes whose posteriors will be asked for; empty: all of them. What bears neither on these nor on
    /// the evidence is left out.
    std::vector<std::size_t> asked{};
    /// In force at each use. Nodes observed here are cut out of the tree, which makes it smaller.
    Evidence evidence{};
    /// Nodes on which more evidence may come at use; only needed where `asked` is not empty.
    std::vector<std::size_t> may_be_found{};
    /// Sets of nodes whose joint distribution will be asked for.
    std::vector<std::vector<std::size_t>> together{};
    double most_bytes = default_tree_bytes;
};

struct TreeSize {
    std::size_t cliques = 0;
    double numbers = 0.0;                     ///< in all tables of cliques
    double largest = 0.0;                     ///< numbers in the largest table
    std::vector<std::size_t> largest_nodes{}; ///< nodes of that clique
    double bytes = 0.0;                       ///< at most taken at a time
};

/// Posteriors of all nodes of a tree.
struct Beliefs {
    /// ln p(evidence), with the weights of soft evidence as they were given; minus infinity where
    /// it is impossible, and then there are no posteriors.
    double log_p_evidence = 0.0;

    std::vector<double> values{};
    std::vector<std::size_t> begin{}; ///< by node, one more at the end

    [[nodiscard]] bool possible() const noexcept;

    /// p(state | evidence) by state; empty for a node that is not in the tree.
    [[nodiscard]] std::span<double const> of(std::size_t node) const {
        return {values.data() + begin[node], begin[node + 1] - begin[node]};
    }
};

/// Numbers kept as values * exp(log_scale), so that they neither under- nor overflow.
struct ScaledTable {
    std::vector<double> values{};
    double log_scale = 0.0; ///< minus infinity: all are 0
};

struct CompiledTree;

/// A network compiled for inference; unchanged by use, so that threads may share it.
///
/// The moral graph (without what the purpose makes superfluous) is triangulated by the cheapest of three
/// greedy elimination orders; the cliques of that order form the tree. One pass to the roots and one back
/// give all posteriors. Tables are scaled by powers of two on the way; where a number leaves the range of a
/// double all the same (the processor's flags tell), the pass is made again in numbers with an exponent of
/// 64 bits, some ten times slower. So only what is impossible has probability 0.
///
/// Same network, same evidence: same bits. Nodes are numbered in topological order first, so a network
/// that was written to a file and read again gives the same bits too.
///
/// Cost: proportional to size().numbers for each pass.
/// Source: S. L. Lauritzen, D. J. Spiegelhalter, J. R. Statist. Soc. B 50 (1988) 157; F. V. Jensen,
/// S. L. Lauritzen, K. G. Olesen, Comput. Statist. Quarterly 4 (1990) 269 (division at separators);
/// U. B. Kjærulff, AAU R-90-09, 1990 (greedy triangulation).
/// Checked in: tests/lab/network/junction_tree_test.cpp.
class JunctionTree {
public:
    /// \throws Error limits  the tables would take more than purpose.most_bytes: names size and nodes of
    ///                       the largest clique; nothing has been taken then
    /// \throws Error format  as check_network
    /// \throws Error domain  as check_evidence; a node of the purpose is out of range
    explicit JunctionTree(Network const& network, TreePurpose purpose = {});
    ~JunctionTree();
    JunctionTree(JunctionTree&&) noexcept;
    JunctionTree& operator=(JunctionTree&&) noexcept;
    JunctionTree(JunctionTree const&) = delete;
    JunctionTree& operator=(JunctionTree const&) = delete;

    [[nodiscard]] TreeSize const& size() const noexcept;

    /// All posteriors with more evidence beside that of the purpose.
    /// \throws Error domain  as check_evidence; evidence on a node that the purpose left out
    [[nodiscard]] Beliefs propagate(Evidence const& more = {}) const;

    /// p(states, evidence) of one of the sets of the purpose, its first node slowest: values are
    /// p(states | evidence), log_scale is ln p(evidence).
    /// \throws Error domain  as propagate; `set` is not less than the number of sets
    [[nodiscard]] ScaledTable joint(std::size_t set, Evidence const& more = {}) const;

    /// The derivative of p(evidence) by each number of a node's table, laid out as the table.
    /// \pre  the purpose holds no evidence and asks for all nodes
    /// \throws Error domain  as propagate
    [[nodiscard]] ScaledTable derivatives(std::size_t node, Evidence const& more = {}) const;

private:
    std::unique_ptr<CompiledTree const> tree_;
};

} // namespace cmq::lab
