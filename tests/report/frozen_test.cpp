// SPDX-License-Identifier: GPL-3.0-or-later

// What a note says of propositions that were frozen.

#include "report/json_note.hpp"
#include "report/note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace cmq::report {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Frozen on 10 November; the capture's clock says so, and PV 12 is dated otherwise.
NoteInput frozen_on_the_tenth(std::string const& taken_at, std::string const& document_date) {
    NoteInput input = fixture::make_input();
    input.frozen = NoteFrozen{.on = "2026-11-10",
                              .is_stated = false,
                              .sha256 = std::string(64, 'b'),
                              .first_on = "2026-11-10",
                              .times = 1,
                              .changed = {}};
    input.captures[0].metadata.taken_at = taken_at;
    input.file.observations[0].source.date = document_date;
    return input;
}

std::string english(NoteInput const& input) {
    return fixture::all_text(make_note(input, Language::english));
}

TEST(NoteFrozen, SaysNothingWhereNothingWasFrozen) {
    EXPECT_THAT(english(fixture::make_input()), Not(HasSubstr("Propositions frozen")));
}

TEST(NoteFrozen, SaysWhenByWhichClockAndWhetherChanged) {
    NoteInput input = frozen_on_the_tenth("2026-11-12T10:00:00", "2026-11-13");
    std::string text = english(input);
    EXPECT_THAT(text, HasSubstr("the day of the machine’s clock"));
    EXPECT_THAT(text, HasSubstr("propositions and examination plan unchanged"));
    EXPECT_THAT(
        text,
        HasSubstr(
            "after: c1 (the camera’s clock, not checked), left hand of P1 (by the documents)"));
    input.frozen->is_stated = true;
    input.frozen->times = 3;
    input.frozen->changed = {"delivery", "event"};
    text = english(input);
    EXPECT_THAT(text, HasSubstr("as stated by the user"));
    EXPECT_THAT(text, HasSubstr("frozen 3 times"));
    EXPECT_THAT(text, HasSubstr("changed: deliveries of marker, events"));
}

TEST(NoteFrozen, CannotTellTheOrderOfOneDayNorOfNone) {
    std::string const text = english(frozen_on_the_tenth("2026-11-10T10:00:00", ""));
    EXPECT_THAT(text, HasSubstr("the same day, order indeterminate: c1"));
    EXPECT_THAT(text, HasSubstr("undated, order indeterminate: left hand of P1"));
}

TEST(NoteFrozen, CountsTheDayOfTheExaminationWhereItIsEarlierThanTheDocument) {
    NoteInput input = frozen_on_the_tenth("", "2026-11-13");
    input.file.head.day = "2026-11-08";
    input.file.observations[0].at =
        casefile::Placed<casefile::Moment>{{1500.0, 5.0, ""}, {}}; // on the 9th
    EXPECT_THAT(english(input), HasSubstr("before: left hand of P1 (by the documents)"));
    input.file.observations[0].at->value.minutes = 4 * 1440.0; // on the 12th
    EXPECT_THAT(english(input), HasSubstr("after: left hand of P1"));
}

TEST(NoteFrozen, SaysWhatContradictsIt) {
    NoteInput input = frozen_on_the_tenth("2026-11-12T10:00:00", "2026-11-13");
    EXPECT_THAT(english(input), Not(HasSubstr("Contradictions")));
    input.file.report.results_known_before = true;
    EXPECT_THAT(english(input), HasSubstr("but none is dated before"));
    input.file.report.results_known_before = false;
    EXPECT_THAT(english(input), Not(HasSubstr("Contradictions")));
    input.file.observations[0].source.date = "2026-11-09";
    EXPECT_THAT(english(input), HasSubstr("but some come before"));
    input.file.report.propositions_chosen_on = "2026-11-11";
    EXPECT_THAT(english(input), HasSubstr("after they were frozen"));
    auto const json = nlohmann::json::parse(json_note(input));
    EXPECT_EQ(json.at("frozen").at("contradictions").size(), 2U);
    EXPECT_EQ(json.at("frozen").at("results").at("before").at(0), "observation-1");
}

} // namespace
} // namespace cmq::report
