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

namespace {

using namespace cmq;
using cmq::cli::test::CommandFolder;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LimitsCommand : public CommandFolder {};

// Four days of two: see MeasureCriticalOverDays.FollowsTheFormula.
constexpr char const* four_days = "value,date,label\n"
                                  "1,2026-01-05,a\n3,2026-01-05,b\n"
                                  "7,2026-01-19,e\n9,2026-01-19,f\n"
                                  "4,2026-01-12,c\n6,2026-01-12,d\n"
                                  "4,2026-01-26,g\n6,2026-01-26,h\n";

TEST_F(LimitsCommand, GivesTheCriticalValueOverDaysAsJson) {
    auto const outcome = run({"limits", "--json", add("a.csv", four_days)});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const json = result(outcome);
    auto const& critical = json.at("critical");
    EXPECT_EQ(critical.at("n"), 8);
    EXPECT_EQ(critical.at("days"), 4);
    EXPECT_NEAR(critical.at("mean").get<double>(), 5, 1e-12);
    EXPECT_NEAR(critical.at("between_sd").get<double>(), std::sqrt(5.0), 1e-12);
    EXPECT_NEAR(critical.at("within_sd").get<double>(), std::sqrt(2.0), 1e-12);
    EXPECT_NEAR(critical.at("degrees").get<double>(), 72.25 / 19, 1e-9);
    EXPECT_EQ(critical.at("largest").at("value"), 9);
    EXPECT_NEAR(critical.at("largest").at("exceeded_at_most").get<double>(), 0.2, 1e-12);
    auto const& chart = json.at("chart");
    EXPECT_EQ(chart.at("order"), "date");
    EXPECT_EQ(chart.at("of"), "day_means");
    EXPECT_EQ(chart.at("judged"), false);
    EXPECT_EQ(chart.at("points").at(1).at("value"), 5);
    EXPECT_EQ(chart.at("points").at(1).at("date"), "2026-01-12");
    EXPECT_EQ(chart.at("points").at(1).at("lines"), (nlohmann::json{6, 7}));
    EXPECT_EQ(chart.at("points").at(1).at("labels"), (nlohmann::json{"c", "d"}));
    EXPECT_TRUE(chart.at("false_signals").is_null());
    EXPECT_EQ(json.at("skewness").at("verdict"), "cannot_tell");
    EXPECT_TRUE(json.at("minimum_detectable").is_null());
    EXPECT_EQ(json.at("why"), "too_few_levels");
}

TEST_F(LimitsCommand, NamesSignalsWithTheirLines) {
    std::string text = "value\n";
    for (int i = 0; i < 20; ++i) {
        text += i == 13 ? "30\n" : i % 2 == 0 ? "1\n" : "2\n";
    }
    auto const file = add("a.csv", text);
    auto const json = result(run({"limits", "--json", file}));
    EXPECT_EQ(json.at("critical").at("in_doubt"), true);
    EXPECT_TRUE(json.at("critical").at("days").is_null());
    auto const& signal = json.at("chart").at("signals").back();
    EXPECT_EQ(signal.at("rule"), "beyond_action");
    EXPECT_EQ(signal.at("direction"), "above");
    EXPECT_EQ(signal.at("lines"), nlohmann::json{15});
    EXPECT_EQ(json.at("skewness").at("verdict"), "right");
    EXPECT_THAT(run({"limits", file}).out,
                AllOf(HasSubstr("above the action limit (3 s): line 15\n"),
                      HasSubstr("the critical value is not safe"),
                      HasSubstr("go by the largest blank"),
                      HasSubstr("without dates")));
}

TEST_F(LimitsCommand, GivesTheMinimumDetectableValueOfADilutionSeries) {
    auto const file = add("a.csv", "level,value\n0,0.9\n,1.1\n1,2.9\n1,3.1\n2,4.9\n2,5.1\n");
    auto const minimum = result(run({"limits", "--json", file})).at("minimum_detectable");
    // See MeasureMinimumDetectable.FollowsTheFormula.
    double const unit = std::sqrt(0.06 / 4) / 2 * std::sqrt(1 + 1.0 / 6 + 1.0 / 4);
    EXPECT_NEAR(minimum.at("value").get<double>(), 4.07 * unit, 1e-3);
    EXPECT_EQ(minimum.at("levels"), 2);
    EXPECT_EQ(minimum.at("in_doubt"), false);
    EXPECT_THAT(run({"limits", file}).out, HasSubstr("minimum detectable value: 0.29"));
}

TEST_F(LimitsCommand, SpeaksBothLanguagesWithinEightyColumns) {
    std::string text = "value,date,level\n";
    for (int i = 0; i < 90; ++i) {
        text += std::to_string(1000 + i * i % 17 + (i > 70 ? 40 : 0)) + ",2026-0" +
                std::to_string(1 + i / 28) + (i % 28 < 9 ? "-0" : "-") +
                std::to_string(1 + i % 28) + ",\n";
    }
    text += "1100,,10\n1101,,10\n1200,,20\n1201,,20\n";
    auto const previous = std::filesystem::current_path();
    static_cast<void>(add("a.csv", text));
    std::filesystem::current_path(folder);
    auto const english = run({"limits", "a.csv"});
    auto const french = run({"limits", "a.csv"}, Language::french);
    std::filesystem::current_path(previous);
    EXPECT_EQ(english.status, 0) << english.err;
    EXPECT_THAT(english.out,
                AllOf(HasSubstr("critical value: "),
                      HasSubstr("control chart of 90 blanks, in order of date"),
                      HasSubstr("more (2026-")));
    EXPECT_THAT(french.out,
                AllOf(HasSubstr("valeur critique\u00A0: "),
                      HasSubstr("carte de contrôle de 90 blancs, dans l’ordre des dates"),
                      Not(HasSubstr("absent"))));
    for (std::string const& all : {english.out, french.out}) {
        std::istringstream stream{all};
        for (std::string line; std::getline(stream, line);) {
            EXPECT_LE(columns_of(line), 80U) << line;
        }
    }
}

TEST_F(LimitsCommand, TriesAllFilesAndNamesLineAndColumn) {
    auto const good = add("good.csv", "value\n1\n2\n4\n");
    auto const bad = add("bad.csv", "value\n1\nx\n");
    auto const one = add("one.csv", "value\n1\n");
    auto const outcome = run({"limits", "--json", bad, good, one, (folder / "none.csv").string()});
    EXPECT_EQ(outcome.status, 8);
    EXPECT_EQ(nlohmann::json::parse(outcome.out).at("results").size(), 1U);
    EXPECT_EQ(result(outcome).at("file"), good);
    EXPECT_THAT(outcome.err,
                AllOf(HasSubstr("line 3, column 'value'"),
                      HasSubstr(bad),
                      HasSubstr("two blanks"),
                      HasSubstr("none.csv")));
    EXPECT_THAT(run({"limits", bad}, Language::french).err,
                HasSubstr("ligne 3, colonne «\u00A0value\u00A0»"));
}

TEST_F(LimitsCommand, WritesToAFileOrLeavesItAsItWas) {
    auto const target = add("out.txt", "before");
    EXPECT_EQ(run({"limits", add("bad.csv", "x\n1\n"), "-o", target}).status, 4);
    EXPECT_EQ(read_text(target), "before");
    auto const outcome = run({"limits", add("good.csv", "value\n1\n2\n4\n"), "-o", target});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(read_text(target), HasSubstr("critical value: "));
}

TEST_F(LimitsCommand, DrawsTheChart) {
    auto const file = add("good.csv", "value\n1\n2\n4\n");
    auto const figure = (folder / "chart.svg").string();
    auto const outcome = run({"limits", file, "--chart", figure});
    if (!cli::can_render()) {
        EXPECT_EQ(outcome.status, 5);
        return;
    }
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(read_text(figure),
                AllOf(HasSubstr("<svg"), HasSubstr("Control chart of 3 points")));
    EXPECT_EQ(run({"limits", file, file, "--chart", figure}).status, 2);
    // The chart's place is wrong, not the table.
    auto const nowhere = run({"limits", file, "--chart", "/no/such/folder/x.svg"});
    EXPECT_EQ(nowhere.status, 3);
    EXPECT_THAT(nowhere.err, HasSubstr("/no/such/folder/x.svg"));
    EXPECT_THAT(nowhere.err, testing::Not(HasSubstr(file)));
}

TEST_F(LimitsCommand, RefusesNoFile) {
    EXPECT_EQ(run({"limits"}).status, 2);
}

} // namespace
