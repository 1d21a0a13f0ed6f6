// SPDX-License-Identifier: GPL-3.0-or-later

#include "benchmarks/capture/measure_cost.hpp"

#include "capture/simulate_scene.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <string_view>
#include <sys/resource.h>

namespace cmq::benchmarks {
namespace {

// A line of /proc/self/status, which is in kB.
double status_bytes(std::string_view key) {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(key)) {
            auto const first = line.find_first_of("0123456789");
            auto const last = line.find_first_not_of("0123456789", first);
            return 1024 * parse_number(line.substr(first, last - first)).value_or(0);
        }
    }
    return 0;
}

} // namespace

std::vector<std::uint16_t> make_mosaic(Shape shape) {
    capture::SceneSettings settings;
    settings.masked_columns = 0;
    settings.burn_mark = false;
    settings.background.kind = capture::BackgroundKind::woven;
    settings.shape = {std::min<std::ptrdiff_t>(shape.height, 1000),
                      std::min<std::ptrdiff_t>(shape.width, 1500)};
    capture::SimulatedScene const scene = simulate_scene(settings);
    std::vector<std::uint16_t> mosaic;
    mosaic.reserve(static_cast<std::size_t>(shape.area()));
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            mosaic.push_back(scene.raw[static_cast<std::size_t>(
                y % settings.shape.height * settings.shape.width + x % settings.shape.width)]);
        }
    }
    return mosaic;
}

std::vector<std::byte> make_camera_file(Shape shape, capture::DngCompression compression) {
    auto const mosaic = make_mosaic(shape);
    return capture::to_dng({.shape = shape,
                            .mosaic = mosaic,
                            .cfa = {},
                            .black_dn = {512, 512, 512, 512},
                            .white_dn = 16383,
                            .make = "benchmark",
                            .model = "benchmark",
                            .unique_model = "benchmark",
                            .description = {},
                            .noise_profile = {},
                            .date_time = {},
                            .compression = compression});
}

std::vector<std::byte> read_or_simulate(std::string const& name) {
    constexpr std::string_view simulated = "simulated:";
    if (!name.starts_with(simulated)) {
        return read_file(name);
    }
    auto const colon = name.find(':', simulated.size());
    auto const megapixels = parse_number(name.substr(simulated.size(), colon - simulated.size()));
    std::string const how = colon == std::string::npos ? "" : name.substr(colon + 1);
    bool const plain = how == to_text(capture::DngCompression::none);
    if (!megapixels || !(*megapixels > 0) || *megapixels > 200 ||
        (!plain && how != to_text(capture::DngCompression::lossless_jpeg))) {
        throw Error{ErrorKind::usage,
                    Sentence::verbatim("simulated:MEGAPIXELS:none|lossless-jpeg")};
    }
    // 3 : 2, as most sensors.
    auto const height = 4 * static_cast<std::ptrdiff_t>(std::sqrt(1e6 * *megapixels / 1.5) / 4);
    return make_camera_file({height, height / 2 * 3},
                            plain ? capture::DngCompression::none
                                  : capture::DngCompression::lossless_jpeg);
}

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

double peak_growth_bytes(std::function<void()> const& work) {
    std::ofstream{"/proc/self/clear_refs"} << "5"; // peak := now (proc(5))
    double const before = status_bytes("VmHWM");
    work();
    return status_bytes("VmHWM") - before;
}

} // namespace cmq::benchmarks
