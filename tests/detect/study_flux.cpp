// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_flux FRAMES [SURFACE]`: how often the true light of isolated droplets lies within the stated uncertainty, on FRAMES
/// frames of each surface and size. Prints the table of docs/studies/flux.md.

#include "tests/detect/flux_scenes.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

void print_row(std::string_view surface,
               double radius,
               std::size_t k,
               flux_scenes::Class const& c) {
    std::printf("| %s | %.0f | %.0f | %.0f | %.0f",
                std::string{surface}.c_str(),
                radius,
                flux_scenes::edges[k],
                c.droplets,
                c.found);
    if (c.found < 10.0) {
        std::puts(" | - | - | - | - | - | - | - |");
        return;
    }
    std::printf(" | %.3f | %.3f | %.3f | %.3f | %.3f | %.1f %% | %+.2f |\n",
                c.within_68 / c.found,
                c.within_95 / c.found,
                c.planes_68 / c.found,
                c.planes_95 / c.found,
                flux_scenes::median(c.ratio),
                100.0 * flux_scenes::spread(c.ratio),
                flux_scenes::median(c.pull));
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3 || std::atoi(argv[1]) < 1) {
        std::fputs("usage: study_flux FRAMES [SURFACE]\n", stderr);
        return 2;
    }
    auto const frames = static_cast<std::uint64_t>(std::atoi(argv[1]));
    std::puts("| surface | radius | ideal S/N from | droplets | measured | within 68 % | within 95 "
              "% | planes, 68 % | "
              "planes, 95 % | measured / true, median | spread | pull, median |");
    std::puts("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (auto const& surface : flux_scenes::surfaces) {
        if (argc == 3 && surface.name != argv[2]) {
            continue;
        }
        for (double const radius : flux_scenes::radii) {
            flux_scenes::Classes classes;
            for (std::uint64_t number = 0; number < frames; ++number) {
                flux_scenes::add_frame(surface.kind, radius, number, classes);
            }
            for (std::size_t k = 0; k < classes.size(); ++k) {
                print_row(surface.name, radius, k, classes[k]);
            }
            std::fflush(stdout);
        }
    }
    return 0;
}
