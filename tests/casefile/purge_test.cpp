// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/purge.hpp"

#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace cmq::casefile;
using cmq::Error;
using cmq::ErrorKind;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

PurgedPerson const p1{"P1", {"Zoé Lefèvre", "Lefèvre"}};
PurgedPerson const p2{"P2", {}};

std::string const demonstration =
    cmq::read_text(CMQ_SOURCE_DIR "/sample_data/demonstration/case.toml");

std::vector<std::string> said(std::vector<PurgeLine> const& lines) {
    std::vector<std::string> all;
    for (PurgeLine const& line : lines) {
        all.push_back(to_text(line.place) + ": " + line.what.english());
    }
    return all;
}

template <class Range>
std::vector<std::string> ids_of(Range const& range) {
    std::vector<std::string> ids;
    for (auto const& entry : range) {
        ids.push_back(*entry.id);
    }
    return ids;
}

TEST(SpeaksOf, ComparesWholeWordsOfCodeAndNames) {
    EXPECT_TRUE(speaks_of("manche de P1.", p1));
    EXPECT_TRUE(speaks_of("shot_at_P1", p1));
    EXPECT_TRUE(speaks_of("Mme LEFEVRE", p1));
    EXPECT_FALSE(speaks_of("P10, P2 et P11", p1));
    EXPECT_TRUE(speaks_of("agent 3", {"agent_3", {}}));
}

TEST(PurgeCase, KeepsAByteOrderMarkBeforeAComment) {
    std::string const mark = "\xef\xbb\xbf";
    std::string const plain = purge_case("# no sign\n" + demonstration, "case.toml", p1).text;
    EXPECT_EQ(purge_case(mark + "# no sign\n" + demonstration, "case.toml", p1).text, mark + plain);
    EXPECT_EQ(purge_case(mark + "# of P1\n" + demonstration, "case.toml", p1).text.substr(0, 3),
              mark);
}

TEST(PurgeCase, TakesThePersonOutAndLeavesTheOthers) {
    Purged const purged = purge_case(demonstration, "case.toml", p1);
    Case const after = parse_case(purged.text, "case.toml");
    check_references(after);
    EXPECT_THAT(ids_of(after.carriers),
                ElementsAre("P2.right_hand", "P2.jacket", "agent_3.gloves"));
    // c1 shows P1; the blanks, the ambient and the visible picture serve it; the reference serves no one.
    EXPECT_THAT(ids_of(after.captures), ElementsAre("r1"));
    EXPECT_THAT(purged.pictures,
                UnorderedElementsAre("evidence.dng",
                                     "blank_1.dng",
                                     "blank_2.dng",
                                     "blank_3.dng",
                                     "ambient.dng",
                                     "visible.dng"));
    EXPECT_THAT(ids_of(after.deliveries), ElementsAre("shot_at_P2"));
    EXPECT_EQ(after.deliveries.front().zones.size(), 2U);
    EXPECT_THAT(ids_of(after.contaminations), ElementsAre("gloves"));
    EXPECT_TRUE(after.events.empty());
    EXPECT_TRUE(after.observations.empty());
    EXPECT_TRUE(after.examination->blanks.empty());
    // Hp and Hn name P1 alone; Hd still has the shot at P2, and nothing to be compared with.
    EXPECT_THAT(ids_of(after.propositions), ElementsAre("Hd"));
    EXPECT_TRUE(after.comparisons.empty());
    EXPECT_THAT(said(purged.left),
                AllOf(Contains(HasSubstr("Hd: no longer compared with anything")),
                      Contains(HasSubstr("Hd says something else than before"))));
    EXPECT_FALSE(speaks_of(purged.text, p1)) << purged.text;
    EXPECT_TRUE(speaks_of(purged.text, p2));
}

TEST(PurgeCase, TakesAnotherPersonOutOfWhatManyShare) {
    Purged const purged = purge_case(demonstration, "case.toml", p2);
    Case const after = parse_case(purged.text, "case.toml");
    EXPECT_EQ(after.captures.size(), 7U);
    EXPECT_THAT(ids_of(after.events), ElementsAre("handcuffing", "search"));
    EXPECT_THAT(ids_of(after.propositions), ElementsAre("Hp", "Hd", "Hn"));
    EXPECT_EQ(after.propositions[1].text.fr, ""); // it spoke of P2
    EXPECT_THAT(after.propositions[0].text.fr, HasSubstr("P1 a été visé"));
    EXPECT_EQ(after.comparisons.size(), 2U);
    EXPECT_EQ(after.observations.size(), 3U);
    EXPECT_FALSE(speaks_of(purged.text, p2));
    EXPECT_THAT(said(purged.removed),
                AllOf(Contains(HasSubstr("key carrier[4]: P2.right_hand: zone of P2")),
                      Contains(HasSubstr("grip: touches P2")),
                      Contains(HasSubstr("key proposition[2].text: text that speaks of P2"))));
}

