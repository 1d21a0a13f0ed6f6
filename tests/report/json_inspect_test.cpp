// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_inspect.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace {

using nlohmann::json;
namespace capture = cmq::capture;

capture::Capture camera_file() {
    capture::Capture file;
    file.frame.shape = {6, 8};
    file.frame.cfa = cmq::make_cfa("BGGR");
    file.frame.black_dn = {100.5, 101.5, 102.5, 103.5};
    file.frame.black_dn_sigma = {0.125, 0.25, 0.375, 0.5};
    file.frame.saturation_dn = {3000.5, 3001.5, 3002.5, 3003.5};
    file.frame.noise.origin = cmq::NoiseOrigin::profile;
    file.frame.noise.read_noise_dn = {2.5, 2.75, 3.5, 3.75};
    file.frame.noise.read_noise_dn_sigma = {0.0625, 0.1875, 0.3125, 0.4375};
    file.frame.noise.gain_dn = {0.5, 0.625, 0.75, 0.875};
    file.frame.noise.gain_dn_sigma = {0.03125, 0.09375, 0.15625, 0.21875};
    file.sha256 = "abc";
    file.file_bytes = 1234;
    file.decoder = "reader 1";
    file.raw_shape = {10, 14};
    file.top_margin = 3;
    file.left_margin = 4;
    file.white_level_dn = 4095;
    file.black_origin = capture::BlackOrigin::masked_photosites;
    file.stated_black_dn = {96.5, 97.5, 98.5, 99.5};
    file.masked_photosites = {21, 22, 23, 24};
    file.masked_sd_dn = {1.5, 1.625, 1.75, 1.875};
    file.saturated_photosites = {3, 4, 5, 0};
    file.gain_is_shared = {true, false, false, true};
    file.hot_photosites = 31;
    file.dead_photosites = 32;
    file.no_data_photosites = 33;
    file.blooming_photosites = 34;
    file.bits_per_photosite = 12.5;
    file.warnings = {capture::CaptureWarning::auto_exposure,
                     capture::CaptureWarning::perhaps_lossy};
    return file;
}

json planes(double r, double g1, double g2, double b) {
    return {{"r", r}, {"g1", g1}, {"g2", g2}, {"b", b}};
}

json result(capture::Capture const& file = camera_file()) {
    return json::parse(cmq::report::json_inspect(file, "a.dng"));
}

TEST(JsonInspect, SaysWhatTheFileIs) {
    json const all = result();
    EXPECT_EQ(all["file"], "a.dng");
    EXPECT_EQ(all["sha256"], "abc");
    EXPECT_EQ(all["bytes"], 1234);
    EXPECT_EQ(all["decoder"], "reader 1");
    EXPECT_EQ(all["image"],
              (json{{"width", 8},
                    {"height", 6},
                    {"raw_width", 14},
                    {"raw_height", 10},
                    {"left_margin", 4},
                    {"top_margin", 3},
                    {"cfa", "BGGR"}}));
    EXPECT_EQ(all["white_level_dn"], 4095);
    EXPECT_EQ(all["bits_per_photosite"], 12.5);
    EXPECT_EQ(all["warnings"], (json{"auto_exposure", "perhaps_lossy"}));
}

TEST(JsonInspect, GivesBlackSaturationAndNoiseByPlane) {
    json const all = result();
    EXPECT_EQ(all["black"]["origin"], "masked_photosites");
    EXPECT_EQ(all["black"]["level_dn"], planes(100.5, 101.5, 102.5, 103.5));
    EXPECT_EQ(all["black"]["level_sigma_dn"], planes(0.125, 0.25, 0.375, 0.5));
    EXPECT_EQ(all["black"]["stated_dn"], planes(96.5, 97.5, 98.5, 99.5));
    EXPECT_EQ(all["black"]["masked_photosites"], planes(21, 22, 23, 24));
    EXPECT_EQ(all["black"]["masked_sd_dn"], planes(1.5, 1.625, 1.75, 1.875));
    EXPECT_EQ(all["saturation"]["level_dn"], planes(3000.5, 3001.5, 3002.5, 3003.5));
    EXPECT_EQ(all["saturation"]["photosites"], planes(3, 4, 5, 0));
    EXPECT_EQ(all["saturation"]["share"], 0.25); // 3 + 4 + 5 of 6 x 8
    EXPECT_EQ(all["noise"]["origin"], "profile");
    EXPECT_EQ(all["noise"]["read_noise_dn"], planes(2.5, 2.75, 3.5, 3.75));
    EXPECT_EQ(all["noise"]["read_noise_sigma_dn"], planes(0.0625, 0.1875, 0.3125, 0.4375));
    EXPECT_EQ(all["noise"]["gain_dn_per_electron"], planes(0.5, 0.625, 0.75, 0.875));
    EXPECT_EQ(all["noise"]["gain_sigma_dn_per_electron"],
              planes(0.03125, 0.09375, 0.15625, 0.21875));
    EXPECT_EQ(all["noise"]["gain_is_shared"],
              (json{{"r", true}, {"g1", false}, {"g2", false}, {"b", true}}));
    EXPECT_EQ(all["masked"], (json{{"hot", 31}, {"dead", 32}, {"no_data", 33}, {"blooming", 34}}));
}

