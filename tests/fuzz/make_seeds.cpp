// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Writes the small files that the fuzzers of binary formats start from: usage: make_seeds CORPUS

#include "capture/simulate_scene.hpp"
#include "casefile/kept/case_h5.hpp"
#include "system/file.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

namespace {

using namespace cmq;

std::vector<std::byte> dng(int bits, capture::DngCompression compression) {
    capture::SceneSettings settings;
    settings.shape = {48, 128};
    settings.masked_columns = 8;
    settings.sensor.bits = bits;
    capture::SimulatedScene const scene = capture::simulate_scene(settings, 1);
    capture::DngPicture picture = capture::to_dng_picture(scene);
    picture.compression = compression;
    return capture::to_dng(picture);
}

std::vector<std::byte> case_h5() {
    Table table;
    table.add(
        {.name = "id", .unit = "", .meaning = "name", .cells = std::vector<std::string>{"a", "b"}});
    table.add(
        {.name = "n", .unit = "", .meaning = "count", .cells = std::vector<std::int64_t>{1, -2}});
    table.add(
        {.name = "x", .unit = "DN", .meaning = "value", .cells = std::vector<double>{0.5, 1e300}});
    casefile::KeptCase kept;
    kept.case_text = "schema = 1\n";
    kept.tables.push_back({"findings", table});
    kept.pictures.push_back({"crop", 2, 3, std::vector<std::uint8_t>(18, 7)});
    return casefile::to_case_h5(kept);
}

} // namespace

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::fputs("usage: make_seeds CORPUS\n", stderr);
        return 2;
    }
    std::filesystem::path const corpus{argv[1]};
    for (int const bits : {12, 14, 16}) {
        for (auto const compression :
             {capture::DngCompression::none, capture::DngCompression::lossless_jpeg}) {
            auto const bytes = dng(bits, compression);
            std::string const name =
                "seed_" + std::string{capture::to_text(compression)} + std::to_string(bits);
            for (char const* target : {"raw", "tags"}) {
                std::filesystem::create_directories(corpus / target);
                write_file(corpus / target / name, bytes);
            }
        }
    }
    std::filesystem::create_directories(corpus / "case_h5");
    write_file(corpus / "case_h5" / "seed", case_h5());
    return 0;
}
