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

TEST(NoteCodes, SaysWhatACodeProvesAndWhatNotInBothLanguages) {
    std::string const fr =
        fixture::all_text(make_note(fixture::make_readings_input(), Language::french));
    EXPECT_THAT(fr, HasSubstr("Le code\u00A0: ce qu’il prouve et ce qu’il ne prouve pas"));
    EXPECT_THAT(fr, HasSubstr("le rapport que le code apporte est égal à 1\u00A0: il ne dit rien"));
    EXPECT_THAT(fr, HasSubstr("rapporté, données brutes non vues"));
    EXPECT_THAT(fr, HasSubstr("d’extraction\u00A0: non conforme (L9 lu)"));
    EXPECT_THAT(fr, HasSubstr("laboratoire 0,20\u202F%, écriture 0,30\u202F%"));
    EXPECT_THAT(fr, HasSubstr("règle de trois, 3/300"));
    EXPECT_THAT(fr, HasSubstr("Motif\u00A0: témoins non fournis."));
    EXPECT_THAT(fr, HasSubstr("le lot L1, lu ici, est passé par agent_3, qui a fouillé"));
    std::string const en =
        fixture::all_text(make_note(fixture::make_readings_input(), Language::english));
    EXPECT_THAT(en, HasSubstr("The code: what it proves and what it does not"));
    EXPECT_THAT(en, HasSubstr("the ratio that the code brings is 1: it says nothing"));
    EXPECT_THAT(en, HasSubstr("match with lot L1"));
    EXPECT_THAT(en, HasSubstr("reported, raw data not seen"));
    EXPECT_THAT(en, HasSubstr("not weighed: no rate of error is stated"));
    EXPECT_THAT(en, HasSubstr("about 50 times more probable if the material is of lot L1"));
    EXPECT_THAT(en, HasSubstr("probability of 1 in 400,000 (95% interval: 1 in 500,000"));
    EXPECT_THAT(en, HasSubstr("trainings: 2026-10-20 range"));
    EXPECT_THAT(en, HasSubstr("hand.fastq"));
    EXPECT_THAT(en, HasSubstr("registry.toml"));
}

TEST(NoteCodes, SetsTheValueBesideThatWithoutTheReadings) {
    NoteInput input = fixture::make_readings_input();
    std::string const en = fixture::all_text(make_note(input, Language::english));
    EXPECT_THAT(en, HasSubstr("likelihood ratio is 30; without them it would be 10"));
    input.evaluations.front().log10_lr_without_codes = *input.evaluations.front().log10_lr;
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                HasSubstr("The readings of the code do not change this ratio"));
}

TEST(NoteCodes, TellsReadingsThatMayBeWrongTogether) {
    NoteInput input = fixture::make_readings_input();
    auto const text = [&] { return fixture::all_text(make_note(input, Language::english)); };
    EXPECT_THAT(text(), Not(HasSubstr("one error may make them wrong together")));
    NoteReading& second = input.readings.readings[1];
    second.use = ReadingUse::weighed;
    second.evidence = lab::CodeEvidence{.error = 0.05};
    EXPECT_THAT(text(), HasSubstr("one error may make them wrong together"));
}

TEST(NoteCodes, TellsSeveralReadingsOfOneZoneAsOne) {
    NoteInput input = fixture::make_readings_input();
    auto const text = [&](Language language) {
        return fixture::all_text(make_note(input, language));
    };
    EXPECT_THAT(text(Language::english), Not(HasSubstr("they are looks at one swab")));
    NoteReading& second = input.readings.readings[1];
    second.use = ReadingUse::weighed;
    second.evidence = lab::CodeEvidence{.error = 0.05};
    input.file.readings[1].zone = input.file.readings[0].zone;
    NoteFinding finding;
    finding.finding.zone = *input.file.readings[0].zone;
    finding.finding.code = lab::CodeEvidence{.error = 0.005};
    input.findings = {finding};
    EXPECT_THAT(text(Language::english),
                HasSubstr("with a factor of 200 for lot L1: they are looks at one swab"));
    EXPECT_THAT(text(Language::french),
                HasSubstr("de facteur 200 en faveur du lot L1\u00A0: ce sont des regards"));
    input.findings[0].finding.code =
        lab::CodeEvidence{.error = 0.005, .given_marker = 0.0, .given_other_lot = 1.0};
    EXPECT_THAT(text(Language::english), HasSubstr("with a factor of 200 against lot L1"));
}

TEST(NoteCodes, StandsInTheJson) {
    auto const json = nlohmann::json::parse(json_note(fixture::make_readings_input()));
    EXPECT_EQ(json.at("marker").at("lot"), "L1");
    EXPECT_EQ(json.at("marker").at("registry").at("lots"), 12);
    EXPECT_EQ(json.at("marker").at("registry").at("negative_controls").at("rate"), 0.0);
    auto const& first = json.at("readings").at(0);
    EXPECT_EQ(first.at("verdict"), "match");
    EXPECT_EQ(first.at("use"), "weighed");
    EXPECT_EQ(first.at("evidence").at("p_given_marker"), 1.0);
    EXPECT_EQ(first.at("evidence").at("p_given_other_material"), 0.02);
    EXPECT_EQ(first.at("files").at(1).at("good"), false);
    EXPECT_EQ(first.at("elimination").at(0).at("role"), "searched");
    EXPECT_EQ(json.at("readings").at(1).at("reported"), true);
    EXPECT_EQ(json.at("readings").at(1).at("evidence"), nullptr);
    EXPECT_EQ(json.at("evaluations").at(0).at("log10_lr_without_codes"), 1.0);
}

TEST(NoteCodes, IsNotThereInACaseWithoutReadings) {
    NoteInput const input = fixture::make_input();
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                Not(HasSubstr("what it proves and what it does not")));
    auto const json = nlohmann::json::parse(json_note(input));
    EXPECT_EQ(json.at("marker"), nullptr);
    EXPECT_TRUE(json.at("readings").empty());
}

} // namespace
} // namespace cmq::report
