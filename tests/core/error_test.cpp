// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Error, JoinsSentenceAndPlacesInnermostFirst) {
    cmq::Error error{cmq::ErrorKind::domain, "the value is negative"};
    error.at("key width").at("case.toml line 3");
    EXPECT_EQ(error.full_text(), "the value is negative, at key width, at case.toml line 3");
    EXPECT_EQ(error.kind(), cmq::ErrorKind::domain);
}

TEST(Error, KeepsTheExitStatusesOfTheDesign) {
    EXPECT_EQ(static_cast<int>(cmq::ErrorKind::io), 3);
    EXPECT_EQ(static_cast<int>(cmq::ErrorKind::insufficient), 8);
    EXPECT_EQ(static_cast<int>(cmq::ErrorKind::integrity), 11);
}

TEST(ErrorDeathTest, BrokenContractNamesTheCondition) {
    EXPECT_DEATH(CMQ_EXPECTS(1 + 1 == 3), "contract broken: 1 \\+ 1 == 3");
}

} // namespace
