// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/judge_detection.hpp"

#include "core/error.hpp"
#include "lab/blanks/read_blanks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

namespace capture = cmq::capture;
namespace detect = cmq::detect;
namespace lab = cmq::lab;
using cmq::Error;
using cmq::ErrorKind;
using cmq::pipeline::judge_detection;
using cmq::pipeline::Judging;
using cmq::report::BlanksFrom;
using lab::PresenceReason;
using lab::PresenceVerdict;
using testing::ElementsAre;

// A trace of 400 DN; no limit site, so that no light has an even chance of being found.
detect::Detection detection() {
    detect::Trace trace;
    trace.id = 1;
    trace.flux_dn = {100.0, 100.0, 100.0, 100.0};
    trace.flux_covariance_dn2 = {1, 0, 0, 0, 1, 0, 0, 1, 0, 1};
    trace.total_flux_dn_sigma = 2.0;
    detect::Detection all;
    all.shape = {100, 100};
    all.traces = {trace};
    return all;
}

capture::Metadata metadata() {
    capture::Metadata made;
    made.make = "Maker";
    made.model = "One";
    made.exposure_s = 2.0;
    made.iso = 400.0;
    return made;
}

Judging against(std::vector<double> const& totals) {
    Judging judging;
    for (double const total : totals) {
        judging.blanks.push_back({"blank.dng", metadata(), total});
    }
    return judging;
}

TEST(JudgeDetection, SetsTheTotalAgainstBlanks) {
    // Mean 100, standard deviation 10 sqrt(2): t(1; 0.95) = 6.3138 times that times sqrt(1.5) = 109.36.
    auto const findings = judge_detection(detection(), metadata(), against({90.0, 110.0}));
    EXPECT_EQ(findings.presence.verdict, PresenceVerdict::present);
    EXPECT_EQ(findings.limits.origin, BlanksFrom::captures);
    EXPECT_EQ(findings.limits.blanks, 2U);
    ASSERT_TRUE(findings.limits.critical_dn);
    EXPECT_NEAR(*findings.limits.critical_dn, 100.0 + 6.3138 * 14.1421 * 1.224745, 0.01);
    EXPECT_FALSE(findings.limits.minimum_detectable); // needs known amounts
    EXPECT_DOUBLE_EQ(findings.total.flux_dn, 400.0);
    EXPECT_DOUBLE_EQ(findings.total.flux_dn_sigma, 2.0);
}

TEST(JudgeDetection, LetsBlanksWin) {
    auto const findings = judge_detection(detection(), metadata(), against({400.0, 410.0}));
    EXPECT_EQ(findings.presence.verdict, PresenceVerdict::not_detected);
    EXPECT_THAT(findings.presence.why, ElementsAre(PresenceReason::within_blanks));
    EXPECT_EQ(findings.presence.limit, findings.limits.critical_dn);
}

TEST(JudgeDetection, CannotTellFromFewerThanTwoBlanks) {
    for (auto const& judging : {against({}), against({0.0})}) {
        auto const findings = judge_detection(detection(), metadata(), judging);
        EXPECT_EQ(findings.presence.verdict, PresenceVerdict::indeterminate);
        EXPECT_THAT(findings.presence.why, ElementsAre(PresenceReason::blanks_missing));
        EXPECT_FALSE(findings.limits.critical_dn);
    }
}

TEST(JudgeDetection, CannotTellWhereNothingWouldHaveBeenFound) {
    auto empty = detection();
    empty.traces.clear();
    auto const findings = judge_detection(empty, metadata(), against({0.0, 0.0}));
    EXPECT_THAT(findings.presence.why,
                ElementsAre(PresenceReason::nothing_found, PresenceReason::limit_unknown));
}

TEST(JudgeDetection, CannotSayNotDetectedOfAMaskedFrame) {
    auto dark = detection();
    dark.planes[0].masked_photosites = 1001; // of 10 000
    auto const findings = judge_detection(dark, metadata(), against({400.0, 410.0}));
    EXPECT_EQ(findings.presence.verdict, PresenceVerdict::indeterminate);
    EXPECT_THAT(findings.presence.why,
                ElementsAre(PresenceReason::within_blanks, PresenceReason::masked));
}

TEST(JudgeDetection, TakesATableOfManyDays) {
    Judging judging;
    judging.table = lab::measure_limits(lab::parse_blanks(
        "value,level\n90,0\n110,0\n100,0\n105,0\n200,1\n205,1\n210,1\n300,2\n310,2\n305,2\n"));
    auto const findings = judge_detection(detection(), metadata(), judging);
    EXPECT_EQ(findings.limits.origin, BlanksFrom::table);
    EXPECT_EQ(findings.limits.blanks, 4U);
    EXPECT_EQ(findings.limits.critical_dn, judging.table->critical.value);
    EXPECT_EQ(findings.presence.verdict, PresenceVerdict::present);
    ASSERT_TRUE(findings.limits.minimum_detectable);
    EXPECT_EQ(*findings.limits.minimum_detectable, judging.table->dilution.minimum->value);
    EXPECT_FALSE(findings.limits.why_no_minimum);
}

TEST(JudgeDetection, NamesSkewedBlanks) {
    auto const findings =
        judge_detection(detection(), metadata(), against({1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 300}));
    EXPECT_EQ(findings.limits.skewness, lab::Lean::right);
    EXPECT_TRUE(findings.limits.in_doubt);
}

TEST(JudgeDetection, NamesTheCameraAmongTheConditionsOfColour) {
    Judging judging;
    judging.conditions.substrate = "skin";
    auto const findings = judge_detection(detection(), metadata(), judging);
    EXPECT_EQ(findings.conditions.camera, "Maker One");
    EXPECT_EQ(findings.conditions.substrate, "skin");
    ASSERT_EQ(findings.colours.size(), 1U);
    EXPECT_EQ(findings.colours[0].ratio.verdict, lab::ColourVerdict::indeterminate);
}

TEST(JudgeDetection, RefusesABlankTakenOtherwise) {
    auto judging = against({90.0, 110.0});
    judging.blanks[1].metadata.iso = 800.0;
    try {
        (void)judge_detection(detection(), metadata(), judging);
        FAIL() << "was not refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(error.what(), testing::HasSubstr("ISO 800"));
    }
}

} // namespace
