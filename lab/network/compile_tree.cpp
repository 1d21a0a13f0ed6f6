// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "lab/network/elimination.hpp"
#include "lab/network/tree_plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::lab {
namespace {

void check_nodes(Network const& network, std::vector<std::size_t> const& nodes) {
    for (std::size_t const node : nodes) {
        if (node >= network.nodes.size()) {
            throw Error{ErrorKind::domain,
                        {"un nœud demandé n’est pas dans le réseau",
                         "a node that is asked for is not in the network"}};
        }
    }
}

// Evidence of the purpose: observed nodes get their state, others their weights.
void take_evidence(TreePlan& plan) {
    std::size_t const count = plan.network.nodes.size();
    plan.tree.fixed_state.assign(count, no_variable);
    if (plan.purpose.evidence.empty()) {
        return;
    }
    plan.weights.resize(count);
    for (EvidenceItem const& item : plan.purpose.evidence) {
        auto& weights = plan.weights[item.node];
        weights.resize(item.weights.size(), 1.0);
        for (std::size_t s = 0; s < weights.size(); ++s) {
            weights[s] *= item.weights[s];
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto& weights = plan.weights[i];
        if (weights.empty()) {
            continue;
        }
        double const largest = *std::ranges::max_element(weights);
        plan.tree.log_constant +=
            std::log(largest); // minus infinity where findings contradict each other
        if (!(largest > 0.0)) {
            weights.assign(weights.size(), 1.0);
            continue;
        }
        for (double& weight : weights) {
            weight /= largest;
        }
        if (auto const state = only_state({i, weights})) {
            plan.tree.fixed_state[i] = static_cast<std::uint32_t>(*state);
            weights.clear();
        }
    }
}

// What was asked for, what was found, and all that leads there.
std::vector<bool> relevant_nodes(TreePlan const& plan) {
    std::vector<bool> wanted(plan.network.nodes.size(), plan.purpose.asked.empty());
    for (auto const& nodes : {plan.purpose.asked, plan.purpose.may_be_found}) {
        for (std::size_t const node : nodes) {
            wanted[node] = true;
        }
    }
    for (auto const& nodes : plan.purpose.together) {
        for (std::size_t const node : nodes) {
            wanted[node] = true;
        }
    }
    for (EvidenceItem const& item : plan.purpose.evidence) {
        wanted[item.node] = true;
    }
    for (auto node = plan.order.rbegin(); node != plan.order.rend(); ++node) {
        if (wanted[*node]) {
            for (std::size_t const parent : plan.network.nodes[*node].parents) {
                wanted[parent] = true;
            }
        }
    }
    return wanted;
}

void number_variables(TreePlan& plan, std::vector<bool> const& wanted) {
    CompiledTree& tree = plan.tree;
    std::size_t const count = plan.network.nodes.size();
    tree.variable_of_node.assign(count, no_variable);
    tree.node_of_variable.reserve(count);
    tree.states.reserve(count);
    for (std::size_t const node : plan.order) {
        if (wanted[node] && tree.fixed_state[node] == no_variable) {
            tree.variable_of_node[node] = static_cast<std::uint32_t>(tree.node_of_variable.size());
            tree.node_of_variable.push_back(static_cast<std::uint32_t>(node));
        }
    }
    tree.begin.assign(count + 1, 0);
    for (std::size_t i = 0; i < count; ++i) {
        tree.states.push_back(static_cast<std::uint32_t>(plan.network.nodes[i].states.size()));
        bool const there = wanted[i];
        tree.begin[i + 1] = tree.begin[i] + (there ? tree.states[i] : 0);
    }
}

Elimination eliminate(TreePlan& plan, std::vector<bool> const& wanted) {
    CompiledTree const& tree = plan.tree;
    VariableGraph graph{tree.node_of_variable.size()};
    auto& family = plan.family;
    auto& variables = plan.variables;
    family.reserve(16);
    variables.reserve(16);
    for (std::size_t node = 0; node < plan.network.nodes.size(); ++node) {
        if (wanted[node]) {
            collect_family(plan.network, node, family);
            collect_variables(tree, family, variables);
            graph.connect_all(variables);
        }
    }
    for (auto const& nodes : plan.purpose.together) {
        collect_variables(tree, nodes, variables);
        graph.connect_all(variables);
    }
    std::vector<std::uint32_t> states;
    states.reserve(tree.node_of_variable.size());
    for (std::uint32_t const node : tree.node_of_variable) {
        states.push_back(tree.states[node]);
    }
    return best_elimination(graph, states);
}

// By the variable that goes last, which puts children before parents: what a clique shares with its parent
// goes later than all else in it.
void order_cliques(TreePlan& plan, std::vector<std::uint32_t>& last) {
    auto const place_of = [&](std::uint32_t variable) { return plan.position[variable]; };
    if (std::ranges::is_sorted(last, {}, place_of)) {
        return;
    }
    std::vector<std::uint32_t> order(last.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t c) { return place_of(last[c]); });
    std::vector<Clique> cliques(order.size());
    std::vector<std::uint32_t> new_last(order.size());
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t c = 0; c < order.size(); ++c) {
        cliques[c] = std::move(plan.tree.cliques[order[c]]);
        new_last[c] = last[order[c]];
        place[order[c]] = c;
    }
    plan.tree.cliques = std::move(cliques);
    last = std::move(new_last);
    for (std::uint32_t& clique : plan.clique_of) {
        clique = place[clique];
    }
}

