// SPDX-License-Identifier: GPL-3.0-or-later

// purge as a command: what goes, what stays, and that nothing goes unasked.

#include "core/error.hpp"
#include "report/json_manifest.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <span>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using cmq::cli::test::run_with;
using pipeline::test::two_accounts;
using pipeline::test::with;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A third person, whom no proposition needs: planted words stand for what must go.
std::string const third_person = R"(
# Mme PLANTEE came later
[[carrier]]
id = "P3.hand"
surface = "skin"
label = { fr = "main de P3", en = "hand of P3" }
[[observation]]
zone = "P3.hand"
kind = "not_detected"
source = { document = "PV 3", words = "marker-planted" }
)";

class Purge : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(root);
        std::string text = with(two_accounts, "draws = 4096", "draws = 64");
        text = with(text, "language = \"fr\"\n", "language = \"fr\"\nstage = \"audience\"\n");
        write_file(root / "case.toml", text + third_person);
        write_file(root / "case.key.toml",
                   std::string_view{"schema = 1\n[[person]]\ncode = \"P1\"\nnames = [\"Durand\"]\n"
                                    "[[person]]\ncode = \"P3\"\nnames = [\"Plantée\"]\n"});
        write_file(root / "counsel.toml",
                   std::string_view{"schema = 1\n[counsel]\naccount = \"J’ai vu Mme Plantée.\"\n"});
    }

    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    [[nodiscard]] std::string path(char const* name) const { return (root / name).string(); }

    [[nodiscard]] std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> all;
        for (auto const& entry : fs::recursive_directory_iterator{root}) {
            if (entry.is_regular_file()) {
                all[entry.path().lexically_relative(root).string()] = read_text(entry.path());
            }
        }
        return all;
    }

    /// The key stops a case with a name in a comment: here it is put beside the case afterwards.
    void make_outputs() const {
        fs::rename(root / "case.key.toml", root / "away");
        ASSERT_EQ(run({"analyse", path("case.toml"), "-o", path("out"), "--format", "json"}).status,
                  0);
        ASSERT_EQ(
            run({"requests", path("case.toml"), "-o", path("asked"), "--format", "text"}).status,
            0);
        fs::rename(root / "away", root / "case.key.toml");
        write_file(root / "out" / "mine.txt", std::string_view{"not of this program"});
    }

    fs::path root =
        fs::temp_directory_path() / ("contremarque-purge-" + std::to_string(::getpid()));
};

TEST_F(Purge, TakesAPersonOutOfEverythingAndSaysWhatItCannot) {
    make_outputs();
    write_file(root / "case.toml.locked", std::string_view{"x"});
    Outcome const outcome = run({"purge",
                                 path("case.toml"),
                                 "--person",
                                 "P3",
                                 "--out",
                                 path("out"),
                                 "--out",
                                 path("asked"),
                                 "--yes"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    for (auto const& [name, text] : files()) {
        EXPECT_THAT(text,
                    AllOf(Not(HasSubstr("P3")),
                          Not(HasSubstr("lantée")),
                          Not(HasSubstr("PLANTEE")),
                          Not(HasSubstr("marker-planted"))))
            << name;
    }
    auto const left = files();
    EXPECT_EQ(left.size(), 5U); // case, key, counsel.toml, the locked file, and mine.txt
    EXPECT_TRUE(left.contains("out/mine.txt"));
    EXPECT_THAT(left.at("case.key.toml"), HasSubstr("Durand"));
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr("out/case.h5: result computed with the person"),
                      HasSubstr("asked/requests.fr.txt: made from the case"),
                      HasSubstr("case.toml.locked: locked, so not read"),
                      HasSubstr("out/mine.txt: no result of this program"),
                      HasSubstr("counsel.account: text that speaks of P3")));
    // The others are untouched: the case gives its result again.
    Outcome const again =
        run({"analyse", path("case.toml"), "-o", path("out"), "--format", "json"});
    EXPECT_EQ(again.status, 0) << again.err;
}

TEST_F(Purge, KeepsThePermissionsOfWhatItChanges) {
    fs::permissions(root / "case.toml", fs::perms{0600});
    fs::permissions(root / "case.key.toml", fs::perms{0640});
    ASSERT_EQ(run({"purge", path("case.toml"), "--person", "P3", "--yes"}).status, 0);
    EXPECT_EQ(fs::status(root / "case.toml").permissions(), fs::perms{0600});
    EXPECT_EQ(fs::status(root / "case.key.toml").permissions(), fs::perms{0640});
}

TEST_F(Purge, WorksOnTheFileThatALinkLeadsTo) {
    fs::create_directories(root / "elsewhere");
    fs::create_symlink(root / "case.toml", root / "elsewhere" / "link.toml");
    fs::rename(root / "counsel.toml", root / "elsewhere" / "account.toml");
    fs::create_symlink(root / "elsewhere" / "account.toml", root / "counsel.toml");
    Outcome const outcome = run({"purge", path("elsewhere/link.toml"), "--person", "P3", "--yes"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_TRUE(fs::is_symlink(root / "elsewhere" / "link.toml"));
    EXPECT_THAT(read_text(root / "case.toml"),
                AllOf(Not(HasSubstr("P3")), Not(HasSubstr("PLANT"))));
    EXPECT_THAT(read_text(root / "case.key.toml"), Not(HasSubstr("P3")));
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr("link.toml: a link to "),
                      HasSubstr("counsel.toml: a link, which was not followed")));
}

