// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_large_areas PROGRAMS FRAMES STAINS SIZES COVERED`: how many large areas are told on FRAMES frames without any, of
/// every kind that the promise on traces is tried on; of STAINS stains of each brightness and size, how many; of SIZES
/// stains of every size from a droplet's on, how many are a trace or an area; and of COVERED stains of each size, whether
/// the uncertainties of light and size cover the truth (0: not). Prints the tables of docs/studies/large_areas.md.

#include "detect/large_area.hpp"
#include "tests/detect/null_frames.hpp"
#include "tests/detect/stain_scenes.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

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

constexpr std::array<double, 13> all_radii{
    5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 70.0, 100.0, 140.0, 200.0};

// Whether any size falls between droplets and areas.
void print_sizes(std::uint64_t stains) {
    std::puts("\n| surface | light by surface | radius | stains | trace or area | trace | flux of "
              "traces | area | "
              "flux of area | areas elsewhere |\n|---|---|---|---|---|---|---|---|---|---|");
    for (auto const kind :
         {stain_scenes::BackgroundKind::flat, stain_scenes::BackgroundKind::woven}) {
        for (double const contrast : {0.1, 0.5, 2.0}) {
            for (double const radius : all_radii) {
                double either = 0.0;
                double traces = 0.0;
                double trace_flux = 0.0;
                double elsewhere = 0.0;
                double areas = 0.0;
                stain_scenes::Covered flux;
                for (std::uint64_t number = 0; number < stains; ++number) {
                    auto const one = stain_scenes::look_at(
                        stain_scenes::scene_of(
                            kind, radius, contrast, stain_scenes::colours[0], 100 + number),
                        radius,
                        true);
                    either += one.in_trace || one.in_area ? 1.0 : 0.0;
                    traces += one.in_trace ? 1.0 : 0.0;
                    trace_flux += one.trace_flux;
                    areas += one.in_area ? 1.0 : 0.0;
                    elsewhere += static_cast<double>(one.elsewhere);
                    if (one.flux) {
                        flux.add(*one.flux, *one.flux_sigma);
                    }
                }
                std::printf("| %s | %.1f | %.0f | %.0f | %.0f | %.0f | ",
                            std::string{to_text(kind)}.c_str(),
                            contrast,
                            radius,
                            static_cast<double>(stains),
                            either,
                            traces);
                traces > 0.0 ? std::printf("%.2f | ", trace_flux / traces) : std::printf("- | ");
                std::printf("%.0f | ", areas);
                flux.count > 0.0 ? std::printf("%.2f +- %.2f | ",
                                               flux.ratio / flux.count,
                                               flux.sigma / flux.count)
                                 : std::printf("- | ");
                std::printf("%.0f |\n", elsewhere);
                std::fflush(stdout);
            }
        }
    }
}

void print_covered(char const* what,
                   char const* surface,
                   double contrast,
                   stain_scenes::Covered const& one) {
    if (one.count > 0.0) {
        std::printf("| %s | %s | %.1f | %.0f | %.3f | %.3f | %.0f %% | %.0f %% |\n",
                    what,
                    surface,
                    contrast,
                    one.count,
                    one.ratio / one.count,
                    one.sigma / one.count,
                    100.0 * one.within_1 / one.count,
                    100.0 * one.within_196 / one.count);
        std::fflush(stdout);
    }
}

// Whether uncertainties cover the truth.
void print_coverage(std::uint64_t stains) {
    std::puts("\n| of | surface | light by surface | measured | by true, mean | uncertainty by "
              "true, mean | "
              "within 1 | within 1.96 |\n|---|---|---|---|---|---|---|---|");
    for (auto const kind : stain_scenes::kinds) {
        for (double const contrast : {0.5, 2.0}) {
            stain_scenes::Covered flux;
            stain_scenes::Covered outline;
            for (double const radius : {40.0, 60.0, 100.0, 140.0, 218.0}) {
                for (std::uint64_t number = 0; number < stains; ++number) {
                    auto const one = stain_scenes::look_at(
                        stain_scenes::scene_of(
                            kind, radius, contrast, stain_scenes::colours[0], 200 + number),
                        radius,
                        false);
                    if (one.flux) {
                        flux.add(*one.flux, *one.flux_sigma);
                    }
                    if (one.outline) {
                        outline.add(*one.outline, *one.outline_sigma);
                    }
                }
            }
            std::string const surface{to_text(kind)};
            print_covered("light", surface.c_str(), contrast, flux);
            print_covered("size", surface.c_str(), contrast, outline);
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::fputs("usage: study_large_areas PROGRAMS FRAMES STAINS SIZES COVERED\n", stderr);
        return 2;
    }
    real_noise::Programs const programs{argv[1]};
    auto const number = [&](int i) { return std::strtoull(argv[i], nullptr, 10); };
    if (number(2) > 0) {
        print_false(programs, number(2));
    }
    if (number(3) > 0) {
        print_stains(number(3));
    }
    if (number(4) > 0) {
        print_sizes(number(4));
    }
    if (number(5) > 0) {
        print_coverage(number(5));
    }
    return 0;
}
