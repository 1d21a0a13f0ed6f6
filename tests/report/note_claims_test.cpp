// SPDX-License-Identifier: GPL-3.0-or-later

// Claims of the library that a case names, as the note comments them.

#include "report/json_note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace cmq::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

casefile::StatedClaim stated(std::string const& id) {
    casefile::StatedClaim claim;
    claim.id.value = id;
    claim.source.document = "PV 31";
    claim.source.words = "preuve irréfutable";
    return claim;
}

TEST(AddClaims, CommentsThoseThatTheCaseNamesAndNoOther) {
    NoteInput input = fixture::make_input();
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                Not(HasSubstr("Claims on the product")));
    input.file.claims = {stated("irrefutable"), stated("dries-in-minutes")};
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                AllOf(HasSubstr("Claims on the product in the file"),
                      HasSubstr("PV 31"),
                      HasSubstr("Contradicted by a source. A code read in the laboratory"),
                      HasSubstr("Sources contradict each other"),
                      HasSubstr("seen on 20"),
                      Not(HasSubstr("Saliva"))));
    EXPECT_THAT(fixture::all_text(make_note(input, Language::french)),
                AllOf(HasSubstr("Contredite par une source. Un code lu au laboratoire"),
                      HasSubstr("preuve irréfutable"),
                      Not(HasSubstr("Contradicted"))));
}

TEST(JsonNote, HoldsTheClaimsWithTheirSources) {
    NoteInput input = fixture::make_input();
    input.file.claims = {stated("irrefutable")};
    auto const note = nlohmann::json::parse(json_note(input));
    ASSERT_EQ(note["claims"].size(), 1U);
    auto const& claim = note["claims"][0];
    EXPECT_EQ(claim["id"], "irrefutable");
    EXPECT_EQ(claim["document"], "PV 31");
    EXPECT_EQ(claim["words"], "preuve irréfutable");
    EXPECT_EQ(claim["standing"], "contradicted");
    EXPECT_GE(claim["sources"].size(), 1U);
    EXPECT_NE(claim["comment"]["fr"], claim["comment"]["en"]);
}

} // namespace
} // namespace cmq::report
