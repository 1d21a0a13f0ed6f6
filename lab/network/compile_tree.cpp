// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "lab/network/compiled_tree.hpp"
#include "lab/network/elimination.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::lab {
namespace {

/// The network on its way to a tree.
struct Plan {
    Network const& network;
    TreePurpose const& purpose;
    CompiledTree tree{};
    std::vector<std::size_t> order{}; ///< topological
    std::vector<std::vector<double>>
        weights{}; ///< by node: product of the purpose's evidence; empty: none
    std::vector<std::uint32_t> position{};  ///< by variable, in the elimination
    std::vector<std::uint32_t> clique_of{}; ///< by variable: the clique it leaves the graph in
};

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
void take_evidence(Plan& plan) {
    std::size_t const count = plan.network.nodes.size();
    plan.weights.resize(count);
    plan.tree.fixed_state.assign(count, no_variable);
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
std::vector<bool> relevant_nodes(Plan const& plan) {
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

void number_variables(Plan& plan, std::vector<bool> const& wanted) {
    CompiledTree& tree = plan.tree;
    std::size_t const count = plan.network.nodes.size();
    tree.variable_of_node.assign(count, no_variable);
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

std::vector<std::uint32_t> variables_of(CompiledTree const& tree,
                                        std::vector<std::size_t> const& nodes) {
    std::vector<std::uint32_t> variables;
    for (std::size_t const node : nodes) {
        if (tree.variable_of_node[node] != no_variable) {
            variables.push_back(tree.variable_of_node[node]);
        }
    }
    return variables;
}

std::vector<std::size_t> family_of(Network const& network, std::size_t node) {
    std::vector<std::size_t> family = network.nodes[node].parents;
    family.push_back(node);
    return family;
}

Elimination eliminate(Plan const& plan, std::vector<bool> const& wanted) {
    CompiledTree const& tree = plan.tree;
    VariableGraph graph{tree.node_of_variable.size()};
    for (std::size_t node = 0; node < plan.network.nodes.size(); ++node) {
        if (wanted[node]) {
            graph.connect_all(variables_of(tree, family_of(plan.network, node)));
        }
    }
    for (auto const& nodes : plan.purpose.together) {
        graph.connect_all(variables_of(tree, nodes));
    }
    std::vector<std::uint32_t> states;
    for (std::uint32_t const node : tree.node_of_variable) {
        states.push_back(tree.states[node]);
    }
    return best_elimination(graph, states);
}

// By the variable that goes last, which puts children before parents: what a clique shares with its parent
// goes later than all else in it.
void order_cliques(Plan& plan, std::vector<std::uint32_t>& last) {
    std::vector<std::uint32_t> order(last.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t c) { return plan.position[last[c]]; });
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
void make_cliques(Plan& plan, Elimination const& elimination) {
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
    for (std::uint32_t const variable : elimination.order) {
        if (plan.clique_of[variable] == no_clique) {
            plan.clique_of[variable] = static_cast<std::uint32_t>(plan.tree.cliques.size());
            Clique clique;
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

void check_size(Plan& plan) {
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

void place_tables(CompiledTree& tree) {
    std::size_t at = 0;
    for (Clique& clique : tree.cliques) {
        for (std::uint32_t const variable : clique.variables) {
            clique.size *= tree.states_of(variable);
        }
        clique.at = at;
        at += clique.size;
        if (clique.parent != no_clique) {
            clique.separator_at = tree.separators;
            tree.separators += clique.separator;
        }
    }
    std::vector<std::uint32_t> strides(tree.node_of_variable.size());
    for (Clique& clique : tree.cliques) {
        if (clique.parent == no_clique) {
            continue;
        }
        auto stride = static_cast<std::uint32_t>(clique.separator);
        std::vector<std::uint32_t> used;
        for (std::uint32_t const variable : clique.variables) {
            if (stride == 1) {
                break;
            }
            stride /= tree.states_of(variable);
            strides[variable] = stride;
            used.push_back(variable);
        }
        clique.in_parent = tree.add_axes(tree.cliques[clique.parent], strides);
        for (std::uint32_t const variable : used) {
            strides[variable] = 0;
        }
    }
}

std::uint32_t clique_with(Plan const& plan, std::vector<std::uint32_t> const& variables) {
    return plan.clique_of[*std::ranges::min_element(
        variables, {}, [&](std::uint32_t v) { return plan.position[v]; })];
}

void place_factors(Plan& plan, std::vector<bool> const& wanted) {
    CompiledTree& tree = plan.tree;
    std::vector<std::uint32_t> strides(tree.node_of_variable.size());
    for (std::size_t node = 0; node < plan.network.nodes.size(); ++node) {
        if (!wanted[node]) {
            continue;
        }
        auto const& table = plan.network.nodes[node].table;
        Factor factor{static_cast<std::uint32_t>(node), no_clique, tree.tables.size(), {}};
        tree.tables.insert(tree.tables.end(), table.begin(), table.end());
        auto const family = family_of(plan.network, node);
        std::size_t stride = 1;
        for (auto member = family.rbegin(); member != family.rend(); ++member) {
            if (tree.variable_of_node[*member] != no_variable) {
                strides[tree.variable_of_node[*member]] = static_cast<std::uint32_t>(stride);
            } else {
                factor.at += stride * tree.fixed_state[*member];
            }
            stride *= tree.states[*member];
        }
        auto const variables = variables_of(tree, family);
        if (variables.empty()) {
            tree.log_constant += std::log(tree.tables[factor.at]);
            continue;
        }
        factor.clique = clique_with(plan, variables);
        factor.axes = tree.add_axes(tree.cliques[factor.clique], strides);
        tree.factors.push_back(factor);
        for (std::uint32_t const variable : variables) {
            strides[variable] = 0;
        }
    }
}

// Each variable's posterior comes from the smallest clique that holds it.
void place_margins(Plan& plan) {
    CompiledTree& tree = plan.tree;
    std::size_t const count = tree.node_of_variable.size();
    tree.margins.resize(count);
    for (std::uint32_t v = 0; v < count; ++v) {
        tree.margins[v].clique = plan.clique_of[v];
    }
    for (std::uint32_t c = 0; c < tree.cliques.size(); ++c) {
        for (std::uint32_t const v : tree.cliques[c].variables) {
            if (tree.cliques[c].size < tree.cliques[tree.margins[v].clique].size) {
                tree.margins[v].clique = c;
            }
        }
    }
    std::vector<std::uint32_t> strides(count);
    for (std::uint32_t v = 0; v < count; ++v) {
        strides[v] = 1;
        tree.margins[v].axes = tree.add_axes(tree.cliques[tree.margins[v].clique], strides);
        tree.margins[v].size = tree.states_of(v);
        strides[v] = 0;
    }
}

void place_sets(Plan& plan) {
    CompiledTree& tree = plan.tree;
    for (auto const& nodes : plan.purpose.together) {
        std::vector<std::uint32_t> strides(tree.node_of_variable.size());
        Margin margin;
        for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
            if (tree.variable_of_node[*node] != no_variable) {
                strides[tree.variable_of_node[*node]] = static_cast<std::uint32_t>(margin.size);
            }
            margin.size *= tree.states[*node];
        }
        auto const variables = variables_of(tree, nodes);
        margin.clique = variables.empty() ? no_clique : clique_with(plan, variables);
        if (margin.clique != no_clique) {
            margin.axes = tree.add_axes(tree.cliques[margin.clique], strides);
        }
        tree.sets.push_back(margin);
    }
}

} // namespace

AxisRange CompiledTree::add_axes(Clique const& clique,
                                 std::vector<std::uint32_t> const& stride_of_variable) {
    std::vector<std::uint32_t> counts;
    std::vector<std::uint32_t> strides;
    for (std::uint32_t const variable : clique.variables) {
        counts.push_back(states_of(variable));
        strides.push_back(stride_of_variable[variable]);
    }
    auto const joined = join_axes(counts, strides);
    AxisRange const range{static_cast<std::uint32_t>(axes.size()),
                          static_cast<std::uint32_t>(joined.size())};
    axes.insert(axes.end(), joined.begin(), joined.end());
    return range;
}

CompiledTree compile_tree(Network const& network, TreePurpose const& purpose) {
    check_network(network);
    check_evidence(network, purpose.evidence);
    check_nodes(network, purpose.asked);
    check_nodes(network, purpose.may_be_found);
    for (auto const& nodes : purpose.together) {
        check_nodes(network, nodes);
    }
    Plan plan{network, purpose, {}, topological_order(network)};
    take_evidence(plan);
    auto const wanted = relevant_nodes(plan);
    number_variables(plan, wanted);
    make_cliques(plan, eliminate(plan, wanted));
    check_size(plan);
    place_tables(plan.tree);
    place_factors(plan, wanted);
    place_margins(plan);
    place_sets(plan);
    for (std::uint32_t v = 0; v < plan.tree.node_of_variable.size(); ++v) {
        auto const& weights = plan.weights[plan.tree.node_of_variable[v]];
        if (!weights.empty()) {
            plan.tree.weights.push_back({v, weights});
        }
    }
    return std::move(plan.tree);
}

} // namespace cmq::lab
