// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_cloth_flux FIRST COUNT`: droplets on COUNT simulated pieces of woven cloth, 100 on each, by
/// ideal signal-to-noise: how many are found, and how the errors of their fluxes compare with the stated
/// uncertainty.

#include "tests/detect/cloth_scene.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr std::array<double, 8> edges{0.0, 12.0, 16.0, 24.0, 36.0, 60.0, 100.0, 1e9};

struct Class {
    double droplets = 0.0;
    double found = 0.0;
    cmq::PerPlane<double> sum{};
    cmq::PerPlane<double> squares{};
    double sum_of_total = 0.0; // the pull of the sum over planes
    double squares_of_total = 0.0;
};

void add(cloth_scene::Truth const& droplet, cmq::detect::Trace const& trace, Class& to) {
    to.found += 1.0;
    double total = 0.0;
    for (std::size_t p = 0; p < cmq::plane_count; ++p) {
        double const error = trace.flux_dn[p] - droplet.flux_dn[p];
        double const pull = error / trace.flux_dn_sigma[p];
        to.sum[p] += pull;
        to.squares[p] += pull * pull;
        total += error;
    }
    total /= trace.total_flux_dn_sigma;
    to.sum_of_total += total;
    to.squares_of_total += total * total;
}

void print_pull(double n, double sum, double squares) {
    std::printf(" | %5.2f %4.2f", sum / n, std::sqrt(squares / n - sum / n * sum / n));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: study_cloth_flux FIRST COUNT\n", stderr);
        return 2;
    }
    std::uint64_t const first = std::strtoull(argv[1], nullptr, 10);
    std::uint64_t const count = std::strtoull(argv[2], nullptr, 10);
    std::array<Class, edges.size() - 1> classes;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        auto settings = cloth_scene::cloth({1000, 1500}, seed);
        settings.droplets.push_back(cloth_scene::droplets(100, 1600.0, 1.0, 70.0));
        settings.droplets.back().region = cmq::capture::Region{60.0, 60.0, 1380.0, 880.0};
        auto const scene = cloth_scene::expose(settings);
        auto const detection = cmq::detect::detect_traces(scene.frame, {});
        for (cloth_scene::Truth const& droplet : scene.truth) {
            std::size_t k = 0;
            while (droplet.snr_ideal >= edges[k + 1]) {
                ++k;
            }
            classes[k].droplets += 1.0;
            if (auto const* trace = cloth_scene::trace_at(detection, droplet, 6.0)) {
                add(droplet, *trace, classes[k]);
            }
        }
    }
    std::puts("| ideal S/N from | droplets | found | pull r: mean sd | g1 | g2 | b | all |");
    std::puts("|---|---|---|---|---|---|---|---|");
    for (std::size_t k = 0; k < classes.size(); ++k) {
        Class const& c = classes[k];
        std::printf("| %.0f | %.0f | %.0f", edges[k], c.droplets, c.found);
        for (std::size_t p = 0; p < cmq::plane_count; ++p) {
            print_pull(c.found, c.sum[p], c.squares[p]);
        }
        print_pull(c.found, c.sum_of_total, c.squares_of_total);
        std::puts(" |");
    }
    return 0;
}
