// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/phrase.hpp"

#include <gtest/gtest.h>

namespace cmq::report {
namespace {

constexpr Phrase greeting{"Zone {zone} : {count} traces", "Zone {zone}: {count} traces"};

TEST(Say, FillsTheBlanksOfBothLanguages) {
    EXPECT_EQ(say(greeting, Language::french, {{"zone", "main"}, {"count", "3"}}),
              "Zone main\u00A0: 3 traces");
    EXPECT_EQ(say(greeting, Language::english, {{"count", "3"}, {"zone", "hand"}}),
              "Zone hand: 3 traces");
}

TEST(Say, LeavesFilledInTextAsItWasWritten) {
    EXPECT_EQ(say(greeting, Language::french, {{"zone", "a : {b}"}, {"count", "3"}}),
              "Zone a : {b}\u00A0: 3 traces");
}

TEST(SayDeathTest, EndsTheProgramWhenABlankIsMissingOrUnknown) {
    EXPECT_DEATH((void)say(greeting, Language::french, {{"zone", "main"}}), "blank");
    EXPECT_DEATH(
        (void)say(greeting, Language::french, {{"zone", "main"}, {"count", "3"}, {"x", "y"}}),
        "filled");
}

} // namespace
} // namespace cmq::report
