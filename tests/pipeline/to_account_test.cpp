// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_account.hpp"

#include "tests/pipeline/transfer_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::pipeline;
using cmq::Error;
using cmq::ErrorKind;
using cmq::pipeline::test::read;
using cmq::pipeline::test::two_accounts;
using cmq::pipeline::test::with;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
namespace lab = cmq::lab;

std::string const everything = two_accounts + R"([population]
checked = 500
glowing = 7
[[carrier]]
id = "gloves"
surface = "smooth"
[[carrier]]
id = "P1.coat"
surface = "porous"
[[delivery]]
id = "bench"
kind = "other"
at = { time = "13:00", uncertainty_min = 0 }
zones = { "P1.coat" = 0.5 }
amount_dl = 12
cause = "table"
probability = 0.25
[[contamination]]
id = "dirty_gloves"
zones = { gloves = 1.0 }
at = { time = "15:00", uncertainty_min = 5 }
probability = 0.1
[[event]]
id = "cuffs"
kind = "handcuffing"
between = ["gloves", "P1.hand"]
at = { time = "15:30", uncertainty_min = 5 }
after = "dirty_gloves"
pressure = "firm"
friction = true
solvent = true
area = 0.5
one_way = true
probability = 0.75
cause = "arrest"
[[event]]
id = "wash"
kind = "wash"
on = "P1.hand"
at = { time = "14:00", uncertainty_min = 0 }
[[lookalike]]
id = "highlighter"
prevalence = 0.02
[[observation]]
id = "coat"
zone = "P1.coat"
kind = "amount"
value = 2.5
sigma = 0.5
examined_by = "instrument"
source = { document = "R 1" }
[[observation]]
zone = "gloves"
kind = "not_examined"
source = { document = "PV 12" }
)";

Error error_of(std::string const& text) {
    try {
        auto const of = read(text);
        auto const translation = to_account(of);
        static_cast<void>(
            evaluate_comparison(of, translation, of.comparisons.at(0), translation.findings, 1));
    } catch (Error const& error) {
        return error;
    }
    return Error{ErrorKind::internal, cmq::Sentence::verbatim("there is no error")};
}

std::vector<std::string> places_of(Error const& error) {
    std::vector<std::string> places;
    for (cmq::Sentence const& place : error.places()) {
        places.push_back(place.english());
    }
    return places;
}

TEST(ToAccount, KeepsIdsTimesAndOrder) {
    lab::Account const account = to_account(read(everything)).account;
    ASSERT_EQ(account.carriers.size(), 4U);
    EXPECT_EQ(account.carriers[2].id, "gloves");
    EXPECT_EQ(account.carriers[2].surface, lab::Surface::smooth);
    EXPECT_EQ(account.carriers[3].surface, lab::Surface::porous);
    ASSERT_EQ(account.deliveries.size(), 4U);
    EXPECT_EQ(account.deliveries[0].id, "shot_1");
    EXPECT_EQ(account.deliveries[0].when, (lab::Instant{720.0, 1.0}));
    EXPECT_THAT(account.deliveries[0].zones, ElementsAre(lab::ZoneShare{"P1.hand", 0.2}));
    EXPECT_EQ(account.deliveries[0].probability, 1.0);
    EXPECT_FALSE(account.deliveries[0].mean_load_dl);
    EXPECT_EQ(account.deliveries[2].mean_load_dl, 12.0);
    EXPECT_EQ(account.deliveries[2].cause, "table");
    EXPECT_EQ(account.deliveries[2].probability, 0.25);
    EXPECT_EQ(account.people_checked, 500);
}

TEST(ToAccount, MakesContaminationADeliveryOfItsOwnKind) {
    lab::Delivery const gloves = to_account(read(everything)).account.deliveries.at(3);
    EXPECT_EQ(gloves.id, "dirty_gloves");
    EXPECT_EQ(gloves.kind, lab::DeliveryKind::contamination);
    EXPECT_EQ(gloves.probability, 0.1);
    EXPECT_EQ(gloves.when, (lab::Instant{900.0, 5.0}));
}

TEST(ToAccount, KeepsEveryDetailOfAnEvent) {
    lab::Account const account = to_account(read(everything)).account;
    ASSERT_EQ(account.events.size(), 3U);
    lab::Event const& cuffs = account.events[1];
    EXPECT_EQ(cuffs.kind, lab::EventKind::handcuffing);
    EXPECT_THAT(cuffs.between, ElementsAre("gloves", "P1.hand"));
    EXPECT_EQ(cuffs.when, (lab::Instant{930.0, 5.0}));
    EXPECT_EQ(cuffs.pressure, lab::Pressure::firm);
    EXPECT_TRUE(cuffs.friction && cuffs.solvent && cuffs.one_way);
    EXPECT_EQ(cuffs.area, 0.5);
    EXPECT_EQ(cuffs.probability, 0.75);
    EXPECT_EQ(cuffs.cause, "arrest");
    EXPECT_EQ(cuffs.after, "dirty_gloves");
    EXPECT_EQ(account.events[2].kind, lab::EventKind::wash);
    EXPECT_THAT(account.events[2].between, ElementsAre("P1.hand"));
    EXPECT_FALSE(account.events[2].pressure);
}

