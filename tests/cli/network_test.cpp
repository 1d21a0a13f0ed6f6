// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/columns.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace {

using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class NetworkCommand : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("contremarque-network-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        file = add("Réseau.bif",
                   "network n { }\n"
                   "variable Account { type discrete [ 2 ] { aimed at, contact }; }\n"
                   "variable Trace relevée { type discrete [ 2 ] { oui, non }; }\n"
                   "variable Lamp { type discrete [ 2 ] { UV, none }; }\n"
                   "probability ( Account ) { table 0.25, 0.75; }\n"
                   "probability ( Trace relevée | Account ) {\n"
                   "  (aimed at) 0.8, 0.2;\n  (contact) 0.1, 0.9;\n}\n"
                   "probability ( Lamp | Trace relevée ) { (oui) 1, 0; (non) 0.5, 0.5; }\n");
    }

    void TearDown() override { std::filesystem::remove_all(folder); }

    [[nodiscard]] std::string add(std::string const& name, std::string const& text) const {
        auto const path = (folder / name).string();
        write_file(path, text);
        return path;
    }

    std::filesystem::path folder;
    std::string file;
};

nlohmann::json result(Outcome const& outcome) {
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    auto const json = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(json.at("schema"), 1);
    return json.at("results").at(0);
}

// All by hand: p(trace) = 0.25 * 0.8 + 0.75 * 0.1 = 0.275.
TEST_F(NetworkCommand, GivesTheAnswersOfAnExampleByHand) {
    auto const json = result(run({"network",
                                  file,
                                  "--evidence",
                                  "Trace relevée=oui",
                                  "--lr",
                                  "Account:aimed at/contact",
                                  "--json"}));
    EXPECT_EQ(json.at("file"), file);
    EXPECT_NEAR(json.at("log10_p_evidence").get<double>(), std::log10(0.275), 1e-15);
    EXPECT_NEAR(
        json.at("posteriors").at("Account").at("aimed at").get<double>(), 0.2 / 0.275, 1e-15);
    EXPECT_EQ(json.at("posteriors").at("Trace relevée").at("oui"), 1.0);
    EXPECT_EQ(json.at("posteriors").size(), 3U);
    EXPECT_NEAR(json.at("lr").get<double>(), 8.0, 1e-14);
    EXPECT_NEAR(json.at("log10_lr").get<double>(), std::log10(8.0), 1e-15);
    EXPECT_TRUE(json.at("conflict").is_null());
}

TEST_F(NetworkCommand, TakesEvidenceSeveralTimesAndSoft) {
    auto const json = result(run({"network",
                                  file,
                                  "--evidence",
                                  "Lamp=UV",
                                  "--evidence",
                                  "Account=contact",
                                  "--soft",
                                  "Trace relevée=oui:0.5/non:0.25",
                                  "--query",
                                  "Trace relevée",
                                  "--joint",
                                  "Lamp,Trace relevée",
                                  "--json"}));
    double const seen = 0.1 * 0.5;
    double const both = seen + 0.9 * 0.5 * 0.25;
    EXPECT_EQ(json.at("posteriors").size(), 1U);
    EXPECT_NEAR(
        json.at("posteriors").at("Trace relevée").at("oui").get<double>(), seen / both, 1e-15);
    EXPECT_NEAR(json.at("log10_p_evidence").get<double>(), std::log10(0.75 * both), 1e-15);
    EXPECT_EQ(json.at("evidence").size(), 3U);
    EXPECT_TRUE(json.at("evidence").at(2).at("state").is_null());
    EXPECT_NEAR(json.at("joint").at(0).at("cells").at(0).at("p").get<double>(), seen / both, 1e-15);
    EXPECT_FALSE(json.at("conflict").is_null());
    EXPECT_TRUE(json.at("lr").is_null());
}

// LR = t / 0.1 as a function of t = p(trace | aimed at): 1 at t = 0.1.
TEST_F(NetworkCommand, GivesSensitivityWithTippingPoints) {
    auto const json = result(run({"network",
                                  file,
                                  "--evidence",
                                  "Trace relevée=oui",
                                  "--sensitivity",
                                  "Account:aimed at/contact",
                                  "--json"}));
    auto const& functions = json.at("sensitivity").at(0).at("functions");
    bool found = false;
    for (auto const& one : functions) {
        if (one.at("given").value("Account", "") == "aimed at" && one.at("state") == "oui") {
            EXPECT_NEAR(one.at("tipping_points").at(0).get<double>(), 0.1, 1e-12);
            EXPECT_NEAR(one.at("slope").get<double>(), 10.0, 1e-10);
            EXPECT_NEAR(one.at("at1").get<double>(), 10.0, 1e-10);
            found = true;
        }
    }
    EXPECT_TRUE(found);
}

TEST_F(NetworkCommand, ConvertsAndReadsBackToTheSameBits) {
    auto const before = result(run({"network", file, "--json"})).at("posteriors");
    for (std::string const end : {".xdsl", ".net", ".bif"}) {
        auto const copy = (folder / ("copy" + end)).string();
        auto const outcome = run({"network", file, "--convert", copy});
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        EXPECT_EQ(outcome.out, "");
        EXPECT_EQ(result(run({"network", copy, "--json"})).at("posteriors"), before) << end;
    }
    EXPECT_EQ(run({"network", file, "--convert", (folder / "copy.uai").string()}).status, 5);
    EXPECT_EQ(run({"network", file, file, "--convert", (folder / "copy.bif").string()}).status, 2);
}

