// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_note.hpp"
#include "report/note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace cmq::report {
namespace {

using testing::HasSubstr;
using testing::Not;

casefile::Observation& first_of(NoteInput& input) {
    return input.file.observations.front();
}

TEST(Reported, TellsWhatTheDocumentSaysAndWhatItDoesNotSay) {
    NoteInput input = fixture::make_input();
    casefile::Observation& seen = first_of(input);
    seen.kind.value = casefile::ObservationKind::detected;
    seen.colour = "jaune-vert";
    seen.distance_cm = 30.0;
    seen.room = casefile::Room::dimmed;
    seen.source.author = "agent 5";
    seen.source.date = "2026-11-14";
    std::string const text = fixture::all_text(make_note(input, Language::french));
    EXPECT_THAT(text, HasSubstr("couleur notée\u00A0: jaune-vert"));
    EXPECT_THAT(text, HasSubstr("pièce assombrie"));
    EXPECT_THAT(text, HasSubstr("à 30\u202Fcm"));
    EXPECT_THAT(text, HasSubstr("sans mention\u00A0: lampe, filtre, heure"));
    EXPECT_THAT(text, HasSubstr("agent\u00A05, 14\u00A0novembre\u00A02026"));
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                HasSubstr("not stated: lamp, filter, time"));
}

TEST(Reported, WritesAnHourAsTheLanguageDoes) {
    NoteInput input = fixture::make_input();
    first_of(input).at = casefile::Placed<casefile::Moment>{{985.0, 5.0, "16:25"}, {}};
    EXPECT_THAT(fixture::all_text(make_note(input, Language::french)),
                HasSubstr("16\u202Fh\u202F25"));
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)), HasSubstr("16:25"));
}

TEST(Reported, TellsZonesNotExaminedFromZonesOfWhichNothingIsSaid) {
    NoteInput input = fixture::make_input();
    input.findings.clear();
    first_of(input).kind.value = casefile::ObservationKind::not_examined;
    std::string const text = fixture::all_text(make_note(input, Language::english));
    EXPECT_THAT(text, HasSubstr("documents say were not examined: left hand of P1."));
    EXPECT_THAT(text, HasSubstr("no document says whether they were examined: "));
    first_of(input).kind.value = casefile::ObservationKind::not_detected;
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                Not(HasSubstr("documents say were not examined")));
}

TEST(Reported, SaysThatACodeIsPrintedAndNotWeighed) {
    NoteInput input = fixture::make_input();
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                Not(HasSubstr("what it says is not weighed")));
    first_of(input).kind.value = casefile::ObservationKind::reading;
    first_of(input).code = "L-204";
    std::string const text = fixture::all_text(make_note(input, Language::english));
    EXPECT_THAT(text, HasSubstr("code read: L-204"));
    EXPECT_THAT(text, HasSubstr("what it says is not weighed"));
}

TEST(Reported, StandsInTheJsonKeyByKey) {
    NoteInput input = fixture::make_input();
    first_of(input).size_mm = 15.0;
    casefile::SearchReport search;
    search.id.value = "crowd";
    search.population = {{}, 500, 7};
    search.source.document = "PV 1";
    input.file.searches = {search};
    auto const json = nlohmann::json::parse(json_note(input));
    EXPECT_EQ(json["reported"][0]["size_mm"], 15.0);
    EXPECT_EQ(json["reported"][0]["room"], nullptr);
    EXPECT_EQ(json["searches"][0]["checked"], 500);
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                HasSubstr("500 people checked, 7 showed fluorescence"));
}

} // namespace
} // namespace cmq::report
