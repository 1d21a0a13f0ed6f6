// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/columns.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace {

using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;

TEST(ParametersCommand, ListsAllOfThemInBothLanguagesWithin80Columns) {
    for (Language const language : {Language::english, Language::french}) {
        Outcome const outcome = run({"parameters", "list"}, language);
        ASSERT_EQ(outcome.status, 0) << outcome.err;
        EXPECT_THAT(outcome.out, AllOf(HasSubstr("\ndry.tau_min "), HasSubstr("\nkappa ")));
        std::istringstream lines{outcome.out};
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(columns_of(line), 80U) << line;
        }
    }
    EXPECT_THAT(run({"parameters", "list"}).out,
                HasSubstr("0 of them measured on the French product"));
}

TEST(ParametersCommand, ShowsAnEntryBesideWhatOthersSay) {
    Outcome const english = run({"parameters", "show", "dry.tau_min"});
    ASSERT_EQ(english.status, 0) << english.err;
    EXPECT_THAT(
        english.out,
        AllOf(HasSubstr("expert judgement"), HasSubstr("press-2023"), HasSubstr("5.0 min")));
    EXPECT_THAT(run({"parameters", "show", "dry.tau_min"}, Language::french).out,
                AllOf(HasSubstr("avis d\u2019expert"), HasSubstr("Autre valeur, blood-2014")));
}

TEST(ParametersCommand, GivesAllOfAnEntryAsJson) {
    Outcome const outcome = run({"parameters", "show", "dry.tau_min", "kappa", "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const results = nlohmann::json::parse(outcome.out).at("results");
    ASSERT_EQ(results.size(), 2U);
    auto const& first = results.at(0);
    EXPECT_EQ(first.at("name"), "dry.tau_min");
    EXPECT_EQ(first.at("unit"), "min");
    EXPECT_EQ(first.at("date"), "2026-11-21");
    // Log-uniform from 2 to 180: 2 * 90^0.5.
    EXPECT_NEAR(first.at("p50").get<double>(), 18.973665961, 1e-6);
    EXPECT_EQ(first.at("candidates").at(0).at("id"), "press-2023");
    EXPECT_EQ(first.at("candidates").at(0).at("distribution").at("value"), 5.0);
    EXPECT_TRUE(results.at(1).at("candidates").empty());
    auto const all = nlohmann::json::parse(run({"parameters", "list", "--json"}).out).at("results");
    EXPECT_EQ(all.size(), 43U);
}

TEST(ParametersCommand, GivesATableThatACaseTakes) {
    Outcome const table = run({"parameters", "show", "dry.tau_min", "--candidate", "blood-2014"});
    ASSERT_EQ(table.status, 0) << table.err;
    std::string const path = std::string{CMQ_BINARY_DIR} + "/parameters_test_case.toml";
    write_file(path, pipeline::test::two_accounts + "\n" + table.out);
    Outcome const weighed = run({"transfer", path, "--json", "--draws", "512"});
    ASSERT_EQ(weighed.status, 0) << weighed.err;
    auto const parameters = nlohmann::json::parse(weighed.out).at("results").at(0).at("parameters");
    auto const found = std::find_if(parameters.begin(), parameters.end(), [](auto const& one) {
        return one.at("name") == "dry.tau_min";
    });
    ASSERT_NE(found, parameters.end());
    EXPECT_EQ(found->at("distribution").at("high"), 20.0);
    EXPECT_EQ(found->at("grade"), "measured_on_proxy");
}

TEST(ParametersCommand, RefusesWhatItDoesNotKnow) {
    Outcome const unknown = run({"parameters", "show", "dry.tau_mn"});
    EXPECT_EQ(unknown.status, static_cast<int>(ErrorKind::domain));
    EXPECT_THAT(unknown.err, HasSubstr("dry.tau_min")); // the nearest
    EXPECT_THAT(run({"parameters", "show", "dry.tau_min", "--candidate", "x"}).err,
                HasSubstr("press-2023, vendor-2013, blood-2014"));
    EXPECT_EQ(run({"parameters", "show", "kappa", "--candidate", "x"}).status,
              static_cast<int>(ErrorKind::domain));
    for (std::vector<std::string> const& words :
         {std::vector<std::string>{"parameters"},
          {"parameters", "show"},
          {"parameters", "list", "kappa"},
          {"parameters", "kappa"},
          {"parameters", "list", "--candidate", "x"},
          {"parameters", "show", "kappa", "dry.tau_min", "--candidate", "x"}}) {
        EXPECT_EQ(run(words).status, static_cast<int>(ErrorKind::usage)) << words.size();
    }
}

} // namespace
