// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note.hpp"

#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>

#include <set>

namespace cmq::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language fr = Language::french;
constexpr Language en = Language::english;

std::string runs_text(Text const& text) {
    std::string result;
    for (Run const& run : text) {
        result += run.text;
    }
    return result;
}

/// The paragraphs of style answer.
std::string answer(Document const& document) {
    std::string result;
    for (Block const& block : document.blocks) {
        auto const* const paragraph = std::get_if<Paragraph>(&block);
        if (paragraph != nullptr && paragraph->style == ParagraphStyle::answer) {
            result += runs_text(paragraph->text) + "\n";
        }
    }
    return result;
}

TEST(MakeNote, HasTheSameBlocksInBothLanguages) {
    for (NoteInput const& input : {fixture::make_input(), fixture::make_small_input()}) {
        Document const french = make_note(input, fr);
        Document const english = make_note(input, en);
        ASSERT_EQ(french.blocks.size(), english.blocks.size());
        for (std::size_t i = 0; i < french.blocks.size(); ++i) {
            ASSERT_EQ(french.blocks[i].index(), english.blocks[i].index()) << i;
            auto const* const a = std::get_if<Heading>(&french.blocks[i]);
            auto const* const b = std::get_if<Heading>(&english.blocks[i]);
            if (a != nullptr) {
                EXPECT_EQ(a->anchor, b->anchor);
                EXPECT_EQ(a->level, b->level);
            }
        }
        EXPECT_EQ(french.banners.size(), english.banners.size());
    }
}

TEST(MakeNote, HasUniqueAnchorsInAscii) {
    Document const note = make_note(fixture::make_input(), fr);
    std::set<std::string> anchors;
    for (Block const& block : note.blocks) {
        if (auto const* const heading = std::get_if<Heading>(&block)) {
            EXPECT_TRUE(anchors.insert(heading->anchor).second) << heading->anchor;
            EXPECT_EQ(heading->anchor.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
                      std::string::npos);
        }
    }
    EXPECT_GE(anchors.size(), 12U);
}

TEST(MakeNote, HasNoEmptyTextAndRectangularTables) {
    for (Language const language : {fr, en}) {
        for (Block const& block : make_note(fixture::make_input(), language).blocks) {
            if (auto const* const paragraph = std::get_if<Paragraph>(&block)) {
                EXPECT_NE(runs_text(paragraph->text), "");
            } else if (auto const* const list = std::get_if<List>(&block)) {
                EXPECT_FALSE(list->items.empty());
                for (Text const& item : list->items) {
                    EXPECT_NE(runs_text(item), "");
                }
            } else if (auto const* const table = std::get_if<TableBlock>(&block)) {
                EXPECT_NE(table->caption, "");
                for (auto const& row : table->rows) {
                    ASSERT_EQ(row.size(), table->columns.size()) << table->caption;
                    for (Text const& cell : row) {
                        EXPECT_NE(runs_text(cell), "") << table->caption;
                    }
                }
            } else if (auto const* const pictures = std::get_if<PictureRow>(&block)) {
                for (Picture const& picture : pictures->pictures) {
                    EXPECT_NE(picture.title, "");
                    EXPECT_NE(picture.caption, "");
                    EXPECT_NE(picture.alt, "");
                    EXPECT_TRUE(picture.scale_bar.has_value());
                }
            } else if (auto const* const chart = std::get_if<Chart>(&block)) {
                EXPECT_NE(chart->title, "");
                EXPECT_NE(chart->caption, "");
                EXPECT_NE(chart->alt, "");
                if (!std::holds_alternative<NetworkChart>(chart->content)) {
                    EXPECT_GE(chart->x_ticks.size(), 2U);
                }
                EXPECT_FALSE(chart->numbers.rows.empty());
            }
        }
    }
}

TEST(MakeNote, SaysTheNumberFirstAndTheConditionInTheSameSentence) {
    NoteInput const input = fixture::make_pair_input(false);
    std::string const text = answer(make_note(input, en));
    EXPECT_EQ(
        text.find("About 30, if the mark is the marker: the findings are then about 30 times more "
                  "probable if Hp is true than if Hd is true."),
        0U)
        << text;
    EXPECT_THAT(text,
                HasSubstr("from a factor of 3 in favour of Hd to more than 100 in favour of Hp"));
}