TEST_F(NetworkCommand, SpeaksBothLanguagesWithinEightyColumns) {
    std::vector<std::string> const words{"network",
                                         file,
                                         "--evidence",
                                         "Trace relevée=oui,Lamp=UV",
                                         "--lr",
                                         "Account:aimed at/contact",
                                         "--sensitivity",
                                         "Account=contact"};
    auto const english = run(words);
    EXPECT_THAT(
        english.out,
        AllOf(HasSubstr("3 nodes, 2 arrows"),
              HasSubstr("the findings are 8.000 times more probable if aimed at than if contact"),
              HasSubstr("tipping point: ")));
    auto const french = run(words, Language::french);
    EXPECT_THAT(french.out,
                AllOf(HasSubstr("3 nœuds, 2 flèches"),
                      HasSubstr("8,000 fois plus probables"),
                      HasSubstr("bascule"),
                      Not(HasSubstr("0.2"))));
    for (std::string const& text : {english.out,
                                    french.out,
                                    run({"network", "--help"}).out,
                                    run({"network", "--help"}, Language::french).out}) {
        std::istringstream lines{text};
        for (std::string line; std::getline(lines, line);) {
            bool const path = line.find(folder.string()) != std::string::npos;
            EXPECT_TRUE(path || columns_of(line) <= 80) << line;
        }
    }
}

TEST_F(NetworkCommand, NamesWhatCannotStandTogether) {
    auto const outcome =
        run({"network", file, "--evidence", "Account=contact,Lamp=none,Trace relevée=oui"});
    EXPECT_EQ(outcome.status, 7);
    EXPECT_THAT(outcome.err,
                AllOf(HasSubstr("Lamp = none ; Trace relevée = oui"),
                      HasSubstr("Réseau.bif"),
                      Not(HasSubstr("contact"))));
    EXPECT_THAT(
        run({"network", file, "--evidence", "Lamp=none,Trace relevée=oui"}, Language::french).err,
        HasSubstr("ces 2 constatations"));
}

TEST_F(NetworkCommand, SaysWhereARatioIsInfinite) {
    std::vector<std::string> words{
        "network", file, "--evidence", "Lamp=none", "--lr", "Trace relevée:non/oui"};
    EXPECT_THAT(run(words).out, HasSubstr("no finite value"));
    words.emplace_back("--json");
    auto const json = result(run(words));
    EXPECT_TRUE(json.at("lr").is_null());
    EXPECT_EQ(json.at("likelihood_ratios").at(0).at("excludes"), "oui");
}

TEST_F(NetworkCommand, RefusesUnknownNamesBrokenFilesAndTooLittleMemory) {
    EXPECT_EQ(run({"network"}).status, 2);
    EXPECT_EQ(run({"network", file, "--tipping", "0"}).status, 2);
    EXPECT_EQ(run({"network", (folder / "none.bif").string()}).status, 3);
    EXPECT_EQ(run({"network", add("a.txt", "")}).status, 5);
    EXPECT_EQ(run({"network", file, "--query", "Nobody"}).status, 7);
    auto const broken =
        run({"network", add("b.bif", "network n { }\nvariable A {"), file, "--json"});
    EXPECT_EQ(broken.status, 4);
    EXPECT_THAT(broken.err, AllOf(HasSubstr("line 2"), HasSubstr("b.bif")));
    EXPECT_EQ(nlohmann::json::parse(broken.out).at("results").size(), 1U);

    std::string wide = "network n { }\n";
    std::string head;
    for (int i = 0; i < 16; ++i) {
        std::string const name = "P" + std::to_string(i);
        wide += "variable " + name + " { type discrete [ 2 ] { a, b }; }\nprobability ( " + name +
                " ) { table 0.5, 0.5; }\n";
        head += (i == 0 ? "" : ", ") + name;
    }
    wide += "variable C { type discrete [ 2 ] { a, b }; }\nprobability ( C | " + head +
            " ) { default 0.5, 0.5; }\n";
    auto const large = run({"network", add("wide.bif", wide), "--memory", "2"});
    EXPECT_EQ(large.status, 10);
    EXPECT_THAT(large.err, AllOf(HasSubstr("17 nodes"), HasSubstr("131072 numbers")));
}

TEST_F(NetworkCommand, MakesTemplatesOfTheLiterature) {
    auto const copy = (folder / "modele.xdsl").string();
    EXPECT_EQ(
        run({"network", "--template", "contamination", "--convert", copy}, Language::french).status,
        0);
    EXPECT_NEAR(result(run({"network",
                            copy,
                            "--evidence",
                            "Trace constatée=oui",
                            "--lr",
                            "Proposition:H1/H2",
                            "--json"}))
                    .at("lr")
                    .get<double>(),
                30.4,
                1e-12);
    EXPECT_EQ(run({"network", "--template", "none"}).status, 7);
    EXPECT_EQ(run({"network", file, "--template", "contamination"}).status, 2);
}

TEST_F(NetworkCommand, WarnsOfRowsThatDoNotSumToOne) {
    auto const loose = add("loose.bif",
                           "network n { }\nvariable A { type discrete [ 2 ] { a, b }; }\n"
                           "probability ( A ) { table 0.5, 0.6; }\n");
    EXPECT_THAT(run({"network", loose}).out,
                HasSubstr("! node 'A': row 1 of its table sums to 1.1"));
    EXPECT_EQ(result(run({"network", loose, "--json"})).at("warnings").size(), 1U);
}

} // namespace
