// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/tree_plan.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {

AxisRange CompiledTree::add_axes(Clique const& clique,
                                 std::vector<std::uint32_t> const& stride_of_variable) {
    auto const first = static_cast<std::uint32_t>(axes.size());
    for (std::uint32_t const variable : clique.variables) {
        join_axis(axes, first, {states_of(variable), stride_of_variable[variable]});
    }
    if (axes.size() == first) {
        axes.push_back({1, 0});
    }
    return {first, static_cast<std::uint32_t>(axes.size()) - first};
}

void collect_variables(CompiledTree const& tree,
                       std::span<std::size_t const> nodes,
                       std::vector<std::uint32_t>& variables) {
    variables.clear();
    for (std::size_t const node : nodes) {
        if (tree.variable_of_node[node] != no_variable) {
            variables.push_back(tree.variable_of_node[node]);
        }
    }
}

void collect_family(Network const& network, std::size_t node, std::vector<std::size_t>& family) {
    family.assign(network.nodes[node].parents.begin(), network.nodes[node].parents.end());
    family.push_back(node);
}

void place_tables(TreePlan& plan) {
    CompiledTree& tree = plan.tree;
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
    tree.axes.reserve(8 * tree.node_of_variable.size());
    auto& strides = plan.strides;
    strides.assign(tree.node_of_variable.size(), 0);
    for (Clique& clique : tree.cliques) {
        if (clique.parent == no_clique) {
            continue;
        }
        auto stride = static_cast<std::uint32_t>(clique.separator);
        for (std::uint32_t const variable : clique.variables) {
            if (stride == 1) {
                break;
            }
            stride /= tree.states_of(variable);
            strides[variable] = stride;
        }
        clique.in_parent = tree.add_axes(tree.cliques[clique.parent], strides);
        for (std::uint32_t const variable : clique.variables) {
            strides[variable] = 0;
        }
    }
}

namespace {

std::uint32_t clique_with(TreePlan const& plan, std::vector<std::uint32_t> const& variables) {
    return plan.clique_of[*std::ranges::min_element(
        variables, {}, [&](std::uint32_t v) { return plan.position[v]; })];
}

} // namespace

void place_factors(TreePlan& plan, std::vector<bool> const& wanted) {
    CompiledTree& tree = plan.tree;
    auto& strides = plan.strides;
    strides.assign(tree.node_of_variable.size(), 0);
    auto& family = plan.family;
    auto& variables = plan.variables;
    std::size_t numbers = 0;
    for (NetworkNode const& node : plan.network.nodes) {
        numbers += node.table.size();
    }
    tree.tables.reserve(numbers);
    tree.factors.reserve(plan.network.nodes.size());
    for (std::size_t const node : plan.order) { // not as in the file: products keep their bits
        if (!wanted[node]) {
            continue;
        }
        auto const& table = plan.network.nodes[node].table;
        Factor factor{static_cast<std::uint32_t>(node), no_clique, tree.tables.size(), {}};
        tree.tables.insert(tree.tables.end(), table.begin(), table.end());
        collect_family(plan.network, node, family);
        std::size_t stride = 1;
        for (std::size_t i = family.size(); i-- > 0;) {
            std::size_t const member = family[i];
            if (tree.variable_of_node[member] != no_variable) {
                strides[tree.variable_of_node[member]] = static_cast<std::uint32_t>(stride);
            } else {
                factor.at += stride * tree.fixed_state[member];
            }
            stride *= tree.states[member];
        }
        collect_variables(tree, family, variables);
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

void place_margins(TreePlan& plan) {
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
    auto& strides = plan.strides;
    strides.assign(count, 0);
    for (std::uint32_t v = 0; v < count; ++v) {
        strides[v] = 1;
        tree.margins[v].axes = tree.add_axes(tree.cliques[tree.margins[v].clique], strides);
        tree.margins[v].size = tree.states_of(v);
        strides[v] = 0;
    }
}

void place_sets(TreePlan& plan) {
    CompiledTree& tree = plan.tree;
    for (auto const& nodes : plan.purpose.together) {
        std::vector<std::uint32_t> strides(tree.node_of_variable.size());
        Margin margin;
        for (std::size_t i = nodes.size(); i-- > 0;) {
            if (tree.variable_of_node[nodes[i]] != no_variable) {
                strides[tree.variable_of_node[nodes[i]]] = static_cast<std::uint32_t>(margin.size);
            }
            margin.size *= tree.states[nodes[i]];
        }
        std::vector<std::uint32_t> variables;
        collect_variables(tree, nodes, variables);
        margin.clique = variables.empty() ? no_clique : clique_with(plan, variables);
        if (margin.clique != no_clique) {
            margin.axes = tree.add_axes(tree.cliques[margin.clique], strides);
        }
        tree.sets.push_back(margin);
    }
}

} // namespace cmq::lab