TEST(JsonInspect, GivesNullForWhatTheFileDoesNotSay) {
    json const metadata = result()["metadata"];
    EXPECT_EQ(metadata.size(), 12U);
    for (auto const& [key, value] : metadata.items()) {
        EXPECT_TRUE(value.is_null()) << key;
    }
    EXPECT_EQ(result()["simulated"], false);
}

TEST(JsonInspect, GivesWhatTheFileSays) {
    capture::Capture file = camera_file();
    file.metadata.make = "Maker";
    file.metadata.model = "Model";
    file.metadata.unique_model = "Maker Model";
    file.metadata.software = "1.2";
    file.metadata.description = "text";
    file.metadata.taken_at = "2026:11:14 16:30:00";
    file.metadata.exposure_s = 0.5;
    file.metadata.f_number = 5.5;
    file.metadata.iso = 800;
    file.metadata.focal_length_mm = 50.5;
    file.metadata.auto_exposure = true;
    file.metadata.auto_white_balance = false;
    file.metadata.simulated = true;
    json const all = result(file);
    EXPECT_EQ(all["metadata"],
              (json{{"make", "Maker"},
                    {"model", "Model"},
                    {"unique_model", "Maker Model"},
                    {"software", "1.2"},
                    {"description", "text"},
                    {"taken_at", "2026:11:14 16:30:00"},
                    {"exposure_s", 0.5},
                    {"f_number", 5.5},
                    {"iso", 800},
                    {"focal_length_mm", 50.5},
                    {"auto_exposure", true},
                    {"auto_white_balance", false}}));
    EXPECT_EQ(all["simulated"], true);
}

TEST(JsonInspect, SurvivesTextThatIsNotUtf8) {
    capture::Capture file = camera_file();
    file.metadata.model = "a\xff";
    EXPECT_EQ(result(file)["metadata"]["model"], "a\xef\xbf\xbd");
}

TEST(JsonInspect, TellsTheWorthOfAFile) {
    capture::Examination seen;
    seen.capture = camera_file();
    seen.worth.grade = capture::Grade::measurement;
    seen.worth.reasons = {cmq::Sentence{{"une raison", "a reason"}}};
    seen.worth.facts = {{capture::FactKind::flash,
                         capture::FactState::found,
                         cmq::Sentence{{"le flash", "the light"}},
                         {"Exif.Photo.Flash = 1"}},
                        {capture::FactKind::zoom, capture::FactState::not_stated, {}, {}}};
    json const worth = json::parse(cmq::report::json_inspect(seen, "a.dng"))["worth"];
    EXPECT_EQ(worth["grade"], "measurement");
    EXPECT_EQ(worth["reasons"], json::parse(R"([{"fr": "une raison", "en": "a reason"}])"));
    EXPECT_EQ(
        worth["facts"][0],
        json::parse(
            R"({"kind": "flash", "state": "found", "text": {"fr": "le flash", "en": "the light"},
                              "sources": ["Exif.Photo.Flash = 1"]})"));
    EXPECT_EQ(
        worth["facts"][1],
        json::parse(R"({"kind": "zoom", "state": "not_stated", "text": null, "sources": []})"));
    EXPECT_TRUE(worth["not_found_means"]["fr"].is_string());
}

} // namespace
