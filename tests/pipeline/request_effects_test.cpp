// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/request_effects.hpp"

#include "apps/pipeline/to_account.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace cmq;
using pipeline::test::read;
using pipeline::test::with;
using report::EffectKind;
using report::RequestEffect;

std::string const gloves = R"([[contamination]]
id = "gloves"
zones = { "P1.hand" = 0.3 }
at = { time = "15:30", uncertainty_min = 5 }
probability = 0.4
)";

/// Two accounts of a glow on P1.hand; P2.hand was not examined.
std::string case_text() {
    return pipeline::test::two_accounts + gloves;
}

report::NoteInput to_input(std::string const& text) {
    report::NoteInput input;
    input.file = read(text);
    auto const translation = pipeline::to_account(input.file);
    for (lab::Finding const& finding : translation.findings) {
        report::NoteFinding note;
        note.finding = finding;
        input.findings.push_back(note);
    }
    lab::Settings settings = pipeline::to_settings(input.file, 1);
    settings.sensitivity_draws = 0; // no effect rests on it
    settings.tornado_draws = 64;
    input.evaluations.push_back(pipeline::evaluate_comparison(
        input.file, translation, input.file.comparisons[0], translation.findings, settings));
    return input;
}

std::vector<RequestEffect> effects_of(std::string const& text) {
    report::NoteInput const input = to_input(text);
    return pipeline::find_request_effects(input, input.evaluations[0], 1);
}

RequestEffect const* find(std::vector<RequestEffect> const& effects, EffectKind kind) {
    auto const found = std::ranges::find(effects, kind, &RequestEffect::kind);
    return found == effects.end() ? nullptr : &*found;
}

/// The value of a case that states the answer.
std::optional<double> value_of(std::string const& text) {
    return to_input(text).evaluations[0].log10_lr;
}

// Effects are computed to a standard error of a tenth, 0.043 in log10: three of them.
constexpr double margin_log10 = 0.13;

TEST(SlowRequestEffects, AreWhatTheCaseWouldGiveWithTheAnswerInIt) {
    auto const effects = effects_of(case_text());
    RequestEffect const* const route = find(effects, EffectKind::gloves);
    ASSERT_NE(route, nullptr);
    EXPECT_EQ(route->subject, "gloves");
    ASSERT_TRUE(route->log10_first && route->log10_second);
    EXPECT_NEAR(*route->log10_first,
                *value_of(with(case_text(), "probability = 0.4", "probability = 0")),
                margin_log10);
    EXPECT_NEAR(*route->log10_second,
                *value_of(with(case_text(), "probability = 0.4", "probability = 1")),
                margin_log10);

    RequestEffect const* const zone = find(effects, EffectKind::zone);
    ASSERT_NE(zone, nullptr);
    EXPECT_EQ(zone->subject, "P2.hand");
    ASSERT_TRUE(zone->log10_first && zone->log10_second);
    std::string const seen = R"([[observation]]
id = "then"
zone = "P2.hand"
kind = "detected"
source = { document = "PV 13" }
)";
    EXPECT_NEAR(*zone->log10_first, *value_of(case_text() + seen), margin_log10);
    EXPECT_NEAR(*zone->log10_second,
                *value_of(case_text() + with(seen, "\"detected\"", "\"not_detected\"")),
                margin_log10);

    RequestEffect const* const marker = find(effects, EffectKind::marker);
    ASSERT_NE(marker, nullptr);
    ASSERT_TRUE(marker->log10_first);
    EXPECT_NEAR(*marker->log10_first,
                *value_of(case_text() + "[[lookalike]]\nid = \"none\"\nprevalence = 0\n"),
                margin_log10);
    EXPECT_FALSE(marker->log10_second);
}

// P2 glows if P2 was hit, and P2 was hit in one account only.
TEST(SlowRequestEffects, MoveTheValueTheWayTheyMust) {
    report::NoteInput const input = to_input(case_text());
    auto const effects = pipeline::find_request_effects(input, input.evaluations[0], 1);
    RequestEffect const* const zone = find(effects, EffectKind::zone);
    ASSERT_NE(zone, nullptr);
    EXPECT_LT(*zone->log10_first, *input.evaluations[0].log10_lr);
    EXPECT_GT(*zone->log10_second, *input.evaluations[0].log10_lr);
}

