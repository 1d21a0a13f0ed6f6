// SPDX-License-Identifier: GPL-3.0-or-later

// What the case tells beside findings, and that the number does not weigh it.

#include "report/json_note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace cmq::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

NoteInput with_film() {
    NoteInput input = fixture::make_input();
    casefile::Circumstance film;
    film.kind.value = casefile::CircumstanceKind::film;
    film.shows = {"un tir dirigé vers P2", "a shot towards P2"};
    film.source.document = "PV 4";
    film.source.page = 2;
    input.file.circumstances = {film};
    return input;
}

TEST(AddCircumstances, TellsThemAndThatTheNumberIsTheSame) {
    std::string const english = fixture::all_text(make_note(with_film(), Language::english));
    EXPECT_THAT(english,
                AllOf(HasSubstr("Film"),
                      HasSubstr("a shot towards P2"),
                      HasSubstr("PV 4"),
                      HasSubstr("would be the same without them")));
    std::string const french = fixture::all_text(make_note(with_film(), Language::french));
    EXPECT_THAT(french,
                AllOf(HasSubstr("un tir dirigé vers P2"), Not(HasSubstr("a shot towards P2"))));
    EXPECT_THAT(fixture::all_text(make_note(fixture::make_input(), Language::english)),
                Not(HasSubstr("does not weigh")));
}

TEST(AddCircumstances, ChangesNothingElseInTheJson) {
    auto with = nlohmann::json::parse(json_note(with_film()));
    EXPECT_EQ(with.at("circumstances").at(0).at("kind"), "film");
    EXPECT_EQ(with.at("circumstances").at(0).at("shows").at("fr"), "un tir dirigé vers P2");
    EXPECT_EQ(with.at("circumstances").at(0).at("page"), 2);
    auto without = nlohmann::json::parse(json_note(fixture::make_input()));
    EXPECT_TRUE(without.at("circumstances").empty());
    with.erase("circumstances");
    without.erase("circumstances");
    EXPECT_EQ(with, without);
}

} // namespace
} // namespace cmq::report
