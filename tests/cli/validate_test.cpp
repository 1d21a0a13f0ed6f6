// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/make_renderer.hpp"
#include "core/columns.hpp"
#include "system/file.hpp"
#include "tests/cli/command_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <sstream>

namespace {

using namespace cmq;
using cmq::cli::test::CommandFolder;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char const* sample = CMQ_SOURCE_DIR "/sample_data/validation/lrs.csv";

class ValidateCommand : public CommandFolder {};

TEST_F(ValidateCommand, GivesTheKnownVectorsAsJson) {
    auto const outcome = run(
        {"validate",
         "--json",
         add("a.csv", "truth,lr\nh1,5\nh1,5\nh1,5\nh1,.2\nh2,5\nh2,.2\nh2,.2\nh2,.2\n"),
         add("b.csv", "log10_lr,truth\n-1,1\n2,1\n-2,0\n1,0\n"),
         add("c.csv", "truth,lr\nH1,0.333333333333333333\nH2,3\nH1,0.333333333333333333\nH2,3\n"),
         add("d.csv", "truth,lr\ntrue,1\nfalse,1\n")});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NEAR(result(outcome, 0).at("devpav").get<double>(),
                (std::log10(5.0) - std::log10(3.0)) / 2,
                1e-12);
    EXPECT_NEAR(result(outcome, 1).at("devpav").get<double>(), 0.5, 1e-12);
    EXPECT_NEAR(result(outcome, 2).at("cllr").get<double>(), 2.0, 1e-12);
    EXPECT_NEAR(result(outcome, 3).at("cllr").get<double>(), 1.0, 1e-12);
    EXPECT_EQ(result(outcome, 0).at("why").at("devpav").at("range"), "too_few_units");
    EXPECT_TRUE(result(outcome, 3).at("cllr_min").is_null());
    EXPECT_EQ(result(outcome, 3).at("why").at("cllr_min").at("value"), "too_few");
}

TEST_F(ValidateCommand, GivesRangesCurvesAndGroupsOfTheSample) {
    auto const outcome = run({"validate", "--json", sample});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const json = result(outcome);
    EXPECT_EQ(json.at("counts").at("h1"), 100);
    EXPECT_EQ(json.at("counts").at("h1_units"), 50);
    EXPECT_EQ(json.at("groups").size(), 50U);
    for (char const* name : {"cllr", "cllr_min", "cllr_cal", "devpav", "equal_error_rate"}) {
        double const value = json.at(name).get<double>();
        auto const& range = json.at("ranges").at(name);
        EXPECT_LE(range.at("low").get<double>(), value) << name;
        EXPECT_GE(range.at("high").get<double>(), value) << name;
    }
    EXPECT_LT(json.at("elub").at("lower").get<double>(), 1.0);
    EXPECT_GT(json.at("elub").at("upper").get<double>(), 1.0);
    EXPECT_TRUE(json.at("ranges").at("elub_upper").at("high").is_number());
    EXPECT_EQ(json.at("tippett").at("h1").front().at("share"), 1.0);
    EXPECT_EQ(json.at("ece").size(), 61U);
    EXPECT_NEAR(
        json.at("ece").at(30).at("ece").get<double>(), json.at("cllr").get<double>(), 1e-12);
    EXPECT_EQ(json.at("misleading").at(1).at("strength"), 10.0);
    EXPECT_EQ(json.at("misleading").at(1).at("h2").at("of"), 100);
    EXPECT_EQ(json.at("if_calibrated").at("why"), "in_groups");
}

TEST_F(ValidateCommand, SaysForWhatThreeAreTooFew) {
    auto const file = add("three.csv", "truth,lr\nh1,3\nh1,0.5\nh2,0.2\n");
    auto const outcome = run({"validate", file});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr("too few to tell discrimination from calibration"),
                      HasSubstr("at least 2 on each side, here 2 and 1"),
                      HasSubstr("too few to say how far these measures would vary"),
                      HasSubstr("too few to show a rate of misleading results below 66%"),
                      HasSubstr("too few to carry a ratio beyond 2 or below 1/3"),
                      HasSubstr("Cllr: 0.63"))); // (log2(4/3) + log2(3))/4 + log2(1.2)/2
}

TEST_F(ValidateCommand, SaysInWordsThatCllrIsInfinite) {
    auto const file = add("a.csv", "truth,lr\nh1,0\nh1,5\nh2,0.1\nh2,inf\n");
    EXPECT_THAT(run({"validate", file}).out,
                AllOf(HasSubstr("infinite: a ratio rules out what was true"),
                      HasSubstr("ratios of 0 where H1 was true: 1"),
                      HasSubstr("infinite ratios where H2 was true: 1")));
    auto const json = result(run({"validate", "--json", file}));
    EXPECT_TRUE(json.at("cllr").is_null());
    EXPECT_EQ(json.at("why").at("cllr").at("value"), "infinite");
    EXPECT_TRUE(json.at("ece").at(0).at("ece").is_null());
}