TEST(MakeNote, SaysTheSameWhenTheSidesAreSwapped) {
    for (Language const language : {fr, en}) {
        Document const one = make_note(fixture::make_pair_input(false), language);
        Document const other = make_note(fixture::make_pair_input(true), language);
        EXPECT_EQ(answer(one), answer(other));
        ASSERT_EQ(one.blocks.size(), other.blocks.size());
        for (std::size_t i = 0; i < one.blocks.size(); ++i) {
            auto const* const a = std::get_if<Chart>(&one.blocks[i]);
            auto const* const b = std::get_if<Chart>(&other.blocks[i]);
            ASSERT_EQ(a == nullptr, b == nullptr);
            auto const* const range = a == nullptr ? nullptr : std::get_if<RangeChart>(&a->content);
            if (range != nullptr && range->log10_open == 0.0) { // of colours: no sides
                auto const& mirrored = std::get<RangeChart>(b->content);
                EXPECT_DOUBLE_EQ(range->rows[0].log10_value, -mirrored.rows[0].log10_value);
                EXPECT_DOUBLE_EQ(range->rows[0].log10_low, -mirrored.rows[0].log10_high);
                EXPECT_EQ(range->left_label, mirrored.right_label);
                EXPECT_EQ(range->rows[0].text, "30");
                EXPECT_EQ(mirrored.rows[0].text, "1/30");
            }
        }
    }
}

TEST(MakeNote, GivesNoNumberWhereTheEvaluationHasNone) {
    Document const note = make_note(fixture::make_small_input(), en);
    EXPECT_THAT(answer(note),
                HasSubstr("No number is given for Hd and Hp: the error of the calculation"));
    EXPECT_THAT(fixture::all_text(note), Not(HasSubstr("times more probable")));
}

TEST(MakeNote, SaysMoreThanAtTheCap) {
    std::string const text = answer(make_note(fixture::make_input(), en));
    EXPECT_THAT(text,
                HasSubstr("More than 100: the findings are more than 100 times more probable"));
}

TEST(MakeNote, UsesWordsOnlyWhereTheEvaluationAllowsThem) {
    NoteInput input = fixture::make_pair_input(false);
    EXPECT_THAT(fixture::all_text(make_note(input, en)), Not(HasSubstr("moderate support")));
    input.evaluations[0].printed.words_allowed = true;
    EXPECT_THAT(fixture::all_text(make_note(input, en)),
                HasSubstr("moderate support for Hp over Hd"));
    EXPECT_THAT(fixture::all_text(make_note(input, fr)), HasSubstr("soutien modéré"));
}

TEST(MakeNote, ShowsBannersForDemonstrationAndForALackOfAuthorOrReviewer) {
    NoteInput input = fixture::make_input();
    Document note = make_note(input, fr);
    ASSERT_EQ(note.banners.size(), 2U);
    EXPECT_THAT(note.banners[0], HasSubstr("DÉMONSTRATION"));
    EXPECT_EQ(note.banners[1], "Calcul non relu par un scientifique");
    input.file.demonstration = false;
    input.file.report.author = "expert 1";
    note = make_note(input, fr);
    ASSERT_EQ(note.banners.size(), 1U);
    EXPECT_THAT(note.banners[0], HasSubstr("second scientifique"));
    input.file.report.reviewer = "expert 2";
    EXPECT_TRUE(make_note(input, fr).banners.empty());
}

TEST(MakeNote, ShowsOnEachPageThatNobodyChoseTheProgramsDraft) {
    NoteInput input = fixture::make_input();
    input.file.report.propositions_chosen_by =
        "Contremarque (projet à revoir)"; // as requests writes
    Document const note = make_note(input, fr);
    ASSERT_EQ(note.banners.size(), 3U);
    EXPECT_THAT(note.banners[1], HasSubstr("que personne n’a choisies"));
    input.file.report.propositions_chosen_by = "Maître D1";
    EXPECT_EQ(make_note(input, fr).banners.size(), 2U);
}

TEST(MakeNote, SaysWhoChoseThePropositionsAndWhetherResultsWereKnown) {
    NoteInput input = fixture::make_input();
    EXPECT_THAT(fixture::all_text(make_note(input, en)), HasSubstr("author and date not stated"));
    input.file.report.propositions_chosen_by = "counsel";
    EXPECT_THAT(fixture::all_text(make_note(input, en)), HasSubstr("by counsel, date not stated"));
    input.file.report.propositions_chosen_on = "2026-10-01";
    input.file.report.results_known_before = true;
    EXPECT_THAT(fixture::all_text(make_note(input, en)),
                HasSubstr("by counsel, on 1\u00A0October\u00A02026"));
    EXPECT_THAT(fixture::all_text(make_note(input, en)), HasSubstr("written after the results"));
}

TEST(MakeNote, AsksOneQuestionForAllPairs) {
    EXPECT_THAT(fixture::all_text(make_note(fixture::make_input(), en)),
                HasSubstr("decide between Hp and Hd, and between Hp and Hn?"));
}

