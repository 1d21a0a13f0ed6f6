// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_large_areas PROGRAMS FRAMES STAINS`: how many large areas are told on FRAMES frames without any, of every kind
/// that the promise on traces is tried on; and of STAINS stains of each brightness and size, how many. Prints the tables
/// of docs/studies/large_areas.md.

#include "detect/large_area.hpp"
#include "tests/detect/null_frames.hpp"
#include "tests/detect/stain_scenes.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

void print_false(real_noise::Programs const& programs, std::uint64_t frames) {
    std::puts("| background | frames | areas | frames with one |\n|---|---|---|---|");
    for (auto const& kind : null_frames::all_kinds(programs)) {
        std::size_t areas = 0;
        std::size_t with = 0;
        std::uint64_t done = 0;
        for (std::uint64_t number = 0; number < frames; ++number) {
            auto const frame = kind.make(number);
            if (!frame) {
                break;
            }
            ++done;
            auto const found = cmq::detect::find_large_areas(*frame, {}, 0);
            areas += found.size();
            with += found.empty() ? 0U : 1U;
        }
        std::printf("| %s | %llu | %zu | %zu |\n",
                    kind.name.c_str(),
                    static_cast<unsigned long long>(done),
                    areas,
                    with);
        std::fflush(stdout);
    }
}

void print_stains(std::uint64_t stains) {
    std::puts("\n| surface | radius | light by surface | colour | stains | told | share of frame, "
              "true | told share, mean | "
              "excess, measured by true |\n|---|---|---|---|---|---|---|---|---|");
    for (auto const kind : stain_scenes::kinds) {
        for (double const radius : stain_scenes::radii) {
            for (double const contrast : stain_scenes::contrasts) {
                for (auto const& colour : stain_scenes::colours) {
                    stain_scenes::Sums const sums =
                        stain_scenes::measure(kind, radius, contrast, colour, stains);
                    std::printf("| %s | %.0f | %.2f | %s | %.0f | %.0f | %.3f | %.3f | %.2f |\n",
                                std::string{to_text(kind)}.c_str(),
                                radius,
                                contrast,
                                colour.name,
                                sums.stains,
                                sums.told,
                                sums.true_share / sums.stains,
                                sums.told > 0.0 ? sums.share / sums.told : 0.0,
                                sums.told > 0.0 ? sums.excess / sums.told : 0.0);
                    std::fflush(stdout);
                }
            }
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: study_large_areas PROGRAMS FRAMES STAINS\n", stderr);
        return 2;
    }
    real_noise::Programs const programs{argv[1]};
    print_false(programs, std::strtoull(argv[2], nullptr, 10));
    print_stains(std::strtoull(argv[3], nullptr, 10));
    return 0;
}
