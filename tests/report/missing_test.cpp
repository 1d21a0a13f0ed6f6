// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing.hpp"

#include "report/missing_effects.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <string>

namespace cmq::report {
namespace {

using ::testing::ElementsAre;

bool lacks(NoteInput const& input, MissingItem item) {
    std::vector<Missing> const list = find_missing(input);
    return std::any_of(
        list.begin(), list.end(), [&](Missing const& each) { return each.item == item; });
}

template <class T>
casefile::Placed<T> placed(T value) {
    return {std::move(value), {}};
}

TEST(FindMissing, AsksForBlanksBelowTwo) {
    NoteInput input = fixture::make_input();
    EXPECT_FALSE(lacks(input, MissingItem::blanks));
    input.file.captures.pop_back();
    EXPECT_TRUE(lacks(input, MissingItem::blanks));
}

TEST(FindMissing, AsksForEachRoleThatNoCaptureHas) {
    NoteInput input = fixture::make_input();

    struct Pair {
        casefile::CaptureRole role;
        MissingItem item;
    };

    for (Pair const pair : {Pair{casefile::CaptureRole::dark, MissingItem::dark_frame},
                            Pair{casefile::CaptureRole::ambient, MissingItem::ambient},
                            Pair{casefile::CaptureRole::visible, MissingItem::visible}}) {
        EXPECT_TRUE(lacks(input, pair.item)) << to_text(pair.item);
        casefile::Capture capture;
        capture.id = placed(std::string{"x"});
        capture.role = placed(pair.role);
        input.file.captures.push_back(capture);
        EXPECT_FALSE(lacks(input, pair.item)) << to_text(pair.item);
    }
}

TEST(FindMissing, AsksForNoLampWhereMarksTakeLightAway) {
    NoteInput input = fixture::make_input();
    input.file.captures[0].lamp_nm.reset();
    ASSERT_TRUE(lacks(input, MissingItem::lamp));
    for (casefile::Capture& capture : input.file.captures) {
        capture.marks = placed(casefile::Marks::darker);
    }
    for (MissingItem const item : {MissingItem::lamp, MissingItem::ambient, MissingItem::visible}) {
        EXPECT_FALSE(lacks(input, item)) << to_text(item);
    }
    EXPECT_TRUE(lacks(input, MissingItem::dark_frame));
}

TEST(FindMissing, TakesOnlyTheMarkerAsReferenceOfTheLot) {
    NoteInput input = fixture::make_input();
    casefile::Capture reference;
    reference.id = placed(std::string{"r1"});
    reference.role = placed(casefile::CaptureRole::reference);
    reference.material = "highlighter";
    input.file.captures.push_back(reference);
    EXPECT_TRUE(lacks(input, MissingItem::lot_reference));
    input.file.captures.back().material = "marker";
    EXPECT_FALSE(lacks(input, MissingItem::lot_reference));
}

TEST(FindMissing, NamesTheCapturesWithoutLampFilterOrScale) {
    NoteInput input = fixture::make_input();
    EXPECT_FALSE(lacks(input, MissingItem::lamp));
    input.file.captures[0].lamp_nm.reset();
    input.file.captures[0].filter.clear();
    input.file.captures[0].mm_per_photosite.reset();
    std::vector<Missing> const list = find_missing(input);
    for (MissingItem const item : {MissingItem::lamp, MissingItem::filter, MissingItem::scale}) {
        auto const found = std::find_if(
            list.begin(), list.end(), [&](Missing const& each) { return each.item == item; });
        ASSERT_NE(found, list.end()) << to_text(item);
        EXPECT_THAT(found->details, ElementsAre("c1"));
    }
}

TEST(FindMissing, AsksForPicturesWhereThereAreNone) {
    NoteInput const input = fixture::make_small_input();
    EXPECT_TRUE(lacks(input, MissingItem::raw_files));
    EXPECT_TRUE(lacks(input, MissingItem::lamp));
    EXPECT_TRUE(lacks(input, MissingItem::population));
    EXPECT_FALSE(lacks(fixture::make_input(), MissingItem::raw_files));
    EXPECT_FALSE(lacks(fixture::make_input(), MissingItem::population));
}

TEST(FindMissing, AsksForNoCompanionOfAPictureThatDoesNotExist) {
    NoteInput const input = fixture::make_small_input();
    for (MissingItem const item : {MissingItem::dark_frame,
                                   MissingItem::ambient,
                                   MissingItem::visible,
                                   MissingItem::scale}) {
        EXPECT_FALSE(lacks(input, item)) << to_text(item);
    }
}

TEST(FindMissing, TakesLampAndFilterFromTheDocumentsWhereThereIsNoPicture) {
    NoteInput input = fixture::make_small_input();
    casefile::Observation seen;
    seen.kind = placed(casefile::ObservationKind::detected);
    seen.lamp_nm = 365.0;
    seen.distance_cm = 30.0;
    seen.room = casefile::Room::dark;
    seen.filter = "lunettes jaunes";
    input.file.observations = {seen};
    EXPECT_FALSE(lacks(input, MissingItem::lamp));
    EXPECT_FALSE(lacks(input, MissingItem::filter));
    seen.room.reset();
    seen.filter.clear();
    input.file.observations.push_back(seen);
    EXPECT_TRUE(lacks(input, MissingItem::lamp));
    EXPECT_TRUE(lacks(input, MissingItem::filter));
}

TEST(FindMissing, AsksForNoPaperThatTheCaseNamesAsHeld) {
    NoteInput input = fixture::make_small_input();
    for (MissingItem const item : {MissingItem::who_fired, MissingItem::lot_register}) {
        EXPECT_TRUE(lacks(input, item)) << to_text(item);
    }
    input.file.head.held = {placed(std::string{"who_did_what"}),
                            placed(std::string{"lot_register"}),
                            placed(std::string{"lamp_and_filter"})};
    for (MissingItem const item : {MissingItem::who_fired,
                                   MissingItem::lot_register,
                                   MissingItem::lamp,
                                   MissingItem::filter}) {
        EXPECT_FALSE(lacks(input, item)) << to_text(item);
    }
    EXPECT_TRUE(lacks(input, MissingItem::raw_files));
}

TEST(FindMissing, AsksForTheGloveLogUntilAChangeIsInTheCase) {
    NoteInput input = fixture::make_input();
    EXPECT_TRUE(lacks(input, MissingItem::glove_log));
    input.file.events[0].kind = placed(casefile::EventKind::glove_change);
    EXPECT_FALSE(lacks(input, MissingItem::glove_log));
}

TEST(FindMissing, AsksForProductDataUntilAllParametersAreMeasuredOnIt) {
    NoteInput input = fixture::make_input();
    EXPECT_TRUE(lacks(input, MissingItem::product_data));
    for (lab::Evaluation& evaluation : input.evaluations) {
        for (lab::Parameter& parameter : evaluation.parameters) {
            parameter.grade = lab::Grade::measured_on_product;
        }
    }
    EXPECT_FALSE(lacks(input, MissingItem::product_data));
}

TEST(FindMissing, AsksForTheRecordOfPropositionsUnlessTheyCameFirst) {
    NoteInput input = fixture::make_input();
    EXPECT_TRUE(lacks(input, MissingItem::propositions_record));
    input.file.report.propositions_chosen_by = "conseil de P1";
    input.file.report.propositions_chosen_on = "2026-10-01";
    input.file.report.results_known_before = false;
    EXPECT_FALSE(lacks(input, MissingItem::propositions_record));
    input.file.report.results_known_before = true;
    EXPECT_TRUE(lacks(input, MissingItem::propositions_record));
}

TEST(FindMissing, AsksForLookAlikeFrequencyUntilTheCaseHasIt) {
    NoteInput input = fixture::make_input();
    EXPECT_TRUE(lacks(input, MissingItem::look_alike_frequency));
    casefile::Lookalike survey;
    survey.prevalence = placed(0.02);
    input.file.lookalikes = {survey};
    EXPECT_TRUE(lacks(input, MissingItem::look_alike_frequency)); // an evaluation says otherwise
    input.evaluations[0].printed.reasons.pop_back();
    EXPECT_FALSE(lacks(input, MissingItem::look_alike_frequency));
}

TEST(UnexaminedZones, AreThoseWithoutAFindingThatSaysAnything) {
    NoteInput input = fixture::make_input();
    EXPECT_THAT(unexamined_zones(input), ElementsAre("P2.right_hand", "P1.sleeve"));
    NoteFinding none;
    none.finding.zone = "P1.sleeve";
    none.finding.kind = lab::FindingKind::not_examined;
    input.findings.push_back(none);
    EXPECT_THAT(unexamined_zones(input), ElementsAre("P2.right_hand", "P1.sleeve"));
}

TEST(FindMissingEffects, GivesTheLargestBarOfThoseThatTheItemBearsOn) {
    NoteInput const input = fixture::make_input(); // bars: drying time, then a transfer
    auto const effects = find_missing_effects(input, MissingItem::product_data);
    ASSERT_EQ(effects.size(), 1U); // the second comparison has no tornado
    EXPECT_EQ(effects[0].evaluation, 0U);
    EXPECT_EQ(effects[0].parameter, "dry.tau_min");
    EXPECT_EQ(effects[0].low, 2.5);
    EXPECT_EQ(effects[0].high, 144.0);
    EXPECT_EQ(effects[0].log10_lr_at_low, 2.2);
    EXPECT_EQ(effects[0].log10_lr_at_high, 0.5);
    EXPECT_TRUE(find_missing_effects(input, MissingItem::glove_log).empty());
    EXPECT_TRUE(find_missing_effects(input, MissingItem::raw_files).empty());
}

TEST(FindMissingEffects, GivesNoneOfAnImpossibleEndOrAWithheldValue) {
    NoteInput input = fixture::make_input();
    input.evaluations[0].tornado[0].log10_lr_at_high = -std::numeric_limits<double>::infinity();
    auto const effects = find_missing_effects(input, MissingItem::product_data);
    ASSERT_EQ(effects.size(), 1U);
    EXPECT_EQ(effects[0].parameter, "transfer.dry");
    input.evaluations[0].printed.value.reset();
    EXPECT_TRUE(find_missing_effects(input, MissingItem::product_data).empty());
}

TEST(AddMissing, TellsWhatTheRatioCouldBecomeInBothLanguages) {
    NoteInput const input = fixture::make_input();
    std::string const english = fixture::all_text(make_note(input, Language::english));
    // 10^2.2 lies beyond the cap of 100; 10^0.5 is 3 to one figure.
    EXPECT_THAT(english, ::testing::HasSubstr("What the ratio could become"));
    EXPECT_THAT(english, ::testing::ContainsRegex("Hp/Hd: more than 100 \\(.*\\); 3 \\("));
    EXPECT_THAT(english, ::testing::HasSubstr("not computed"));
    std::string const french = fixture::all_text(make_note(input, Language::french));
    EXPECT_THAT(french, ::testing::HasSubstr("Ce que le rapport pourrait devenir"));
    EXPECT_THAT(french, ::testing::HasSubstr("non chiffré"));
    EXPECT_THAT(fixture::all_text(make_note(fixture::make_small_input(), Language::english)),
                ::testing::Not(::testing::HasSubstr("What the ratio could become")));
}

} // namespace
} // namespace cmq::report
