// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/presence.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::lab::decide_presence;
using cmq::lab::Presence;
using cmq::lab::PresenceReason;
using cmq::lab::PresenceVerdict;
using cmq::lab::SearchedCapture;
using Reasons = std::vector<PresenceReason>;

// Light of 100 where blanks allow 40 and a droplet of 30 is found by half.
SearchedCapture marked() {
    return {.any_trace = true, .total = 100.0, .critical = 40.0, .found_by_half = 30.0};
}

void expect(SearchedCapture const& capture, PresenceVerdict verdict, Reasons const& why) {
    Presence const presence = decide_presence(capture);
    EXPECT_EQ(presence.verdict, verdict);
    EXPECT_EQ(presence.why, why);
    EXPECT_EQ(presence.limit.has_value(), verdict == PresenceVerdict::not_detected);
}

TEST(DecidePresence, IsPresentAboveTheBlanks) {
    expect(marked(), PresenceVerdict::present, {PresenceReason::above_blanks});
}

TEST(DecidePresence, LetsBlanksWinOverTheImage) {
    auto capture = marked();
    capture.total = 40.0; // what does not exceed the value is not detected
    expect(capture, PresenceVerdict::not_detected, {PresenceReason::within_blanks});
    EXPECT_EQ(decide_presence(capture).limit, 40.0);
}

TEST(DecidePresence, CannotTellTracesWithoutBlanks) {
    auto capture = marked();
    capture.critical.reset();
    expect(capture, PresenceVerdict::indeterminate, {PresenceReason::blanks_missing});
}

TEST(DecidePresence, SaysNotDetectedWithItsLimitWhereNothingWasFound) {
    SearchedCapture capture{.found_by_half = 30.0};
    expect(capture, PresenceVerdict::not_detected, {PresenceReason::nothing_found});
    EXPECT_EQ(decide_presence(capture).limit, 30.0);
    capture.critical = 40.0; // less would not have counted
    EXPECT_EQ(decide_presence(capture).limit, 40.0);
    capture.critical = 0.0; // nothing was found on the blanks either
    EXPECT_EQ(decide_presence(capture).limit, 30.0);
}

TEST(DecidePresence, CannotTellWhereNothingWouldHaveBeenFound) {
    expect({},
           PresenceVerdict::indeterminate,
           {PresenceReason::nothing_found, PresenceReason::limit_unknown});
}

TEST(DecidePresence, CannotTellFromALowerLimitWithinTheBlanks) {
    auto capture = marked();
    capture.saturated = true;
    expect(capture, PresenceVerdict::present, {PresenceReason::above_blanks});
    capture.total = 20.0;
    expect(capture,
           PresenceVerdict::indeterminate,
           {PresenceReason::within_blanks, PresenceReason::saturated});
}

TEST(DecidePresence, CannotSayNotDetectedOfWhatTookNoPart) {
    SearchedCapture capture{.unseen_share = 0.1, .found_by_half = 30.0};
    expect(capture, PresenceVerdict::not_detected, {PresenceReason::nothing_found});
    capture.unseen_share = 0.11;
    expect(capture,
           PresenceVerdict::indeterminate,
           {PresenceReason::nothing_found, PresenceReason::masked});
    auto bright = marked(); // what is there is there
    bright.unseen_share = 0.4;
    expect(bright, PresenceVerdict::present, {PresenceReason::above_blanks});
}

TEST(DecidePresence, NeverTurnsMoreLightIntoLess) {
    auto capture = marked();
    bool was_present = false;
    for (double total = -50.0; total < 200.0; total += 0.5) {
        capture.total = total;
        bool const is_present = decide_presence(capture).verdict == PresenceVerdict::present;
        EXPECT_TRUE(is_present || !was_present) << total;
        was_present = is_present;
    }
    EXPECT_TRUE(was_present);
}

// Nothing was found, but an area stands out that no trace measures: only light above the blanks is told all the same.
TEST(DecidePresence, CannotSayNotDetectedBesideAnArea) {
    auto const nothing = decide_presence({.found_by_half = 50.0, .area = true});
    EXPECT_EQ(nothing.verdict, PresenceVerdict::indeterminate);
    EXPECT_EQ(nothing.why, (std::vector{PresenceReason::nothing_found, PresenceReason::area}));
    EXPECT_FALSE(nothing.limit);
    auto const above =
        decide_presence({.any_trace = true, .total = 90.0, .critical = 40.0, .area = true});
    EXPECT_EQ(above.verdict, PresenceVerdict::present);
}

} // namespace
