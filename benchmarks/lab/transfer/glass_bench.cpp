// SPDX-License-Identifier: GPL-3.0-or-later

// The first five T terms of glass, two hours after: 65 536 integrated draws have a standard error of 1e-4, for which a
// simulation needs eight million; errors fall with the square root of its draws.

#include "tests/lab/transfer/glass.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>

namespace {

using namespace cmq::lab::test;

constexpr int hours = 2;
constexpr std::size_t terms = 5;

template <class Terms>
void make_terms(benchmark::State& state, Terms const& make) {
    auto const draws = static_cast<std::size_t>(state.range(0));
    GlassTerms result;
    for (auto _ : state) {
        result = make(hours, terms, draws, 1);
    }
    state.counters["T0"] = result.p[0];
    state.counters["largest_se"] = std::ranges::max(result.se);
}

void glass_integrated(benchmark::State& state) {
    make_terms(state, glass_on_lattices);
}

void glass_simulated(benchmark::State& state) {
    make_terms(state, glass_by_fragments);
}

BENCHMARK(glass_integrated)->Arg(65'536)->Unit(benchmark::kMillisecond);
BENCHMARK(glass_simulated)->Arg(65'536)->Unit(benchmark::kMillisecond)->Iterations(1);

} // namespace