// The cap without a validation set is 100 (DESIGN 5.1); ranges are given as decimal logarithms.
TEST(MakeNote, CapsTheSensitivityRangeInWords) {
    struct Row {
        double low;
        double high;
        char const* french;
        char const* english;
    };

    // clang-format off
    for (Row const& row : {
             Row{-2.3, 3.3, "de plus de 100 en faveur de Hd à plus de 100 en faveur de Hp",
                 "from more than 100 in favour of Hd to more than 100 in favour of Hp"},
             Row{-0.4, 3.3, "d’un facteur 3 en faveur de Hd à plus de 100 en faveur de Hp",
                 "from a factor of 3 in favour of Hd to more than 100 in favour of Hp"},
             Row{-3.3, 0.4, "de plus de 100 en faveur de Hd à un facteur 3 en faveur de Hp",
                 "from more than 100 in favour of Hd to a factor of 3 in favour of Hp"},
             Row{0.7, 3.3, "ce nombre va de 5 à plus de 100, toujours en faveur de Hp",
                 "ranges from 5 to more than 100, always in favour of Hp"},
             Row{-0.7, -0.5, "ce nombre va de 5 à 3, toujours en faveur de Hd",
                 "ranges from 5 to 3, always in favour of Hd"},
             Row{0.0, 0.7, "va de 1 à un facteur 5 en faveur de Hp",
                 "ranges from 1 to a factor of 5 in favour of Hp"},
             Row{2.3, 3.3, "ce nombre reste supérieur à 100 en faveur de Hp",
                 "this number stays above 100 in favour of Hp"}}) {
        // clang-format on
        NoteInput input = fixture::make_pair_input(false);
        input.evaluations[0].sensitivity = lab::Sensitivity{row.low, row.low, row.high};
        for (Language const language : {fr, en}) {
            std::string const text = answer(make_note(input, language));
            EXPECT_THAT(text, HasSubstr(language == fr ? row.french : row.english));
            EXPECT_THAT(text, Not(HasSubstr("000")));
            EXPECT_THAT(text, Not(HasSubstr("200")));
        }
    }
}

TEST(MakeNote, SaysThatNothingSupportsARangeBeyondTheCap) {
    NoteInput input = fixture::make_pair_input(false);
    input.evaluations[0].sensitivity = lab::Sensitivity{-1.9, 0.5, 1.9};
    EXPECT_THAT(answer(make_note(input, fr)), Not(HasSubstr("Au-delà")));
    input.evaluations[0].sensitivity = lab::Sensitivity{-2.1, 0.5, 1.9};
    EXPECT_THAT(answer(make_note(input, fr)),
                HasSubstr("Au-delà de 100, aucune validation sur ce produit n’étaie un nombre."));
    EXPECT_THAT(answer(make_note(input, en)),
                HasSubstr("Beyond 100, no validation on this product supports a number."));
    // and below the chart that draws the range
    EXPECT_THAT(fixture::all_text(make_note(input, fr)),
                HasSubstr("le tracé montre le calcul\u202F; aucune validation ne l’étaie"));
}

TEST(MakeNote, TellsConditionsAndSourcesInItsOwnLanguage) {
    NoteInput const input = fixture::make_input();
    std::string const french = fixture::all_text(make_note(input, fr));
    EXPECT_THAT(french, HasSubstr("Circonstances de dry.tau_min. Origine de dry.tau_min\n"));
    EXPECT_THAT(french, Not(HasSubstr("onditions of")));
    EXPECT_THAT(french, Not(HasSubstr("ource of")));
    std::string const english = fixture::all_text(make_note(input, en));
    EXPECT_THAT(english, HasSubstr("Conditions of dry.tau_min. Source of dry.tau_min\n"));
    EXPECT_THAT(english, Not(HasSubstr("irconstances")));
}

TEST(MakeNote, HasItsTitleInItsOwnLanguage) {
    NoteInput input = fixture::make_input();
    input.file.head.title = {"Affaire de la rue", "The street case"};
    EXPECT_EQ(make_note(input, fr).subtitle, "Affaire de la rue");
    EXPECT_EQ(make_note(input, en).subtitle, "The street case");
    EXPECT_THAT(make_note(input, en).subject, HasSubstr("The street case"));
}

TEST(MakeNote, IsAnExpertReportOnlyForACourt) {
    NoteInput input = fixture::make_input();
    EXPECT_EQ(make_note(input, fr).title, "Note technique");
    input.file.report.role = casefile::ReportRole::laboratory;
    EXPECT_THAT(fixture::all_text(make_note(input, fr)), Not(HasSubstr("apport d’expertise")));
    input.file.report.role = casefile::ReportRole::court;
    EXPECT_EQ(make_note(input, fr).title, "Rapport d’expertise");
}

