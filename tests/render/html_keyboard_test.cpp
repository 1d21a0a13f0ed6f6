// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The HTML of a note without a mouse and without eyes, in a real browser (read_page.py): Debian's
/// chromium-headless-shell, where it is installed.

#include "render/renderer.hpp"
#include "report/html.hpp"
#include "report/note.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace {

namespace report = cmq::report;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using cmq::render::test::test_folder;
using nlohmann::json;
using report::Language;
using testing::Contains;
using testing::IsEmpty;

class Keyboard : public testing::TestWithParam<Language> {
protected:
    void SetUp() override {
        if (!has_program("chromium-headless-shell") || !has_program("python3")) {
            GTEST_SKIP() << "chromium-headless-shell or python3 is not installed";
        }
        auto const folder = test_folder();
        report::NoteInput input = report::fixture::make_readings_input();
        input.file.demonstration = true;
        input.file.deliveries.at(0).zones = {{{"P2.right_hand", {}}, 0.5}};
        cmq::write_file(folder / "note.html",
                        std::string_view{report::to_html(report::make_note(input, GetParam()),
                                                         cmq::render::make_renderer())});
        auto const ran = run_command(
            "timeout 120 python3 '" CMQ_SOURCE_DIR "/tests/render/read_page.py' '" +
            (folder / "note.html").string() + "' '" + (folder / "profile").string() + "'");
        ASSERT_EQ(ran.status, 0) << ran.output;
        page = json::parse(ran.output);
    }

    /// What a screen reader is given of a role.
    [[nodiscard]] std::vector<json> spoken(std::string const& role) const {
        std::vector<json> all;
        for (json const& each : page["spoken"]) {
            if (each["role"] == role) {
                all.push_back(each);
            }
        }
        return all;
    }

    json page;
};

TEST_P(Keyboard, CanBeReadWithTheKeyboardAlone) {
    EXPECT_EQ(page["language"], GetParam() == Language::french ? "fr" : "en");
    // The Tab key reaches every link, summary and scrolling table, in the order of the page, and shows where it is.
    EXPECT_GT(page["reachable"].size(), 20U);
    std::vector<json> names;
    for (json const& stop : page["stops"]) {
        names.push_back(stop["name"]);
        EXPECT_TRUE(stop["visible"]) << stop;
        EXPECT_TRUE(stop["inside"]) << stop;
    }
    EXPECT_EQ(json(names), page["reachable"]);
    EXPECT_EQ(page["opened"], true); // the numbers of a chart, by Enter
}

TEST_P(Keyboard, TellsAScreenReaderWhatItIs) {
    for (char const* const landmark : {"banner", "navigation", "main", "contentinfo"}) {
        EXPECT_EQ(spoken(landmark).size(), 1U) << landmark;
    }
    int before = 0;
    int titles = 0;
    for (json const& heading : spoken("heading")) {
        int const level = heading["level"];
        EXPECT_LE(level, before + 1) << heading;
        EXPECT_NE(heading["name"], "");
        titles += level == 1 ? 1 : 0;
        before = level;
    }
    EXPECT_EQ(titles, 1);
    // Whatever may stand alone in a list of a screen reader has a name there.
    for (char const* const role : {"table", "region", "image", "link", "DisclosureTriangle"}) {
        auto const all = spoken(role);
        EXPECT_THAT(all, Not(IsEmpty())) << role;
        for (json const& each : all) {
            EXPECT_NE(each["name"], "") << role;
        }
    }
    EXPECT_EQ(spoken("table").size(), spoken("caption").size());
    EXPECT_GE(spoken("columnheader").size(), 2 * spoken("table").size());
    EXPECT_GE(spoken("rowheader").size(), spoken("table").size());
}

// WCAG 2.2, 1.4.3: 4.5 to 1. Of every word on the page, drawings included.
TEST_P(Keyboard, HasWordsThatStandOutInLightDarkAndPrint) {
    for (char const* const way : {"light", "dark", "print"}) {
        json const& least = page["contrast"][way];
        EXPECT_GE(least["ratio"].get<double>(), 4.5) << way << ": " << least["words"];
        EXPECT_GT(least["count"].get<int>(), 300) << way;
    }
}

INSTANTIATE_TEST_SUITE_P(Slow, Keyboard, testing::Values(Language::french, Language::english));

} // namespace