TEST(ToAccount, ReplacesTheUnspecifiedLookAlikeByTheCasesOwn) {
    EXPECT_EQ(to_account(read(two_accounts)).account.look_alikes.size(), 1U);
    auto const own = to_account(read(everything)).account.look_alikes;
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own[0].id, "highlighter");
    EXPECT_EQ(own[0].prevalence, 0.02);
    EXPECT_FALSE(own[0].seen);
}

TEST(ToAccount, MakesFindingsOfObservations) {
    Translation const translation = to_account(read(everything));
    ASSERT_EQ(translation.findings.size(), 3U);
    EXPECT_EQ(translation.findings[0].id, "seen");
    EXPECT_EQ(translation.findings[0].kind, lab::FindingKind::detected);
    EXPECT_EQ(translation.findings[0].examination, lab::Examination::visual);
    EXPECT_EQ(translation.findings[0].minutes, 16 * 60.0);
    EXPECT_EQ(translation.findings[1].kind, lab::FindingKind::amount);
    EXPECT_EQ(translation.findings[1].value, 2.5);
    EXPECT_EQ(translation.findings[1].sigma, 0.5);
    EXPECT_EQ(translation.findings[1].examination, lab::Examination::instrument);
    // Without a time: at the latest instant of the case, 16:00 + 5 min.
    EXPECT_EQ(translation.findings[1].minutes, 965.0);
    EXPECT_THAT(translation.undated, ElementsAre("coat")); // what nobody examined needs no time
}

TEST(ToAccount, MakesPropositions) {
    auto const propositions = to_account(read(two_accounts)).propositions;
    ASSERT_EQ(propositions.size(), 2U);
    EXPECT_EQ(propositions[0].side, lab::Side::prosecution);
    EXPECT_THAT(propositions[1].deliveries, ElementsAre("shot_2"));
    EXPECT_THAT(propositions[1].events, ElementsAre("handshake"));
}

TEST(ToAccount, TakesEveryParameterThatAnEvaluationNeedsFromTheLibrary) {
    Translation const translation = to_account(read(two_accounts));
    for (std::string_view const name : lab::parameter_names()) {
        EXPECT_EQ(translation.parameters.at(name).name, name);
    }
}

// The line numbers below count from here: 51 lines of two_accounts.
std::string const lot_value = two_accounts + R"([[parameter]]
name = "dry.tau_min"
distribution = { kind = "lognormal", median = 5, gsd = 1.5, high = 60 }
conditions = "lot L on skin, 20 degrees"
source = "laboratory of the case"
grade = "measured_on_product"
[[parameter]]
name = "kappa"
value = 3
conditions = "assumed"
source = "judgement"
grade = "expert_judgement"
)";

TEST(ToAccount, ReplacesParametersWithTheirOrigin) {
    auto const parameters = to_account(read(lot_value)).parameters;
    lab::Parameter const& dry = parameters.at("dry.tau_min");
    EXPECT_EQ(dry.distribution,
              (lab::Distribution{lab::DistributionKind::lognormal, 5.0, 1.5, {}, 60.0}));
    EXPECT_EQ(dry.grade, lab::Grade::measured_on_product);
    EXPECT_EQ(dry.source, "laboratory of the case");
    EXPECT_EQ(dry.source_fr, "laboratory of the case"); // one text for both languages
    EXPECT_EQ(dry.conditions_fr, "lot L on skin, 20 degrees");
    EXPECT_FALSE(dry.label_fr.empty());
    EXPECT_EQ(parameters.at("kappa").distribution,
              (lab::Distribution{lab::DistributionKind::fixed, 3.0, 0.0, {}, {}}));
}

TEST(ToAccount, RefusesAParameterThatTheLibraryDoesNotHold) {
    Error const error = error_of(with(lot_value, "dry.tau_min", "dry.tau_mn"));
    EXPECT_EQ(error.kind(), ErrorKind::format);
    EXPECT_STREQ(
        error.what(),
        "case.toml line 53, key parameter[1].name: expected the name of a parameter of the "
        "library, found \"dry.tau_mn\"; did you mean \"dry.tau_min\"?");
}

TEST(ToAccount, RefusesADistributionThatLabCannotDraw) {
    Error const error = error_of(with(lot_value, "gsd = 1.5", "gsd = 0.5"));
    EXPECT_EQ(error.kind(), ErrorKind::domain);
    EXPECT_THAT(places_of(error), Contains("case.toml line 52, key parameter[1]"));
}

