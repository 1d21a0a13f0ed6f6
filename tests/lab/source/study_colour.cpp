// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How often a wrong class gets a high ratio, and what a colour says of its source: usage: study_colour RUNS

#include "tests/lab/source/colour_study.hpp"

#include <charconv>
#include <cstdio>
#include <cstring>

namespace {

using namespace cmq;
using namespace colour_study;

// A rival whose trace is drawn is one whose references are too: wrong if it is called the marker.
void table_of_references(int runs) {
    std::puts("| references a class | t with the unknown: LR > 10 | LR > 100 | normal density put "
              "in: LR > 10 | LR > 100 | cases |");
    std::puts("|---|---|---|---|---|---|");
    for (int const samples : {3, 4, 5, 6, 8, 10, 12, 15, 20}) {
        Tally ours;
        Tally plug_in;
        for (int run = 0; run < runs; ++run) {
            for (std::size_t c = 0; c < capture::camera_responses().size(); ++c) {
                auto const& camera = capture::camera_responses()[c];
                Random random{static_cast<std::uint64_t>(samples),
                              static_cast<std::uint32_t>(c),
                              static_cast<std::uint64_t>(run)};
                Case const one{yellow_green(), camera, samples, random};
                for (std::string_view const truth : yellow_green().rivals) {
                    Ratios const ratios =
                        one.weigh(draw_spot(emitter(truth), camera, 30.0, random));
                    if (ratios.ours) {
                        ours.add(*ratios.ours, false);
                    }
                    plug_in.add(*ratios.plug_in, false);
                }
            }
        }
        if (ours.all > 0) {
            std::printf("| %d | %.2f %% | %.2f %% |",
                        samples,
                        ours.percent(ours.above_10),
                        ours.percent(ours.above_100));
        } else {
            std::printf("| %d | cannot be fitted | cannot be fitted |", samples);
        }
        std::printf(" %.2f %% | %.2f %% | %d |\n",
                    plug_in.percent(plug_in.above_10),
                    plug_in.percent(plug_in.above_100),
                    plug_in.all);
    }
}

void table_of_sources(int runs,
                      int samples,
                      double snr,
                      Looks const& looks = {{}},
                      double marker_in_blue = ultraviolet_only) {
    std::printf("\n%d references a class, trace of signal-to-noise %.0f, %zu %s",
                samples,
                snr,
                looks.size(),
                looks.size() == 1 ? "capture" : "captures");
    if (looks.back().blue_lamp) {
        std::printf(", the last one under 450 nm, where the marker gives %.2f of its light",
                    marker_in_blue);
    }
    std::puts(":\n");
    std::puts("| what it is | for the marker (LR > 10) | LR > 100 | for something else (LR < 0.1) "
              "| indeterminate | cases |");
    std::puts("|---|---|---|---|---|---|");
    Tally markers;
    Tally others;
    auto names = yellow_green().rivals;
    names.insert(names.begin(), yellow_green().marker);
    names.insert(names.end(), yellow_green().unlisted.begin(), yellow_green().unlisted.end());
    if (looks.back().blue_lamp) {
        names.push_back(stamp_ink);
    }
    std::vector<Tally> tallies(names.size());
    for (int run = 0; run < runs; ++run) {
        for (std::size_t c = 0; c < capture::camera_responses().size(); ++c) {
            auto const& camera = capture::camera_responses()[c];
            Random random{100 + static_cast<std::uint64_t>(samples),
                          static_cast<std::uint32_t>(c),
                          static_cast<std::uint64_t>(run)};
            Case const one{yellow_green(), camera, samples, random, looks, marker_in_blue};
            for (std::size_t i = 0; i < names.size(); ++i) {
                auto const trace =
                    draw_spot(emitter(names[i]), camera, snr, random, looks, marker_in_blue);
                double const lr = *one.weigh(trace).ours;
                tallies[i].add(lr, i == 0);
                (i == 0 ? markers : others).add(lr, i == 0);
            }
        }
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        Tally const& t = tallies[i];
        std::printf("| %s | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %d |\n",
                    std::string{names[i]}.c_str(),
                    t.percent(t.above_10),
                    t.percent(t.above_100),
                    t.percent(t.below_tenth),
                    t.percent(t.all - t.above_10 - t.below_tenth),
                    t.all);
    }
    std::printf("\nCllr %.3f; misleading: marker called something else %.2f %%, something else "
                "called the marker %.2f %% "
                "(LR > 100: %.2f %%).\n",
                0.5 * (markers.bits / markers.all + others.bits / others.all),
                markers.percent(markers.below_tenth),
                others.percent(others.above_10),
                others.percent(others.above_100));
}

} // namespace

int main(int argc, char* argv[]) {
    int runs = 0;
    if (argc != 2 ||
        std::from_chars(argv[1], argv[1] + std::strlen(argv[1]), runs).ec != std::errc{} ||
        runs < 1) {
        std::fputs("usage: study_colour RUNS\n", stderr);
        return 2;
    }
    table_of_references(runs);
    for (double const snr : {10.0, 30.0, 100.0}) {
        table_of_sources(runs, 10, snr);
    }
    table_of_sources(runs, 20, 30.0);
    Looks const two{{}, {515.0}};
    Looks const three{{}, {515.0}, {550.0}};
    for (double const snr : {30.0, 100.0}) {
        table_of_sources(runs, 10, snr, two);
        table_of_sources(runs, 20, snr, two);
        table_of_sources(runs, 20, snr, three);
    }
    Looks const two_lamps{{}, {515.0, true}};
    for (double const in_blue : {ultraviolet_only, like_riboflavin}) {
        table_of_sources(runs, 10, 30.0, two_lamps, in_blue);
        table_of_sources(runs, 20, 30.0, two_lamps, in_blue);
        table_of_sources(runs, 20, 100.0, two_lamps, in_blue);
    }
    return 0;
}