TEST(SlowRequestEffects, AreTheSameBitsEachTimeAndOnAnyNumberOfThreads) {
    report::NoteInput const input = to_input(case_text());
    auto const one = pipeline::find_request_effects(input, input.evaluations[0], 1);
    auto const two = pipeline::find_request_effects(input, input.evaluations[0], 2);
    ASSERT_EQ(one.size(), two.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].log10_first, two[i].log10_first);
        EXPECT_EQ(one[i].log10_second, two[i].log10_second);
    }
}

TEST(SlowRequestEffects, LeaveOutWhatTheCaseSettles) {
    std::string const settled =
        with(with(case_text(), gloves, ""), "uncertainty_min = 1", "uncertainty_min = 0");
    auto const effects = effects_of(with(settled, "uncertainty_min = 1", "uncertainty_min = 0"));
    EXPECT_EQ(find(effects, EffectKind::gloves), nullptr);
    EXPECT_EQ(find(effects, EffectKind::delivery_times), nullptr);
    EXPECT_NE(find(effects_of(case_text()), EffectKind::delivery_times), nullptr);
}

// A delivery at the end of its interval may come after the contact that has to follow it.
TEST(SlowRequestEffects, SayThatNothingCanBeToldWhereTheAnswerContradictsTheAccount) {
    std::string text = with(case_text(),
                            R"(id = "shot_2"
kind = "pellet"
at = { time = "12:00", uncertainty_min = 1 })",
                            R"(id = "shot_2"
kind = "pellet"
at = { time = "12:00", uncertainty_min = 30 })");
    RequestEffect const* const found = find(effects_of(text), EffectKind::delivery_times);
    ASSERT_NE(found, nullptr);
    EXPECT_FALSE(found->log10_second);
}

TEST(SlowRequestEffects, LeaveOutRequestsWhosePapersAreHeld) {
    auto const effects = effects_of(with(case_text(),
                                         "language = \"fr\"\n",
                                         "language = \"fr\"\nheld = [\"glove_changes\", "
                                         "\"zones_examined\", \"laboratory_file\"]\n"));
    EXPECT_EQ(find(effects, EffectKind::gloves), nullptr);
    EXPECT_EQ(find(effects, EffectKind::zone), nullptr);
    EXPECT_EQ(find(effects, EffectKind::marker), nullptr);
    EXPECT_NE(find(effects, EffectKind::parameter), nullptr);
}

// A probability assigned to the findings as they are says nothing of one finding more.
TEST(SlowRequestEffects, AddNoFindingToAnAssignedProbability) {
    auto const effects = effects_of(case_text() + R"([[assigned]]
proposition = "Hd"
probability = 0.02
author = "expert 1"
reasons = "own trials"
)");
    EXPECT_EQ(find(effects, EffectKind::zone), nullptr);
    EXPECT_EQ(find(effects, EffectKind::gloves), nullptr);
    EXPECT_EQ(find(effects, EffectKind::marker), nullptr);
    EXPECT_EQ(find(effects, EffectKind::delivery_times), nullptr);
}

// What happens together cannot have two probabilities.
TEST(SlowRequestEffects, MoveWhatHappensTogetherTogether) {
    std::string const shared =
        with(gloves, "probability = 0.4", "probability = 0.4\ncause = \"bench\"");
    std::string const second =
        with(with(shared, "\"gloves\"", "\"lamp\""), "\"P1.hand\" = 0.3", "\"P2.hand\" = 0.3");
    auto const effects = effects_of(pipeline::test::two_accounts + shared + second);
    RequestEffect const* const route = find(effects, EffectKind::gloves);
    ASSERT_NE(route, nullptr);
    EXPECT_TRUE(route->log10_first && route->log10_second);
}

TEST(SlowRequestEffects, NameTheParametersThatMoveMost) {
    auto const effects = effects_of(case_text());
    auto const count = std::ranges::count(effects, EffectKind::parameter, &RequestEffect::kind);
    EXPECT_GE(count, 1);
    EXPECT_LE(count, 3);
    RequestEffect const* const first = find(effects, EffectKind::parameter);
    EXPECT_LT(first->first_value, first->second_value);
    EXPECT_FALSE(first->request.empty());
}

} // namespace
