// SPDX-License-Identifier: GPL-3.0-or-later

// From simulated instruments to verdicts, through both commands.

#include "core/columns.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "tests/cli/command_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace {

using namespace cmq;
using cmq::cli::test::CommandFolder;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::HasSubstr;

constexpr auto usage = static_cast<int>(ErrorKind::usage);

class SimulateRun : public CommandFolder {
protected:
    void SetUp() override {
        registry = (folder / "r.toml").string();
        write_file(registry,
                   std::string_view{
                       "schema = 1\n[laboratory]\nerror_rate = 0.002\nsource = \"t\"\n"
                       "[[lot]]\nname = \"A\"\nsequence = \"TTACCCGCGATTAGCCACCATCGCGGTAGCGT\"\n"
                       "[[lot]]\nname = \"B\"\nsequence = \"GACCATTGCAATGGCTTACGGATCCTTGACAA\"\n"
                       "[[lot]]\nname = \"F\"\nfragments = [120, 143, 188.5, 231, 300, 402]\n"
                       "[[lot]]\nname = \"G\"\nfragments = [131, 143, 210, 255, 333, 410]\n"
                       "[[lot]]\nname = \"P\"\nparticle = \"XK7QPM42AB\"\n"
                       "[[lot]]\nname = \"Q\"\nparticle = \"ZZ1935TTQW\"\n"});
    }

    Outcome simulate(std::string const& kind, std::vector<std::string> const& more) {
        std::vector<std::string> words{"simulate", "run", kind, "-o", out(kind)};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }

    std::string out(std::string const& kind) const { return (folder / kind).string(); }

    /// What `code` says of the sample with its controls.
    nlohmann::json code(std::string const& kind, std::string const& ending) const {
        auto const file = [&](char const* name) { return out(kind) + '/' + name + ending; };
        auto const outcome = run({"code",
                                  file("sample"),
                                  "-r",
                                  registry,
                                  "--controls",
                                  file("negative"),
                                  "positive=" + file("positive"),
                                  "--forward",
                                  "ACGTTGCAAGTCCATGAGTC",
                                  "--reverse",
                                  "TGACCTAGGATCGCTTAGCA",
                                  "--umi",
                                  "10",
                                  "--json"});
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return nlohmann::json::parse(outcome.out).at("results").at(0);
    }

    std::string registry;
};

struct Kind {
    char const* name;
    char const* ending;
    char const* lot;
    char const* other;
};

std::vector<Kind> const all{{"sanger", ".ab1", "B", "A"},
                            {"fragments", ".fsa", "G", "F"},
                            {"amplicons", ".fastq", "B", "A"},
                            {"particles", ".csv", "Q", "P"}};

TEST_F(SimulateRun, GivesFilesOfWhichTheLotIsRead) {
    for (Kind const& kind : all) {
        ASSERT_EQ(simulate(kind.name, {"-r", registry, "--lot", kind.lot}).status, 0);
        auto const json = code(kind.name, kind.ending);
        EXPECT_EQ(json.at("verdict"), "match") << kind.name;
        EXPECT_EQ(json.at("lots").at(0).at("lot"), kind.lot);
        for (auto const& control : json.at("controls")) {
            EXPECT_EQ(control.at("good"), true) << kind.name << control.dump();
        }
    }
}

TEST_F(SimulateRun, ShowsWhatItTrulyHolds) {
    ASSERT_EQ(simulate("amplicons",
                       {"-r", registry, "--lot", "A", "--contamination", "B=0.1", "--seed", "5"})
                  .status,
              0);
    auto const truth = nlohmann::json::parse(read_text(out("amplicons") + "/truth.json"));
    EXPECT_EQ(truth.at("simulated"), true);
    EXPECT_EQ(truth.at("instrument"), "amplicons");
    EXPECT_EQ(truth.at("lot"), "A");
    EXPECT_EQ(truth.at("contaminant"), "B");
    EXPECT_EQ(truth.at("seed"), 5);
    EXPECT_EQ(truth.at("registry_sha256"), sha256_hex(read_file(registry)));
    auto const& files = truth.at("files");
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files.at(0).at("lots").size(), 2U);
    EXPECT_EQ(files.at(1).at("lots").at(0).at("lot"), "B");
    EXPECT_GT(files.at(1).at("lots").at(0).at("drawn").get<int>(), 0);
    for (auto const& file : files) {
        auto const path = out("amplicons") + '/' + file.at("file").get<std::string>();
        EXPECT_EQ(file.at("sha256"), sha256_hex(read_file(path)));
    }
}

