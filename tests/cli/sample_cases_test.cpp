// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using cmq::read_text;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

fs::path sample(std::string const& name) {
    return fs::path{CMQ_SOURCE_DIR} / "sample_data" / name;
}

class SampleCases : public testing::Test {
protected:
    void SetUp() override {
        folder = fs::temp_directory_path() /
                 ("cmq_sample_cases_" + std::to_string(::getpid()) + '_' +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
    }

    void TearDown() override { fs::remove_all(folder); }

    /// The result of `analyse`, JSON alone.
    [[nodiscard]] json analysed(std::string const& name) const {
        Outcome const outcome = run({"analyse",
                                     (sample(name) / "case.toml").string(),
                                     "-o",
                                     folder.string(),
                                     "--format",
                                     "html,json"});
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return json::parse(read_text(folder / "note.json")).at("results").at(0);
    }

    [[nodiscard]] std::string text(std::string const& file) const {
        return read_text(folder / file);
    }

    fs::path folder;
};

class SlowSampleCases : public SampleCases {};

bool lacks(json const& result, std::string const& item) {
    auto const& missing = result.at("missing");
    return std::any_of(
        missing.begin(), missing.end(), [&](json const& each) { return each.at("item") == item; });
}

std::string kind_on(json const& result, std::string const& zone) {
    for (json const& finding : result.at("findings")) {
        if (finding.at("zone") == zone) {
            return finding.at("kind").get<std::string>();
        }
    }
    return "";
}

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', from)) {
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

TEST_F(SampleCases, WithoutAPictureIsWhatTheProgramWritesFromItsAnswers) {
    fs::path const source = sample("no_picture");
    Outcome const outcome = run({"requests",
                                 "--answers",
                                 (source / "answers.toml").string(),
                                 "--date",
                                 "2026-11-21",
                                 "--format",
                                 "text",
                                 "-o",
                                 folder.string()});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    std::string const written = text("case.toml");
    std::string const completed = read_text(source / "case.toml");
    // All that the answers say is in the completed file as it was written: its accounts alone are counsel's.
    std::size_t const draft = written.find("# Tout ce qui suit est un point de départ");
    ASSERT_NE(draft, std::string::npos);
    std::size_t const counsel = completed.find("# Écrit par l’avocat");
    ASSERT_NE(counsel, std::string::npos);
    std::string const kept = completed.substr(0, counsel);
    for (std::string const& line : lines_of(written.substr(0, draft))) {
        bool const replaced = line.find("propositions_chosen_by") == 0 ||
                              line.find("P2.right_hand") != std::string::npos ||
                              line.find("main droite de P2") != std::string::npos ||
                              line == "surface = \"skin\"";
        if (!replaced) {
            EXPECT_THAT(kept, HasSubstr(line + '\n'));
        }
    }
    // What the person says is in the answers, and in nothing that leaves the office.
    std::string const account = "manche mouillée";
    EXPECT_THAT(text("counsel.toml"), HasSubstr(account));
    for (std::string const name : {"case.toml", "requests.fr.txt", "questions.fr.txt"}) {
        EXPECT_THAT(text(name), Not(HasSubstr(account))) << name;
    }
    EXPECT_THAT(completed, Not(HasSubstr(account)));
}

TEST_F(SampleCases, WithoutAPictureHardlyTellsTheAccountsApart) {
    json const result = analysed("no_picture");
    EXPECT_EQ(result.at("case").at("demonstration"), true);
    EXPECT_TRUE(result.at("captures").empty());
    EXPECT_EQ(kind_on(result, "P1.right_hand"), "detected");
    EXPECT_EQ(kind_on(result, "P1.right_sleeve"), "detected");
    EXPECT_EQ(kind_on(result, "P1.face"), "not_detected");
    std::string report = read_text(sample("no_picture") / "proces_verbal.txt");
    std::replace(report.begin(), report.end(), '\n', ' ');
    EXPECT_EQ(std::count(report.begin(), report.end(), '\f'), 1); // two pages
    EXPECT_THAT(report, HasSubstr("SPÉCIMEN : DÉMONSTRATION"));
    for (json const& seen : result.at("reported")) { // what is quoted stands there
        EXPECT_THAT(report, HasSubstr(seen.at("source").at("words").get<std::string>()));
    }
    json const& value = result.at("evaluations").at(0).at("log10_lr");
    EXPECT_LT(std::abs(value.at("value").get<double>()), 1.0); // its README: near 1
    EXPECT_GT(value.at("sensitivity_high").get<double>() -
                  value.at("sensitivity_low").get<double>(),
              1.0); // its README: more than a factor of ten
    for (std::string const item :
         {"raw_files", "lamp", "filter", "population", "code_reading", "glove_log", "who_fired"}) {
        EXPECT_TRUE(lacks(result, item)) << item;
    }
    EXPECT_THAT(text("note.fr.html"), HasSubstr("DÉMONSTRATION"));
    EXPECT_THAT(text("note.en.html"), HasSubstr("DEMONSTRATION"));
    for (std::string const name : {"case.h5", "manifest.json"}) {
        EXPECT_TRUE(fs::exists(folder / name)) << name;
    }
}

TEST_F(SlowSampleCases, OfSeveralZonesGoesAgainstTheDefencesAccount) {
    json const result = analysed("several_zones");
    EXPECT_EQ(result.at("case").at("demonstration"), true);
    for (std::string const zone : {"P1.jacket_back", "P1.left_shoulder", "P1.trousers_back"}) {
        EXPECT_EQ(kind_on(result, zone), "detected");
    }
    for (std::string const zone : {"P1.right_hand", "P1.right_sleeve"}) {
        EXPECT_EQ(kind_on(result, zone), "not_detected");
    }
    json const& evaluation = result.at("evaluations").at(0);
    EXPECT_EQ(evaluation.at("h1"), "Hp");
    EXPECT_EQ(evaluation.at("withheld"), "no");
    EXPECT_EQ(evaluation.at("printed").at("supports"), "h1");
    EXPECT_EQ(evaluation.at("printed").at("at_cap"), true);
    EXPECT_TRUE(evaluation.at("printed").at("words").is_null());
    // Over the whole range, and no parameter of the case's own.
    EXPECT_GT(evaluation.at("log10_lr").at("sensitivity_low").get<double>(), 0.0);
    EXPECT_THAT(read_text(sample("several_zones") / "case.toml"), Not(HasSubstr("[[parameter]]")));
    // What the report states, or the case names as held, is not asked for.
    for (std::string const item : {"lamp", "filter", "population", "glove_log", "who_fired"}) {
        EXPECT_FALSE(lacks(result, item)) << item;
    }
    EXPECT_THAT(text("note.fr.html"), HasSubstr("DÉMONSTRATION"));
}

TEST_F(SlowSampleCases, OfACodeReadsItWithItsControlsAndVerifyKnowsItsFiles) {
    json const result = analysed("code_reading");
    json const& first = result.at("readings").at(0);
    EXPECT_EQ(first.at("verdict"), "match"); // truth.csv: 160 reads of this lot
    EXPECT_EQ(first.at("read"), "PMC-2023-017");
    EXPECT_EQ(first.at("use"), "weighed");
    EXPECT_EQ(first.at("files").size(), 5U);
    for (json const& file : first.at("files")) {
        EXPECT_NE(file.at("good"), false) << file.at("file");
    }
    EXPECT_EQ(result.at("readings").at(1).at("use"), "no_rates");
    // A shot against something else gains from the code, up to what the laboratory's errors allow.
    json const& against_other = result.at("evaluations").at(1);
    double const gain = against_other.at("log10_lr").at("value").get<double>() -
                        against_other.at("log10_lr_without_codes").get<double>();
    EXPECT_GT(gain, 0.3);
    EXPECT_LT(gain, -std::log10(first.at("evidence").at("error").get<double>()));
    EXPECT_THAT(text("note.fr.html"), HasSubstr("ce qu’il ne prouve pas"));

    fs::path const inputs = folder / "inputs";
    fs::copy(sample("code_reading"), inputs);
    auto const verified = [&] {
        return run({"verify", (folder / "case.h5").string(), "--inputs", inputs.string()});
    };
    EXPECT_EQ(verified().status, 0);
    cmq::write_file(inputs / "bench_wipe.fastq", std::string_view{"@r\nACGT\n+\nIIII\n"});
    Outcome const changed = verified();
    EXPECT_EQ(changed.status, 11);
    EXPECT_THAT(changed.out, HasSubstr("bench_wipe.fastq"));
}

} // namespace
