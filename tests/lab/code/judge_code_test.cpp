// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/judge_code.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace cmq::lab;
using testing::Contains;
using testing::Not;

Registry registry_of_two() {
    Registry registry;
    for (char const* const name : {"A", "B"}) {
        Lot lot;
        lot.name = name;
        lot.sequence = "ACGTACGTACGTACGT";
        lot.people = {"agent_7"};
        registry.lots.push_back(lot);
    }
    registry.laboratory_error = 0.002;
    registry.clerical_error = 0.001;
    registry.negative_controls = ControlHistory{.positive = 0, .all = 3000};
    return registry;
}

LotEvidence
evidence(std::size_t lot, std::uint64_t molecules, std::size_t distance, double chance) {
    LotEvidence of;
    of.lot = lot;
    of.reads = molecules;
    of.molecules = molecules;
    of.distance = distance;
    of.chance = chance;
    of.best_log10_lr = 12.0;
    return of;
}

CodeReading reading(std::string name, std::vector<LotEvidence> lots, std::uint64_t reads = 1000) {
    CodeReading of;
    of.sample = std::move(name);
    of.read = reads;
    of.lots = std::move(lots);
    of.false_match = 1e-6;
    return of;
}

std::vector<std::string> reasons_of(CodeJudgement const& judgement) {
    std::vector<std::string> ids;
    for (CodeReason const& reason : judgement.reasons) {
        ids.emplace_back(reason.id);
        EXPECT_FALSE(reason.text.french().empty());
    }
    return ids;
}

JudgeSettings with_clean_control() {
    JudgeSettings settings;
    settings.negative_controls.push_back(reading("blank", {}, 3));
    return settings;
}

TEST(JudgeCode, MatchesAndBoundsTheRatioByTheErrors) {
    auto const judgement = judge_code(
        reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), with_clean_control());
    EXPECT_EQ(judgement.verdict, CodeVerdict::match);
    // 0.002 + 0.001, and the rule of three over 3000 controls.
    EXPECT_NEAR(judgement.lots[0].log10_lr, -std::log10(0.004), 1e-9);
    EXPECT_NEAR(judgement.lots[0].log10_code, 19.0, 1e-9);
    EXPECT_THAT(reasons_of(judgement), Not(Contains("error_rate_not_stated")));
    EXPECT_TRUE(judgement.lots[0].handled_by.empty());
}

TEST(JudgeCode, SaysThatNoErrorRateWasStated) {
    auto registry = registry_of_two();
    registry.laboratory_error.reset();
    registry.clerical_error.reset();
    registry.negative_controls.reset();
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry, with_clean_control());
    EXPECT_NEAR(judgement.lots[0].log10_lr, 2.0, 1e-9);
    EXPECT_THAT(reasons_of(judgement), Contains("error_rate_not_stated"));
    EXPECT_THAT(reasons_of(judgement), Contains("no_control_history"));
}

TEST(JudgeCode, WithholdsTheVerdictWhenANegativeControlIsPositive) {
    JudgeSettings settings;
    settings.negative_controls.push_back(reading("blank", {evidence(1, 5, 0, 1e-19)}, 20));
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_EQ(judgement.verdict, CodeVerdict::inconclusive);
    EXPECT_FALSE(judgement.controls[0].is_good);
    EXPECT_THAT(judgement.controls[0].lots, testing::ElementsAre("B"));
    EXPECT_THAT(reasons_of(judgement), Contains("negative_control_positive"));
}

// A sample and its blank exchanged: the marked one stands where the blank should.
TEST(JudgeCode, CatchesASwappedNegativeControl) {
    JudgeSettings settings;
    settings.negative_controls.push_back(reading("sample", {evidence(0, 50, 0, 1e-19)}));
    auto const judgement = judge_code(reading("blank", {}, 500), registry_of_two(), settings);
    EXPECT_EQ(judgement.verdict, CodeVerdict::inconclusive);
}

TEST(JudgeCode, WithholdsTheVerdictWhenAPositiveControlIsEmpty) {
    auto settings = with_clean_control();
    settings.positive_controls.push_back(reading("positive", {}));
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_EQ(judgement.verdict, CodeVerdict::inconclusive);
    EXPECT_THAT(reasons_of(judgement), Contains("positive_control_negative"));
}

TEST(JudgeCode, SaysThatNoNegativeControlWasGiven) {
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), {});
    EXPECT_EQ(judgement.verdict, CodeVerdict::match);
    EXPECT_THAT(reasons_of(judgement), Contains("no_negative_control"));
}

