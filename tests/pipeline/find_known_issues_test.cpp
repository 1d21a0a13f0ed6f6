// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/find_known_issues.hpp"

#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace cmq;
using casefile::Touches;
using pipeline::IssueAtHand;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

IssueAtHand find_one(Touches touches, report::NoteInput const& input) {
    casefile::KnownIssue issue;
    issue.id = "a";
    issue.from = "0.1.0";
    issue.touches = touches;
    issue.what = {"quoi.", "what."};
    issue.effect = {"effet.", "effect."};
    issue.recognise = {"signe.", "sign."};
    auto const found = pipeline::find_known_issues({"2026-11-23", {issue}}, input);
    EXPECT_EQ(found.size(), 1U);
    return found.at(0);
}

report::NoteInput input_of(std::string const& program) {
    report::NoteInput input = report::fixture::make_input();
    input.program = program;
    return input;
}

TEST(VersionOf, IsTheLastWord) {
    EXPECT_EQ(pipeline::version_of("Contremarque 0.1.0"), "0.1.0");
    EXPECT_EQ(pipeline::version_of("Contremarque 0.1.0+plainpdf"), "0.1.0"); // without libqpdf
    EXPECT_EQ(pipeline::version_of("Contremarque"), "");
    EXPECT_EQ(pipeline::version_of(""), "");
}

TEST(FindKnownIssues, TellsWhatOfTheReportIsTouched) {
    report::NoteInput input = input_of("Contremarque 0.1.0");
    EXPECT_TRUE(find_one(Touches::every_report, input).touches);
    EXPECT_THAT(find_one(Touches::every_report, input).where, IsEmpty());
    EXPECT_EQ(find_one(Touches::captures, input).where.size(), input.captures.size());
    EXPECT_THAT(find_one(Touches::comparisons, input).where, ElementsAre("Hp/Hd", "Hp/Hn"));

    for (report::NoteCapture& capture : input.captures) {
        capture.noise_origin = NoiseOrigin::profile;
    }
    EXPECT_FALSE(find_one(Touches::noise_estimated, input).touches);
    input.captures[1].noise_origin = NoiseOrigin::estimated;
    EXPECT_THAT(find_one(Touches::noise_estimated, input).where, ElementsAre(input.captures[1].id));
}

TEST(FindKnownIssues, LooksAtTracesFindingsAndConditions) {
    report::NoteInput input = input_of("Contremarque 0.1.0");
    EXPECT_FALSE(find_one(Touches::nothing_found, input).touches);
    EXPECT_FALSE(find_one(Touches::measured_not_examined, input).touches);
    auto& evidence = input.detections.at(0);
    evidence.detection.traces.clear();
    EXPECT_THAT(find_one(Touches::nothing_found, input).where, ElementsAre(evidence.capture));
    for (report::NoteFinding& each : input.findings) {
        if (each.observation.empty()) {
            each.finding.kind = lab::FindingKind::not_examined;
            EXPECT_EQ(find_one(Touches::measured_not_examined, input).where, each.captures);
        }
    }
    for (lab::Evaluation& evaluation : input.evaluations) {
        evaluation.printed.reasons.clear();
    }
    EXPECT_FALSE(find_one(Touches::ratio_if_marker, input).touches);
    input.evaluations[1].printed.reasons.push_back(
        {.reason = lab::PrintReason::look_alike_without_data, .parameters = {}});
    EXPECT_THAT(find_one(Touches::ratio_if_marker, input).where, ElementsAre("Hp/Hn"));
}

TEST(FindKnownIssues, LeavesOutErrorsOfOtherVersions) {
    casefile::KnownIssue issue;
    issue.from = "0.2.0";
    EXPECT_THAT(
        pipeline::find_known_issues({"2026-11-23", {issue}}, input_of("Contremarque 0.1.0")),
        IsEmpty());
}

TEST(ToSentence, NamesWhere) {
    report::NoteInput const input = input_of("Contremarque 0.1.0");
    auto const all = pipeline::to_sentence(find_one(Touches::comparisons, input));
    EXPECT_EQ(all.english(), "what. effect. sign. Concerns: Hp/Hd, Hp/Hn.");
    EXPECT_THAT(all.french(), HasSubstr("quoi. effet. signe. Concerne"));
    EXPECT_THAT(pipeline::to_sentence(find_one(Touches::every_report, input)).english(),
                Not(HasSubstr("Concerns")));
}

} // namespace
