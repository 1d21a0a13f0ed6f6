// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A small case with simulated camera files, computed as `analyse` does.

#pragma once

#include "apps/pipeline/compute_case.hpp"
#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"
#include "system/file.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <filesystem>
#include <string>
#include <unistd.h>

namespace cmq::pipeline::test {

/// A camera file of 256 x 256 photosites.
inline void write_scene(std::filesystem::path const& file,
                        std::size_t droplets,
                        std::uint64_t seed,
                        double flux_electrons = 30'000.0) {
    capture::SceneSettings settings;
    settings.shape = {256, 256};
    settings.seed = seed;
    if (droplets > 0) {
        capture::DropletGroup group;
        group.count = droplets;
        group.flux_electrons = flux_electrons;
        group.region = capture::Region{.x = 60.0, .y = 40.0, .width = 140.0, .height = 140.0};
        settings.droplets.push_back(group);
    }
    capture::SimulatedScene const scene = capture::simulate_scene(settings);
    capture::write_dng(file, capture::to_dng_picture(scene));
}

inline std::filesystem::path program_of_build(std::string const& name) {
    return std::filesystem::path{CMQ_BINARY_DIR} / "bin" / name;
}

/// One capture with traces, two blanks, a picture without the lamp; two findings, one of them typed;
/// one comparison with every part of an evaluation.
inline std::string small_case_text() {
    std::string text = with(two_accounts, "schema = 1\n", "schema = 1\ndemonstration = true\n");
    // The fewest draws with which the value is given, and not withheld for its error.
    text = with(text, "draws = 4096", "draws = 2048");
    text = with(text, "zone = \"P1.hand\"\nkind", "zone = \"P2.hand\"\nkind");
    return text + R"([population]
checked = 100
glowing = 3
[examination]
blanks = ["b1", "b2"]
[[contamination]]
id = "gloves"
zones = { "P1.hand" = 0.1 }
at = { time = "15:30", uncertainty_min = 5 }
probability = 0
[[capture]]
id = "c1"
file = "evidence.dng"
role = "evidence"
zone = "P1.hand"
at = { time = "16:00", uncertainty_min = 5 }
mm_per_photosite = 0.1
[[capture]]
id = "b1"
file = "blank1.dng"
role = "blank"
[[capture]]
id = "b2"
file = "blank2.dng"
role = "blank"
[[capture]]
id = "a1"
file = "ambient.dng"
role = "ambient"
of = "c1"
[[parameter]]
name = "kappa"
value = 20
conditions = "one cloth"
source = "laboratory sheet 4"
grade = "measured_on_proxy"
)";
}

/// Writes the inputs into a folder of its own, computes the case and removes the folder.
inline Computed compute_small_case() {
    auto const folder =
        std::filesystem::temp_directory_path() / ("cmq_small_case_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    write_scene(folder / "evidence.dng", 3, 1);
    write_scene(folder / "blank1.dng", 0, 2);
    write_scene(folder / "blank2.dng", 0, 3);
    write_scene(folder / "ambient.dng", 0, 4);
    write_file(folder / "case.toml", small_case_text());
    Computed computed = compute_case(
        folder / "case.toml", {.decoder = program_of_build("contremarque-decoder")}, nullptr, {});
    std::filesystem::remove_all(folder);
    return computed;
}

/// The same, computed once for all tests of the program: the evaluation takes seconds.
inline Computed const& small_case() {
    static Computed const computed = compute_small_case();
    return computed;
}

} // namespace cmq::pipeline::test
