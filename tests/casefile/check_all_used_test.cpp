// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/read_case.hpp"
#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;
using testing::Not;

std::string const compared = R"(schema = 1
[case]
id = "a"
language = "fr"
[report]
date = 2026-11-21
role = "party"
[[carrier]]
id = "P1.hand"
surface = "skin"
[[carrier]]
id = "P2.hand"
surface = "skin"
[[delivery]]
id = "d1"
kind = "pellet"
at = { time = "12:00", uncertainty_min = 1 }
zones = { "P1.hand" = 0.2 }
[[delivery]]
id = "d2"
kind = "pellet"
at = { time = "12:00", uncertainty_min = 1 }
zones = { "P2.hand" = 0.2 }
[[event]]
id = "e1"
kind = "contact"
between = ["P1.hand", "P2.hand"]
at = { time = "12:05", uncertainty_min = 1 }
after = "d2"
[[proposition]]
id = "Hp"
side = "prosecution"
deliveries = ["d1"]
events = []
[[proposition]]
id = "Hd"
side = "defence"
deliveries = []
events = ["e1"]
)";

std::string refusal(std::string const& text) {
    try {
        cmq::casefile::check_all_used(cmq::casefile::parse_case(text, "case.toml"));
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        return error.full_text();
    }
    return "";
}

TEST(CheckAllUsed, TakesWhatAComparisonRestsOn) {
    // d2 is named by no proposition, but e1 comes after it.
    EXPECT_EQ(refusal(compared + "[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hd\"\n"), "");
}

TEST(CheckAllUsed, TakesACaseWithoutPropositions) {
    EXPECT_EQ(refusal(compared.substr(0, compared.find("[[carrier]]"))), "");
}

TEST(CheckAllUsed, RefusesAPropositionThatNothingCompares) {
    std::string const text = refusal(
        compared +
        "[[proposition]]\nid = \"tried\"\nside = \"defence\"\ndeliveries = []\nevents = []\n"
        "[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hd\"\n");
    EXPECT_THAT(text, HasSubstr("case.toml line 41, key proposition[3].id"));
    EXPECT_THAT(text, HasSubstr("\"tried\""));
    EXPECT_THAT(text, HasSubstr("counsel.toml"));
    EXPECT_THAT(text, Not(HasSubstr("\"Hd\"")));
}

TEST(CheckAllUsed, RefusesWhatOnlySuchAPropositionNames) {
    std::string const text = refusal(compared); // nothing is compared
    for (char const* const id : {"\"Hp\"", "\"Hd\"", "\"d1\"", "\"d2\"", "\"e1\""}) {
        EXPECT_THAT(text, HasSubstr(id));
    }
}

// The zone of a third person, left behind when the account with that person moved to counsel.toml.
TEST(CheckAllUsed, RefusesACarrierOfSomebodyWhomNothingElseNames) {
    std::string const used = compared + "[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hd\"\n";
    EXPECT_THAT(refusal(used + "[[carrier]]\nid = \"P3.hand\"\nsurface = \"skin\"\n"),
                HasSubstr("nothing else in the case speaks of \"P3.hand\""));
    // A zone of P1 that nobody examined is part of the case.
    EXPECT_EQ(refusal(used + "[[carrier]]\nid = \"P1.face\"\nsurface = \"skin\"\n"), "");
    EXPECT_EQ(refusal(used + "[[carrier]]\nid = \"P3.hand\"\nsurface = \"skin\"\n[[planned]]\n"
                             "zone = \"P3.hand\"\n"),
              "");
}

TEST(CheckAllUsed, RefusesAProbabilityAssignedToAPropositionThatNothingCompares) {
    std::string const text = refusal(
        compared +
        "[[proposition]]\nid = \"tried\"\nside = \"defence\"\ndeliveries = []\nevents = []\n"
        "[[assigned]]\nproposition = \"tried\"\nprobability = 0.1\nauthor = \"A\"\n"
        "reasons = \"r\"\n[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hd\"\n");
    EXPECT_THAT(text, HasSubstr("assigned[1].proposition"));
}

} // namespace
