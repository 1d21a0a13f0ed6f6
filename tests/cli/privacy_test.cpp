// SPDX-License-Identifier: GPL-3.0-or-later

// A name of the key stops every command that reads the case, and nothing is written.

#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using pipeline::test::two_accounts;
using pipeline::test::with;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Privacy : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(root);
        write_file(root / "case.key.toml",
                   std::string_view{"schema = 1\n[[person]]\ncode = \"P1\"\n"
                                    "names = [\"Zoé Lefèvre\", \"Lefèvre\"]\n"});
    }

    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    [[nodiscard]] std::string path(char const* name) const { return (root / name).string(); }

    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (auto const& entry : fs::recursive_directory_iterator{root}) {
            names.push_back(entry.path().filename().string());
        }
        std::ranges::sort(names);
        return names;
    }

    fs::path root =
        fs::temp_directory_path() / ("contremarque-privacy-" + std::to_string(::getpid()));
};

std::string const small = with(two_accounts, "draws = 4096", "draws = 64");

TEST_F(Privacy, ANameOfTheKeyStopsEveryCommandThatReadsTheCase) {
    write_file(root / "case.toml", small + "# Mme LEFEVRE said so\n");
    for (std::vector<std::string> const& words : std::vector<std::vector<std::string>>{
             {"analyse", path("case.toml"), "-o", path("out"), "--format", "json"},
             {"transfer", path("case.toml")},
             {"requests", path("case.toml"), "-o", path("requests"), "--format", "text"},
             {"freeze", path("case.toml")},
             {"preassess", path("case.toml")}}) {
        for (Language const language : {Language::english, Language::french}) {
            Outcome const outcome = run(words, language);
            EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::domain)) << words.front();
            EXPECT_THAT(
                outcome.err,
                AllOf(HasSubstr("P1"), HasSubstr("case.key.toml"), Not(HasSubstr("LEFEVRE"))))
                << words.front();
            EXPECT_EQ(outcome.out, "") << words.front();
        }
    }
    EXPECT_THAT(files(), ElementsAre("case.key.toml", "case.toml"));
}

TEST_F(Privacy, ReportRefusesAKeptCaseWithAName) {
    write_file(root / "case.toml", with(small, "fluorescence observée", "Mme Lefèvre luit"));
    fs::rename(root / "case.key.toml", root / "elsewhere");
    ASSERT_EQ(run({"analyse", path("case.toml"), "-o", path("out"), "--format", "json"}).status, 0);
    fs::rename(root / "elsewhere", root / "out" / "case.key.toml");
    Outcome const outcome =
        run({"report", path("out/case.h5"), "-o", path("again"), "--format", "json"});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::domain));
    EXPECT_THAT(outcome.err, HasSubstr("holds a name of P1"));
    EXPECT_FALSE(fs::exists(root / "again"));
}

TEST_F(Privacy, NothingOfTheKeyEntersAnOutput) {
    write_file(root / "case.toml",
               with(small, "language = \"fr\"\n", "language = \"fr\"\nstage = \"audience\"\n"));
    write_file(root / "case.key.toml",
               std::string_view{"schema = 1\n[[person]]\ncode = \"P1\"\n"
                                "names = [\"Xyzzy Qwert\"]\nnote = \"plugh\"\n"});
    ASSERT_EQ(
        run({"analyse", path("case.toml"), "-o", path("out"), "--format", "json,html"}).status, 0);
    ASSERT_EQ(run({"requests", path("case.toml"), "-o", path("asked"), "--format", "text"}).status,
              0);
    ASSERT_EQ(run({"freeze", path("case.toml")}).status, 0);
    std::size_t read = 0;
    for (auto const& entry : fs::recursive_directory_iterator{root}) {
        if (entry.is_regular_file() && entry.path().filename() != "case.key.toml") {
            EXPECT_THAT(
                read_text(entry.path()),
                AllOf(Not(HasSubstr("Xyzzy")), Not(HasSubstr("plugh")), Not(HasSubstr("Qwert"))))
                << entry.path();
            ++read;
        }
    }
    EXPECT_GE(read,
              10U); // case.toml, frozen.toml and .tsq, case.h5, notes, log, manifest, documents
}

TEST_F(Privacy, ALinkToTheCaseHidesNoKey) {
    write_file(root / "case.toml", small + "# Mme LEFEVRE said so\n");
    fs::create_directories(root / "elsewhere");
    fs::create_symlink(root / "case.toml", root / "elsewhere" / "link.toml");
    Outcome const outcome = run({"transfer", path("elsewhere/link.toml")});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::domain));
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("link.toml"), HasSubstr("case.key.toml")));
    // And the key beside the link counts as before.
    fs::rename(root / "case.key.toml", root / "elsewhere" / "link.key.toml");
    EXPECT_THAT(run({"transfer", path("elsewhere/link.toml")}).err, HasSubstr("link.key.toml"));
}

TEST_F(Privacy, ALockedKeyIsNamedByEveryCommandThatLooksForNames) {
    write_file(root / "case.toml", small + "# Mme LEFEVRE said so\n");
    fs::rename(root / "case.key.toml", root / "case.key.toml.locked");
    for (std::vector<std::string> const& words : std::vector<std::vector<std::string>>{
             {"analyse", path("case.toml"), "-o", path("out"), "--format", "json"},
             {"counsel", path("case.toml"), "-o", path("counsel"), "--format", "text"},
             {"transfer", path("case.toml")},
             {"requests", path("case.toml"), "-o", path("requests"), "--format", "text"},
             {"freeze", path("case.toml")},
             {"preassess", path("case.toml")}}) {
        EXPECT_THAT(run(words).err, HasSubstr("The key is locked")) << words.front();
        EXPECT_THAT(run(words, Language::french).err, HasSubstr("La clé est verrouillée"))
            << words.front();
    }
    // One that lies there clear too is read.
    write_file(root / "case.key.toml", std::string_view{"schema = 1\n"});
    EXPECT_THAT(run({"transfer", path("case.toml")}).err, Not(HasSubstr("locked")));
}

} // namespace