TEST_F(Purge, DoesNothingUnasked) {
    auto const before = files();
    std::vector<std::string> const words{"purge", path("case.toml"), "--person", "P3"};
    EXPECT_EQ(run(words).status, static_cast<int>(ErrorKind::usage));
    EXPECT_EQ(run_with(words, "y\n", Language::english).status, static_cast<int>(ErrorKind::usage));
    Outcome const french = run_with(words, "P1\n", Language::french);
    EXPECT_THAT(french.err, HasSubstr("rien n’a été changé"));
    Outcome const dry = run({"purge", path("case.toml"), "--person", "P3", "--dry-run"});
    EXPECT_EQ(dry.status, 0);
    EXPECT_THAT(dry.out, HasSubstr("P3.hand: zone of P3"));
    EXPECT_EQ(files(), before);
    EXPECT_EQ(run_with(words, "P3\n", Language::english).status, 0);
    EXPECT_NE(files(), before);
}

TEST_F(Purge, RefusesWhoIsNotThereAndWhatIsNoCode) {
    auto const before = files();
    EXPECT_THAT(run({"purge", path("case.toml"), "--person", "P9", "--yes"}).err,
                HasSubstr("nothing speaks of P9"));
    EXPECT_EQ(run({"purge", path("case.toml"), "--person", "P 1", "--yes"}).status, 2);
    EXPECT_EQ(run({"purge", path("case.toml"), "--yes"}).status, 2);
    EXPECT_EQ(
        run({"purge", path("case.toml"), "--person", "P3", "--out", path("none"), "--yes"}).status,
        static_cast<int>(ErrorKind::io));
    EXPECT_EQ(files(), before);
}

/// What purge says of analyse is what analyse says afterwards.
TEST_F(Purge, NamesWhatAnalyseWillRefuse) {
    write_file(root / "case.toml", with(two_accounts, "draws = 4096", "draws = 64"));
    Outcome const purged = run({"purge", path("case.toml"), "--person", "P1", "--yes"});
    ASSERT_EQ(purged.status, 0) << purged.err;
    Outcome const refused =
        run({"analyse", path("case.toml"), "-o", path("out"), "--format", "json"});
    EXPECT_EQ(refused.status, static_cast<int>(ErrorKind::domain));
    std::size_t lines = 0;
    std::istringstream said{purged.out.substr(purged.out.find("analyse will refuse"))};
    for (std::string line; std::getline(said, line);) {
        if (line.starts_with("    ")) {
            // analyse breaks its lines for the terminal: compared are the places.
            std::string const place = line.substr(4, line.find(": ") - 4);
            EXPECT_THAT(refused.err, HasSubstr(place.substr(place.find(" line ")))) << line;
            ++lines;
        }
    }
    EXPECT_GE(lines, 1U);
}

TEST_F(Purge, RemovesAnswersAndFrozenTextOfTheirPerson) {
    fs::remove(root / "case.key.toml");
    write_file(root / "case.toml", with(two_accounts, "draws = 4096", "draws = 64"));
    ASSERT_EQ(run({"freeze", path("case.toml")}).status, 0);
    write_file(root / "answers.toml", std::string_view{"schema = 1\n[answer]\nlamp = \"UV\"\n"});
    Outcome const outcome = run({"purge", path("case.toml"), "--person", "P1", "--yes"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_FALSE(fs::exists(root / "answers.toml"));
    EXPECT_FALSE(fs::exists(root / "case.frozen.toml"));
    EXPECT_TRUE(fs::exists(root / "case.frozen.tsq"));
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr("no longer has two sides"),
                      HasSubstr("contremarque analyse will refuse this file"),
                      HasSubstr("case.frozen.tsq: holds a hash alone")));
    EXPECT_THAT(read_text(root / "counsel.toml"), Not(HasSubstr("account")));
    EXPECT_THAT(read_text(root / "case.toml"), Not(HasSubstr("P1")));
}

TEST_F(Purge, FollowsNoManifestOutOfItsFolder) {
    fs::create_directories(root / "out");
    std::vector<std::string> const words{
        "purge", path("case.toml"), "--person", "P3", "--out", path("out"), "--yes"};
    write_file(root / "out" / "manifest.json", std::string_view{"{}"});
    EXPECT_EQ(run(words).status, static_cast<int>(ErrorKind::integrity));
    EXPECT_THAT(read_text(root / "case.toml"), HasSubstr("P3"));
    // One with a hash of its own that fits, and a name that leads out of the folder.
    write_file(root / "precious", std::string_view{"x"});
    report::ManifestEntry const out{"../precious", 1, std::string(64, '0')};
    write_file(root / "out" / "manifest.json", report::json_manifest(std::span{&out, 1}));
    (void)run(words);
    EXPECT_TRUE(fs::exists(root / "precious"));
}

} // namespace
