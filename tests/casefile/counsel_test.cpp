// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/counsel.hpp"

#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "tests/casefile/case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using namespace cmq::casefile;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;

std::string const accounts = test::least + R"([[carrier]]
id = "P1.hand"
surface = "skin"
[[delivery]]
id = "shot"
kind = "pellet"
at = { time = "12:00", uncertainty_min = 1 }
zones = { "P1.hand" = 0.2 }
[[proposition]]
id = "Hp"
side = "prosecution"
deliveries = ["shot"]
events = []
[[proposition]]
id = "Hd"
side = "defence"
deliveries = []
events = []
[[comparison]]
h1 = "Hp"
h2 = "Hd"
)";

std::string const counsel = R"(schema = 1
[counsel]
side = "defence"
account = "Il dit avoir serré une main."
[[carrier]]
id = "P3.hand"
surface = "skin"
[[delivery]]
id = "shot_3"
kind = "spray"
at = { time = "12:01", uncertainty_min = 1 }
zones = { "P3.hand" = 0.1 }
[[event]]
id = "greeting"
kind = "contact"
between = ["P3.hand", "P1.hand"]
at = { time = "12:10", uncertainty_min = 5 }
after = "shot_3"
[[proposition]]
id = "H3"
side = "defence"
deliveries = ["shot_3"]
events = ["greeting"]
[[comparison]]
h1 = "Hp"
h2 = "H3"
[[weak_point]]
text = "Personne n’a vu la poignée de main."
answer = "Demander la vidéo."
)";

Case a_case() {
    return parse_case(accounts, "case.toml");
}

/// The refusal of parse_counsel or with_counsel.
std::string refusal(std::string const& text, ErrorKind kind) {
    try {
        Case const of = a_case();
        (void)with_counsel(of, parse_counsel(text, "counsel.toml", of));
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind) << error.full_text();
        return error.full_text();
    }
    return "";
}

TEST(Counsel, IsReadWithItsPlaces) {
    Counsel const read = parse_counsel(counsel, "counsel.toml", a_case());
    EXPECT_EQ(read.side, Side::defence);
    EXPECT_TRUE(read.is_side_stated);
    EXPECT_EQ(read.account, "Il dit avoir serré une main.");
    ASSERT_EQ(read.propositions.size(), 1U);
    EXPECT_EQ(read.propositions[0].id.place, (Place{"counsel.toml", 20, "proposition[1].id"}));
    ASSERT_EQ(read.weak_points.size(), 1U);
    EXPECT_EQ(read.weak_points[0].answer, "Demander la vidéo.");
}

TEST(Counsel, StandsForTheDefenceUnlessStated) {
    Counsel const silent = parse_counsel("schema = 1\n[counsel]\n", "c", a_case());
    EXPECT_EQ(silent.side, Side::defence);
    EXPECT_FALSE(silent.is_side_stated);
    Counsel const other =
        parse_counsel("schema = 1\n[counsel]\nside = \"prosecution\"\n", "c", a_case());
    EXPECT_EQ(other.side, Side::prosecution);
}

TEST(Counsel, ComesAfterTheCase) {
    Case const of = a_case();
    Case const both = with_counsel(of, parse_counsel(counsel, "counsel.toml", of));
    ASSERT_EQ(both.propositions.size(), 3U);
    EXPECT_EQ(*both.propositions[2].id, "H3");
    ASSERT_EQ(both.comparisons.size(), 2U);
    EXPECT_EQ(*both.comparisons[1].h2, "H3");
    EXPECT_EQ(both.carriers.size(), 2U);
    EXPECT_EQ(both.deliveries.size(), 2U);
    EXPECT_EQ(both.events.size(), 1U);
    EXPECT_EQ(of.propositions.size(), 2U);
}

TEST(Counsel, LiesBesideTheCase) {
    EXPECT_EQ(counsel_path("a/b/case.toml"), "a/b/counsel.toml");
    EXPECT_EQ(counsel_path("case.toml"), "counsel.toml");
}

TEST(Counsel, RefusesWhatTheCaseHasAlready) {
    std::string const text =
        refusal("schema = 1\n[counsel]\n[[proposition]]\nid = \"Hd\"\nside = \"defence\"\n"
                "deliveries = []\nevents = []\n",
                ErrorKind::format);
    EXPECT_THAT(text, HasSubstr("counsel.toml line 4, key proposition[1].id"));
    EXPECT_THAT(text, HasSubstr("case.toml line 22, key proposition[2].id"));
}

TEST(Counsel, RefusesNamesThatNeitherDeclares) {
    EXPECT_THAT(refusal("schema = 1\n[counsel]\n[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hx\"\n",
                        ErrorKind::format),
                HasSubstr("counsel.toml line 5, key comparison[1].h2"));
}

TEST(Counsel, RefusesWhatIsNoFileOfCounsel) {
    EXPECT_THAT(refusal("schema = 1\n", ErrorKind::format), HasSubstr("counsel"));
    EXPECT_THAT(refusal("schema = 1\n[counsel]\n[[capture]]\nid = \"c\"\n", ErrorKind::format),
                HasSubstr("capture"));
    EXPECT_THAT(refusal("schema = 2\n[counsel]\n", ErrorKind::unsupported),
                HasSubstr("expected 1"));
    EXPECT_THAT(refusal("schema = 1\n[counsel]\nside = \"neither\"\n", ErrorKind::format),
                HasSubstr("counsel.side"));
}

TEST(Counsel, RefusesSharesAboveOne) {
    EXPECT_NE(
        refusal("schema = 1\n[counsel]\n[[delivery]]\nid = \"x\"\nkind = \"pellet\"\n"
                "at = { time = \"12:00\", uncertainty_min = 1 }\nzones = { \"P1.hand\" = 0.6, "
                "\"P2.hand\" = 0.6 }\n",
                ErrorKind::domain),
        "");
}

TEST(Counsel, RefusesAFileThatIsNotThere) {
    EXPECT_THROW((void)read_counsel("no/such/counsel.toml", a_case()), Error);
}

} // namespace
