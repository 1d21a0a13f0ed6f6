// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/answers.hpp"

#include "casefile/toml_node.hpp"
#include "casefile/toml_text.hpp"
#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <variant>

namespace {

using namespace cmq::casefile;
using cmq::Error;
using cmq::ErrorKind;
using cmq::Sentence;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view today = "2026-11-21";

Prompt const& prompt(std::string_view id) {
    static RequestTexts const texts = read_request_texts();
    auto const found = std::ranges::find(texts.prompts, id, &Prompt::id);
    EXPECT_NE(found, texts.prompts.end());
    return *found;
}

/// The kept form, or "refused".
std::string kept(std::string_view id, std::string_view typed) {
    auto const checked = check_answer(prompt(id), typed, today);
    return std::holds_alternative<std::string>(checked) ? std::get<std::string>(checked)
                                                        : "refused";
}

TEST(CheckAnswer, TakesChoicesByNumberOrWord) {
    EXPECT_EQ(kept("stage", "2"), "comparution-immediate");
    EXPECT_EQ(kept("stage", " instruction "), "instruction");
    EXPECT_EQ(kept("stage", "7"), "refused");
    EXPECT_EQ(kept("stage", "0"), "refused");
    EXPECT_EQ(kept("stage", "2 3"), "refused");
    EXPECT_EQ(kept("laboratory", "4 L-204"), "code_read L-204");
    EXPECT_EQ(kept("zones_glow", "1, 3;1"), "right_hand face");
    EXPECT_EQ(kept("zones_glow", "1 13"), "refused");
    EXPECT_EQ(kept("held", "0"), "none");
    EXPECT_THAT(words_of("none"), testing::IsEmpty());
    EXPECT_THAT(words_of("right_hand face"), ElementsAre("right_hand", "face"));
}

TEST(CheckAnswer, AsksAgainWhereNothingIsTyped) {
    for (std::string_view const blank : {"", "   ", "\t", "\u00A0"}) {
        EXPECT_EQ(kept("stage", blank), "refused");
        EXPECT_EQ(kept("words", blank), "refused");
    }
    EXPECT_EQ(kept("stage", "?"), "refused"); // without a stage there is nothing to ask for
    EXPECT_EQ(kept("words", "?"), "?");
}

TEST(CheckAnswer, ReadsDaysAndTimesAsTheyAreWritten) {
    EXPECT_EQ(kept("marking_time", "14/11/2026 12:40"), "2026-11-14 12:40");
    EXPECT_EQ(kept("marking_time", "14/11/2026 à 9h05"), "2026-11-14 09:05");
    EXPECT_EQ(kept("marking_time", "14.11.2026 17 h"), "2026-11-14 17:00");
    EXPECT_EQ(kept("marking_time", "4/1/2026"), "2026-01-04");
    EXPECT_EQ(kept("marking_time", "2026-11-14 12:40"), "2026-11-14 12:40");
}

TEST(CheckAnswer, RefusesAbsurdDays) {
    for (std::string_view const typed : {"31/02/2026",
                                         "32/01/2026",
                                         "14/13/2026",
                                         "22/11/2026",
                                         "14/11/1887",
                                         "14/11/26",
                                         "14/11/2026 24:00",
                                         "14/11/2026 12:60",
                                         "hier",
                                         "14/11/2026 12:40:00:00",
                                         "99999999999999"}) {
        EXPECT_EQ(kept("marking_time", typed), "refused") << typed;
    }
    EXPECT_EQ(kept("marking_time", "21/11/2026"), "2026-11-21"); // today is not to come
}

TEST(CheckAnswer, RefusesNumbersOfPeopleThatCannotBe) {
    EXPECT_EQ(kept("people", "500 7"), "500 7");
    EXPECT_EQ(kept("people", "500, 7"), "500 7");
    EXPECT_EQ(kept("people", "7 7"), "7 7");
    for (std::string_view const typed :
         {"7 500", "500", "0 0", "500 -1", "500 7 3", "cinq cents 7", "5000000000 1", "1e3 1"}) {
        EXPECT_EQ(kept("people", typed), "refused") << typed;
    }
}

TEST(CheckAnswer, KeepsAccentsAndRefusesControlCharactersAndWhatIsTooLong) {
    EXPECT_EQ(kept("words", "« réagit aux UV », dit l’agent n° 5 – œuvre"),
              "« réagit aux UV », dit l’agent n° 5 – œuvre");
    EXPECT_EQ(kept("words", "a\x1b[31mb"), "refused");
    EXPECT_EQ(kept("words", std::string{"a\0b", 3}), "refused");
    EXPECT_EQ(kept("words", "a\x7f"), "refused");
    EXPECT_EQ(kept("words", "a\xc2\x85"), "refused"); // U+0085, a control
    EXPECT_EQ(kept("words", "\xff\xfe"), "refused");
    EXPECT_EQ(kept("words", "\xc0\xaf"), "refused"); // overlong
    EXPECT_EQ(kept("words", std::string(1000, 'x')), std::string(1000, 'x'));
    EXPECT_EQ(kept("words", std::string(1001, 'x')), "refused");
    EXPECT_EQ(kept("words", std::string(10000, 'x')), "refused");
    std::string accents; // characters count, not bytes
    for (int i = 0; i < 1000; ++i) {
        accents += "é";
    }
    EXPECT_EQ(kept("words", accents), accents);
}

TEST(CheckAnswer, SaysInBothLanguagesWhatToTypeInstead) {
    auto const checked = check_answer(prompt("words"), std::string(1001, 'x'), today);
    auto const& wrong = std::get<Sentence>(checked);
    EXPECT_THAT(wrong.english(), HasSubstr("at most 1000 characters, the answer has 1001"));
    EXPECT_THAT(wrong.french(), HasSubstr("au plus 1000 caractères"));
}

TEST(CheckAnswer, LetsKeptAnswersPassUnchangedWhateverWasTyped) {
    std::mt19937 random{7};
    RequestTexts const texts = read_request_texts();
    std::string const letters = "0123456789 /:-?,;hà.éx<\"\\\x01";
    for (int turn = 0; turn < 20000; ++turn) {
        std::string typed;
        for (auto i = random() % 20; i > 0; --i) {
            typed += letters[random() % letters.size()];
        }
        Prompt const& asked = texts.prompts[random() % texts.prompts.size()];
        auto const once = check_answer(asked, typed, today);
        if (auto const* const text = std::get_if<std::string>(&once)) {
            auto const twice = check_answer(asked, *text, today);
            ASSERT_TRUE(std::holds_alternative<std::string>(twice)) << asked.id << ": " << typed;
            EXPECT_EQ(std::get<std::string>(twice), *text) << asked.id << ": " << typed;
        }
    }
}

TEST(ToDocument, FindsPageAndAuthor) {
    NamedDocument const named = to_document("PV d’interpellation n° 12, page 3, agent 5");
    EXPECT_EQ(named.document, "PV d’interpellation n° 12");
    EXPECT_EQ(named.page, 3);
    EXPECT_EQ(named.author, "agent 5");
    EXPECT_EQ(to_document("PV 12 p. 3").page, 3);
    EXPECT_EQ(to_document("PV 12").page, std::nullopt);
    EXPECT_EQ(to_document("PV 12").document, "PV 12");
    EXPECT_EQ(to_document("PV 12, page 0").page, std::nullopt);
}

TEST(DayAfter, CountsOverMonthsAndLeapYears) {
    EXPECT_EQ(day_after("2026-11-30", 1), "2026-12-01");
    EXPECT_EQ(day_after("2028-02-28", 1), "2028-02-29");
    EXPECT_EQ(day_after("2026-11-14", 0), "2026-11-14");
    EXPECT_EQ(days_between("2026-11-14", "2027-11-14"), 365);
}

TEST(Answers, ComeBackFromTheirFile) {
    RequestTexts const texts = read_request_texts();
    Answers answers;
    set_answer(answers, "stage", "audience");
    set_answer(answers, "words", "« réagit » \"aux\" \\UV");
    set_answer(answers, "people", "?");
    set_answer(answers, "stage", "instruction");
    Answers const read = parse_answers(to_toml(answers), "answers.toml", texts, today);
    EXPECT_EQ(answer_to(read, "stage"), "instruction");
    EXPECT_EQ(answer_to(read, "words"), "« réagit » \"aux\" \\UV");
    EXPECT_EQ(answer_to(read, "people"), "?");
    EXPECT_EQ(known_answer(read, "people"), std::nullopt);
    EXPECT_EQ(answer_to(read, "lamp"), std::nullopt);
}

std::string message_of(std::string const& text) {
    try {
        (void)parse_answers(text, "answers.toml", read_request_texts(), today);
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        return error.what();
    }
    return "no error";
}

TEST(Answers, AreRefusedWithTheirLine) {
    EXPECT_THAT(message_of("schema = 1\n"), HasSubstr("the table [answer] is missing"));
    EXPECT_THAT(
        message_of("[answer]\nstgae = \"x\"\n"),
        HasSubstr("line 2, key answer.stgae: no question has this name; did you mean \"stage\"?"));
    EXPECT_THAT(message_of("[answer]\nstage = \"appel\"\n"), HasSubstr("line 2, key answer.stage"));
    EXPECT_THAT(message_of("[answer]\nstage = 2\n"),
                HasSubstr("expected a text in quotes, found 2"));
}

TEST(ToTomlText, ComesBackAsTheSameBytes) {
    std::string all;
    for (int c = 1; c < 0x80; ++c) {
        all += static_cast<char>(c);
    }
    all += "é’œ\u202F€";
    Node const top = parse_toml("a = " + to_toml_text(all) + "\n", "t.toml");
    ASSERT_NE(top.find("a"), nullptr);
    EXPECT_EQ(top.find("a")->text, all);
}

} // namespace
