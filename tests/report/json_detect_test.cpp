// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_detect.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace {

using nlohmann::json;
namespace detect = cmq::detect;
namespace lab = cmq::lab;

// Every number is another one and exact in binary, so that no member can stand for its neighbour.
detect::Detection detection() {
    detect::Trace trace;
    trace.id = 3;
    trace.x = 10.5;
    trace.y = 20.25;
    trace.area_cells = 7;
    trace.flux_dn = {100.5, 200.5, 300.5, -4.5};
    trace.flux_dn_sigma = {1.25, 2.25, 3.25, 4.25};
    trace.total_flux_dn_sigma = 6.5;
    trace.snr = 12.5;
    trace.log10_nfa = -30.75;
    trace.saturated = true;
    trace.masked_photosites = 2;
    trace.box = {8, 18, 13, 23};
    trace.semi_major = 2.5;
    trace.semi_minor = 1.5;
    trace.angle_rad = -0.5;
    trace.scale_cells = 1.125;
    trace.group = 2;
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

lab::ColourResult colour() {
    lab::ColourResult made;
    made.trace = 3;
    made.classes = {{.name = "marker", .samples = 12, .spots = 14, .log_density = -20.5},
                    {.name = "dye", .weight = 2.5, .samples = 4, .spots = 5}};
    made.unknown_weight = 1.5;
    made.unknown_log_density = -21.5;
    made.ratio = {.verdict = lab::ColourVerdict::indeterminate,
                  .log10_lr = std::nullopt,
                  .doubts = {lab::ColourDoubt::few_references, lab::ColourDoubt::other_conditions},
                  .of_classes = {"dye"}};
    made.differences = {{"dye", lab::ColourCondition::filter, "LP 420", ""}};
    return made;
}

cmq::report::DetectFindings findings() {
    cmq::report::DetectFindings made;
    made.total = {.flux_dn = 597.5, .flux_dn_sigma = 6.75, .saturated = true};
    made.presence = {
        lab::PresenceVerdict::not_detected, {lab::PresenceReason::within_blanks}, 650.5};
    made.limits = {.origin = cmq::report::BlanksFrom::table,
                   .blanks = 9,
                   .critical_dn = 640.5,
                   .minimum_detectable = 3.5,
                   .skewness = lab::Lean::right,
                   .in_doubt = true,
                   .minimum_in_doubt = true};
    made.found_by_half = detect::LimitFlux{650.5, 7.5, 40};
    made.scale = detect::SceneScale{0.25, 0.125};
    made.colours = {colour()};
    made.conditions = {.substrate = "skin", .lamp_nm = 365.0, .filter = "LP 420", .camera = ""};
    return made;
}

json result() {
    return json::parse(cmq::report::to_json(detection(), "a.dng", "abc", findings()));
}

TEST(ToJsonOfDetection, SaysWhichFileWasSearchedAndForWhatPromise) {
    json const all = result();
    EXPECT_EQ(all["file"], "a.dng");
    EXPECT_EQ(all["sha256"], "abc");
    EXPECT_EQ(all["image"], (json{{"width", 64}, {"height", 48}, {"cfa", "GBRG"}}));
    EXPECT_EQ(all["false_traces_expected"], 0.0625);
    EXPECT_TRUE(all["false_discovery_rate"].is_null());
    auto shared = detection();
    shared.false_discovery_rate = 0.25;
    EXPECT_EQ(json::parse(
                  cmq::report::to_json(shared, "a.dng", "abc", findings()))["false_discovery_rate"],
              0.25);
    EXPECT_EQ(all["warnings"], (json{"one", "two"}));
}

TEST(ToJsonOfDetection, GivesAllOfATrace) {
    json const traces = result()["traces"];
    ASSERT_EQ(traces.size(), 1U);
    auto const area = detect::measure_area(detection().traces[0], {0.25, 0.125});
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
                    {"flux_total", 597.0},
                    {"flux_total_sigma", 6.5},
                    {"area_mm2", area.mm2},
                    {"area_mm2_sigma", area.mm2_sigma},
                    {"colour",
                     {{"verdict", "indeterminate"},
                      {"log10_lr", nullptr},
                      {"log10_lr_over_weights", nullptr},
                      {"log_densities", {{"marker", -20.5}, {"dye", nullptr}, {"unknown", -21.5}}},
                      {"doubts", {"few_references", "other_conditions"}},
                      {"of_classes", {"dye"}}}},
                    {"masked_photosites", 2},
                    {"box", {{"first_x", 8}, {"first_y", 18}, {"last_x", 13}, {"last_y", 23}}},
                    {"semi_major", 2.5},
                    {"semi_minor", 1.5},
                    {"angle_rad", -0.5},
                    {"filter_sigma_cells", 1.125},
                    {"group", 2}}));
}