TEST(JudgeCode, NeedsMoleculesAndReads) {
    auto const few = judge_code(
        reading("s", {evidence(0, 2, 0, 1e-19)}), registry_of_two(), with_clean_control());
    EXPECT_EQ(few.verdict, CodeVerdict::inconclusive);
    EXPECT_THAT(reasons_of(few), Contains("too_few_molecules"));
    auto const empty = judge_code(reading("s", {}, 40), registry_of_two(), with_clean_control());
    EXPECT_EQ(empty.verdict, CodeVerdict::inconclusive);
    EXPECT_THAT(reasons_of(empty), Contains("too_few_reads"));
    auto const none = judge_code(reading("s", {}, 400), registry_of_two(), with_clean_control());
    EXPECT_EQ(none.verdict, CodeVerdict::no_match);
    EXPECT_THAT(reasons_of(none), Contains("no_registered_code"));
}

TEST(JudgeCode, PrefersAnotherCodeWhenAllMoleculesDifferAlike) {
    // Five bases of 32: one other code in 1e10 lies as near, five errors of synthesis are 1e-15.
    auto const judgement = judge_code(
        reading("s", {evidence(0, 50, 5, 1e-10)}), registry_of_two(), with_clean_control());
    EXPECT_EQ(judgement.verdict, CodeVerdict::no_match);
    EXPECT_NEAR(judgement.lots[0].log10_lr, -5.0, 0.01);
    EXPECT_THAT(reasons_of(judgement), Contains("another_code_fits_better"));
}

