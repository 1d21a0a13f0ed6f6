// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The study of docs/methods/photon-transfer.md: `study_photon_transfer FIRST COUNT` makes COUNT profiles of each
/// simulated sensor, with the numbers FIRST, FIRST + 1, ..., and prints how often each stated interval holds the truth.

#include "tests/capture/photon_transfer_runs.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace photon_transfer;

void print(char const* name, Counts const& counts) {
    std::printf("| %s |", name);
    for (Count const& one : counts) {
        if (one.asked == 0) {
            std::printf(" - |");
        } else {
            std::printf(" %.1f |",
                        100.0 * static_cast<double>(one.held) / static_cast<double>(one.asked));
        }
    }
    std::puts("");
    std::fflush(stdout);
}

std::string name_of(Bench const& setup) {
    std::array<char, 200> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%g | %g | %d | %g | %g | %g | %zu + %zu x %zu",
                  setup.gain_dn,
                  setup.read_noise_electrons,
                  setup.bits,
                  100.0 * setup.prnu,
                  setup.dsnu_electrons,
                  setup.row_noise_electrons,
                  setup.darks,
                  setup.exposures_s.size(),
                  setup.flats_a_level);
    return text.data();
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: study_photon_transfer FIRST COUNT\n", stderr);
        return 2;
    }
    std::uint64_t const first = std::strtoull(argv[1], nullptr, 10);
    std::uint64_t const runs = std::strtoull(argv[2], nullptr, 10);
    std::printf(
        "| K, DN/e- | read, e- | bits | PRNU, %% | DSNU, e- | row, e- | darks + levels x flats |");
    for (char const* name : quantity_names) {
        std::printf(" %s |", name);
    }
    std::puts("\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    Counts all{};
    std::uint64_t number = first;
    for (Bench const& setup : setups()) {
        Counts counts{};
        for (std::uint64_t i = 0; i < runs; ++i) {
            Counts const one = count(setup, number++);
            for (std::size_t q = 0; q < quantity_count; ++q) {
                counts[q] += one[q];
                all[q] += one[q];
            }
        }
        print(name_of(setup).c_str(), counts);
    }
    print("all | | | | | | ", all);
    std::printf("| intervals | | | | | | |");
    for (Count const& one : all) {
        std::printf(" %zu |", one.asked);
    }
    std::puts("");
    std::printf("| mean half width, %% of the truth | | | | | | |");
    for (Count const& one : all) {
        std::printf(" %.2g |", 100.0 * one.half_width / static_cast<double>(one.asked));
    }
    std::puts("");
    return 0;
}
