// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The study docs/studies/false_traces.md: `study_false_traces PROGRAMS FIRST COUNT [KIND [darker]]` prints the table of false
/// traces on COUNT frames of each kind, numbers FIRST, FIRST + 1, ...; PROGRAMS: the folder of the decoding programs.
/// Within a kind no two frames share a random number. KIND: the kinds whose name begins so; darker: marks that
/// take light away are sought.

#include "tests/detect/null_frames.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

constexpr std::array<double, 2> promises{0.1, 1.0};
using Counts = std::array<std::size_t, promises.size()>;

void print(std::string const& kind, std::uint64_t frames, Counts const& found) {
    for (std::size_t k = 0; k < promises.size(); ++k) {
        double const expected = promises[k] * static_cast<double>(frames);
        auto const range = false_traces::poisson_range(expected);
        char const* verdict = found[k] > range.high  ? "MORE"
                              : found[k] < range.low ? "fewer"
                                                     : "inside";
        std::printf("| %s | %llu | %.1f | %.0f | %zu | %zu to %zu | %s |\n",
                    kind.c_str(),
                    static_cast<unsigned long long>(frames),
                    promises[k],
                    expected,
                    found[k],
                    range.low,
                    range.high,
                    verdict);
    }
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    bool const darker = argc == 6 && std::string{argv[5]} == "darker";
    if (argc < 4 || argc > 6 || (argc == 6 && !darker)) {
        std::fputs("usage: study_false_traces PROGRAMS FIRST COUNT [KIND [darker]]\n", stderr);
        return 2;
    }
    std::uint64_t const first = std::strtoull(argv[2], nullptr, 10);
    std::uint64_t const count = std::strtoull(argv[3], nullptr, 10);
    std::string const wanted = argc >= 5 ? argv[4] : "";
    std::puts("| background | frames | promised a frame | expected | found | Poisson, 99 % | |");
    std::puts("|---|---|---|---|---|---|---|");
    for (auto const& kind : null_frames::all_kinds(argv[1])) {
        if (kind.name.compare(0, wanted.size(), wanted) != 0) {
            continue;
        }
        Counts found{};
        bool there = true;
        for (std::uint64_t i = first; i < first + count && there; ++i) {
            auto frame = kind.make(i);
            there = frame.has_value();
            for (std::size_t k = 0; there && k < promises.size(); ++k) {
                found[k] += darker ? false_traces::count_darker_traces(*frame, promises[k])
                                   : false_traces::count_traces(*frame, promises[k]);
            }
        }
        if (there) {
            print(kind.name, count, found);
        } else {
            std::printf("| %s | 0 | the file is not there | | | | |\n", kind.name.c_str());
        }
    }
    return 0;
}
