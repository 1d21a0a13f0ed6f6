// SPDX-License-Identifier: GPL-3.0-or-later

// What is kept of a case says everything that its notes print.

#include "apps/pipeline/keep_evaluations.hpp"
#include "apps/pipeline/keep_measured.hpp"
#include "core/error.hpp"
#include "report/html.hpp"
#include "report/json_note.hpp"
#include "tests/report/fixture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace {

using namespace cmq;

report::NoteInput there_and_back(report::NoteInput const& input) {
    casefile::KeptCase kept;
    pipeline::keep_measured(input, kept);
    pipeline::keep_evaluations(input.evaluations, kept);
    casefile::KeptCase const read = casefile::to_kept_case(casefile::to_bytes(kept));
    report::NoteInput back;
    back.file = input.file;
    back.case_sha256 = input.case_sha256;
    back.commands = input.commands;
    back.program = input.program;
    back.ledger_head = input.ledger_head;
    pipeline::restore_measured(read, back);
    back.evaluations = pipeline::restore_evaluations(read);
    return back;
}

TEST(Keep, GivesTheSameNotes) {
    for (report::NoteInput const& input :
         {report::fixture::make_input(), report::fixture::make_small_input()}) {
        report::NoteInput const back = there_and_back(input);
        EXPECT_EQ(report::json_note(back), report::json_note(input));
        for (auto const language : {report::Language::french, report::Language::english}) {
            EXPECT_EQ(report::to_html(report::make_note(back, language), {}),
                      report::to_html(report::make_note(input, language), {}));
        }
    }
}

