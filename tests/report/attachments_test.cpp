// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/attachments.hpp"

#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace {

using namespace cmq::report;
using testing::ElementsAre;

std::vector<std::string> names(std::vector<Attachment> const& attachments) {
    std::vector<std::string> result;
    for (Attachment const& each : attachments) {
        result.push_back(each.name);
    }
    return result;
}

TEST(MakeAttachments, GivesTheNumbersParametersAndHashesForAProgram) {
    NoteInput input = fixture::make_input();
    input.ledger_head = std::string(64, 'e');
    input.frozen_text = "comparison {}\n";
    auto const files = make_attachments(input, "{}\n", Language::french);
    EXPECT_THAT(
        names(files),
        ElementsAre("note.json", "parameters.json", "provenance.json", "propositions.jsonl"));
    EXPECT_EQ(files[0].bytes, "{}\n");
    auto const parameters = nlohmann::json::parse(files[1].bytes);
    EXPECT_EQ(parameters.size(), input.evaluations.front().parameters.size());
    EXPECT_EQ(parameters.at(0).at("name"), input.evaluations.front().parameters.front().name);
    auto const provenance = nlohmann::json::parse(files[2].bytes);
    EXPECT_EQ(provenance.at("ledger_head"), input.ledger_head);
    EXPECT_EQ(provenance.at("case_sha256"), input.case_sha256);
    EXPECT_TRUE(provenance.at("frozen_sha256").is_null());
    EXPECT_EQ(files[3].bytes, "comparison {}\n");
}

TEST(MakeAttachments, SaysInTheNotesLanguageWhatEachIs) {
    auto const french = make_attachments(fixture::make_input(), "{}", Language::french);
    auto const english = make_attachments(fixture::make_input(), "{}", Language::english);
    ASSERT_EQ(names(french), names(english));
    for (std::size_t i = 0; i < french.size(); ++i) {
        EXPECT_NE(french[i].description, english[i].description);
        EXPECT_EQ(french[i].bytes, english[i].bytes);
    }
}

} // namespace