// A clique that lies in that of an earlier variable joins it: such chains are the maximal cliques.
void make_cliques(TreePlan& plan, Elimination const& elimination) {
    std::size_t const count = elimination.order.size();
    plan.position.resize(count);
    plan.clique_of.assign(count, no_clique);
    for (std::uint32_t i = 0; i < count; ++i) {
        plan.position[elimination.order[i]] = i;
    }
    auto const next_of = [&](std::uint32_t variable) {
        auto const& later = elimination.later[variable];
        return *std::ranges::min_element(
            later, {}, [&](std::uint32_t v) { return plan.position[v]; });
    };
    std::vector<std::uint32_t> last; // by clique: its variable that goes last
    last.reserve(count);
    plan.tree.cliques.reserve(count);
    for (std::uint32_t const variable : elimination.order) {
        if (plan.clique_of[variable] == no_clique) {
            plan.clique_of[variable] = static_cast<std::uint32_t>(plan.tree.cliques.size());
            Clique clique;
            clique.variables.reserve(elimination.later[variable].size() + 1);
            clique.variables = elimination.later[variable];
            clique.variables.push_back(variable);
            std::ranges::sort(clique.variables, std::greater<>{}, [&](std::uint32_t v) {
                return plan.position[v];
            });
            plan.tree.cliques.push_back(std::move(clique));
            last.push_back(variable);
        }
        std::uint32_t const clique = plan.clique_of[variable];
        auto const& later = elimination.later[variable];
        if (last[clique] == variable && !later.empty()) {
            std::uint32_t const next = next_of(variable);
            if (plan.clique_of[next] == no_clique &&
                elimination.later[next].size() + 1 == later.size()) {
                plan.clique_of[next] = clique;
                last[clique] = next;
            }
        }
    }
    order_cliques(plan, last);
    for (std::uint32_t c = 0; c < last.size(); ++c) {
        auto const& later = elimination.later[last[c]];
        Clique& clique = plan.tree.cliques[c];
        if (!later.empty()) {
            clique.parent = plan.clique_of[next_of(last[c])];
        }
        for (std::size_t i = 0; i < later.size(); ++i) {
            clique.separator *= plan.tree.states_of(clique.variables[i]);
        }
    }
}

void check_size(TreePlan& plan) {
    CompiledTree& tree = plan.tree;
    TreeSize& size = tree.size;
    double separators = 0.0;
    Clique const* largest = nullptr;
    for (Clique const& clique : tree.cliques) {
        double numbers = 1.0;
        for (std::uint32_t const variable : clique.variables) {
            numbers *= tree.states_of(variable);
        }
        size.numbers += numbers;
        separators += clique.parent == no_clique ? 0.0 : static_cast<double>(clique.separator);
        if (numbers > size.largest) {
            size.largest = numbers;
            largest = &clique;
        }
    }
    size.cliques = tree.cliques.size();
    // The products kept, and a pass in wide numbers with its separators twice.
    size.bytes = 24.0 * size.numbers + 32.0 * separators;
    if (largest != nullptr) {
        size.largest_nodes.reserve(largest->variables.size());
        for (std::uint32_t const variable : largest->variables) {
            size.largest_nodes.push_back(tree.node_of_variable[variable]);
        }
        std::ranges::sort(size.largest_nodes);
    }
    constexpr double most_numbers = 2147483648.0; // positions in a table are 32 bits wide
    if (size.bytes > plan.purpose.most_bytes || size.largest > most_numbers) {
        std::string names;
        for (std::size_t i = 0; i < size.largest_nodes.size() && i < 12; ++i) {
            names += (i == 0 ? "" : ", ") + plan.network.nodes[size.largest_nodes[i]].name;
        }
        names += size.largest_nodes.size() > 12 ? ", ..." : "";
        throw Error{ErrorKind::limits,
                    {"le calcul exact prendrait {} Mo, plus que les {} Mo permis ; la plus grande "
                     "clique a {} "
                     "nœuds et {} nombres : {}",
                     "exact inference would take {} MB, more than the {} MB allowed; the largest "
                     "clique has {} "
                     "nodes and {} numbers: {}"},
                    std::ceil(size.bytes / 1e6),
                    std::floor(plan.purpose.most_bytes / 1e6),
                    size.largest_nodes.size(),
                    size.largest,
                    names};
    }
}

} // namespace

CompiledTree compile_tree(Network const& network, TreePurpose const& purpose) {
    check_network(network);
    check_evidence(network, purpose.evidence);
    check_nodes(network, purpose.asked);
    check_nodes(network, purpose.may_be_found);
    for (auto const& nodes : purpose.together) {
        check_nodes(network, nodes);
    }
    TreePlan plan{network, purpose, {}, topological_order(network)};
    take_evidence(plan);
    auto const wanted = relevant_nodes(plan);
    number_variables(plan, wanted);
    make_cliques(plan, eliminate(plan, wanted));
    check_size(plan);
    place_tables(plan);
    place_factors(plan, wanted);
    place_margins(plan);
    place_sets(plan);
    for (std::uint32_t v = 0; !plan.weights.empty() && v < plan.tree.node_of_variable.size(); ++v) {
        auto const& weights = plan.weights[plan.tree.node_of_variable[v]];
        if (!weights.empty()) {
            plan.tree.weights.push_back({v, weights});
        }
    }
    return std::move(plan.tree);
}

} // namespace cmq::lab
