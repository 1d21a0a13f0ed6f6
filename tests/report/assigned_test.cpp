// SPDX-License-Identifier: GPL-3.0-or-later

// What a note says of assigned probabilities, of stated ones, and on condition that the mark is the marker.

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

lab::AssignedTerm make_term(char const* proposition) {
    lab::AssignedTerm term{.proposition = proposition, .assigned = {}};
    term.assigned.probability = 0.02;
    term.assigned.low = 0.005;
    term.assigned.high = 0.04;
    term.assigned.author = "D1";
    term.assigned.reasons_fr = "douze essais de poignée de main";
    term.assigned.reasons_en = "twelve trials of a handshake";
    term.assigned.date = "2026-11-20";
    term.log10_lr_at_low = 2.1;
    term.log10_lr_at_high = 1.2;
    return term;
}

NoteInput with_assigned(std::vector<lab::AssignedTerm> terms) {
    NoteInput input = fixture::make_pair_input(false);
    lab::Evaluation& evaluation = input.evaluations.front();
    evaluation.assigned = std::move(terms);
    evaluation.chain.clear();
    evaluation.routes.clear();
    evaluation.printed.reasons.push_back({lab::PrintReason::assigned, {"Hd"}});
    return input;
}

std::string english(NoteInput const& input) {
    return fixture::all_text(make_note(input, Language::english));
}

std::string french(NoteInput const& input) {
    return fixture::all_text(make_note(input, Language::french));
}

TEST(NoteAssigned, SaysWhichSideIsAssignedByWhomAndWhy) {
    NoteInput const input = with_assigned({make_term("Hd")});
    std::string const text = english(input);
    EXPECT_THAT(
        text, HasSubstr("assigned by a scientist if Hd is true; the model gives it if Hp is true"));
    EXPECT_THAT(text, HasSubstr("D1, 20\u00A0November\u00A02026: twelve trials of a handshake"));
    EXPECT_THAT(text, HasSubstr("0.020 [0.0050; 0.040]"));
    // 10^1.2 and 10^2.1 to one figure, the second beyond the cap of 100.
    EXPECT_THAT(text, HasSubstr("20 to more than 100"));
    EXPECT_THAT(text, HasSubstr("A probability was assigned by a scientist"));
    EXPECT_THAT(french(input), HasSubstr("D1, le 20\u00A0novembre\u00A02026\u00A0: douze essais"));
}

TEST(NoteAssigned, TellsBothSidesAndZonesApart) {
    EXPECT_THAT(english(with_assigned({make_term("Hp"), make_term("Hd")})),
                HasSubstr("the number is their quotient"));
    lab::AssignedTerm part = make_term("Hd");
    part.assigned.zones = {"P1.left_hand"};
    std::string const text = english(with_assigned({part}));
    EXPECT_THAT(text, HasSubstr("that of the findings on left hand of P1, given the others"));
    std::string const mixed = english(with_assigned({make_term("Hp"), part}));
    EXPECT_THAT(mixed, HasSubstr("assigned by a scientist if Hp is true."));
    EXPECT_THAT(mixed, Not(HasSubstr("the model gives it if")));
}

TEST(NoteAssigned, IsInTheJson) {
    auto const json = nlohmann::json::parse(json_note(with_assigned({make_term("Hd")})));
    auto const& term = json.at("evaluations").at(0).at("assigned").at(0);
    EXPECT_EQ(term.at("proposition"), "Hd");
    EXPECT_EQ(term.at("probability"), 0.02);
    EXPECT_EQ(term.at("author"), "D1");
    EXPECT_EQ(term.at("reasons").at("fr"), "douze essais de poignée de main");
    EXPECT_EQ(term.at("log10_lr_at_high"), 1.2);
}

TEST(NoteStated, GivesReasonsAndAuthorOfTheProbabilityOfAnEvent) {
    NoteInput input = fixture::make_input();
    EXPECT_THAT(english(input), Not(HasSubstr("Probabilities stated in the case")));
    input.file.events[0].probability.value = 0.5;
    EXPECT_THAT(english(input), HasSubstr("author not stated: reasons not stated"));
    input.file.events[0].reasons = {{"récit de P2", "account of P2"}, "counsel"};
    EXPECT_THAT(english(input), HasSubstr("counsel: account of P2"));
    EXPECT_THAT(french(input), HasSubstr("counsel\u00A0: récit de P2"));
}

TEST(NoteStated, KeepsEventsOfPropositionsThatAreNotCompared) {
    NoteInput input = fixture::make_input();
    casefile::Event secret = input.file.events[0];
    secret.id.value = "secret";
    secret.label = {"secret", "secret"};
    secret.probability.value = 0.5;
    input.file.events.push_back(secret);
    input.file.propositions[3].events = {secret.id}; // Hx is never compared
    EXPECT_THAT(english(input), Not(HasSubstr("secret")));
}

TEST(NoteConditional, SetsTheObservedShareBesideTheTable) {
    std::string const text = english(fixture::make_input());
    EXPECT_THAT(text, HasSubstr("unmarked people of 500 checked who would show fluorescence"));
    EXPECT_THAT(text, HasSubstr("fewer than 0.5")); // 0.3 of a person
    EXPECT_THAT(text, HasSubstr("\n30\n"));         // 34 to one figure
    // 7 of 500: 1.4 %, Clopper and Pearson 0.565 % to 2.863 % (by binomial sums).
    EXPECT_THAT(text, HasSubstr("7 people showing fluorescence of 500 checked, a share of 1.4%"));
    EXPECT_THAT(text, HasSubstr("0.56% to 2.9%"));
    EXPECT_THAT(text, HasSubstr("survey with the same lamp"));
}

TEST(NoteConditional, GivesTheRuleOfThreeWhereNobodyGlowed) {
    NoteInput input = fixture::make_input();
    input.file.population->glowing = 0;
    std::string const text = english(input);
    EXPECT_THAT(text, HasSubstr("no person showing fluorescence of 500 checked"));
    EXPECT_THAT(text, HasSubstr("below about 0.60%"));
    EXPECT_THAT(text, HasSubstr("rule of three: 3/500"));
}

TEST(NoteConditional, SaysWhatWouldBeNeededWithoutAPopulation) {
    NoteInput input = fixture::make_input();
    input.file.population.reset();
    std::string const text = english(input);
    EXPECT_THAT(text, HasSubstr("does not say how many people were checked under the lamp"));
    EXPECT_THAT(text, Not(HasSubstr("Clopper")));
    EXPECT_THAT(text, Not(HasSubstr("Unmarked people showing fluorescence")));
    EXPECT_THAT(french(input), HasSubstr("personnes qui n’ont pas pu être marquées"));
}

TEST(NoteConditional, IsInTheJson) {
    auto const json = nlohmann::json::parse(json_note(fixture::make_input()));
    EXPECT_EQ(json.at("population").at("share"), 0.014);
    EXPECT_NEAR(json.at("population").at("share_high").get<double>(), 0.02863, 1e-4);
    EXPECT_TRUE(json.at("population").at("rule_of_three").is_null());
    auto const& row = json.at("evaluations").at(0).at("by_prevalence").at(2);
    EXPECT_EQ(row.at("prevalence"), 0.3);
    EXPECT_EQ(row.at("expected_unmarked_glowing"), 104.0);
    EXPECT_TRUE(row.at("log10_lr").is_null());
}

} // namespace
} // namespace cmq::report
