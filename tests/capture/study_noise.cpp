// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Run by scripts/study_noise: `study_noise FIRST_SEED FRAMES_FOR_BIAS FRAMES_FOR_COVERAGE` prints the tables of
/// docs/studies/noise.md.

#include "core/number_text.hpp"
#include "tests/capture/noise_study.hpp"

#include <iostream>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr Shape whole{1000, 1500};
constexpr Shape small{600, 900};

void print_bias(std::uint64_t seed, std::size_t frames) {
    std::cout << "| photosites a yarn | depth | colour | r | g1 | g2 | b "
                 "|\n|---|---|---|---|---|---|---|\n";
    for (double const period : {5.0, 6.5, 8.0, 9.0, 10.0, 14.0}) {
        for (double const depth : {0.05, 0.15, 0.30}) {
            for (char const* colour : {"neutral", "blue"}) {
                PerPlane<double> mean{};
                for (std::size_t i = 0; i < frames; ++i) {
                    auto const ratios = study::variance_ratios(
                        study::estimate(study::cloth(period, depth, colour), whole, seed++));
                    for (std::size_t p = 0; p < plane_count; ++p) {
                        mean[p] += ratios[p] / static_cast<double>(frames);
                    }
                }
                std::cout << "| " << fixed_text(period, 1) << " | " << fixed_text(100 * depth, 0)
                          << " % | " << colour;
                for (double const ratio : mean) {
                    std::cout << " | " << fixed_text(ratio, 2);
                }
                std::cout << " |\n" << std::flush;
            }
        }
    }
}

void print_row(std::string const& name, char const* what, study::Coverage const& counted) {
    auto const n = static_cast<double>(counted.values);
    std::cout << "| " << name << " | " << what << " | " << counted.values << " | "
              << fixed_text(100 * static_cast<double>(counted.within_one) / n, 0) << " % | "
              << fixed_text(100 * static_cast<double>(counted.within_two) / n, 0) << " % | "
              << fixed_text(counted.sum_z / n, 2) << " |\n"
              << std::flush;
}

void print_coverage(std::uint64_t seed, std::size_t frames) {
    std::cout << "| scene | number | values | within 1 (68 %) | within 1.96 (95 %) | mean error in "
                 "stated sigmas |\n|---|---|---|---|---|---|\n";
    std::vector<study::Surface> surfaces{study::plain(BackgroundKind::flat),
                                         study::plain(BackgroundKind::gradient)};
    for (double const depth : {0.15, 0.30}) {
        for (double const period : {5.0, 6.5, 8.0, 10.0, 14.0}) {
            surfaces.push_back(study::cloth(period, depth, "neutral"));
            surfaces.back().name =
                "woven, " + fixed_text(period, 1) + " a yarn, " + fixed_text(100 * depth, 0) + " %";
        }
    }
    for (study::Surface const& surface : surfaces) {
        auto const counted = study::count_coverage(surface, small, seed, frames);
        print_row(surface.name, "gain", counted.gain);
        print_row(surface.name, "read noise", counted.read_noise);
        seed += frames;
    }
}

// Spread of the variance about its mean over frames and planes, relative.
void print_parts(std::uint64_t seed, std::size_t frames) {
    std::cout
        << "| scene | blocks a plane | variance / truth, mean | spread |\n|---|---|---|---|\n";
    for (study::Surface const& surface :
         {study::plain(BackgroundKind::gradient), study::cloth(10.0, 0.15, "neutral")}) {
        std::vector<SimulatedScene> scenes;
        for (std::size_t i = 0; i < frames; ++i) {
            scenes.push_back(study::simulate(surface, {2000, 3000}, seed++));
        }
        for (std::size_t const blocks : {4096U, 8192U, 16384U, 23375U}) {
            double sum = 0;
            double squares = 0;
            for (SimulatedScene const& scene : scenes) {
                for (double const ratio :
                     study::variance_ratios(study::estimate_from(scene, blocks))) {
                    sum += ratio;
                    squares += ratio * ratio;
                }
            }
            auto const n = static_cast<double>(4 * frames);
            double const mean = sum / n;
            std::cout << "| " << to_text(surface.background.kind) << " | "
                      << number_text(static_cast<double>(blocks)) << " | " << fixed_text(mean, 3)
                      << " | " << fixed_text(std::sqrt(squares / n - mean * mean), 3) << " |\n"
                      << std::flush;
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    auto const number = [&](int i) {
        return i < argc ? static_cast<std::size_t>(parse_number(argv[i]).value_or(0)) : 0U;
    };
    if (argc != 4 || number(2) == 0 || number(3) == 0) {
        std::cerr << "usage: study_noise FIRST_SEED FRAMES_FOR_BIAS FRAMES_FOR_COVERAGE\n";
        return 2;
    }
    print_bias(number(1), number(2));
    std::cout << '\n';
    print_coverage(number(1) + 100000, number(3));
    std::cout << '\n';
    print_parts(number(1) + 200000, 5);
    return 0;
}
