// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
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

using cmq::ErrorKind;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using cmq::pipeline::test::two_accounts;
using cmq::pipeline::test::with;
using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::json;

std::string file_with(std::string const& name, std::string const& text) {
    std::string path = std::string{CMQ_BINARY_DIR} + "/transfer_test_" + name + ".toml";
    cmq::write_file(path, std::string_view{text});
    return path;
}

Json results_of(std::string const& name, std::string const& text) {
    Outcome const outcome = run({"transfer", file_with(name, text), "--json"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return Json::parse(outcome.out).at("results");
}

double log10_lr(std::string const& name, std::string const& text);

/// Of two_accounts itself, computed once.
double plain_log10_lr() {
    static double const value = log10_lr("plain", two_accounts);
    return value;
}

double log10_lr(std::string const& name, std::string const& text) {
    return results_of(name, text).at(0).at("log10_lr").at("value").get<double>();
}

// P2's hand got next to nothing, so that a handshake explains the glow badly. A run takes seconds, so
// the quick tests share two.
std::string const little_on_p2 = with(two_accounts, "\"P2.hand\" = 0.2", "\"P2.hand\" = 0.0005");

Outcome const& text_of_one() {
    static Outcome const outcome = run({"transfer", file_with("text", little_on_p2)});
    return outcome;
}

std::string const json_file = std::string{CMQ_BINARY_DIR} + "/transfer_test_out.json";

/// One good file among two bad ones, written to json_file.
Outcome const& json_of_three() {
    static Outcome const outcome = run({"transfer",
                                        "/nonexistent.toml",
                                        file_with("good", two_accounts),
                                        file_with("bad", "schema = 2\n"),
                                        "--json",
                                        "--output",
                                        json_file});
    return outcome;
}

TEST(Transfer, PrintsTheNumberFirst) {
    Outcome const& outcome = text_of_one();
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out, StartsWith("two-accounts: Hp against Hd\n\n  "));
    EXPECT_THAT(outcome.out, HasSubstr("times more probable if Hp is true than if"));
    EXPECT_THAT(outcome.out, HasSubstr("Monte Carlo error"));
    EXPECT_THAT(outcome.out, HasSubstr("Sensitivity: "));
    EXPECT_THAT(outcome.out, HasSubstr("P1.hand"));
    EXPECT_THAT(outcome.out, HasSubstr("What is missing"));
}

TEST(Transfer, KeepsItsTextWithin80Columns) {
    std::istringstream lines{text_of_one().out};
    for (std::string line; std::getline(lines, line);) {
        auto const columns = std::count_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
        });
        EXPECT_LE(columns, 80) << line;
    }
}

TEST(Transfer, GivesTheKeysThatAreDocumented) {
    ASSERT_NE(json_of_three().status, 0);
    Json const result = Json::parse(cmq::read_text(json_file)).at("results").at(0);
    EXPECT_EQ(result.at("h1"), "Hp");
    EXPECT_EQ(result.at("h2"), "Hd");
    Json const& value = result.at("log10_lr");
    EXPECT_LE(value.at("sensitivity_low").get<double>(),
              value.at("sensitivity_median").get<double>());
    EXPECT_LE(value.at("sensitivity_median").get<double>(),
              value.at("sensitivity_high").get<double>());
    EXPECT_TRUE(value.at("value").is_number());
    EXPECT_GT(result.at("monte_carlo_se_log10").get<double>(), 0.0);
    EXPECT_GE(result.at("draws").get<int>(), 64);
    EXPECT_TRUE(result.at("printed").contains("value"));
    // No parameter of the library was measured on the product: then there are no words.
    EXPECT_TRUE(result.at("printed").at("words").is_null());
    EXPECT_FALSE(result.at("printed").at("reasons").empty());
}

TEST(SlowTransfer, IsTheSameTextTwiceAndOnAnyNumberOfThreads) {
    std::string const file = file_with("same", two_accounts);
    std::string const first = run({"transfer", file, "--json", "--threads", "1"}).out;
    EXPECT_EQ(run({"transfer", file, "--json", "--threads", "1"}).out, first);
    EXPECT_EQ(run({"transfer", file, "--json", "--threads", "2"}).out, first);
}

