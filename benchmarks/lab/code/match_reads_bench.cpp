// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_reads.hpp"

#include "lab/code/false_match.hpp"
#include "lab/code/registry.hpp"
#include "tests/lab/code/simulated_reads.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

/// Reads of registered codes; errors in thousandths of a base, a third each of three kinds.
void match_reads(benchmark::State& state) {
    auto const codes = random_codes(static_cast<std::size_t>(state.range(0)), 32, 1);
    double const rate = static_cast<double>(state.range(1)) / 3000.0;
    cmq::Random random{1, 2, 0};
    std::string fastq;
    for (std::size_t i = 0; i < 2000; ++i) {
        add_read(fastq,
                 with_errors(amplicon(codes[i % codes.size()], random),
                             {.substitution = rate, .insertion = rate, .deletion = rate},
                             random));
    }
    auto const reads = parse_fastq(fastq);
    ReadMatcher const matcher{
        codes, layout, measure_read_errors(reads, layout), {.most_distance = 6}};
    ReadMatcher::Workplace workplace;
    for (auto _ : state) {
        for (AmpliconRead const& read : reads) {
            benchmark::DoNotOptimize(matcher.match(read, workplace));
        }
    }
    state.counters["reads/s"] = benchmark::Counter(static_cast<double>(reads.size()),
                                                   benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(match_reads)
    ->ArgNames({"codes", "errors"})
    ->Args({100, 3})
    ->Args({1000, 3})
    ->Args({1000, 50})
    ->Args({10000, 50})
    ->Unit(benchmark::kMillisecond);

void find_pairs(benchmark::State& state) {
    Registry registry;
    for (auto const& code : random_codes(static_cast<std::size_t>(state.range(0)), 32, 1)) {
        Lot lot;
        lot.name = std::to_string(registry.lots.size());
        lot.sequence = code;
        registry.lots.push_back(std::move(lot));
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(find_close_pairs(registry));
    }
}

BENCHMARK(find_pairs)->ArgName("codes")->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

void count_matches(benchmark::State& state) {
    auto const codes = random_codes(1000, 32, 1);
    for (auto _ : state) {
        benchmark::DoNotOptimize(count_until(codes, 42, 1e-5, 1));
    }
}

BENCHMARK(count_matches)->Unit(benchmark::kMillisecond);

} // namespace