TEST(MakeNote, LeavesOutPropositionsThatAreNotCompared) {
    for (Language const language : {fr, en}) {
        EXPECT_THAT(fixture::all_text(make_note(fixture::make_input(), language)),
                    Not(HasSubstr("never compared")));
        EXPECT_THAT(fixture::all_text(make_note(fixture::make_input(), language)),
                    Not(HasSubstr("jamais comparée")));
    }
}

TEST(MakeNote, ShowsTheUntouchedPictureBesideTheMarkedOne) {
    Document const note = make_note(fixture::make_input(), fr);
    std::size_t pairs = 0;
    for (Block const& block : note.blocks) {
        auto const* const row = std::get_if<PictureRow>(&block);
        if (row == nullptr || row->pictures.size() != 2 || row->pictures[1].marks.empty()) {
            continue;
        }
        ++pairs;
        EXPECT_TRUE(row->pictures[0].marks.empty());
        EXPECT_EQ(row->pictures[0].pixels.rgb, row->pictures[1].pixels.rgb);
    }
    EXPECT_EQ(pairs, 2U); // the whole picture and the detail
}

TEST(MakeNote, PutsMarksOnlyWhereThePictureShowsTheTrace) {
    Document const note = make_note(fixture::make_input(), fr);
    std::vector<std::size_t> marks;
    for (Block const& block : note.blocks) {
        if (auto const* const row = std::get_if<PictureRow>(&block)) {
            if (row->pictures.size() == 2 && !row->pictures[1].marks.empty()) {
                marks.push_back(row->pictures[1].marks.size());
            }
        }
    }
    // Both traces on the whole picture; trace 2 at (60, 40) lies outside the detail from (100, 60).
    EXPECT_EQ(marks, (std::vector<std::size_t>{2, 1}));
}

TEST(MakeNote, SaysThatTheCriticalValueCannotBeGivenWithOneBlank) {
    NoteInput input = fixture::make_input();
    input.blanks[0].captures.pop_back();
    input.blanks[0].totals_dn.pop_back();
    input.blanks[0].sd_dn.reset();
    input.blanks[0].critical_dn.reset();
    EXPECT_THAT(fixture::all_text(make_note(input, en)), HasSubstr("cannot be given"));
}

TEST(MakeNote, TakesTheTotalOfTheFindingWhereTheBlanksDoNotSayIt) {
    NoteInput input = fixture::make_input();
    input.blanks[0].evidence_total_dn.reset(); // the finding's 24 401.5 against 2 446.2
    EXPECT_THAT(fixture::all_text(make_note(input, en)), HasSubstr("exceeds the critical value"));
    input.findings[0].total_dn = 2446.2; // as much as the critical value is not more than it
    EXPECT_THAT(fixture::all_text(make_note(input, en)),
                HasSubstr("does not exceed the critical value"));
    input.findings[0].total_dn.reset();
    EXPECT_THAT(fixture::all_text(make_note(input, en)),
                Not(HasSubstr("exceed the critical value")));
}

TEST(MakeNote, CountsGradesInItsSentence) {
    EXPECT_THAT(fixture::all_text(make_note(fixture::make_input(), en)),
                HasSubstr("Parameters used: 3. None was measured on the French marker. Measured on "
                          "another material: 1; expert judgement: 2."));
    NoteInput input = fixture::make_pair_input(false);
    input.evaluations[0].parameters[0].grade = lab::Grade::measured_on_product;
    EXPECT_THAT(fixture::all_text(make_note(input, en)),
                HasSubstr("Measured on the marker in question: 1; on another material: 1;"));
}

TEST(MakeNote, KeepsHashesAndCommandsInMono) {
    Document const note = make_note(fixture::make_input(), fr);
    std::size_t hashes = 0;
    for (Block const& block : note.blocks) {
        if (auto const* const table = std::get_if<TableBlock>(&block)) {
            for (auto const& row : table->rows) {
                for (Text const& cell : row) {
                    for (report::Run const& run : cell) {
                        hashes += run.text.size() == 64 && run.style == TextStyle::mono ? 1U : 0U;
                    }
                }
            }
        }
    }
    EXPECT_EQ(hashes, 4U); // the case file and three captures
}

TEST(ToNoteCapture, CopiesWhatTheReaderSaid) {
    capture::Capture read;
    read.sha256 = std::string(64, 'f');
    read.frame.shape = {10, 20};
    read.metadata.model = "X";
    NoteCapture const capture = to_note_capture("c7", read);
    EXPECT_EQ(capture.id, "c7");
    EXPECT_EQ(capture.sha256, read.sha256);
    EXPECT_EQ(capture.shape, (Shape{10, 20}));
    EXPECT_EQ(capture.metadata.model, "X");
}

} // namespace
} // namespace cmq::report
