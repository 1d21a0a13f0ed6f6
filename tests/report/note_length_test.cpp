// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The three lengths of a note: summary, report, annex.

#include "report/facts.hpp"
#include "report/note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace cmq::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr Language fr = Language::french;
constexpr Language en = Language::english;

Document summary(NoteInput const& input, Language language) {
    return make_note(input, language, {.length = Length::summary, .attached = false});
}

std::string first_text(Document const& document) {
    return std::get<Paragraph>(document.blocks.front()).text.front().text;
}

std::size_t sentences(std::string const& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1)) {
        ++count;
    }
    return count + (text.back() == '.' ? 1U : 0U);
}

template <class Kind>
std::size_t count_blocks(Document const& document) {
    std::size_t count = 0;
    for (Block const& block : document.blocks) {
        count += std::holds_alternative<Kind>(block) ? 1U : 0U;
    }
    return count;
}

TEST(NoteLengths, BeginWithTheAnswerInOneSentence) {
    for (NoteInput const& input :
         {fixture::make_input(), fixture::make_small_input(), fixture::make_pair_input(false)}) {
        for (Language const language : {fr, en}) {
            for (Length const length : {Length::summary, Length::report, Length::annex}) {
                std::string const text = first_text(make_note(input, language, {.length = length}));
                EXPECT_EQ(sentences(text), 1U) << text;
            }
        }
    }
    EXPECT_EQ(first_text(summary(fixture::make_pair_input(false), en)),
              "If the mark is the marker, the findings are about 30 times more probable if Hp is "
              "true than if Hd is true.");
    EXPECT_EQ(first_text(summary(fixture::make_pair_input(false), fr)),
              "Si la trace est bien le produit de marquage, les observations sont environ 30 fois "
              "plus probables si Hp est vraie que si Hd est vraie.");
}

TEST(NoteLengths, SayTheSameFirstSentenceWhenTheSidesAreSwapped) {
    for (Language const language : {fr, en}) {
        EXPECT_EQ(first_text(summary(fixture::make_pair_input(false), language)),
                  first_text(summary(fixture::make_pair_input(true), language)));
    }
}

TEST(NoteLengths, GiveNoNumberInTheFirstSentenceWhereTheEvaluationHasNone) {
    EXPECT_EQ(first_text(summary(fixture::make_small_input(), en)),
              "No number is given for Hd and Hp.");
    NoteInput input = fixture::make_small_input();
    input.evaluations.clear();
    EXPECT_THAT(first_text(summary(input, en)), StartsWith("No number is given: the case puts"));
}

TEST(NoteLengths, KeepTheSummaryToOnePageOfWords) {
    Document const note = summary(fixture::make_input(), en);
    EXPECT_EQ(note.most_pages, 1U);
    EXPECT_THAT(note.title, HasSubstr("summary"));
    EXPECT_EQ(count_blocks<Chart>(note) + count_blocks<PictureRow>(note), 0U);
    EXPECT_LT(fixture::all_text(note).size(), 5500U);
    EXPECT_THAT(fixture::all_text(note), HasSubstr("does not replace the technical note"));
    EXPECT_THAT(fixture::all_text(note), HasSubstr("Hp and Hd: depending on the values"));
}

// A case whose words would fill pages still fits: the summary cuts them at a word, and says so by an ellipsis.
TEST(NoteLengths, CutLongWordsOfACaseInTheSummary) {
    NoteInput input = fixture::make_input();
    std::string words;
    for (int i = 0; i < 500; ++i) {
        words += "été ";
    }
    for (auto& each : input.file.propositions) {
        each.text = {.fr = words, .en = words};
    }
    input.file.report.author = words;
    std::string const text = fixture::all_text(summary(input, fr));
    EXPECT_LT(text.size(), 6500U);
    EXPECT_THAT(text, HasSubstr("été…"));
    EXPECT_THAT(text, Not(HasSubstr("\xC3…"))); // not within a character
}

