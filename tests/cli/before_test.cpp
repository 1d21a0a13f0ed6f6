// SPDX-License-Identifier: GPL-3.0-or-later

// The commands of before the results: preassess and freeze.

#include "core/columns.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <sstream>

namespace {

using cmq::ErrorKind;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using cmq::pipeline::test::two_accounts;
using testing::HasSubstr;

namespace fs = std::filesystem;

std::string case_in(std::string const& name) {
    fs::path const folder = fs::path{CMQ_BINARY_DIR} / ("before_test_" + name);
    fs::remove_all(folder);
    fs::create_directories(folder);
    cmq::write_file(folder / "case.toml", std::string_view{two_accounts});
    return (folder / "case.toml").string();
}

void expect_80_columns(std::string const& text) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(cmq::columns_of(line), 80U) << line;
    }
}

TEST(Preassess, PrintsTheNumberFirstInBothLanguages) {
    std::string const file = case_in("text");
    Outcome const french = run({"preassess", file, "--lang", "fr", "--draws", "1024"});
    EXPECT_EQ(french.status, 0) << french.err;
    EXPECT_THAT(french.out, HasSubstr("avant les résultats\n\nHp / Hd\n  RV "));
    EXPECT_THAT(french.out, HasSubstr("Aucun n’a été mesuré sur le produit"));
    EXPECT_THAT(french.out, HasSubstr("Le fichier de l’affaire contient déjà"));
    expect_80_columns(french.out);
    Outcome const english = run({"preassess", file, "--lang", "en", "--draws", "1024"});
    EXPECT_THAT(english.out, HasSubstr("before the results\n\nHp / Hd\n  LR "));
    expect_80_columns(english.out);
}

TEST(Preassess, WritesJsonToAFileAndTriesEveryFile) {
    std::string const file = case_in("json");
    std::string const out = file + ".json";
    Outcome const outcome =
        run({"preassess", "/nonexistent.toml", file, "--json", "--output", out, "--draws", "1024"});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::io));
    auto const json = nlohmann::json::parse(cmq::read_text(out));
    EXPECT_EQ(json.at("results").size(), 1U);
    EXPECT_EQ(json.at("results").at(0).at("case"), "two-accounts");
}

TEST(Preassess, RefusesOptionsThatMeanNothing) {
    for (auto const& [option, word] :
         {std::pair{"--threads", "x"}, {"--draws", "1"}, {"--lang", "de"}}) {
        EXPECT_EQ(run({"preassess", "x.toml", option, word}).status,
                  static_cast<int>(ErrorKind::usage))
            << option;
    }
    EXPECT_EQ(run({"preassess"}).status, static_cast<int>(ErrorKind::usage));
}

TEST(Freeze, DatesByTheClockOrAsStated) {
    std::string const file = case_in("freeze");
    Outcome const outcome = run({"freeze", file, "--date", "2026-11-20", "--lang", "fr"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("jour énoncé"));
    EXPECT_THAT(outcome.out, HasSubstr("openssl ts -verify"));
    EXPECT_EQ(run({"freeze", file}).status, static_cast<int>(ErrorKind::usage)); // it is there
    std::string const other = case_in("clock");
    EXPECT_THAT(run({"freeze", other, "--lang", "en"}).out, HasSubstr("this machine’s clock"));
    EXPECT_THAT(cmq::read_text(fs::path{other}.replace_extension(".frozen.toml")),
                HasSubstr("day_is_stated = false"));
}

TEST(Freeze, RefusesDaysThatAreNone) {
    std::string const file = case_in("days");
    for (std::string const day : {"2026-02-29", "2026-13-01", "20-11-2026", "", "2026-00-10"}) {
        EXPECT_EQ(run({"freeze", file, "--date", day}).status, static_cast<int>(ErrorKind::usage))
            << day;
    }
    EXPECT_EQ(run({"freeze", file, "--date", "2028-02-29"}).status, 0);
    EXPECT_EQ(run({"freeze"}).status, static_cast<int>(ErrorKind::usage));
}

} // namespace
