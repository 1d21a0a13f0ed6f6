// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/junction_tree.hpp"
#include "tests/lab/network/example_networks.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

/// 30 nodes whose tables fit the first cache, and 60 of more states whose tables do not fit the second.
Network network_of(std::int64_t size) {
    return size == 0
               ? random_network(1, {.nodes = 30, .most_parents = 2, .reach = 4})
               : random_network(2, {.nodes = 60, .most_parents = 3, .most_states = 5, .reach = 9});
}

void count(benchmark::State& state, JunctionTree const& tree) {
    state.counters["numbers"] = tree.size().numbers;
    state.counters["numbers_per_s"] =
        benchmark::Counter(tree.size().numbers, benchmark::Counter::kIsIterationInvariantRate);
}

void make_tree(benchmark::State& state) {
    Network const network = network_of(state.range(0));
    for (auto _ : state) {
        JunctionTree tree{network};
        benchmark::DoNotOptimize(tree);
    }
    count(state, JunctionTree{network});
}

void propagate(benchmark::State& state) {
    Network const network = network_of(state.range(0));
    JunctionTree const tree{network};
    Evidence const evidence{{3, std::vector<double>(network.nodes[3].states.size(), 0.5)}};
    for (auto _ : state) {
        benchmark::DoNotOptimize(tree.propagate(evidence));
    }
    count(state, tree);
}

BENCHMARK(make_tree)->Arg(0)->Arg(1);
BENCHMARK(propagate)->Arg(0)->Arg(1);

} // namespace
