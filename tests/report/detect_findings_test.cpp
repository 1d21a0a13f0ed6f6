// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/detect_findings.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::report::BlanksFrom;
using cmq::report::DetectFindings;
using cmq::report::name_of;

TEST(DetectFindings, SayNothingUntilTheyAreFilled) {
    DetectFindings const findings;
    EXPECT_EQ(findings.presence.verdict, cmq::lab::PresenceVerdict::indeterminate);
    EXPECT_EQ(findings.limits.origin, BlanksFrom::nowhere);
    EXPECT_FALSE(findings.limits.critical_dn);
    EXPECT_FALSE(findings.scale);
}

TEST(NameOfBlanksFrom, GivesTheWordsOfTheJson) {
    EXPECT_EQ(name_of(BlanksFrom::nowhere), "none");
    EXPECT_EQ(name_of(BlanksFrom::captures), "captures");
    EXPECT_EQ(name_of(BlanksFrom::table), "table");
}

} // namespace