TEST(SlowTransfer, TakesSeedAndDrawsFromTheCommandLine) {
    std::string const file = file_with("seed", two_accounts);
    auto const result = [&](std::string const& seed) {
        auto const out = run({"transfer", file, "--json", "--seed", seed, "--draws", "512"}).out;
        return Json::parse(out).at("results").at(0);
    };
    EXPECT_EQ(result("3").at("seed"), 3);
    EXPECT_LE(result("3").at("draws").get<int>(), 512);
    EXPECT_NE(result("3").at("log10_lr").at("value"), result("4").at("log10_lr").at("value"));
}

// The directions were written down before the program was run.

TEST(SlowTransfer, ReversesWhenTheSidesAreSwapped) {
    std::string const swapped =
        with(two_accounts, "h1 = \"Hp\"\nh2 = \"Hd\"", "h1 = \"Hd\"\nh2 = \"Hp\"");
    // The same draws on both sides, so the ratio of the sums is exactly inverted but for rounding.
    EXPECT_NEAR(plain_log10_lr(), -log10_lr("swap2", swapped), 1e-9);
}

TEST(SlowTransfer, FavoursTheShotMoreWhenTheHandshakeCameAfterThreeHours) {
    std::string const later = with(two_accounts, "12:04", "15:04");
    // Dry marker hardly moves: the glow is harder to explain by a late contact.
    EXPECT_GT(log10_lr("late", later), plain_log10_lr());
}

TEST(SlowTransfer, FavoursTheHandshakeWhenNothingIsSeen) {
    std::string const nothing =
        with(two_accounts, "kind = \"detected\"", "kind = \"not_detected\"");
    EXPECT_GT(plain_log10_lr(), 0.0);
    EXPECT_LT(log10_lr("nothing", nothing), 0.0);
}

TEST(SlowTransfer, FavoursTheShotLessWhenTheHandshakeRubbed) {
    // Friction and firm pressure move more marker: contact explains the glow better.
    std::string const rubbed = with(two_accounts,
                                    "after = \"shot_2\"",
                                    "after = \"shot_2\"\nfriction = true\npressure = \"firm\"");
    EXPECT_LT(log10_lr("rubbed", rubbed), plain_log10_lr());
}

TEST(SlowTransfer, FavoursTheShotLessWhenGlovesMayHaveBeenMarked) {
    std::string const gloves =
        with(two_accounts, "events = []", "events = [\"cuffs\"]") +
        "[[carrier]]\nid = \"gloves\"\nsurface = \"smooth\"\n[[contamination]]\nid = \"dirty\"\n"
        "zones = { gloves = 1.0 }\nat = { time = \"15:00\", uncertainty_min = 1 }\n"
        "probability = 0.5\namount_dl = 50\n[[event]]\nid = \"cuffs\"\nkind = \"handcuffing\"\n"
        "between = [\"gloves\", \"P1.hand\"]\nat = { time = \"15:10\", uncertainty_min = 1 }\n";
    std::string const both =
        with(gloves, "events = [\"handshake\"]", "events = [\"handshake\", \"cuffs\"]");
    // Contamination stands in both accounts and makes a glow probable in either.
    EXPECT_LT(log10_lr("gloves", both), plain_log10_lr());
}

TEST(SlowTransfer, ChangesNothingForAZoneThatNobodyExamined) {
    std::string const more =
        two_accounts + "[[observation]]\nzone = \"P2.hand\"\nkind = \"not_examined\"\nsource = { "
                       "document = \"PV 12\" }\n";
    EXPECT_EQ(log10_lr("unexamined", more), plain_log10_lr());
}

TEST(Transfer, RefusesCapturesThatNobodyMeasured) {
    Outcome const outcome =
        run({"transfer",
             file_with("capture",
                       two_accounts +
                           "[[capture]]\nid = \"c1\"\nfile = \"x.dng\"\nrole = \"evidence\"\n"
                           "zone = \"P2.hand\"\n")});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::insufficient));
    EXPECT_THAT(outcome.err, HasSubstr("c1 ("));
    EXPECT_THAT(outcome.err, HasSubstr("analyse"));
    EXPECT_EQ(outcome.out, "");
}

