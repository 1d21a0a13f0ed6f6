// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The study docs/studies/false_traces.md: `study_false_traces FIRST COUNT` prints the table of false
/// traces on COUNT frames of each background: numbers FIRST, FIRST + 1, ... flat, the next COUNT gradient,
/// the next woven. No two frames share a random number.

#include "tests/detect/count_false_traces.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using cmq::capture::BackgroundKind;

constexpr std::array<double, 2> promises{0.1, 1.0};
using Counts = std::array<std::size_t, promises.size()>;

void print(std::string const& background, std::uint64_t frames, Counts const& found) {
    for (std::size_t k = 0; k < promises.size(); ++k) {
        double const expected = promises[k] * static_cast<double>(frames);
        auto const range = false_traces::poisson_range(expected);
        bool const inside = found[k] >= range.low && found[k] <= range.high;
        std::printf("| %s | %llu | %.1f | %.0f | %zu | %zu to %zu | %s |\n",
                    background.c_str(),
                    static_cast<unsigned long long>(frames),
                    promises[k],
                    expected,
                    found[k],
                    range.low,
                    range.high,
                    inside ? "inside" : "OUTSIDE");
    }
    std::fflush(stdout);
}

Counts count_all(BackgroundKind background, std::uint64_t first, std::uint64_t count) {
    Counts found{};
    for (std::uint64_t i = first; i < first + count; ++i) {
        cmq::Frame const frame = false_traces::make_empty_frame(background, i);
        for (std::size_t k = 0; k < promises.size(); ++k) {
            found[k] += false_traces::count_traces(frame, promises[k]);
        }
    }
    return found;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: study_false_traces FIRST COUNT\n", stderr);
        return 2;
    }
    std::uint64_t const first = std::strtoull(argv[1], nullptr, 10);
    std::uint64_t const count = std::strtoull(argv[2], nullptr, 10);
    std::puts("| background | frames | promised a frame | expected | found | Poisson, 99 % | |");
    std::puts("|---|---|---|---|---|---|---|");
    Counts all{};
    std::uint64_t next = first;
    for (BackgroundKind const background :
         {BackgroundKind::flat, BackgroundKind::gradient, BackgroundKind::woven}) {
        Counts const found = count_all(background, next, count);
        print(std::string{to_text(background)}, count, found);
        for (std::size_t k = 0; k < all.size(); ++k) {
            all[k] += found[k];
        }
        next += count;
    }
    print("all", next - first, all);
    return 0;
}
