// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/junction_tree.hpp"

#include "core/error.hpp"
#include "lab/network/compiled_tree.hpp"
#include "lab/network/tree_pass.hpp"

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <limits>
#include <type_traits>

namespace cmq::lab {
namespace {

Applied applied(CompiledTree const& tree, Evidence const& more) {
    Applied found;
    for (EvidenceItem const& item : more) {
        if (item.node >= tree.states.size() || item.weights.size() != tree.states[item.node] ||
            tree.begin[item.node] == tree.begin[item.node + 1]) {
            throw Error{ErrorKind::domain,
                        {"une constatation porte sur un nœud pour lequel l’arbre n’est pas fait",
                         "a finding is of a node that the tree was not made for"}};
        }
        if (tree.fixed_state[item.node] != no_variable) {
            found.log_constant += std::log(item.weights[tree.fixed_state[item.node]]);
            continue;
        }
        double const largest = *std::ranges::max_element(item.weights);
        if (!(largest > 0.0) || !std::isfinite(largest) ||
            std::ranges::any_of(item.weights, [](double w) { return !(w >= 0.0); })) {
            throw Error{
                ErrorKind::domain,
                {"les poids d’une constatation ne sont pas des nombres de 0 ou plus, dont un "
                 "positif",
                 "the weights of a finding are not numbers of 0 or more, one of them above 0"}};
        }
        found.weights.push_back({tree.variable_of_node[item.node], item.weights});
        for (double& weight : found.weights.back().values) {
            weight /= largest;
        }
        found.log_constant += std::log(largest);
    }
    return found;
}

template <class T>
Pass<T> pass(CompiledTree const& tree, Applied const& evidence, std::size_t without) {
    Walker<T> walker{tree, start_tables<T>(tree, without)};
    walker.apply(tree.weights);
    walker.apply(evidence.weights);
    auto result = walker.run();
    result.log_p += tree.log_constant + evidence.log_constant;
    return result;
}

// Whether a number left the range of a double since the flags were cleared: rounded below the smallest, or
// beyond the largest. A product that is 0 because a factor is 0 raises none.
bool left_range() {
    return std::fetestexcept(FE_UNDERFLOW | FE_OVERFLOW | FE_INVALID) != 0;
}

// Clearing costs more than a small network does.
void clear_range() {
    if (left_range()) {
        std::feclearexcept(FE_ALL_EXCEPT);
    }
}

// Not inlined: the flags are read after all of it.
[[gnu::noinline]] void watched_pass(CompiledTree const& tree,
                                    Applied const& evidence,
                                    std::size_t without,
                                    Pass<double>& result) {
    result = pass<double>(tree, evidence, without);
}

/// Calls `use` with a pass that lost nothing.
template <class Use>
auto with_pass(CompiledTree const& tree,
               Evidence const& more,
               std::size_t without,
               Use const& use) {
    Applied const evidence = applied(tree, more);
    Pass<double> narrow;
    bool lost = tree.base_lost;
    if (!lost) {
        clear_range();
        watched_pass(tree, evidence, without, narrow);
        lost = left_range();
    }
    return lost ? use(pass<WideNumber>(tree, evidence, without)) : use(narrow);
}

template <class T>
std::vector<double> summed(CompiledTree const& tree,
                           Pass<T> const& pass,
                           std::uint32_t clique,
                           AxisRange axes,
                           std::size_t size) {
    std::vector<T> sums(size);
    add_up(pass.tables.data() + tree.cliques[clique].at, sums.data(), tree.range(axes));
    std::vector<double> values(size);
    std::ranges::transform(
        sums, values.begin(), [](T value) { return static_cast<double>(value); });
    return values;
}

template <class T>
Beliefs beliefs_of(CompiledTree const& tree, Pass<T> const& pass) {
    Beliefs beliefs;
    beliefs.log_p_evidence = pass.log_p;
    beliefs.begin = tree.begin;
    if (!beliefs.possible()) {
        return beliefs;
    }
    beliefs.values.resize(tree.begin.back());
    std::vector<T> sums;
    for (std::size_t node = 0; node < tree.states.size(); ++node) {
        double* const to = beliefs.values.data() + tree.begin[node];
        if (tree.fixed_state[node] != no_variable) {
            to[tree.fixed_state[node]] = 1.0;
        } else if (tree.variable_of_node[node] != no_variable) {
            Margin const& margin = tree.margins[tree.variable_of_node[node]];
            T const* const from = pass.tables.data() + tree.cliques[margin.clique].at;
            if constexpr (std::is_same_v<T, double>) {
                add_up(from, to, tree.range(margin.axes));
            } else {
                sums.assign(margin.size, T{});
                add_up(from, sums.data(), tree.range(margin.axes));
                std::ranges::transform(
                    sums, to, [](T value) { return static_cast<double>(value); });
            }
        }
    }
    return beliefs;
}

// Where of the set's table the observed nodes put all of it.
std::size_t fixed_offset(CompiledTree const& tree, std::vector<std::size_t> const& nodes) {
    std::size_t offset = 0;
    for (std::size_t const node : nodes) {
        offset *= tree.states[node];
        offset += tree.fixed_state[node] == no_variable ? 0 : tree.fixed_state[node];
    }
    return offset;
}

[[gnu::noinline]] void fill_base(CompiledTree& tree) {
    tree.base_exponent = fill_tables(tree, tree.factors.size(), tree.base);
}

} // namespace

bool Beliefs::possible() const noexcept {
    return log_p_evidence > impossible;
}

JunctionTree::JunctionTree(Network const& network, TreePurpose purpose) {
    auto tree = std::make_unique<CompiledTree>(compile_tree(network, purpose));
    tree->base.resize(static_cast<std::size_t>(tree->size.numbers));
    clear_range();
    fill_base(*tree);
    tree->base_lost = left_range();
    for (auto const& nodes : purpose.together) {
        tree->set_offsets.push_back(fixed_offset(*tree, nodes));
    }
    tree_ = std::move(tree);
}

JunctionTree::~JunctionTree() = default;
JunctionTree::JunctionTree(JunctionTree&&) noexcept = default;
JunctionTree& JunctionTree::operator=(JunctionTree&&) noexcept = default;

TreeSize const& JunctionTree::size() const noexcept {
    return tree_->size;
}

Beliefs JunctionTree::propagate(Evidence const& more) const {
    return with_pass(*tree_, more, tree_->factors.size(), [&](auto const& pass) {
        return beliefs_of(*tree_, pass);
    });
}

ScaledTable JunctionTree::joint(std::size_t set, Evidence const& more) const {
    if (set >= tree_->sets.size()) {
        throw Error{ErrorKind::domain,
                    {"l’arbre n’est pas fait pour cet ensemble de nœuds",
                     "the tree was not made for this set of nodes"}};
    }
    Margin const& margin = tree_->sets[set];
    std::size_t const offset = tree_->set_offsets[set];
    return with_pass(*tree_, more, tree_->factors.size(), [&](auto const& pass) {
        ScaledTable table{std::vector<double>(margin.size), pass.log_p};
        if (!(pass.log_p > impossible)) {
            return table;
        }
        if (margin.clique == no_clique) {
            table.values[offset] = 1.0;
            return table;
        }
        auto const sums = summed(*tree_, pass, margin.clique, margin.axes, margin.size - offset);
        std::ranges::copy(sums, table.values.begin() + static_cast<std::ptrdiff_t>(offset));
        return table;
    });
}

ScaledTable JunctionTree::derivatives(std::size_t node, Evidence const& more) const {
    auto const factor = std::ranges::find(tree_->factors, node, &Factor::node);
    CMQ_EXPECTS(factor != tree_->factors.end());
    auto const at = static_cast<std::size_t>(factor - tree_->factors.begin());
    std::size_t const size =
        (at + 1 < tree_->factors.size() ? tree_->factors[at + 1].at : tree_->tables.size()) -
        factor->at;
    return with_pass(*tree_, more, at, [&](auto const& pass) {
        if (!(pass.log_p > impossible)) {
            return ScaledTable{std::vector<double>(size), impossible};
        }
        return ScaledTable{summed(*tree_, pass, factor->clique, factor->axes, size), pass.log_p};
    });
}

} // namespace cmq::lab