TEST(Transfer, RefusesACaseThatComparesNothing) {
    Outcome const outcome =
        run({"transfer",
             file_with("nothing_compared",
                       with(two_accounts, "[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hd\"\n", ""))});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::insufficient));
    EXPECT_THAT(outcome.err, HasSubstr("[[comparison]]"));
}

TEST(Transfer, ShowsEveryMistakeOfAFile) {
    std::string const wrong =
        with(with(two_accounts, "\"skin\"", "\"skn\""), "side = \"defence\"", "side = \"defense\"");
    Outcome const outcome = run({"transfer", file_with("wrong", wrong)});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::format));
    EXPECT_THAT(outcome.err, HasSubstr("line 13, key carrier[1].surface: expected one of skin"));
    EXPECT_THAT(outcome.err, HasSubstr("did you mean \"defence\"?"));
}

TEST(Transfer, TriesEveryFileAndEndsWithTheHighestStatus) {
    Outcome const& outcome = json_of_three();
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::unsupported)); // 5, and 3 for the first
    EXPECT_THAT(outcome.err, HasSubstr("nonexistent"));
    EXPECT_THAT(outcome.err, HasSubstr("key schema: expected 1, found 2"));
}

TEST(Transfer, WritesToAFile) {
    EXPECT_EQ(json_of_three().out, "");
    Json const written = Json::parse(cmq::read_text(json_file));
    EXPECT_EQ(written.at("schema"), 1);
    EXPECT_EQ(written.at("results").size(), 1U);
}

TEST(Transfer, RefusesOptionsThatAreNoNumbers) {
    for (std::string const option : {"--threads", "--seed", "--draws"}) {
        Outcome const outcome = run({"transfer", "x.toml", option, "1.5"});
        EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::usage)) << option;
        EXPECT_THAT(outcome.err, HasSubstr(option + " needs a whole number"));
    }
    EXPECT_EQ(run({"transfer"}).status, static_cast<int>(ErrorKind::usage));
}

TEST(SlowTransfer, EvaluatesTheDemonstrationFromItsDocuments) {
    std::string const path = std::string{CMQ_SOURCE_DIR} + "/sample_data/demonstration/case.toml";
    Outcome const outcome = run({"transfer", path});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("Hp against Hd"));
    EXPECT_THAT(outcome.out, HasSubstr("Hp against Hn"));
    EXPECT_THAT(outcome.out, HasSubstr("DEMONSTRATION"));
    EXPECT_THAT(outcome.out, HasSubstr("Nobody examined P1.trousers"));
}

TEST(TransferCommand, ExportsTheCaseAsANetwork) {
    std::string const network = std::string{CMQ_BINARY_DIR} + "/transfer_test_network.xdsl";
    std::string const path = file_with("export", two_accounts);
    Outcome const outcome =
        run({"transfer", path, "--draws", "256", "--json", "--lang", "en", "--export", network});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const result = Json::parse(outcome.out).at("results").at(0);
    auto const& exported = result.at("network");
    EXPECT_EQ(exported.at("file"), network);
    EXPECT_EQ(exported.at("proposition"), "Proposition");
    EXPECT_LE(std::abs(exported.at("difference").get<double>()),
              exported.at("stated_error").get<double>());
    EXPECT_EQ(exported.at("draws"), result.at("draws"));
    EXPECT_THAT(cmq::read_text(network), HasSubstr("<smile"));
    Outcome const french =
        run({"transfer", path, "--draws", "256", "--lang", "fr", "--export", network});
    EXPECT_THAT(french.out,
                testing::AllOf(HasSubstr("dans le réseau relu"), HasSubstr("fixé à l’une")));
}

TEST(TransferCommand, RefusesExportsThatItCannotWrite) {
    std::string const path = file_with("export_refused", two_accounts);
    EXPECT_EQ(run({"transfer", path, path, "--export", "a.net"}).status, 2);
    EXPECT_EQ(run({"transfer", path, "--draws", "64", "--export", "a.doc"}).status, 5);
}

} // namespace
