// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_case_text.hpp"

#include "apps/pipeline/to_account.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

using namespace cmq::pipeline;
using cmq::casefile::Answers;
using cmq::casefile::Case;
using cmq::casefile::ObservationKind;
using cmq::casefile::RequestTexts;
using cmq::casefile::set_answer;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view today = "2026-11-21";

RequestTexts const& texts() {
    static RequestTexts const read = cmq::casefile::read_request_texts();
    return read;
}

Answers full() {
    Answers answers;
    set_answer(answers, "stage", "comparution-immediate");
    set_answer(answers, "reference", "dossier-12");
    set_answer(answers, "marking_time", "2026-11-14 12:40");
    set_answer(answers, "delivery", "spray");
    set_answer(answers, "examination_time", "2026-11-14 17:20");
    set_answer(answers, "document", "PV d’interpellation n° 12, page 3, agent 5");
    set_answer(answers, "words", "la main droite \"réagit\" aux UV \\");
    set_answer(answers, "zones_glow", "right_hand jacket");
    set_answer(answers, "zones_nothing", "face right_hand");
    set_answer(answers, "appearance", "jaune-vert");
    set_answer(answers, "lamp", "lampe torche UV, dans le couloir");
    set_answer(answers, "people", "500 7");
    set_answer(answers, "laboratory", "code_read L-204");
    set_answer(answers, "held", "raw_files");
    set_answer(answers, "account", "MARQUE-PLANTEE le client dit tout");
    return answers;
}

Case read(Answers const& answers) {
    Case of = cmq::casefile::parse_case(to_case_text(answers, texts(), today), "case.toml");
    cmq::casefile::check_references(of);
    return of;
}

TEST(ToCaseText, HoldsWhatWasAnswered) {
    Case const of = read(full());
    EXPECT_EQ(*of.head.id, "dossier-12");
    EXPECT_EQ(of.head.stage, "comparution-immediate");
    ASSERT_EQ(of.head.held.size(), 1U);
    ASSERT_TRUE(of.population);
    EXPECT_EQ(of.population->checked, 500);
    ASSERT_EQ(of.observations.size(), 4U); // two that glow, one that does not, the code
    EXPECT_EQ(*of.observations[0].zone, "P1.right_hand");
    EXPECT_EQ(*of.observations[0].kind, ObservationKind::detected);
    EXPECT_EQ(of.observations[0].colour, "jaune-vert");
    EXPECT_EQ(of.observations[0].source.page, 3);
    EXPECT_EQ(of.observations[0].source.author, "agent 5");
    EXPECT_EQ(of.observations[0].source.words, "la main droite \"réagit\" aux UV \\");
    EXPECT_EQ(*of.observations[2].zone, "P1.face");
    EXPECT_EQ(*of.observations[2].kind, ObservationKind::not_detected);
    EXPECT_EQ(of.observations[2].source.words, ""); // what is quoted is said of the glow
    EXPECT_EQ(of.observations[3].code, "L-204");
    ASSERT_EQ(of.comparisons.size(), 1U);
}

TEST(ToCaseText, MakesAnAccountThatCanBeWeighed) {
    Translation const translation = to_account(read(full()));
    EXPECT_EQ(translation.findings.size(), 3U);
    EXPECT_EQ(translation.propositions.size(), 2U);
    EXPECT_TRUE(translation.undated.empty());
}

TEST(ToCaseText, SaysThatTheAccountsAreTheProgramsDraft) {
    EXPECT_THAT(read(full()).report.propositions_chosen_by, HasSubstr("projet à revoir"));
    EXPECT_THAT(to_case_text(full(), texts(), today), Not(HasSubstr("supposé)")));
    Answers silent = full();
    set_answer(silent, "delivery", "?");
    EXPECT_THAT(to_case_text(silent, texts(), today), HasSubstr("tir de billes supposé)"));
}

TEST(ToCaseText, KeepsThePersonsAccountOut) {
    EXPECT_THAT(to_case_text(full(), texts(), today), Not(HasSubstr("MARQUE-PLANTEE")));
    EXPECT_THAT(to_counsel_text(full()), HasSubstr("MARQUE-PLANTEE"));
    Answers silent = full();
    set_answer(silent, "account", "?");
    EXPECT_EQ(to_counsel_text(silent), "");
}

TEST(ToCaseText, NeedsNoMoreThanStageAndReference) {
    Answers answers;
    for (auto const& prompt : texts().prompts) {
        set_answer(answers, prompt.id, "?");
    }
    set_answer(answers, "stage", "garde-a-vue");
    set_answer(answers, "reference", "a");
    Case const of = read(answers);
    EXPECT_TRUE(of.observations.empty());
    EXPECT_TRUE(of.comparisons.empty());
    EXPECT_EQ(of.carriers.size(), 2U); // the hands, of which nothing is said
}

TEST(ToCaseText, PutsAContactBetweenDaysInOrder) {
    Answers answers = full();
    set_answer(answers, "marking_time", "2026-10-31 23:50");
    set_answer(answers, "examination_time", "2026-11-02 00:10");
    Case const of = read(answers);
    ASSERT_EQ(of.events.size(), 2U);
    // Half way between minute 1430 of the first day and minute 10 of the third, 2890.
    EXPECT_EQ(of.events[0].at->minutes, 2160.0);
    EXPECT_EQ(of.events[0].at->written, "2026-11-01 12:00");
    EXPECT_NO_THROW((void)to_account(of));
}

TEST(ToCaseText, MakesNoAccountWhereTheOrderCannotBe) {
    Answers answers = full();
    set_answer(answers, "examination_time", "2026-11-14 12:00"); // before the marking
    EXPECT_TRUE(read(answers).comparisons.empty());
    set_answer(answers, "examination_time", "2026-11-14");
    EXPECT_TRUE(read(answers).comparisons.empty());
}

TEST(ToCaseText, IsACaseWhateverTheAnswersAre) {
    std::mt19937 random{11};
    std::string const letters = "0123456789 /:?é\"\\#[]{}=’x,p.";
    for (int turn = 0; turn < 300; ++turn) {
        Answers answers = full();
        for (auto const& prompt : texts().prompts) {
            std::string typed;
            for (auto i = random() % 30; i > 0; --i) {
                typed += letters[random() % letters.size()];
            }
            auto const checked = cmq::casefile::check_answer(prompt, typed, today);
            if (auto const* const text = std::get_if<std::string>(&checked)) {
                set_answer(answers, prompt.id, *text);
            }
        }
        EXPECT_NO_THROW((void)to_account(read(answers))) << to_case_text(answers, texts(), today);
    }
}

} // namespace
