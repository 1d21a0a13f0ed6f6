// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/lab/network/by_dlib.hpp"

#include <ctime>
#include <dlib/bayes_utils.h>
#include <dlib/directed_graph.h>
#include <dlib/graph.h>
#include <dlib/graph_utils.h>
#include <dlib/set.h>

namespace cmq::lab::test {
namespace {

namespace node_utils = dlib::bayes_node_utils;

using DlibNetwork = dlib::directed_graph<dlib::bayes_node>::kernel_1a;
using NodeSet = dlib::set<unsigned long>::compare_1b;
using JoinTree = dlib::graph<NodeSet, NodeSet>::kernel_1a;

void add_table(DlibNetwork& to, Network const& network, std::size_t at) {
    NetworkNode const& node = network.nodes[at];
    for (std::size_t i = 0; i < node.table.size(); ++i) {
        dlib::assignment parents;
        std::size_t rest = i / node.states.size();
        for (auto parent = node.parents.rbegin(); parent != node.parents.rend(); ++parent) {
            std::size_t const states = network.nodes[*parent].states.size();
            parents.add(*parent, rest % states);
            rest /= states;
        }
        node_utils::set_node_probability(to, at, i % node.states.size(), parents, node.table[i]);
    }
}

void fill(DlibNetwork& to, Network const& network) {
    to.set_number_of_nodes(network.nodes.size());
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        for (std::size_t const parent : network.nodes[i].parents) {
            to.add_edge(parent, i);
        }
        node_utils::set_node_num_values(to, i, network.nodes[i].states.size());
    }
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        add_table(to, network, i);
    }
}

} // namespace

double processor_time() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

DlibAnswer by_dlib(Network const& network,
                   std::vector<std::pair<std::size_t, std::size_t>> const& observed) {
    DlibNetwork dlib_network;
    fill(dlib_network, network);
    for (auto const& [node, state] : observed) {
        node_utils::set_node_value(dlib_network, node, state);
        node_utils::set_node_as_evidence(dlib_network, node);
    }
    DlibAnswer answer;
    double const begin = processor_time();
    JoinTree tree;
    dlib::create_moral_graph(dlib_network, tree);
    dlib::create_join_tree(tree, tree);
    double const made = processor_time();
    dlib::bayesian_network_join_tree const solution{dlib_network, tree};
    double const solved = processor_time();
    answer.tree_s = made - begin;
    answer.solve_s = solved - made;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        auto const p = solution.probability(i);
        answer.posteriors.emplace_back();
        for (std::size_t s = 0; s < network.nodes[i].states.size(); ++s) {
            answer.posteriors.back().push_back(p(static_cast<long>(s)));
        }
    }
    return answer;
}

} // namespace cmq::lab::test
