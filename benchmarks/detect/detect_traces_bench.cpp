// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_traces.hpp"

#include "core/random.hpp"

#include <benchmark/benchmark.h>

namespace {

// Gaussian noise on an even level: the filter-to-table path without a single trace to speak of.
cmq::Frame make_frame(std::ptrdiff_t height, std::ptrdiff_t width) {
    cmq::Frame frame;
    frame.shape = {height, width};
    auto const area = static_cast<std::size_t>(frame.shape.area());
    frame.mask.assign(area, 0);
    frame.variance.assign(area, 25.0F);
    frame.value.resize(area);
    for (std::size_t p = 0; p < cmq::plane_count; ++p) {
        frame.noise.read_noise_dn[p] = 5.0;
        frame.saturation_dn[p] = 15'000.0;
    }
    cmq::Random random{1, 1, 1};
    for (float& value : frame.value) {
        value = static_cast<float>(100.0 + 5.0 * random.normal());
    }
    return frame;
}

void detect_traces(benchmark::State& state) {
    cmq::Frame const frame = make_frame(state.range(0), state.range(1));
    for (auto _ : state) {
        benchmark::DoNotOptimize(cmq::detect::detect_traces(frame, {.threads = 1}));
    }
    state.counters["photosites"] = benchmark::Counter(
        static_cast<double>(frame.shape.area() * state.iterations()), benchmark::Counter::kIsRate);
}

// In cache, and not.
BENCHMARK(detect_traces)->Args({512, 512})->Args({2000, 3000})->Unit(benchmark::kMillisecond);

} // namespace