TEST(Keep, KeepsWhatNoNotePrints) {
    report::NoteInput input = report::fixture::make_input();
    input.evaluations.front().seed = 0xffff'ffff'ffff'fffeU;
    input.evaluations.front().sensitivity->unsettled = 7;
    input.detections.front().detection.traces.front().angle_rad = 0.1;
    input.detections.front().detection.traces.front().total_flux_dn_sigma = 0.2;
    input.detections.front().detection.traces.front().flux_covariance_dn2[6] = 0.3;
    auto const difference =
        lab::ConditionDifference{"dye", lab::ColourCondition::filter, "LP 420", "none"};
    auto& colour = input.detections.front().colours.front();
    colour.differences = {difference};
    colour.ratio = lab::ratio_of(colour, false);
    report::NoteInput const back = there_and_back(input);
    EXPECT_EQ(back.detections.front().detection.traces.front().flux_covariance_dn2[6], 0.3);
    ASSERT_EQ(back.detections.front().colours.size(), 2U);
    lab::ColourResult const& kept = back.detections.front().colours.front();
    ASSERT_EQ(kept.differences.size(), 1U);
    EXPECT_EQ(kept.differences[0].of_class, difference.of_class);
    EXPECT_EQ(kept.differences[0].condition, difference.condition);
    EXPECT_EQ(kept.differences[0].trace, difference.trace);
    EXPECT_EQ(kept.differences[0].references, difference.references);
    EXPECT_EQ(kept.ratio.doubts, std::vector{lab::ColourDoubt::other_conditions});
    EXPECT_EQ(kept.ratio.of_classes, std::vector<std::string>{"dye"});
    EXPECT_EQ(kept.classes[1].spots, 11U);
    EXPECT_EQ(back.evaluations.front().seed, 0xffff'ffff'ffff'fffeU);
    EXPECT_EQ(back.evaluations.front().sensitivity->unsettled, 7U);
    EXPECT_EQ(back.detections.front().detection.traces.front().angle_rad, 0.1);
    EXPECT_EQ(back.detections.front().detection.traces.front().total_flux_dn_sigma, 0.2);
}

TEST(Keep, KeepsWhatAScientistAssigned) {
    report::NoteInput input = report::fixture::make_input();
    lab::AssignedTerm term{.proposition = "Hd", .assigned = {}};
    term.assigned = {.zones = {"P1.left_hand", "P1.right_hand"},
                     .probability = 0.02,
                     .low = 0.01,
                     .high = {},
                     .author = "D1",
                     .reasons_fr = "essais",
                     .reasons_en = "trials",
                     .date = "2026-11-20"};
    term.log10_lr_at_low = 1.25;
    input.evaluations.back().assigned = {term};
    lab::AssignedTerm const back = there_and_back(input).evaluations.back().assigned.at(0);
    EXPECT_EQ(back.assigned.zones, term.assigned.zones);
    EXPECT_EQ(back.assigned.probability, 0.02);
    EXPECT_EQ(back.assigned.low, 0.01);
    EXPECT_FALSE(back.assigned.high.has_value());
    EXPECT_EQ(back.assigned.author, "D1");
    EXPECT_EQ(back.assigned.reasons_fr, "essais");
    EXPECT_EQ(back.assigned.reasons_en, "trials");
    EXPECT_EQ(back.assigned.date, "2026-11-20");
    EXPECT_EQ(back.log10_lr_at_low, 1.25);
    EXPECT_FALSE(back.log10_lr_at_high.has_value());
}

/// Refused after one whole-number cell of the first row of a table was changed, or the row taken out.
void expect_refusal(std::string const& table,
                    std::string const& column,
                    std::optional<std::int64_t> value) {
    casefile::KeptCase kept;
    pipeline::keep_measured(report::fixture::make_input(), kept);
    for (casefile::KeptTable& entry : kept.tables) {
        if (entry.name != table) {
            continue;
        }
        Table changed;
        for (Column copy : entry.table.columns()) {
            if (!value) {
                std::visit([](auto& cells) { cells.erase(cells.begin()); }, copy.cells);
            } else if (copy.name == column) {
                std::get<std::vector<std::int64_t>>(copy.cells).front() = *value;
            }
            changed.add(copy);
        }
        entry.table = changed;
    }
    report::NoteInput back;
    try {
        pipeline::restore_measured(kept, back);
        ADD_FAILURE() << table << ' ' << column;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
    }
}

TEST(Keep, RefusesRowsThatBelongToNothing) {
    expect_refusal("traces", "detection", 99);
    expect_refusal("traces", "detection", -1);
    expect_refusal("large_areas", "detection", 99);
    expect_refusal("large_areas", "has_flux", 2);
    expect_refusal("detection_planes", "detection", 1);
}

TEST(Keep, RefusesAColourThatDoesNotFollowFromItsDensities) {
    report::NoteInput input = report::fixture::make_input();
    *input.detections.front().colours.front().ratio.log10_lr += 1.0;
    EXPECT_THROW((void)there_and_back(input), Error);
    input = report::fixture::make_input();
    input.detections.front().colours.front().ratio.verdict = lab::ColourVerdict::for_marker;
    EXPECT_THROW((void)there_and_back(input), Error);
    input = report::fixture::make_input();
    input.detections.front().colours.front().trace = 9;
    EXPECT_THROW((void)there_and_back(input), Error);
    input = report::fixture::make_input();
    input.detections.front().colours.pop_back();
    EXPECT_THROW((void)there_and_back(input), Error);
    input = report::fixture::make_input();
    input.detections.front().colours.front().classes[1].weight = 0.0;
    EXPECT_THROW((void)there_and_back(input), Error);
}

TEST(Keep, RefusesATableWithoutAllItsRows) {
    expect_refusal("detection_planes", "", std::nullopt);
    expect_refusal("detection_planes", "plane", 1); // the second plane twice, the first missing
    expect_refusal("pictures", "", std::nullopt);   // a picture that no row names
}

TEST(Keep, RefusesACaseWithoutTables) {
    report::NoteInput back;
    EXPECT_THROW(pipeline::restore_measured({}, back), Error);
    EXPECT_THROW((void)pipeline::restore_evaluations({}), Error);
}

} // namespace