TEST(PurgeCase, ChangesNothingForAPersonWhoIsNotThere) {
    Purged const purged = purge_case(demonstration, "case.toml", {"P3", {"Nobody Here"}});
    EXPECT_EQ(purged.text, demonstration);
    EXPECT_FALSE(purged.did_anything());
}

std::string const head = R"(schema = 1
[case]
id = "a"
language = "fr"
title = "Affaire Lefèvre"
[report]
date = 2026-11-21
role = "party"
author = "D1"
)";

TEST(PurgeCase, TakesNamesOutOfTextsAndComments) {
    std::string const text = head + R"(
# Mme
# Lefèvre said so.

# of P3
[[carrier]] # P1 and others
id = "P3.hand"
surface = "skin"
label = { fr = "main de P3, amie de P1", en = "hand of P3" }
[[observation]]
zone = "P3.hand"
kind = "detected"
source = { document = "PV de Zoé LEFÈVRE", words = "vu", author = "P1", page = 3 }
[[assigned]]
proposition = "Hp"
probability = 0.5
reasons = { fr = "comme pour P1", en = "as for P1" }
author = "D1"
[[proposition]]
id = "Hp"
side = "defence"
deliveries = []
events = []
)";
    Purged const purged = purge_case(text, "case.toml", p1);
    Case const after = parse_case(purged.text, "case.toml");
    EXPECT_EQ(after.head.title.fr, "");
    EXPECT_EQ(after.carriers.front().label.fr, "");
    EXPECT_EQ(after.observations.front().source.document, "[...]");
    EXPECT_EQ(after.observations.front().source.words, "vu");
    EXPECT_EQ(after.observations.front().source.author, "");
    EXPECT_EQ(after.observations.front().source.page, 3);
    EXPECT_EQ(after.assigned.front().reasons.text.fr, "[...]");
    EXPECT_THAT(purged.text,
                AllOf(Not(HasSubstr("Mme")),
                      HasSubstr("# of P3\n[[carrier]] \n"),
                      Not(HasSubstr("others"))));
    EXPECT_FALSE(speaks_of(purged.text, p1)) << purged.text;
    EXPECT_THAT(said(purged.left),
                Contains(HasSubstr("lines of comment that stay, to be read: 1")));
}

// What a table needs is what the schema says, so that a new table needs no word here.
TEST(PurgeCase, PutsAMarkInPlaceOfEachTextThatItsTableNeeds) {
    std::string const text = head + R"(
[[carrier]]
id = "P3.hand"
surface = "skin"
[[circumstance]]
kind = "film"
shows = { fr = "P1 courait", en = "P1 was running" }
source = { document = "film", words = "P1 court" }
[[circumstance]]
kind = "film"
shows = "a street"
source = { document = "film" }
[[seal]]
number = "7"
holds = "glove of Lefèvre"
zone = "P3.hand"
[[seal]]
number = "P1/8"
holds = "glove"
[[parameter]]
name = "kappa"
value = 2
conditions = "as for P1"
source = "statement of P1"
grade = "measured_on_product"
)";
    Purged const purged = purge_case(text, "case.toml", p1);
    Case const after = parse_case(purged.text, "case.toml");
    ASSERT_EQ(after.circumstances.size(), 2U);
    EXPECT_EQ(after.circumstances[0].shows.fr, "[...]");
    EXPECT_EQ(after.circumstances[0].shows.en, "[...]");
    EXPECT_EQ(after.circumstances[0].source.words, "");
    EXPECT_EQ(after.circumstances[1].shows.en, "a street");
    ASSERT_EQ(after.seals.size(), 2U);
    EXPECT_EQ(after.seals[0].holds.en, "[...]");
    EXPECT_EQ(*after.seals[1].number, "P1/8") << "a seal's number is what it is found by";
    EXPECT_THAT(said(purged.left), Contains(HasSubstr("key seal[2].number: still names P1")));
    ASSERT_EQ(after.parameters.size(), 1U);
    EXPECT_EQ(after.parameters[0].conditions.en, "[...]");
}

