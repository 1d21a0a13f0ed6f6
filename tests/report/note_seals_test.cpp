// SPDX-License-Identifier: GPL-3.0-or-later

// Exhibits under seal as the note and its JSON tell them.

#include "report/json_note.hpp"
#include "report/typography.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace cmq::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

casefile::Seal seal(std::string const& number) {
    casefile::Seal made;
    made.number.value = number;
    made.holds = {"manche", "sleeve"};
    made.sealed_on = "2026-11-14";
    made.sealed_by = "agent 2";
    return made;
}

NoteInput input_with(std::vector<casefile::Seal> seals) {
    NoteInput input = fixture::make_input();
    input.file.seals = std::move(seals);
    return input;
}

/// The note's text with plain spaces: which of them may not break is tested elsewhere.
std::string text_of(NoteInput const& input, Language language) {
    std::string text = fixture::all_text(make_note(input, language));
    for (std::string_view const space : {no_break_space, narrow_no_break_space}) {
        for (auto at = text.find(space); at != std::string::npos; at = text.find(space, at)) {
            text.replace(at, space.size(), " ");
        }
    }
    return text;
}

TEST(AddSeals, TellsOpeningAndReSealing) {
    casefile::Seal opened = seal("3");
    opened.opened_on = "2026-11-16";
    opened.opened_by = "l’expert";
    opened.resealed_on = "2026-11-17";
    opened.resealed_as = "3 bis";
    opened.condition = {"sac fermé", "bag closed"};
    NoteInput const input = input_with({opened, seal("4")});
    EXPECT_THAT(text_of(input, Language::french),
                AllOf(HasSubstr("14 novembre 2026, agent 2"),
                      HasSubstr("16 novembre 2026, l’expert"),
                      HasSubstr("17 novembre 2026, sous le n° 3 bis"),
                      HasSubstr("État : sac fermé"),
                      Not(HasSubstr("Ouverts sans que"))));
    EXPECT_THAT(text_of(input, Language::english),
                AllOf(HasSubstr("17 November 2026, as no. 3 bis"), HasSubstr("bag closed")));
}

TEST(AddSeals, NamesWhatWasLeftOpen) {
    casefile::Seal opened = seal("7");
    opened.opened_on = "2026-11-16";
    casefile::Seal same = seal("8");
    same.opened_on = "2026-11-16";
    same.resealed_as = "8";
    NoteInput const input = input_with({opened, same});
    EXPECT_THAT(
        text_of(input, Language::english),
        AllOf(HasSubstr("re-sealing is not stated: 7."), HasSubstr("day not stated, same number")));
}

TEST(AddSeals, SaysOfNoneOnlyToAnExpertOfTheCourt) {
    NoteInput input = input_with({});
    input.file.report.role = casefile::ReportRole::party;
    EXPECT_THAT(text_of(input, Language::english), Not(HasSubstr("states no seal")));
    input.file.report.role = casefile::ReportRole::court;
    EXPECT_THAT(text_of(input, Language::english), HasSubstr("states no seal"));
}

TEST(AddSeals, StandInTheJson) {
    casefile::Seal opened = seal("7");
    opened.opened_on = "2026-11-16";
    auto const json = nlohmann::json::parse(json_note(input_with({opened})));
    auto const& told = json.at("seals").at(0);
    EXPECT_EQ(told.at("number"), "7");
    EXPECT_EQ(told.at("holds").at("fr"), "manche");
    EXPECT_EQ(told.at("opened_on"), "2026-11-16");
    EXPECT_TRUE(told.at("resealed_on").is_null());
    EXPECT_TRUE(told.at("zone").is_null());
}

} // namespace
} // namespace cmq::report
