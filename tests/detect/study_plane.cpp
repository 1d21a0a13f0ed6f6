// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_plane FIRST PICTURES [NAME]`: false traces of detect_plane on empty pictures, promised and
/// counted; with NAME the surfaces whose name begins so. Prints a table of docs/methods/detection.md.
/// Picture i of row r has the seed FIRST + 1000 r + i.

#include "detect/detect_plane.hpp"
#include "tests/detect/count_false_traces.hpp"
#include "tests/detect/surface_plane.hpp"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

namespace {

using cmq::capture::BackgroundKind;
using plane_picture::Picture;

struct Row {
    std::string name;
    bool known = true; ///< gain and read noise are told
    std::function<Picture(std::uint64_t)> make;
};

std::vector<Row> all_rows() {
    auto const even = [](double left, double right) {
        return [left, right](std::uint64_t seed) {
            return plane_picture::make_picture({1000, 1500}, {left, right}, {}, seed);
        };
    };
    auto const surface = [](BackgroundKind kind) {
        return [kind](std::uint64_t seed) { return plane_picture::make_surface(kind, seed); };
    };
    auto const screened = [](BackgroundKind kind) {
        return
            [kind](std::uint64_t seed) { return plane_picture::make_screened_surface(kind, seed); };
    };
    return {
        {"even, 90 electrons", true, even(90.0, 90.0)},
        {"even, 90 electrons, noise not told", false, even(90.0, 90.0)},
        {"gradient, 40 to 160 electrons", true, even(40.0, 160.0)},
        {"gradient, 40 to 160 electrons, noise not told", false, even(40.0, 160.0)},
        {"even, 10 electrons", true, even(10.0, 10.0)},
        {"even, 10 electrons, noise not told", false, even(10.0, 10.0)},
        {"even, 2 electrons", true, even(2.0, 2.0)},
        {"woven, 90 electrons", true, surface(BackgroundKind::woven)},
        {"printed, 90 electrons", true, surface(BackgroundKind::printed)},
        {"skin, 90 electrons", true, surface(BackgroundKind::skin)},
        {"flat, JPEG", false, screened(BackgroundKind::flat)},
        {"gradient, JPEG", false, screened(BackgroundKind::gradient)},
        {"woven, JPEG", false, screened(BackgroundKind::woven)},
        {"printed, JPEG", false, screened(BackgroundKind::printed)},
        {"skin, JPEG", false, screened(BackgroundKind::skin)},
    };
}

void print(Row const& row, std::uint64_t pictures, double promise, std::size_t found) {
    double const expected = promise * static_cast<double>(pictures);
    auto const range = false_traces::poisson_range(expected);
    std::printf("| %s | %d | %.1f | %.0f | %zu | %zu to %zu | %s |\n",
                row.name.c_str(),
                static_cast<int>(pictures),
                promise,
                expected,
                found,
                range.low,
                range.high,
                found < range.low    ? "below"
                : found > range.high ? "above"
                                     : "inside");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc > 4) {
        std::fputs("usage: study_plane FIRST PICTURES [NAME]\n", stderr);
        return 2;
    }
    std::uint64_t first = std::strtoull(argv[1], nullptr, 10);
    std::uint64_t const pictures = std::strtoull(argv[2], nullptr, 10);
    std::string const wanted = argc == 4 ? argv[3] : "";
    std::puts("| surface | pictures | promised a picture | expected | found | Poisson, 99 % | |");
    std::puts("|---|---|---|---|---|---|---|");
    for (Row const& row : all_rows()) {
        std::array<double, 2> const promise{0.1, 1.0};
        std::array<std::size_t, 2> found{};
        bool const asked = row.name.compare(0, wanted.size(), wanted) == 0;
        for (std::uint64_t i = 0; asked && i < pictures; ++i) {
            Picture const picture = row.make(first + i);
            for (std::size_t p = 0; p < promise.size(); ++p) {
                cmq::detect::PlaneSettings settings;
                settings.noise = row.known ? plane_picture::noise : cmq::detect::PlaneNoise{};
                settings.false_traces_expected = promise[p];
                found[p] += cmq::detect::detect_plane(picture.view(), settings).traces.size();
            }
        }
        for (std::size_t p = 0; asked && p < promise.size(); ++p) {
            print(row, pictures, promise[p], found[p]);
        }
        first += 1000;
    }
    return 0;
}
