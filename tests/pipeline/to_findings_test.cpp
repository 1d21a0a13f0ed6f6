// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_findings.hpp"

#include "capture/simulate_scene.hpp"
#include "core/error.hpp"
#include "detect/darker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace {

namespace capture = cmq::capture;
namespace casefile = cmq::casefile;
namespace lab = cmq::lab;
namespace pipeline = cmq::pipeline;
using casefile::CaptureRole;
using cmq::Error;
using cmq::ErrorKind;
using pipeline::MeasurementState;

constexpr double after_everything = 900.0;

struct Shot {
    std::string id;
    CaptureRole role = CaptureRole::evidence;
    std::string zone = "P1.right_hand";
    std::size_t droplets = 0;
    double flux_electrons = 20'000.0;
    std::uint64_t seed = 1;
    double exposure_s = 2.0;
    double absorption =
        0.0; ///< above 0: droplets take so much of the light, instead of giving some off
};

// A case with its captures as if they had been read: simulated frames, searched like real ones.
struct Scene {
    casefile::Case file;
    std::vector<pipeline::MeasuredCapture> captures;

    void add(Shot const& shot) {
        capture::SceneSettings settings;
        settings.shape = {320, 480};
        settings.burn_mark = false;
        settings.seed = shot.seed;
        settings.background.kind = capture::BackgroundKind::flat;
        if (shot.droplets > 0) {
            capture::DropletGroup group;
            group.count = shot.droplets;
            group.flux_electrons = shot.flux_electrons;
            group.flux_log_sd = 0.0;
            group.separation = 40.0;
            group.region = capture::Region{.x = 40.0, .y = 40.0, .width = 400.0, .height = 240.0};
            if (shot.absorption > 0.0) {
                group.radius = 6.0;
                group.radius_log_sd = 0.0;
                group.absorption.fill(shot.absorption);
            }
            settings.droplets.push_back(group);
        }
        if (shot.absorption > 0.0) {
            settings.background.electrons = {900.0, 1400.0, 1400.0, 1000.0}; // daylight
        }
        casefile::Capture entry;
        entry.id.value = shot.id;
        entry.role.value = shot.role;
        entry.zone = casefile::Placed<std::string>{shot.zone, {}};
        entry.place = {.file = "case.toml",
                       .line = 10 + static_cast<int>(file.captures.size()),
                       .key = "capture"};
        file.captures.push_back(entry);

        pipeline::MeasuredCapture measured;
        measured.index = file.captures.size() - 1;
        measured.capture.frame = capture::to_frame(capture::simulate_scene(settings));
        measured.capture.metadata.exposure_s = shot.exposure_s;
        cmq::detect::Settings const how{.false_traces_expected = 0.01};
        measured.detection = shot.absorption > 0.0
                                 ? cmq::detect::detect_darker_traces(measured.capture.frame, how)
                                 : cmq::detect::detect_traces(measured.capture.frame, how);
        captures.push_back(std::move(measured));
    }

    [[nodiscard]] std::vector<pipeline::ZoneMeasurement> measure() const {
        return pipeline::measure_zones(file, captures, after_everything);
    }
};

Scene with_blanks(std::size_t droplets, double flux_electrons = 20'000.0) {
    Scene scene;
    scene.add(
        {.id = "evidence", .droplets = droplets, .flux_electrons = flux_electrons, .seed = 1});
    scene.add({.id = "blank1", .role = CaptureRole::blank, .seed = 2});
    scene.add({.id = "blank2", .role = CaptureRole::blank, .seed = 3});
    return scene;
}

TEST(MeasureZones, GivesAnAmountInDetectionLimits) {
    auto const zones = with_blanks(6).measure();
    ASSERT_EQ(zones.size(), 1U);
    auto const& zone = zones.front();
    EXPECT_EQ(zone.state, MeasurementState::amount);
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::amount);
    // Six droplets of 20 000 electrons at 0.5 DN an electron; lens and edge of the trace keep some per cent out.
    EXPECT_NEAR(zone.total_dn, 60'000.0, 0.12 * 60'000.0);
    ASSERT_TRUE(zone.limit_dn.has_value());
    EXPECT_DOUBLE_EQ(zone.finding.value, zone.total_dn / *zone.limit_dn);
    EXPECT_GT(zone.finding.sigma, 0.136 * zone.finding.value);
    EXPECT_EQ(zone.finding.minutes, after_everything);
    EXPECT_EQ(zone.blank_totals_dn.size(), 2U);
}

TEST(MeasureZones, ScalesWithTheFluxOfTheDroplets) {
    double const whole = with_blanks(6, 20'000.0).measure().front().finding.value;
    double const half = with_blanks(6, 10'000.0).measure().front().finding.value;
    // Same places, same noise: the ratio is 2 but for the noise of each (under 2 %) and the trace's edge.
    EXPECT_NEAR(whole / half, 2.0, 0.15);
}

TEST(MeasureZones, SaysNothingSeenWithoutTraces) {
    auto const zone = with_blanks(0).measure().front();
    EXPECT_EQ(zone.state, MeasurementState::nothing_found);
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::not_detected);
}

TEST(MeasureZones, LetsTheBlanksWin) {
    Scene scene;
    scene.add({.id = "evidence", .droplets = 2, .seed = 1});
    scene.add({.id = "blank1", .role = CaptureRole::blank, .droplets = 1, .seed = 2});
    scene.add({.id = "blank2", .role = CaptureRole::blank, .droplets = 3, .seed = 3});
    auto const zone = scene.measure().front();
    // Blank totals of about 1 and 3 droplets: mean 2, critical value far above the evidence's 2.
    EXPECT_EQ(zone.state, MeasurementState::within_blanks);
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::not_detected);
    ASSERT_TRUE(zone.critical_dn.has_value());
    EXPECT_GT(zone.critical_dn->value, zone.total_dn);
}