TEST_F(ValidateCommand, SpeaksBothLanguagesWithinEightyColumns) {
    auto const previous = std::filesystem::current_path();
    static_cast<void>(add("a.csv", read_text(sample)));
    static_cast<void>(add("b.csv", "truth,lr\nh1,0\nh1,5\nh2,0.1\nh2,inf\n"));
    std::filesystem::current_path(folder);
    auto const english = run({"validate", "a.csv", "b.csv", "--tables", "50"});
    auto const french = run({"validate", "a.csv", "b.csv", "--tables", "50"}, Language::french);
    std::filesystem::current_path(previous);
    EXPECT_THAT(english.out, HasSubstr("taken as H1: 'h1' (100 rows); as H2: 'h2' (100 rows)"));
    EXPECT_THAT(french.out,
                AllOf(HasSubstr("lu comme H1\u00A0: «\u00A0h1\u00A0» (100 lignes)"),
                      HasSubstr("résultats trompeurs où H1 était vraie"),
                      Not(HasSubstr("absent")),
                      Not(HasSubstr("compatible"))));
    for (std::string const& all : {english.out, french.out}) {
        std::istringstream stream{all};
        for (std::string line; std::getline(stream, line);) {
            EXPECT_LE(columns_of(line), 80U) << line;
        }
    }
}

TEST_F(ValidateCommand, PrintsTheSameBitsOnAnyNumberOfThreads) {
    auto const one = run({"validate", "--json", "--threads", "1", "--tables", "40", sample});
    auto const many = run({"validate", "--json", "--threads", "5", "--tables", "40", sample});
    auto const other = run({"validate", "--json", "--seed", "2", "--tables", "40", sample});
    EXPECT_EQ(one.out, many.out);
    EXPECT_NE(one.out, other.out);
}

TEST_F(ValidateCommand, TriesAllFilesAndNamesLineAndColumn) {
    auto const good = add("good.csv", "truth,lr\nh1,2\nh2,1\n");
    auto const bad = add("bad.csv", "truth,lr\nh1,2\nh2,x\n");
    auto const outcome = run({"validate", "--json", bad, good});
    EXPECT_EQ(outcome.status, 4);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("line 3, column 'lr'"), HasSubstr("bad.csv")));
    EXPECT_NEAR(result(outcome).at("cllr").get<double>(), 0.5 * (std::log2(1.5) + 1.0), 1e-12);
}

TEST_F(ValidateCommand, RefusesWrongOptions) {
    EXPECT_EQ(run({"validate"}).status, 2);
    EXPECT_EQ(run({"validate", "--tables", "-1", sample}).status, 2);
    EXPECT_EQ(run({"validate", "--nothing", sample}).status, 2);
    EXPECT_EQ(run({"validate", (folder / "none.csv").string()}).status, 3);
}

TEST_F(ValidateCommand, WritesAReportWithoutAClock) {
    auto const report = (folder / "note.html").string();
    auto const outcome =
        run({"validate", "--tables", "30", "--lang", "fr", "--report", report, sample});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const page = read_text(report);
    EXPECT_THAT(page,
                AllOf(HasSubstr("Validation de rapports de vraisemblance"),
                      HasSubstr("Cllr_min"),
                      HasSubstr("Ce que ce tableau ne peut pas montrer"),
                      HasSubstr("ne relèvent aucun plafond"),
                      // sha256sum sample_data/validation/lrs.csv
                      HasSubstr("ee394516e29f861fe3855a0863317c6b5c670dc488acf0cd20e8c3c8d3a4dfff"),
                      HasSubstr("lrs.csv – Contremarque"),
                      Not(HasSubstr("absent"))));
    EXPECT_THAT(outcome.out, HasSubstr("rapports où H1 était vraie"));
}

TEST_F(ValidateCommand, WritesFiguresWhereItCanDraw) {
    auto const figures = (folder / "figures").string();
    auto const report = (folder / "note.pdf").string();
    auto const outcome = run({"validate",
                              "--tables",
                              "30",
                              "--date",
                              "2026-11-21",
                              "--figures",
                              figures,
                              "--report",
                              report,
                              sample});
    if (!cmq::cli::can_render()) {
        EXPECT_EQ(outcome.status, 5);
        EXPECT_FALSE(std::filesystem::exists(report));
        return;
    }
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_TRUE(read_text(report).starts_with("%PDF-"));
    for (std::string const name : {"tippett", "pav", "ece"}) {
        EXPECT_THAT(read_text(figures + '/' + name + ".svg"), HasSubstr("<svg"));
        EXPECT_TRUE(read_text(figures + '/' + name + ".png").starts_with("\x89PNG"));
        EXPECT_TRUE(read_text(figures + '/' + name + ".pdf").starts_with("%PDF-"));
    }
    auto const first = read_text(figures + "/pav.pdf");
    static_cast<void>(
        run({"validate", "--tables", "30", "--date", "2026-11-21", "--figures", figures, sample}));
    EXPECT_EQ(read_text(figures + "/pav.pdf"), first);
}

TEST_F(ValidateCommand, RefusesReportsThatItCannotName) {
    EXPECT_EQ(run({"validate", "--report", "note.doc", sample}).status, 2);
    EXPECT_EQ(run({"validate", "--date", "21/11/2026", sample}).status, 2);
    EXPECT_EQ(run({"validate", "--report", "note.html", sample, sample}).status, 2);
}

} // namespace
