// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_capture.hpp"

#include "capture/decode.hpp"
#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace cmq;
using namespace cmq::capture;

// An uncompressed file of side x side photosites. Simulated small, then tiled: the simulator is slow.
std::vector<std::byte> camera_file(std::ptrdiff_t side) {
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
    return to_dng({.shape = {side, side},
                   .mosaic = mosaic,
                   .cfa = {},
                   .black_dn = {512, 512, 512, 512},
                   .white_dn = 16383,
                   .make = "benchmark",
                   .model = "benchmark",
                   .unique_model = "benchmark",
                   .description = {},
                   .date_time = {}});
}

ReadSettings settings() {
    return {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder", .threads = 1};
}

void count(benchmark::State& state) {
    state.counters["photosites/s"] =
        benchmark::Counter(static_cast<double>(state.range(0) * state.range(0)),
                           benchmark::Counter::kIsIterationInvariantRate);
}

// The decoder program alone: start, memory files, LibRaw.
void decode_uncompressed(benchmark::State& state) {
    auto const bytes = camera_file(state.range(0));
    for (auto _ : state) {
        benchmark::DoNotOptimize(decode(bytes, settings()).answer.raw_width);
    }
    count(state);
}

// Container check, hash, decoder, levels, frame, noise, defects.
void read_uncompressed(benchmark::State& state) {
    auto const bytes = camera_file(state.range(0));
    for (auto _ : state) {
        benchmark::DoNotOptimize(to_capture(bytes, "benchmark", settings()).frame.value.data());
    }
    count(state);
}

BENCHMARK(decode_uncompressed)->Arg(512)->Arg(4096)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(read_uncompressed)->Arg(512)->Arg(4096)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
