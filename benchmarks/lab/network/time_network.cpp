// SPDX-License-Identifier: GPL-3.0-or-later

// All posteriors of networks by this program's junction tree and by dlib's join tree, side by side in one run:
// processor time and the largest difference, as rows of a Markdown table.
// usage: time_network [all]    all: fingermarks2 too, which takes dlib minutes

#include "lab/network/junction_tree.hpp"
#include "tests/lab/network/by_dlib.hpp"
#include "tests/lab/network/example_networks.hpp"
#include "tests/lab/network/stored_answers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

// The least of several runs, each of enough repeats to be measured.
double seconds(std::function<void()> const& work) {
    double least = 1e9;
    for (int run = 0; run < 5; ++run) {
        int repeats = 0;
        double const begin = processor_time();
        double spent = 0.0;
        do {
            work();
            ++repeats;
            spent = processor_time() - begin;
        } while (spent < 0.01);
        least = std::min(least, spent / repeats);
    }
    return least;
}

DlibAnswer best_of_dlib(Network const& network) {
    DlibAnswer best = by_dlib(network);
    for (int run = 0; run < 20 && best.solve_s < 0.1; ++run) {
        DlibAnswer const next = by_dlib(network);
        best.tree_s = std::min(best.tree_s, next.tree_s);
        best.solve_s = std::min(best.solve_s, next.solve_s);
    }
    return best;
}

void compare(std::string const& name, Network const& network) {
    auto const theirs = best_of_dlib(network);
    JunctionTree const tree{network};
    auto const beliefs = tree.propagate();
    double difference = 0.0;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        for (std::size_t s = 0; s < network.nodes[i].states.size(); ++s) {
            difference = std::max(difference, std::abs(beliefs.of(i)[s] - theirs.posteriors[i][s]));
        }
    }
    double const made = seconds([&] { JunctionTree const again{network}; });
    double const solved = seconds([&] { static_cast<void>(tree.propagate()); });
    std::printf("| %s | %zu | %.0f | %.1f | %.1f | %.1f | %.2f | %.0f | %.0f | %.0e |\n",
                name.c_str(),
                network.nodes.size(),
                tree.size().numbers,
                1e6 * theirs.tree_s,
                1e6 * theirs.solve_s,
                1e6 * made,
                1e6 * solved,
                (theirs.tree_s + theirs.solve_s) / (made + solved),
                theirs.solve_s / solved,
                difference);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char* argv[]) {
    bool const all = argc > 1 && std::strcmp(argv[1], "all") == 0;
    std::printf(
        "| network | nodes | numbers in cliques | dlib: tree, us | dlib: posteriors, us | here: "
        "tree, us "
        "| here: posteriors, us | ratio, from the network | ratio, from the tree | difference |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n");
    for (std::string const& name : stored_networks()) {
        if (all || name != "fingermarks2") {
            compare(name, stored_network(name));
        }
    }
    for (std::size_t const nodes : {20U, 50U, 100U, 200U}) {
        Shape const shape{
            .nodes = nodes, .most_parents = 2, .most_states = 3, .reach = 4, .connected = true};
        compare("generated, " + std::to_string(nodes) + " nodes", random_network(nodes, shape));
    }
    Shape const wide{
        .nodes = 30, .most_parents = 3, .most_states = 3, .reach = 6, .connected = true};
    compare("generated, wide", random_network(7, wide));
    return 0;
}
