// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_plane FIRST PICTURES`: false traces of detect_plane on empty pictures, promised and counted.
/// Prints a table of docs/methods/detection.md.

#include "detect/detect_plane.hpp"
#include "tests/detect/count_false_traces.hpp"
#include "tests/detect/plane_picture.hpp"

#include <cstdio>
#include <cstdlib>
#include <limits>

namespace {

// Cloth of the simulator, all planes alike, without hot photosites; the letters are holes.
plane_picture::Picture make_woven(std::uint64_t seed) {
    cmq::capture::SceneSettings settings;
    settings.background.kind = cmq::capture::BackgroundKind::woven;
    settings.background.electrons = {90.0, 90.0, 90.0, 90.0};
    settings.sensor.hot_share = 0.0;
    settings.seed = seed;
    settings.sensor_seed = seed;
    cmq::Frame frame = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    for (std::size_t i = 0; i < frame.value.size(); ++i) {
        if (frame.mask[i] != 0) {
            frame.value[i] = std::numeric_limits<float>::quiet_NaN();
        }
    }
    return {frame.shape, std::move(frame.value)};
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: study_plane FIRST PICTURES\n", stderr);
        return 2;
    }
    std::uint64_t const first = std::strtoull(argv[1], nullptr, 10);
    std::uint64_t const pictures = std::strtoull(argv[2], nullptr, 10);

    struct Row {
        char const* name;
        plane_picture::Surface surface;
        bool known;
        bool woven = false;
    };

    constexpr Row rows[]{{"even, 90 electrons", {90.0, 90.0}, true},
                         {"even, 90 electrons, noise not told", {90.0, 90.0}, false},
                         {"gradient, 40 to 160 electrons", {40.0, 160.0}, true},
                         {"even, 10 electrons", {10.0, 10.0}, true},
                         {"even, 2 electrons", {2.0, 2.0}, true},
                         {"woven, 90 electrons", {}, true, true}};
    std::puts("| surface | pictures | promised a picture | expected | found | Poisson, 99 % | |");
    std::puts("|---|---|---|---|---|---|---|");
    std::uint64_t seed = first;
    for (Row const& row : rows) {
        std::array<double, 2> const promise{0.1, 1.0};
        std::array<std::size_t, 2> found{};
        for (std::uint64_t i = 0; i < pictures; ++i) {
            auto const picture =
                row.woven ? make_woven(seed++)
                          : plane_picture::make_picture({1000, 1500}, row.surface, {}, seed++);
            for (std::size_t p = 0; p < promise.size(); ++p) {
                cmq::detect::PlaneSettings settings;
                settings.noise = row.known ? plane_picture::noise : cmq::detect::PlaneNoise{};
                settings.false_traces_expected = promise[p];
                found[p] += cmq::detect::detect_plane(picture.view(), settings).traces.size();
            }
        }
        for (std::size_t p = 0; p < promise.size(); ++p) {
            double const expected = promise[p] * static_cast<double>(pictures);
            auto const range = false_traces::poisson_range(expected);
            std::printf("| %s | %d | %.1f | %.0f | %zu | %zu to %zu | %s |\n",
                        row.name,
                        static_cast<int>(pictures),
                        promise[p],
                        expected,
                        found[p],
                        range.low,
                        range.high,
                        found[p] < range.low    ? "below"
                        : found[p] > range.high ? "above"
                                                : "inside");
        }
    }
    return 0;
}
