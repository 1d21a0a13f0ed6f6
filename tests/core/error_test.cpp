// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Error, JoinsSentenceAndPlacesInnermostFirst) {
    cmq::Error error{cmq::ErrorKind::domain, {"la valeur est négative", "the value is negative"}};
    error.at(cmq::Sentence{{"clé {}", "key {}"}, "width"}).at("case.toml");
    EXPECT_EQ(error.full_text(), "the value is negative, at key width, at case.toml");
    EXPECT_EQ(error.full_sentence().french(),
              "la valeur est négative (clé width\u202F; case.toml)");
    EXPECT_EQ(error.kind(), cmq::ErrorKind::domain);
}

TEST(Error, SaysItsSentenceInBothLanguages) {
    cmq::Error const error{
        cmq::ErrorKind::shape, {"{} lignes de trop : {}", "{} rows too many: {}"}, 3, "traces"};
    EXPECT_STREQ(error.what(), "3 rows too many: traces");
    EXPECT_EQ(error.sentence().english(), "3 rows too many: traces");
    EXPECT_EQ(error.sentence().french(), "3 lignes de trop\u00A0: traces");
    EXPECT_EQ(error.full_text(), error.what());
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