TEST(JudgeCode, ExplainsFewReadsByIndexHopping) {
    auto settings = with_clean_control();
    settings.others_of_run.push_back(reading("neighbour", {evidence(0, 5000, 0, 1e-19)}));
    settings.index_hopping = 0.002; // ten reads are expected
    auto const judgement =
        judge_code(reading("s", {evidence(0, 12, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_TRUE(judgement.lots[0].from_hopping);
    EXPECT_EQ(judgement.verdict, CodeVerdict::inconclusive);
    auto const many =
        judge_code(reading("s", {evidence(0, 60, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_FALSE(many.lots[0].from_hopping);
    EXPECT_EQ(many.verdict, CodeVerdict::match);
}

TEST(JudgeCode, TakesAShareOfIndexHoppingWhereNoneIsStated) {
    auto settings = with_clean_control();
    settings.others_of_run.push_back(reading("neighbour", {evidence(0, 5000, 0, 1e-19)}));
    auto const judge = [&](std::uint64_t reads) {
        return judge_code(
            reading("s", {evidence(0, reads, 0, 1e-19)}), registry_of_two(), settings);
    };
    // 100 reads are expected at 0.02; the Poisson tail falls below 0.001 at 132 (mean plus 3.1 standard deviations).
    EXPECT_NEAR(judge(120).lots[0].hopping_reads, 100.0, 1e-9);
    EXPECT_EQ(judge(120).verdict, CodeVerdict::inconclusive);
    auto const withheld = judge(120);
    auto const reason = std::ranges::find(withheld.reasons, "index_hopping", &CodeReason::id);
    ASSERT_NE(reason, withheld.reasons.end());
    EXPECT_THAT(reason->text.english(), testing::HasSubstr("0.02"));
    EXPECT_EQ(judge(140).verdict, CodeVerdict::match);
    settings.index_hopping = 0.0; // other runs
    EXPECT_EQ(judge(120).verdict, CodeVerdict::match);
    settings.index_hopping = 0.03;
    EXPECT_EQ(judge(140).verdict, CodeVerdict::inconclusive);
}

TEST(JudgeCode, CountsThePositiveControlAmongTheRunAndExcusesNoNegativeOneByAnAssumedShare) {
    JudgeSettings settings;
    settings.positive_controls = {reading("known", {evidence(0, 5000, 0, 1e-19)})};
    settings.negative_controls = {reading("blank", {evidence(0, 50, 0, 1e-19)})};
    auto const judgement =
        judge_code(reading("s", {evidence(0, 90, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_TRUE(judgement.lots[0].from_hopping);
    EXPECT_FALSE(judgement.controls[0].is_good);
    EXPECT_TRUE(judgement.controls[1].is_good) << "it is no other sample of itself";
}

// A blank of fragments is no blank of a trace: contamination is not ruled out.
TEST(JudgeCode, TakesNoControlOfAnotherInstrument) {
    JudgeSettings settings;
    settings.negative_controls = {reading("blank", {})};
    settings.negative_controls.front().kind = ReadingKind::fragments;
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_TRUE(judgement.controls.empty());
    EXPECT_THAT(reasons_of(judgement), Contains("control_of_another_instrument"));
    EXPECT_THAT(reasons_of(judgement), Contains("no_negative_control"));
}

TEST(JudgeCode, TellsOfPeaksInABlankThatAreNoLots) {
    auto sample = reading("s", {evidence(0, 50, 0, 1e-19)});
    sample.kind = ReadingKind::fragments;
    JudgeSettings settings;
    settings.negative_controls = {reading("blank", {})};
    settings.negative_controls.front().kind = ReadingKind::fragments;
    settings.negative_controls.front().read = 1;
    auto const judgement = judge_code(sample, registry_of_two(), settings);
    EXPECT_TRUE(judgement.controls.front().is_good);
    EXPECT_EQ(judgement.verdict, CodeVerdict::match);
    EXPECT_THAT(reasons_of(judgement), Contains("control_not_empty"));
    settings.negative_controls.front().read = 0;
    EXPECT_THAT(reasons_of(judge_code(sample, registry_of_two(), settings)),
                testing::Not(Contains("control_not_empty")));
}

TEST(JudgeCode, LetsOnlyReadsHop) {
    auto settings = with_clean_control();
    auto trace = reading("t", {evidence(0, 1, 0, 1e-19)});
    trace.kind = ReadingKind::trace;
    trace.needed_molecules = 1;
    settings.others_of_run.push_back(reading("neighbour", {evidence(0, 5000, 0, 1e-19)}));
    EXPECT_EQ(judge_code(trace, registry_of_two(), settings).verdict, CodeVerdict::match);
}

TEST(JudgeCode, PointsOutLotsThatPassedThroughTheHandsOfThoseWhoActed) {
    auto settings = with_clean_control();
    settings.people = {"agent_7", "agent_8"};
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_THAT(judgement.lots[0].handled_by, testing::ElementsAre("agent_7"));
    EXPECT_THAT(reasons_of(judgement), Contains("handled_by"));
}

TEST(JudgeCode, WithholdsTheVerdictForEachKindOfControlThatHoldsALot) {
    for (ControlKind const kind :
         {ControlKind::negative, ControlKind::extraction, ControlKind::environment}) {
        JudgeSettings settings;
        auto& controls = kind == ControlKind::negative     ? settings.negative_controls
                         : kind == ControlKind::extraction ? settings.extraction_controls
                                                           : settings.environment_controls;
        controls.push_back(reading("blank", {}, 3));
        auto const clean =
            judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), settings);
        EXPECT_EQ(clean.verdict, CodeVerdict::match);
        EXPECT_EQ(clean.controls.at(0).kind, kind);
        EXPECT_THAT(reasons_of(clean), Not(Contains("no_negative_control")));
        EXPECT_THAT(reasons_of(clean), Contains("controls_not_given"));
        controls.front() = reading("blank", {evidence(1, 5, 0, 1e-19)}, 20);
        auto const dirty =
            judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), settings);
        EXPECT_EQ(dirty.verdict, CodeVerdict::inconclusive) << name_of(kind);
        EXPECT_THAT(reasons_of(dirty), Contains("negative_control_positive"));
    }
}

TEST(JudgeCode, AsksForNoMoreControlsWhereAllKindsAreGiven) {
    JudgeSettings settings;
    settings.negative_controls.push_back(reading("run", {}, 3));
    settings.extraction_controls.push_back(reading("swab", {}, 3));
    settings.environment_controls.push_back(reading("bench", {}, 3));
    settings.positive_controls.push_back(reading("known", {evidence(0, 50, 0, 1e-19)}));
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry_of_two(), settings);
    EXPECT_EQ(judgement.verdict, CodeVerdict::match);
    EXPECT_THAT(reasons_of(judgement), Not(Contains("controls_not_given")));
}

TEST(JudgeCode, NamesAllLotsThatThoseWhoActedHandledAtEachReading) {
    auto registry = registry_of_two();
    registry.lots[1].people.clear();
    registry.lots[1].vehicles = {"van 4"};
    auto settings = with_clean_control();
    settings.people = {"agent_7"};
    settings.vehicles = {"van 4"};
    auto const judgement =
        judge_code(reading("s", {evidence(0, 50, 0, 1e-19)}), registry, settings);
    ASSERT_EQ(judgement.elimination.size(), 2U);
    EXPECT_EQ(judgement.elimination[0].lot, 0U);
    EXPECT_TRUE(judgement.elimination[0].is_read);
    EXPECT_THAT(judgement.elimination[0].by, testing::ElementsAre("agent_7"));
    EXPECT_FALSE(judgement.elimination[1].is_read);
    EXPECT_THAT(judgement.elimination[1].by, testing::ElementsAre("van 4"));
    settings.people.clear();
    settings.vehicles.clear();
    EXPECT_TRUE(judge_code(reading("s", {}), registry, settings).elimination.empty());
}

TEST(BoundOf, TakesWhatTheRegistryStates) {
    auto const bound = bound_of(registry_of_two());
    EXPECT_TRUE(bound.is_stated);
    EXPECT_NEAR(bound.total(), 0.004, 1e-15);
    EXPECT_DOUBLE_EQ(bound_of(Registry{}).total(), assumed_error);
}

} // namespace
