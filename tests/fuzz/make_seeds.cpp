// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Writes the small files that the fuzzers of binary formats start from: usage: make_seeds CORPUS

#include "capture/simulate_scene.hpp"
#include "capture/write_profile.hpp"
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

/// Above eight entries HDF5 keeps the links of a group in a tree and a heap, which is other code than for few.
std::vector<std::byte> case_h5(int tables) {
    Table table;
    table.add(
        {.name = "id", .unit = "", .meaning = "name", .cells = std::vector<std::string>{"a", "b"}});
    table.add(
        {.name = "n", .unit = "", .meaning = "count", .cells = std::vector<std::int64_t>{1, -2}});
    table.add(
        {.name = "x", .unit = "DN", .meaning = "value", .cells = std::vector<double>{0.5, 1e300}});
    casefile::KeptCase kept;
    kept.case_text = "schema = 1\n";
    for (int i = 0; i < tables; ++i) {
        kept.tables.push_back({std::string{"findings"} + static_cast<char>('a' + i), table});
    }
    kept.pictures.push_back({"crop", 2, 3, std::vector<std::uint8_t>(18, 7)});
    return casefile::to_case_h5(kept);
}

std::vector<std::byte> profile() {
    capture::CameraProfile profile;
    profile.make = "Contremarque";
    profile.model = "SIMULATED";
    profile.iso = 800;
    profile.dark_exposure_s = 2;
    profile.simulated = true;
    profile.shape = {8, 8};
    profile.white_level_dn = 16383;
    profile.black_dn.fill(512);
    capture::Measured const number{0.5, 0.01, 0.48, 0.52};
    for (capture::PlaneProfile& plane : profile.planes) {
        plane = {number,
                 number,
                 number,
                 number,
                 {9000, 10, 8980, 9020},
                 true,
                 number,
                 number,
                 number,
                 number,
                 number};
    }
    profile.dark_dn.assign(64, 0.5F);
    profile.flat.assign(64, 1.0F);
    profile.dark_sigma_dn.fill(0.1);
    profile.flat_sigma.fill(0.01);
    profile.defects.assign(64, 0);
    profile.dark_frames = 4;
    profile.flat_pairs = 1;
    profile.transfer.push_back(
        {.exposure_s = 1.0, .frames = 2, .mean_dn = {9, 9, 9, 9}, .variance_dn2 = {5, 5, 5, 5}});
    profile.notes = {capture::ProfileNote::few_levels};
    profile.sources = {std::string(64, 'a')};
    return capture::to_profile_h5(profile);
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
    write_file(corpus / "case_h5" / "seed", case_h5(1));
    write_file(corpus / "case_h5" / "seed_many", case_h5(10));
    std::filesystem::create_directories(corpus / "profile_h5");
    write_file(corpus / "profile_h5" / "seed", profile());
    return 0;
}