TEST(ToJsonOfDetection, GivesTheVerdictAndWhatItRestsOn) {
    json const all = result();
    EXPECT_EQ(all["verdict"], "not_detected");
    EXPECT_EQ(all["why"], (json{"within_blanks"}));
    EXPECT_EQ(all["flux_total"], 597.5);
    EXPECT_EQ(all["flux_total_sigma"], 6.75);
    EXPECT_EQ(all["saturated"], true);
    EXPECT_EQ(all["limits"],
              (json{{"critical", 640.5},
                    {"minimum_detectable", 3.5},
                    {"blanks", 9},
                    {"from", "table"},
                    {"why_no_minimum", nullptr},
                    {"minimum_in_doubt", true},
                    {"skewness", "right"},
                    {"in_doubt", true},
                    {"found_by_half", {{"flux_total", 650.5}, {"flux_total_sigma", 7.5}}},
                    {"stated", 650.5}}));
    EXPECT_EQ(all["scale"], (json{{"mm_per_photosite", 0.25}, {"mm_per_photosite_sigma", 0.125}}));
}

TEST(ToJsonOfDetection, SaysOnceWhatColoursAreSetAgainst) {
    json const expected = {
        {"conditions",
         {{"substrate", "skin"}, {"lamp_nm", 365.0}, {"filter", "LP 420"}, {"camera", nullptr}}},
        {"classes",
         {{{"name", "marker"}, {"weight", nullptr}, {"samples", 12}, {"spots", 14}},
          {{"name", "dye"}, {"weight", 2.5}, {"samples", 4}, {"spots", 5}}}},
        {"unknown_weight", 1.5},
        {"differences",
         {{{"class", "dye"}, {"condition", "filter"}, {"trace", "LP 420"}, {"references", ""}}}}};
    EXPECT_EQ(result()["colour_classes"], expected);
}

TEST(ToJsonOfDetection, HasNullForWhatIsNotKnown) {
    cmq::report::DetectFindings bare;
    bare.presence.why = {lab::PresenceReason::blanks_missing};
    json const all = json::parse(cmq::report::to_json(detection(), "a.dng", "abc", bare));
    EXPECT_EQ(all["verdict"], "indeterminate");
    EXPECT_EQ(all["limits"]["critical"], nullptr);
    EXPECT_EQ(all["limits"]["minimum_detectable"], nullptr);
    EXPECT_EQ(all["limits"]["blanks"], 0);
    EXPECT_EQ(all["limits"]["from"], "none");
    EXPECT_EQ(all["limits"]["found_by_half"], nullptr);
    EXPECT_EQ(all["scale"], nullptr);
    EXPECT_EQ(all["colour_classes"], nullptr);
    EXPECT_EQ(all["traces"][0]["area_mm2"], nullptr);
    EXPECT_EQ(all["traces"][0]["area_mm2_sigma"], nullptr);
    EXPECT_EQ(all["traces"][0]["colour"], nullptr);
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
    json const all = json::parse(cmq::report::to_json({}, "a.dng", "abc", {}));
    EXPECT_TRUE(all["traces"].is_array());
    EXPECT_TRUE(all["traces"].empty());
}

TEST(ToJsonOfDetection, SurvivesFileNamesThatAreNotUtf8) {
    EXPECT_EQ(json::parse(cmq::report::to_json({}, "a\xff.dng", "", {}))["file"],
              "a\xef\xbf\xbd.dng");
}

} // namespace