TEST(PurgeCase, TakesAssignedProbabilitiesOfFindingsThatGo) {
    std::string const text = head + R"(
[[carrier]]
id = "P1.hand"
surface = "skin"
[[carrier]]
id = "P3.hand"
surface = "skin"
[[observation]]
zone = "P1.hand"
kind = "detected"
source = { document = "a" }
[[planned]]
zone = "P1.hand"
[[planned]]
zone = "P3.hand"
[[seal]]
number = "1"
holds = "glove"
zone = "P1.hand"
[[seal]]
number = "2"
holds = "glove"
[[assigned]]
proposition = "Hp"
probability = 0.5
reasons = "r"
author = "D1"
[[proposition]]
id = "Hp"
side = "defence"
deliveries = []
events = []
)";
    Case const after = parse_case(purge_case(text, "case.toml", p1).text, "case.toml");
    EXPECT_TRUE(after.assigned.empty());
    EXPECT_TRUE(after.observations.empty());
    EXPECT_EQ(after.planned.size(), 1U);
    ASSERT_EQ(after.seals.size(), 1U);
    EXPECT_EQ(*after.seals[0].number, "2");
    EXPECT_EQ(after.propositions.size(), 1U);
}

TEST(PurgeCase, NamesIdsAndFilesThatItCannotChange) {
    std::string const text = head + R"(
[[carrier]]
id = "P3.hand"
surface = "skin"
[[delivery]]
id = "shot_at_P1_and_P3"
kind = "pellet"
at = { time = "12:40", uncertainty_min = 2 }
zones = { "P3.hand" = 0.1 }
[[capture]]
id = "c1"
file = "lefevre/2.dng"
role = "evidence"
zone = "P3.hand"
)";
    Purged const purged = purge_case(text, "case.toml", p1);
    EXPECT_THAT(said(purged.left),
                AllOf(Contains(HasSubstr("key delivery[1].id: still names P1")),
                      Contains(HasSubstr("key capture[1].file: still names P1"))));
}

TEST(PurgeCase, RefusesWhatIsNoCase) {
    EXPECT_THROW((void)purge_case("schema = 1\n", "case.toml", p1), Error);
}

TEST(PurgeCase, RefusesWhereTheCaseCouldNotBeRead) {
    // A reading needs its code, and a code that a laboratory read is not ours to change.
    std::string const text = head + R"(
[[carrier]]
id = "P3.hand"
surface = "skin"
[[observation]]
zone = "P3.hand"
kind = "reading"
code = "P1-L204"
source = { document = "a" }
)";
    try {
        (void)purge_case(text, "case.toml", p1);
        FAIL() << "a reading without its code passed";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(error.what(), AllOf(HasSubstr("nothing was changed"), HasSubstr("code")));
    }
}

TEST(PurgeTables, TakesCounselsFileAlongWithTheCase) {
    std::string const counsel = R"(schema = 1
[counsel]
side = "defence"
account = "J’ai salué un ami."
[[carrier]]
id = "P3.hand"
surface = "skin"
[[event]]
id = "greeting"
kind = "contact"
between = ["P3.hand", "P1.right_sleeve"]
at = { time = "12:50", uncertainty_min = 2 }
[[proposition]]
id = "H3"
side = "defence"
deliveries = []
events = ["greeting"]
[[proposition]]
id = "H4"
side = "defence"
deliveries = ["shot_at_P2"]
events = []
[[comparison]]
h1 = "Hp"
h2 = "H4"
[[weak_point]]
text = "Mme Lefèvre hesitates."
answer = "Ask again."
)";
    PurgedIds const gone = purge_case(demonstration, "case.toml", p1).ids;
    Purged const purged = purge_tables(counsel, "counsel.toml", p1, gone);
    EXPECT_THAT(purged.text,
                AllOf(Not(HasSubstr("greeting")),
                      Not(HasSubstr("salué")), // an account in the first person
                      Not(HasSubstr("H3")),
                      HasSubstr("H4"),
                      Not(HasSubstr("comparison")), // Hp is gone from the case
                      HasSubstr("text = \"[...]\"")));
    EXPECT_FALSE(speaks_of(purged.text, p1)) << purged.text;
}

TEST(PurgeKey, TakesOneEntryOut) {
    std::string const key = R"(schema = 1
# the client, Lefèvre
[[person]]
code = "P1"
names = ["Lefèvre"]
[[person]]
code = "P10"
names = ["Durand"]
note = "friend of P1"
)";
    Purged const purged = purge_key(key, "case.key.toml", p1);
    EXPECT_EQ(purged.text, "schema = 1\n[[person]]\ncode = \"P10\"\nnames = [\"Durand\"]\n");
    EXPECT_EQ(purged.removed.size(), 2U);
    EXPECT_FALSE(purge_key(key, "k", {"P3", {}}).did_anything());
}

} // namespace