TEST(MeasureZones, GivesNoCriticalValueFromOneBlank) {
    Scene scene;
    scene.add({.id = "evidence", .droplets = 4, .seed = 1});
    scene.add({.id = "blank1", .role = CaptureRole::blank, .seed = 2});
    auto const zone = scene.measure().front();
    EXPECT_FALSE(zone.critical_dn.has_value());
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::amount);
}

TEST(MeasureZones, TellsSaturatedLightFromAnAmount) {
    auto const zone = with_blanks(2, 5e6).measure().front();
    EXPECT_EQ(zone.state, MeasurementState::saturated);
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::detected);
}

TEST(MeasureZones, UsesTheColourOfTheLotForTheLimit) {
    Scene scene = with_blanks(6);
    double const own_colour = scene.measure().front().limit_dn.value();
    scene.add({.id = "lot", .role = CaptureRole::reference, .droplets = 12, .seed = 9});
    scene.file.captures.back().material = "marker";
    // The reference has the droplets' own colour, so the limit moves by no more than the colour's noise.
    EXPECT_NEAR(scene.measure().front().limit_dn.value(), own_colour, 0.05 * own_colour);
}

TEST(MeasureZones, RefusesABlankTakenOtherwise) {
    Scene scene;
    scene.add({.id = "evidence", .droplets = 2, .seed = 1});
    scene.add({.id = "blank1", .role = CaptureRole::blank, .seed = 2, .exposure_s = 4.0});
    try {
        static_cast<void>(scene.measure());
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(error.full_text(), testing::HasSubstr("case.toml line 11"));
    }
}

TEST(MeasureZones, RefusesTwoEvidenceCapturesOfOneZone) {
    Scene scene;
    scene.add({.id = "e1", .droplets = 2, .seed = 1});
    scene.add({.id = "e2", .droplets = 2, .seed = 2});
    try {
        static_cast<void>(scene.measure());
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    }
}

TEST(MeasureZones, SaysNothingBesideALargeAreaThatNoTraceMeasures) {
    Scene scene = with_blanks(0);
    ASSERT_EQ(scene.measure()[0].state, MeasurementState::nothing_found);
    scene.captures[0].areas.push_back({.share = 0.1, .in_traces = 0.0});
    ASSERT_EQ(*scene.file.captures[0].role, CaptureRole::evidence);
    auto const zone = scene.measure()[0];
    EXPECT_EQ(zone.state, MeasurementState::limit_unknown);
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::not_examined);
    scene.captures[0].areas[0].in_traces = 0.9;
    EXPECT_EQ(scene.measure()[0].state, MeasurementState::nothing_found);
}

TEST(MeasureZones, GivesNoAmountBesideALargeAreaThatNoTraceMeasures) {
    Scene scene = with_blanks(6);
    ASSERT_EQ(scene.measure()[0].finding.kind, lab::FindingKind::amount);
    scene.captures[0].areas.push_back({.share = 0.1, .in_traces = 0.0});
    auto const zone = scene.measure()[0];
    EXPECT_EQ(zone.state, MeasurementState::beside_area);
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::detected);
    scene.captures[0].areas[0].in_traces = 0.9;
    EXPECT_EQ(scene.measure()[0].finding.kind, lab::FindingKind::amount);
}

Scene with_marks_that_absorb(double share) {
    Scene scene;
    scene.add({.id = "evidence", .droplets = 6, .seed = 1, .absorption = share});
    scene.add({.id = "blank1", .role = CaptureRole::blank, .seed = 2, .absorption = share});
    scene.add({.id = "blank2", .role = CaptureRole::blank, .seed = 3, .absorption = share});
    return scene;
}

TEST(MeasureZones, GivesAnAmountOfMarksThatTakeLittleOfTheLight) {
    auto const faint = with_marks_that_absorb(0.06).measure().front();
    EXPECT_EQ(faint.state, MeasurementState::amount);
    EXPECT_EQ(faint.finding.kind, lab::FindingKind::amount);
    // Six discs of 113 photosites lose 0.06 of 1175 electrons a photosite, at 0.5 DN an electron.
    double const taken_dn = 6 * 36.0 * std::acos(-1.0) * 0.06 * 1175.0 * 0.5;
    EXPECT_NEAR(
        faint.total_dn, taken_dn, 0.12 * taken_dn); // noise of 3 %, and the edges of the traces
    auto const twice = with_marks_that_absorb(0.09).measure().front();
    EXPECT_EQ(twice.state, MeasurementState::amount);
    EXPECT_NEAR(twice.finding.value / faint.finding.value, 1.5, 0.15);
}

TEST(MeasureZones, TellsDarkMarksFromAnAmount) {
    auto const zone = with_marks_that_absorb(0.6).measure().front();
    EXPECT_EQ(zone.state, MeasurementState::too_dark);
    EXPECT_EQ(zone.finding.kind, lab::FindingKind::detected);
}

} // namespace
