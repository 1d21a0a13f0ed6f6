// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/inspect_set.hpp"

#include "apps/cli/make_renderer.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/render/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using cmq::Language;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string const folder = CMQ_SOURCE_DIR "/sample_data/demonstration/";

std::vector<std::string> words_of(std::vector<std::string> const& names) {
    std::vector<std::string> words{"inspect", "--set"};
    for (std::string const& name : names) {
        words.push_back(folder + name);
    }
    return words;
}

TEST(InspectSet, SaysWhatLacksInASet) {
    auto const part = run(words_of({"evidence.dng", "blank_1.dng", "ambient.dng"}));
    EXPECT_EQ(part.status, 8);
    EXPECT_THAT(part.out,
                AllOf(HasSubstr("The set is incomplete"),
                      HasSubstr("MISSING   blanks"),
                      HasSubstr("MISSING   reference of the lot"),
                      HasSubstr("MISSING   scale"),
                      HasSubstr("MISSING   seal number"),
                      HasSubstr("there     ambient light")));
}

TEST(InspectSet, IsContentWithACompleteSet) {
    auto words = words_of({"evidence.dng",
                           "blank_1.dng",
                           "blank_2.dng",
                           "blank_3.dng",
                           "reference_lot.dng",
                           "ambient.dng",
                           "visible.dng"});
    words.insert(words.end(), {"--seal", "3", "--scale", "0.05"});
    auto const whole = run(words, Language::french);
    EXPECT_EQ(whole.status, 0) << whole.out << whole.err;
    EXPECT_THAT(whole.out,
                AllOf(HasSubstr("La série est complète."),
                      HasSubstr("marqués SIMULATED"),
                      Not(HasSubstr("MANQUE")),
                      Not(HasSubstr("DIFFÈRE"))));
    words.emplace_back("--json");
    auto const json = run(words);
    EXPECT_THAT(json.out,
                AllOf(HasSubstr("\"good\": true"),
                      HasSubstr("\"kind\": \"seal\""),
                      HasSubstr("\"state\": \"noted\"")));
}

TEST(InspectSet, TakesARoleBeforeTheName) {
    auto words = words_of({"evidence.dng"});
    words.push_back("blank=" + folder + "ambient.dng");
    EXPECT_THAT(run(words).out, HasSubstr("MISSING   blanks  " + folder + "ambient.dng"));
}

TEST(InspectSet, WritesACaptureSheetOfOnePage) {
    auto const root =
        std::filesystem::temp_directory_path() / ("cmq_sheet_" + std::to_string(::getpid()));
    auto const made = run({"inspect", "--sheet", root.string()});
    EXPECT_EQ(made.status, 0) << made.err;
    std::string const french = cmq::read_text(root / "capture-sheet.fr.txt");
    // The order of the steps is the point of it.
    auto const swab = french.find("écouvillon");
    auto const lamp = french.find("elle altère la trace");
    EXPECT_LT(french.find("inspect --set"), swab);
    EXPECT_LT(swab, lamp);
    EXPECT_NE(lamp, std::string::npos);
    if (cmq::cli::can_render() && cmq::render::test::has_program("pdfinfo")) {
        for (std::string const name : {"capture-sheet.fr.pdf", "capture-sheet.en.pdf"}) {
            EXPECT_THAT(
                cmq::render::test::run_command("pdfinfo '" + (root / name).string() + "'").output,
                testing::ContainsRegex("Pages: +1\n"));
        }
    }
    EXPECT_EQ(run({"inspect", "--sheet", root.string(), folder + "evidence.dng"}).status, 2);
    std::filesystem::remove_all(root);
}

TEST(InspectSet, RefusesWhatItCannotPlaceOrRead) {
    EXPECT_EQ(run({"inspect", "--set", "IMG_1.dng"}).status, 2);
    EXPECT_THAT(run({"inspect", "--set", "IMG_1.dng"}).err, HasSubstr("blank=IMG_1.dng"));
    EXPECT_EQ(run({"inspect", "--set"}).status, 2);
    EXPECT_EQ(run({"inspect", "--seal", "3", folder + "evidence.dng"}).status, 2);
    EXPECT_EQ(run({"inspect", "--set", "--scale", "0", folder + "evidence.dng"}).status, 2);
    EXPECT_EQ(run({"inspect", "--set", "--identifying", folder + "evidence.dng"}).status, 2);
    EXPECT_EQ(run({"inspect", "--set", folder + "evidence_none.dng"}).status, 8);
    EXPECT_THAT(run({"inspect", "--set", folder + "evidence_none.dng"}).err,
                HasSubstr("evidence_none.dng"));
}

} // namespace