TEST(NoteLengths, TellTheReadingsInTheSummaryByZone) {
    NoteInput input = fixture::make_readings_input();
    std::string const text = fixture::all_text(summary(input, en));
    EXPECT_THAT(text,
                HasSubstr(zone_label(input.file, *input.file.readings[0].zone, en) +
                          ", code read: match with lot"));
    EXPECT_THAT(text, HasSubstr("raw data not seen"));
    EXPECT_THAT(text, HasSubstr("weighed with the zone"));
    for (int i = 0; i < 4; ++i) { // six in all: two are told
        input.file.readings.push_back(input.file.readings[0]);
        input.readings.readings.push_back(input.readings.readings[0]);
    }
    EXPECT_THAT(fixture::all_text(summary(input, en)), HasSubstr("and 4 more: see the note"));
    EXPECT_THAT(fixture::all_text(summary(input, fr)), HasSubstr("code lu\u00A0: concordance"));
    EXPECT_THAT(fixture::all_text(summary(fixture::make_input(), en)), Not(HasSubstr("code read")));
}

TEST(NoteLengths, HaveOneModel) {
    NoteInput const input = fixture::make_input();
    for (Language const language : {fr, en}) {
        Document const report = make_note(input, language);
        Document const annex = make_note(input, language, {.length = Length::annex});
        std::string const all = fixture::all_text(annex);
        for (Block const& block : report.blocks) {
            if (auto const* const paragraph = std::get_if<Paragraph>(&block)) {
                EXPECT_THAT(all, HasSubstr(paragraph->text.front().text));
            }
        }
        EXPECT_GE(annex.blocks.size(), report.blocks.size());
        EXPECT_EQ(report.most_pages, 0U);
    }
}

TEST(NoteLengths, PrintEveryTraceAndTheNumbersOfChartsInTheAnnex) {
    NoteInput input = fixture::make_input();
    auto& traces = input.detections.front().detection.traces;
    ASSERT_FALSE(traces.empty());
    while (traces.size() < 40) {
        traces.push_back(traces.front());
        traces.back().id = static_cast<int>(traces.size());
    }
    std::size_t longest = 0;
    std::size_t shown = 0;
    for (Block const& block : make_note(input, en, {.length = Length::annex}).blocks) {
        if (auto const* const table = std::get_if<TableBlock>(&block)) {
            longest = std::max(longest, table->rows.size());
        } else if (auto const* const chart = std::get_if<Chart>(&block)) {
            shown += chart->show_numbers ? 1U : 0U;
        }
    }
    EXPECT_EQ(longest, 40U);
    EXPECT_GT(shown, 0U);
    std::string const annex = fixture::all_text(make_note(input, en, {.length = Length::annex}));
    EXPECT_THAT(annex, HasSubstr("moderately strong support"));
    EXPECT_THAT(annex, HasSubstr("more than 1,000,000"));
    EXPECT_THAT(annex, HasSubstr("A value on an edge belongs to the lower degree"));
}

TEST(NoteLengths, SayWhatWasNotExamined) {
    for (Language const language : {fr, en}) {
        Document const note = make_note(fixture::make_small_input(), language);
        std::string const text = fixture::all_text(note);
        EXPECT_THAT(
            text,
            HasSubstr(language == fr ? "Ce qui n’a pas été examiné" : "What was not examined"));
        EXPECT_THAT(text, HasSubstr(language == fr ? "ADN, fibres" : "DNA, fibres"));
    }
}

TEST(NoteLengths, ExplainTheirWords) {
    for (Language const language : {fr, en}) {
        std::string const text = fixture::all_text(make_note(fixture::make_input(), language));
        EXPECT_THAT(text,
                    HasSubstr(language == fr ? "sophisme du procureur" : "prosecutor’s fallacy"));
    }
}

} // namespace
} // namespace cmq::report
