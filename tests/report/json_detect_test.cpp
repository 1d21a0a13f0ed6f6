// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_detect.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace {

using nlohmann::json;
namespace detect = cmq::detect;

// Every number is another one and exact in binary, so that no member can stand for its neighbour.
detect::Detection detection() {
    detect::Trace trace;
    trace.id = 3;
    trace.x = 10.5;
    trace.y = 20.25;
    trace.area_cells = 7;
    trace.flux_dn = {100.5, 200.5, 300.5, -4.5};
    trace.flux_dn_sigma = {1.25, 2.25, 3.25, 4.25};
    trace.snr = 12.5;
    trace.log10_nfa = -30.75;
    trace.saturated = true;
    trace.masked_photosites = 2;
    trace.box = {8, 18, 13, 23};
    trace.semi_major = 2.5;
    trace.semi_minor = 1.5;
    trace.angle_rad = -0.5;
    trace.scale_cells = 1.125;
    detect::Detection all;
    all.shape = {48, 64};
    all.cfa = cmq::make_cfa("GBRG");
    all.false_traces_expected = 0.0625;
    all.traces = {trace};
    all.planes[2] = {.level_dn = 50.5,
                     .level_low_dn = 40.5,
                     .level_high_dn = 60.5,
                     .noise_dn = 5.5,
                     .measured_noise_dn = 6.5,
                     .spread_ratio = 1.1875,
                     .saturation_dn = 4000.5,
                     .saturated_photosites = 11,
                     .hot_photosites = 12,
                     .masked_photosites = 13};
    all.noise_origin = cmq::NoiseOrigin::dng_tag;
    all.textured_share = 0.375;
    all.threshold = 5.75;
    all.tail_factor = 1.5;
    all.low_threshold = 2.75;
    all.warnings = {"one", "two"};
    return all;
}

json result() {
    return json::parse(cmq::report::to_json(detection(), "a.dng", "abc"));
}

TEST(ToJsonOfDetection, SaysWhichFileWasSearchedAndForWhatPromise) {
    json const all = result();
    EXPECT_EQ(all["file"], "a.dng");
    EXPECT_EQ(all["sha256"], "abc");
    EXPECT_EQ(all["image"], (json{{"width", 64}, {"height", 48}, {"cfa", "GBRG"}}));
    EXPECT_EQ(all["false_traces_expected"], 0.0625);
    EXPECT_EQ(all["warnings"], (json{"one", "two"}));
}

TEST(ToJsonOfDetection, GivesAllOfATrace) {
    json const traces = result()["traces"];
    ASSERT_EQ(traces.size(), 1U);
    EXPECT_EQ(traces[0],
              (json{{"id", 3},
                    {"x", 10.5},
                    {"y", 20.25},
                    {"area_cells", 7},
                    {"flux", {{"r", 100.5}, {"g1", 200.5}, {"g2", 300.5}, {"b", -4.5}}},
                    {"flux_sigma", {{"r", 1.25}, {"g1", 2.25}, {"g2", 3.25}, {"b", 4.25}}},
                    {"snr", 12.5},
                    {"log10_nfa", -30.75},
                    {"saturated", true},
                    {"masked_photosites", 2},
                    {"box", {{"first_x", 8}, {"first_y", 18}, {"last_x", 13}, {"last_y", 23}}},
                    {"semi_major", 2.5},
                    {"semi_minor", 1.5},
                    {"angle_rad", -0.5},
                    {"filter_sigma_cells", 1.125}}));
}

TEST(ToJsonOfDetection, GivesBackgroundAndNoiseByPlane) {
    json const all = result();
    EXPECT_EQ(all["background"].size(), 4U);
    EXPECT_EQ(all["background"]["g2"], // the third plane
              (json{{"level_dn", 50.5},
                    {"level_low_dn", 40.5},
                    {"level_high_dn", 60.5},
                    {"model_noise_dn", 5.5},
                    {"measured_noise_dn", 6.5},
                    {"spread_ratio", 1.1875},
                    {"saturation_dn", 4000.5},
                    {"saturated_photosites", 11},
                    {"hot_photosites", 12},
                    {"masked_photosites", 13}}));
    EXPECT_EQ(all["noise"],
              (json{{"origin", "dng_tag"},
                    {"textured_share", 0.375},
                    {"tail_factor", 1.5},
                    {"threshold_snr", 5.75},
                    {"border_snr", 2.75}}));
}

TEST(ToJsonOfDetection, HasAnEmptyListWhereNothingWasFound) {
    json const all = json::parse(cmq::report::to_json({}, "a.dng", "abc"));
    EXPECT_TRUE(all["traces"].is_array());
    EXPECT_TRUE(all["traces"].empty());
}

TEST(ToJsonOfDetection, SurvivesFileNamesThatAreNotUtf8) {
    EXPECT_EQ(json::parse(cmq::report::to_json({}, "a\xff.dng", ""))["file"], "a\xef\xbf\xbd.dng");
}

} // namespace