TEST(ToAccount, RefusesADistributionThatNoNoteCouldTell) {
    for (std::string const numbers : {"gsd = 1e300", "gsd = 1e12"}) {
        Error const error =
            error_of(with(with(lot_value, "gsd = 1.5", numbers), ", high = 60", ""));
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(places_of(error), Contains("case.toml line 52, key parameter[1]"));
    }
}

TEST(ToAccount, TakesAReadingForADetectionWhereNothingElseIsSaid) {
    auto const translation = to_account(
        read(with(two_accounts, "kind = \"detected\"", "kind = \"reading\"\ncode = \"L4\"")));
    ASSERT_EQ(translation.findings.size(), 1U);
    EXPECT_EQ(translation.findings.front().kind, lab::FindingKind::detected);
}

std::string const reading =
    "[[observation]]\nid = \"code\"\nzone = \"P1.hand\"\nkind = \"reading\"\ncode = \"L4\"\n"
    "source = { document = \"R 7\" }\n";

TEST(ToAccount, WeighsOnlyTheGlowWhereACodeWasReadToo) {
    auto const alone = to_account(read(two_accounts));
    auto const with_code = to_account(read(two_accounts + reading));
    ASSERT_EQ(with_code.findings.size(), 1U);
    EXPECT_EQ(with_code.findings.front().id, alone.findings.front().id);
    EXPECT_TRUE(with_code.undated.empty()); // what is not weighed needs no time
}

TEST(ToAccount, RefusesACodeWhereNothingWasSeen) {
    Error const error =
        error_of(with(two_accounts, "kind = \"detected\"", "kind = \"not_detected\"") + reading);
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(std::string{error.what()}, HasSubstr("a code was read on zone \"P1.hand\""));
}

TEST(ToAccount, NamesBothLinesOfAnImpossibleOrder) {
    Error const error = error_of(with(two_accounts, "12:04", "11:04"));
    EXPECT_EQ(error.kind(), ErrorKind::domain);
    EXPECT_THAT(
        places_of(error),
        ElementsAre("case.toml line 28, key event[1].id", "case.toml line 23, key delivery[2].id"));
}

TEST(EvaluateComparison, PutsThePlaceOnAnErrorOfLab) {
    std::string const again =
        "[[observation]]\nid = \"again\"\nzone = \"P1.hand\"\nkind = \"detected\"\nat = { time = "
        "\"16:00\", uncertainty_min = 0 }\nsource = { document = \"PV 13\" }\n";
    Error const error = error_of(two_accounts + again);
    EXPECT_EQ(error.kind(), ErrorKind::domain); // two findings on one zone
    EXPECT_THAT(places_of(error), Contains("case.toml line 53, key observation[2].id"));
    EXPECT_THAT(places_of(error), Contains("case.toml line 49, key comparison[1]"));
}

TEST(EvaluateComparison, RefusesAPropositionThatIsNotThere) {
    auto of = read(two_accounts);
    auto const translation = to_account(of);
    of.comparisons[0].h2.value = "Hx";
    try {
        static_cast<void>(
            evaluate_comparison(of, translation, of.comparisons[0], translation.findings, 1));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        EXPECT_THAT(std::string{error.what()}, HasSubstr("line 51, key comparison[1].h2"));
    }
}

TEST(ExaminationMinutes, IsTheLatestInstantOfTheCase) {
    EXPECT_EQ(examination_minutes(read(two_accounts)), 16 * 60.0 + 5.0);
    EXPECT_EQ(examination_minutes(cmq::casefile::Case{}), 0.0);
}

TEST(ToSettings, TakesSeedAndDrawsOfTheCase) {
    auto of = read(two_accounts);
    of.settings.draws = 128;
    lab::Settings const settings = to_settings(of, 2);
    EXPECT_EQ(settings.seed, 7U);
    EXPECT_EQ(settings.threads, 2U);
    EXPECT_EQ(settings.draws_max, 128U);
    EXPECT_LE(settings.draws_min, settings.draws_max);
}

std::string const photographed = R"([[capture]]
id = "c1"
file = "evidence.dng"
role = "evidence"
zone = "P2.hand"
[[capture]]
id = "b1"
file = "blank.dng"
role = "blank"
)";

TEST(CheckTypedFindings, NamesTheCapturesThatNobodyMeasured) {
    try {
        check_typed_findings(read(two_accounts + photographed));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
        std::string const message = error.what();
        EXPECT_THAT(message, HasSubstr("c1 (case.toml line 54, key capture[1].file)"));
        EXPECT_THAT(message, HasSubstr("contremarque analyse"));
        EXPECT_THAT(message, testing::Not(HasSubstr("b1")));
    }
}

TEST(CheckTypedFindings, AcceptsAnObservationInPlaceOfAMeasurement) {
    EXPECT_NO_THROW(
        check_typed_findings(read(two_accounts + with(photographed, "P2.hand", "P1.hand"))));
}

} // namespace
