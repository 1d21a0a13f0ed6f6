// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/claims.hpp"

#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/casefile/case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::casefile;
using testing::ElementsAre;
using testing::HasSubstr;

std::string const one = R"(schema = 1
[[claim]]
id = "a"
topic = "drying"
checked_on = 2026-11-20
said = { fr = "dit", en = "said" }
who = "maker"
standing = "no_data"
comment = { fr = "rien", en = "nothing" }
sources = ["x", "y"]
seen = "excerpt"
)";

std::string refusal(std::string const& text) {
    try {
        static_cast<void>(parse_claims(text, "claims.toml"));
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        return error.full_text();
    }
    ADD_FAILURE() << text;
    return "";
}

TEST(ParseClaims, ReadsEachKey) {
    auto const claims = parse_claims(one, "claims.toml");
    ASSERT_EQ(claims.size(), 1U);
    EXPECT_EQ(*claims[0].id, "a");
    EXPECT_EQ(claims[0].topic, ClaimTopic::drying);
    EXPECT_EQ(claims[0].checked_on, "2026-11-20");
    EXPECT_EQ(claims[0].said.fr, "dit");
    EXPECT_EQ(claims[0].who.en, "maker");
    EXPECT_EQ(claims[0].standing, Standing::no_data);
    EXPECT_EQ(claims[0].comment.en, "nothing");
    EXPECT_THAT(claims[0].sources, ElementsAre("x", "y"));
    EXPECT_EQ(claims[0].seen, "excerpt");
    EXPECT_EQ(find_claim(claims, "a"), &claims[0]);
    EXPECT_EQ(find_claim(claims, "b"), nullptr);
}

TEST(ParseClaims, RefusesMistakesWithTheirPlace) {
    EXPECT_THAT(refusal(one + one.substr(one.find("[[claim]]"))), HasSubstr("line 3"));
    std::string wrong = one;
    wrong.replace(wrong.find("\"drying\""), 8, "\"dry\"");
    EXPECT_THAT(refusal(wrong), HasSubstr("persistence"));
    wrong = one;
    wrong.replace(wrong.find("[\"x\", \"y\"]"), 10, "[]");
    EXPECT_THAT(refusal(wrong), HasSubstr("sources"));
}

TEST(ReadClaims, HoldsClaimsOfEverySideInBothLanguagesAndThePageNamesThem) {
    auto const claims = read_claims();
    EXPECT_GE(claims.size(), 10U);
    std::string const page = read_text(CMQ_SOURCE_DIR "/docs/formats/claims.toml.md");
    for (Claim const& claim : claims) {
        EXPECT_THAT(page, HasSubstr("`" + *claim.id + "`"));
        for (Bilingual const& text : {claim.said, claim.who, claim.comment}) {
            EXPECT_NE(text.fr, text.en) << *claim.id;
            EXPECT_EQ(text.fr.find('\''), std::string::npos) << text.fr;
            EXPECT_EQ(text.fr.find("compatible"), std::string::npos);
        }
    }
    // Held to the same measure: one of a maker and one of those who fight the marker are both contradicted.
    EXPECT_EQ(find_claim(claims, "irrefutable")->standing, Standing::contradicted);
    EXPECT_EQ(find_claim(claims, "any-contact-marks")->standing, Standing::contradicted);
}

TEST(StatedClaims, AreReadAndTheirIdsChecked) {
    std::string const text =
        "[[claim]]\nid = \"irrefutable\"\nsource = { document = \"PV 3\", page = 2 }\n";
    Case const read = parse_case(casefile::test::least + text, "case.toml");
    ASSERT_EQ(read.claims.size(), 1U);
    EXPECT_EQ(*read.claims[0].id, "irrefutable");
    EXPECT_EQ(read.claims[0].source.document, "PV 3");
    EXPECT_NO_THROW(check_references(read));
    Case unknown = read;
    unknown.claims[0].id.value = "irefutable";
    try {
        check_references(unknown);
        ADD_FAILURE();
    } catch (Error const& error) {
        EXPECT_THAT(error.full_text(), HasSubstr("did you mean \"irrefutable\""));
    }
}

} // namespace