TEST_F(SimulateRun, ContaminatedReagentsWithholdTheVerdict) {
    for (Kind const& kind : all) {
        auto const stain = std::string{kind.other} + "=0.6";
        ASSERT_EQ(simulate(kind.name, {"-r", registry, "--lot", kind.lot, "--contamination", stain})
                      .status,
                  0);
        auto const json = code(kind.name, kind.ending);
        EXPECT_EQ(json.at("verdict"), "inconclusive") << kind.name;
        EXPECT_EQ(json.at("reasons").at(0).at("reason"), "negative_control_positive") << kind.name;
    }
}

TEST_F(SimulateRun, ExchangedControlsWithholdTheVerdict) {
    for (Kind const& kind : all) {
        ASSERT_EQ(simulate(kind.name, {"-r", registry, "--lot", kind.lot, "--exchange"}).status, 0);
        auto const json = code(kind.name, kind.ending);
        EXPECT_EQ(json.at("verdict"), "inconclusive") << kind.name;
        EXPECT_EQ(json.at("reasons").at(0).at("reason"), "negative_control_positive") << kind.name;
    }
}

TEST_F(SimulateRun, PlateIsReadAlikeAsCsvAndAsRdml) {
    ASSERT_EQ(simulate("qpcr", {"--amount", "400", "--inhibition", "3"}).status, 0);
    auto const plate = [&](char const* name) {
        auto const outcome = run({"code", out("qpcr") + '/' + name, "--json"});
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return nlohmann::json::parse(outcome.out).at("results").at(0);
    };
    auto const csv = plate("plate.csv");
    EXPECT_EQ(csv.at("qpcr"), plate("plate.rdml").at("qpcr"));
    EXPECT_EQ(csv.at("inhibition").at(0).at("inhibition"), "seen");
    // The internal control stands in the blanks by design: no alarm.
    auto const text = run({"code", out("qpcr") + "/plate.csv"}).out;
    EXPECT_THAT(text, HasSubstr("controls without template: 3, all negative"));
    EXPECT_THAT(text, testing::Not(HasSubstr("prove nothing")));
}

TEST_F(SimulateRun, ExchangedPlateHasPositiveBlanks) {
    ASSERT_EQ(simulate("qpcr", {"--exchange"}).status, 0);
    auto const text = run({"code", out("qpcr") + "/plate.csv"}).out;
    EXPECT_THAT(text, HasSubstr("3 of 3 controls without template are positive"));
}

TEST_F(SimulateRun, SaysHowToReadWhatItWroteAndNoLineIsWide) {
    auto const said = simulate("sanger", {"-r", registry});
    EXPECT_THAT(said.err, HasSubstr("contremarque code"));
    EXPECT_EQ(simulate("sanger", {"-r", registry}).status, usage) << "the folder is there already";
    for (Language const language : {Language::english, Language::french}) {
        auto const help = run({"simulate", "run", "--help"}, language);
        EXPECT_EQ(help.status, 0);
        EXPECT_THAT(help.out, HasSubstr("contremarque simulate run"));
        std::istringstream stream{help.out};
        for (std::string text; std::getline(stream, text);) {
            EXPECT_LE(columns_of(text), 80U) << text;
        }
    }
}

TEST_F(SimulateRun, RefusesWhatIsWrongOnTheCommandLine) {
    std::vector<std::string> const given{"-r", registry};
    EXPECT_EQ(simulate("gel", given).status, usage);
    EXPECT_EQ(simulate("sanger", {}).status, usage);
    EXPECT_EQ(simulate("qpcr", given).status, usage);
    EXPECT_EQ(simulate("qpcr", {"--contamination", "A=0.1"}).status, usage);
    EXPECT_EQ(simulate("sanger", {"-r", registry, "--reads", "5"}).status, usage);
    EXPECT_EQ(simulate("sanger", {"-r", registry, "--inhibition", "1"}).status, usage);
    EXPECT_EQ(simulate("sanger", {"-r", registry, "--contamination", "0.1"}).status, usage);
    EXPECT_EQ(simulate("sanger", {"-r", registry, "--contamination", "A=x"}).status, usage);
    EXPECT_EQ(simulate("amplicons", {"-r", registry, "--forward", "ACGU"}).status, usage);
    EXPECT_EQ(run({"simulate", "run", "sanger", "-r", registry}).status, usage);
    EXPECT_EQ(run({"simulate", "run", "-o", out("x"), "-r", registry}).status, usage);
    EXPECT_EQ(simulate("sanger", {"-r", registry, "--lot", "P"}).status,
              static_cast<int>(ErrorKind::domain));
    EXPECT_EQ(simulate("sanger", {"-r", registry, "--error", "0.9"}).status,
              static_cast<int>(ErrorKind::domain));
    EXPECT_FALSE(std::filesystem::exists(out("sanger")));
}

} // namespace
