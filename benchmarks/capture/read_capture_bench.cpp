// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_capture.hpp"

#include "capture/decode.hpp"
#include "capture/simulate_scene.hpp"
#include "capture/to_lossless_jpeg.hpp"
#include "capture/write_dng.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <sys/resource.h>

namespace {

using namespace cmq;
using namespace cmq::capture;

// side x side photosites. Simulated small, then tiled: the simulator is slow.
std::vector<std::uint16_t> make_mosaic(std::ptrdiff_t side) {
    SceneSettings settings;
    settings.shape = {256, 256};
    settings.masked_columns = 0;
    settings.burn_mark = false;
    SimulatedScene const scene = simulate_scene(settings);
    std::vector<std::uint16_t> mosaic(static_cast<std::size_t>(side * side));
    for (std::ptrdiff_t y = 0; y < side; ++y) {
        for (std::ptrdiff_t x = 0; x < side; ++x) {
            mosaic[static_cast<std::size_t>(y * side + x)] =
                scene.raw[static_cast<std::size_t>(y % 256 * 256 + x % 256)];
        }
    }
    return mosaic;
}

std::vector<std::byte> camera_file(std::ptrdiff_t side, DngCompression compression) {
    auto const mosaic = make_mosaic(side);
    return to_dng({.shape = {side, side},
                   .mosaic = mosaic,
                   .cfa = {},
                   .black_dn = {512, 512, 512, 512},
                   .white_dn = 16383,
                   .make = "benchmark",
                   .model = "benchmark",
                   .unique_model = "benchmark",
                   .description = {},
                   .date_time = {},
                   .compression = compression});
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

// User and system time of this process and its ended children, to which the decoder program belongs:
// unlike real time, not that of others on the machine.
double processor_time_s() {
    double sum = 0.0;
    for (auto const who : std::array{RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        ::getrusage(who, &usage);
        for (timeval const& time : {usage.ru_utime, usage.ru_stime}) {
            sum += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
        }
    }
    return sum;
}

template <class Work>
void run(benchmark::State& state, Work const& work) {
    for (auto _ : state) {
        double const before = processor_time_s();
        work();
        state.SetIterationTime(processor_time_s() - before);
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
    auto const mosaic = make_mosaic(side);
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
