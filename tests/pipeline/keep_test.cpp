// SPDX-License-Identifier: GPL-3.0-or-later

// What is kept of a case says everything that its notes print.

#include "apps/pipeline/keep_evaluations.hpp"
#include "apps/pipeline/keep_measured.hpp"
#include "core/error.hpp"
#include "report/html.hpp"
#include "report/json_note.hpp"
#include "tests/report/fixture.hpp"

#include <gtest/gtest.h>

#include <string>

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
    report::NoteInput const back = there_and_back(input);
    EXPECT_EQ(back.evaluations.front().seed, 0xffff'ffff'ffff'fffeU);
    EXPECT_EQ(back.evaluations.front().sensitivity->unsettled, 7U);
    EXPECT_EQ(back.detections.front().detection.traces.front().angle_rad, 0.1);
    EXPECT_EQ(back.detections.front().detection.traces.front().total_flux_dn_sigma, 0.2);
}

TEST(Keep, RefusesRowsThatBelongToNothing) {
    report::NoteInput const input = report::fixture::make_input();
    casefile::KeptCase kept;
    pipeline::keep_measured(input, kept);
    for (casefile::KeptTable& entry : kept.tables) {
        if (entry.name == "traces") {
            Table changed;
            for (Column column : entry.table.columns()) {
                if (column.name == "detection") {
                    std::get<std::vector<std::int64_t>>(column.cells).front() = 99;
                }
                changed.add(column);
            }
            entry.table = changed;
        }
    }
    report::NoteInput back;
    try {
        pipeline::restore_measured(kept, back);
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
    }
}

TEST(Keep, RefusesACaseWithoutTables) {
    report::NoteInput back;
    EXPECT_THROW(pipeline::restore_measured({}, back), Error);
    EXPECT_THROW((void)pipeline::restore_evaluations({}), Error);
}

} // namespace
