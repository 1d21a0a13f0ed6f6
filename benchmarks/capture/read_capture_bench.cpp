// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_capture.hpp"

#include "capture/decode.hpp"
#include "capture/to_lossless_jpeg.hpp"
#include "capture/write_dng.hpp"

#include <benchmark/benchmark.h>

#include "benchmarks/capture/measure_cost.hpp"

namespace {

using namespace cmq;
using namespace cmq::capture;

std::vector<std::byte> camera_file(std::ptrdiff_t side, DngCompression compression) {
    return benchmarks::make_camera_file({side, side}, compression);
}

ReadSettings settings() {
    return {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder", .threads = 1};
}

void count(benchmark::State& state, std::size_t bytes) {
    auto const photosites = static_cast<double>(state.range(0) * state.range(0));
    state.counters["photosites/s"] =
        benchmark::Counter(photosites, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["bits a photosite"] = 8.0 * static_cast<double>(bytes) / photosites;
}

template <class Work>
void run(benchmark::State& state, Work const& work) {
    for (auto _ : state) {
        double const before = benchmarks::processor_time_s();
        work();
        state.SetIterationTime(benchmarks::processor_time_s() - before);
    }
}

// The decoder program alone: start, memory files, LibRaw.
void decode(benchmark::State& state, DngCompression compression) {
    auto const bytes = camera_file(state.range(0), compression);
    run(state, [&] { benchmark::DoNotOptimize(decode(bytes, settings()).answer.raw_width); });
    count(state, bytes.size());
}

// Container check, hash, decoder, levels, frame, noise, defects.
void read(benchmark::State& state, DngCompression compression) {
    auto const bytes = camera_file(state.range(0), compression);
    run(state, [&] {
        benchmark::DoNotOptimize(to_capture(bytes, "benchmark", settings()).frame.value.data());
    });
    count(state, bytes.size());
}

void encode_lossless_jpeg(benchmark::State& state) {
    std::ptrdiff_t const side = state.range(0);
    auto const mosaic = benchmarks::make_mosaic({side, side});
    std::size_t bytes = 0;
    run(state, [&] { bytes = to_lossless_jpeg({mosaic.data(), {side, side}, side}, 14).size(); });
    count(state, bytes);
}

// In cache, and not.
void sizes(benchmark::internal::Benchmark* benchmark) {
    benchmark->Arg(512)->Arg(4096)->UseManualTime()->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(decode, uncompressed, DngCompression::none)->Apply(sizes);
BENCHMARK_CAPTURE(decode, lossless_jpeg, DngCompression::lossless_jpeg)->Apply(sizes);
BENCHMARK_CAPTURE(read, uncompressed, DngCompression::none)->Apply(sizes);
BENCHMARK_CAPTURE(read, lossless_jpeg, DngCompression::lossless_jpeg)->Apply(sizes);
BENCHMARK(encode_lossless_jpeg)->Apply(sizes);

} // namespace
