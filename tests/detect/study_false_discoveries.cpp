// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The study docs/studies/false_discoveries.md: `study_false_discoveries FIRST COUNT` prints the table of realised false
/// shares on COUNT frames of each background, numbers FIRST, FIRST + 1, ...

#include "tests/detect/count_false_discoveries.hpp"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: study_false_discoveries FIRST COUNT\n", stderr);
        return 2;
    }
    std::uint64_t const first = std::strtoull(argv[1], nullptr, 10);
    std::uint64_t const count = std::strtoull(argv[2], nullptr, 10);
    std::puts("| electrons | q | traces found | false | of these near a droplet | realised / (q "
              "pi0) | upper 95 % |");
    std::puts("|---|---|---|---|---|---|---|");
    std::uint64_t next = first;
    for (auto const& level : false_discoveries::levels) {
        std::array<false_discoveries::Count, 3> counts{};
        for (std::uint64_t i = 0; i < count; ++i) {
            false_discoveries::add_frame(level, next++, counts);
        }
        for (std::size_t q = 0; q < counts.size(); ++q) {
            auto const ratio = false_discoveries::ratio_of(counts[q], false_discoveries::shares[q]);
            std::printf("| %.0f | %.2f | %.0f | %.0f | %.0f | %.3f | %.3f |\n",
                        level.electrons,
                        false_discoveries::shares[q],
                        counts[q].found,
                        counts[q].false_ones,
                        counts[q].wings,
                        ratio.point,
                        ratio.upper);
        }
        std::fflush(stdout);
    }
    return 0;
}
