// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_touching PAIRS`: droplets side by side, by distance and by how much brighter one is: how often they are told
/// apart, where they are placed, and how their light is shared. Prints a table of docs/studies/flux.md.

#include "tests/detect/touching_pairs.hpp"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    if (argc != 2 || std::atoi(argv[1]) < 1) {
        std::fputs("usage: study_touching PAIRS\n", stderr);
        return 2;
    }
    auto const pairs = static_cast<std::uint64_t>(std::atoi(argv[1]));
    std::puts("| apart | one by the other | pairs | apart by the program | outwards: fainter | "
              "brighter | rms across | light, "
              "fainter | brighter | both |");
    std::puts("|---|---|---|---|---|---|---|---|---|---|");
    for (double const apart : {8.0, 9.0, 10.0, 12.0, 16.0}) {
        for (double const ratio : {1.0, 2.0, 5.0}) {
            touching_pairs::Sums const sums = touching_pairs::measure(apart, ratio, pairs);
            std::printf("| %.0f | %.0f | %.0f | %.0f", apart, ratio, sums.pairs, sums.told);
            if (sums.told < 1.0) {
                std::puts(" | - | - | - | - | - | - |");
                continue;
            }
            std::printf(" | %+.2f | %+.2f | %.2f | %.3f | %.3f | %.3f |\n",
                        sums.outwards[0] / sums.told,
                        sums.outwards[1] / sums.told,
                        std::sqrt(sums.across / (2.0 * sums.told)),
                        sums.light[0] / sums.told,
                        sums.light[1] / sums.told,
                        sums.both / sums.told);
        }
    }
    return 0;
}
