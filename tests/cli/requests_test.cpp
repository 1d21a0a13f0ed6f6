// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using cmq::Language;
using cmq::read_text;
using cmq::cli::test::Outcome;
using cmq::cli::test::run_with;
using testing::HasSubstr;
using testing::Not;

// Fifteen answers: stage ... the person's account.
std::string const answers = "2\n"
                            "dossier-12\n"
                            "14/11/2026 12:40\n"
                            "2\n"
                            "14/11/2026 17:20\n"
                            "PV d’interpellation n° 12, page 3, agent 5\n"
                            "la main droite réagit aux UV\n"
                            "1\n"
                            "2 3\n"
                            "jaune-vert\n"
                            "?\n"
                            "500 7\n"
                            "2\n"
                            "0\n"
                            "MARQUE-PLANTEE : il a serré la main d’un ami\n";

class Requests : public testing::Test {
protected:
    void SetUp() override {
        folder = fs::temp_directory_path() /
                 ("cmq_requests_" + std::to_string(::getpid()) + '_' +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
    }

    void TearDown() override { fs::remove_all(folder); }

    [[nodiscard]] Outcome ask(std::string const& typed,
                              std::vector<std::string> more = {},
                              Language language = Language::french) const {
        std::vector<std::string> words{
            "requests", "-o", folder.string(), "--date", "2026-11-21", "--format", "odt,text"};
        words.insert(words.end(), more.begin(), more.end());
        return run_with(words, typed, language);
    }

    [[nodiscard]] std::string text(std::string const& name) const {
        return read_text(folder / name);
    }

    fs::path folder;
};

TEST_F(Requests, GoFromFifteenAnswersToTextThatCanBeFiled) {
    Outcome const outcome = ask(answers);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(text("requests.fr.txt"), HasSubstr("Conclusions aux fins d’actes d’information"));
    EXPECT_THAT(text("requests.fr.txt"), HasSubstr("la main droite réagit aux UV"));
    EXPECT_THAT(text("questions.fr.txt"), HasSubstr("Questions au témoin qui tenait la lampe"));
    EXPECT_TRUE(fs::exists(folder / "requests.fr.odt"));
    EXPECT_THAT(outcome.err, HasSubstr("15/15"));
    // The same again from the case file that was written.
    std::string const first = text("requests.fr.txt");
    Outcome const again = run_with(
        {"requests", (folder / "case.toml").string(), "-o", folder.string(), "--format", "text"},
        "",
        Language::french);
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(text("requests.fr.txt"), first);
}

TEST_F(Requests, KeepThePersonsAccountInTheOfficesFilesAlone) {
    ASSERT_EQ(ask(answers, {"--lang", "fr,en"}).status, 0);
    std::size_t files = 0;
    for (auto const& entry : fs::directory_iterator{folder}) {
        std::string const name = entry.path().filename().string();
        bool const of_the_office = name == "answers.toml" || name == "counsel.toml";
        EXPECT_EQ(read_text(entry.path()).find("MARQUE-PLANTEE") != std::string::npos,
                  of_the_office)
            << name;
        ++files;
    }
    EXPECT_EQ(files, 11U); // case, answers, counsel, and two documents in two languages and formats
}

TEST_F(Requests, LetTheOwnerAloneReadTheOfficesFiles) {
    ASSERT_EQ(ask(answers).status, 0);
    for (char const* const name : {"answers.toml", "counsel.toml"}) {
        EXPECT_EQ(fs::status(folder / name).permissions(), fs::perms{0600}) << name;
    }
}

TEST_F(Requests, LockWhatTheQuestionsWroteWhenAskedTo) {
    fs::create_directories(folder);
    cmq::write_file(folder / "phrase", std::string_view{"correct horse battery staple"});
    std::vector<std::string> const encrypt{
        "--encrypt", "--passphrase-file", (folder / "phrase").string()};
    Outcome const outcome = ask(answers, encrypt);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    for (std::string const name : {"case.toml", "answers.toml", "counsel.toml"}) {
        EXPECT_FALSE(fs::exists(folder / name)) << name;
        EXPECT_TRUE(fs::exists(folder / (name + ".locked"))) << name;
        EXPECT_THAT(outcome.out, HasSubstr(name + ".locked\n"));
    }
    for (auto const& entry : fs::directory_iterator{folder}) {
        EXPECT_THAT(read_text(entry.path()), Not(HasSubstr("MARQUE-PLANTEE"))) << entry.path();
    }
    EXPECT_THAT(ask(answers, encrypt).err, HasSubstr("contremarque unlock"));
    EXPECT_EQ(ask("", {"--aide-memoire", "--encrypt"}).status, 2);
}

TEST_F(Requests, NameTheFilesThatAreLockedAndTheOneThatStaysClear) {
    ASSERT_EQ(ask(answers).status, 0);
    fs::path const file = folder.string() + "-given.toml";
    fs::copy_file(folder / "answers.toml", file, fs::copy_options::overwrite_existing);
    fs::remove_all(folder);
    fs::create_directories(folder);
    cmq::write_file(folder / "phrase", std::string_view{"correct horse battery staple"});
    Outcome const outcome = ask("",
                                {"--encrypt",
                                 "--passphrase-file",
                                 (folder / "phrase").string(),
                                 "--answers",
                                 file.string()},
                                Language::english);
    fs::remove(file);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    std::string said = outcome.err;
    std::ranges::replace(said, '\n', ' '); // lines are broken for the terminal
    EXPECT_FALSE(fs::exists(folder / "answers.toml.locked"));
    EXPECT_THAT(said, Not(HasSubstr("answers.toml")));
    EXPECT_THAT(said, HasSubstr("stays in the office: counsel.toml.locked"));
    EXPECT_THAT(said, HasSubstr("unlock " + (folder / "case.toml.locked").string()));
    EXPECT_THAT(said, HasSubstr("lock --remove " + file.string()));
}

TEST_F(Requests, CanBeStoppedAndResumedAtEachQuestion) {
    std::size_t begin = 0;
    int turns = 0;
    while (begin < answers.size()) {
        std::size_t const end = answers.find('\n', begin) + 1;
        Outcome const outcome = ask(answers.substr(begin, end - begin));
        begin = end;
        ++turns;
        EXPECT_EQ(outcome.status, begin < answers.size() ? 8 : 0) << outcome.err;
    }
    EXPECT_EQ(turns, 15);
    std::string const in_pieces = text("case.toml");
    fs::remove_all(folder);
    ASSERT_EQ(ask(answers).status, 0);
    EXPECT_EQ(text("case.toml"), in_pieces);
}

TEST_F(Requests, AskAgainAfterABadAnswerAndLoseNothing) {
    std::string const bad = "\n" + std::string(10000, 'x') + "\n\x1b[2J\n99\n?\n";
    std::string const typed = bad + "2\n\n\x1b\n" + answers.substr(2);
    Outcome const outcome = ask(typed);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    std::string const with_bad = text("case.toml");
    fs::remove_all(folder);
    ASSERT_EQ(ask(answers).status, 0);
    EXPECT_EQ(text("case.toml"), with_bad);
}

TEST_F(Requests, GoBackOneQuestion) {
    Outcome const outcome = ask("1\n<\n2\n" + answers.substr(2));
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(text("case.toml"), HasSubstr("stage = \"comparution-immediate\""));
}

TEST_F(Requests, TakeAnswersFromAFile) {
    ASSERT_EQ(ask(answers).status, 0);
    fs::path const file = folder.string() + ".toml";
    fs::copy_file(folder / "answers.toml", file, fs::copy_options::overwrite_existing);
    std::string const first = text("case.toml");
    fs::remove_all(folder);
    Outcome const outcome = ask("", {"--answers", file.string()});
    fs::remove(file);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(text("case.toml"), first);
}

TEST_F(Requests, NeverReplaceACaseFile) {
    ASSERT_EQ(ask(answers).status, 0);
    cmq::write_file(folder / "case.toml", "mine");
    Outcome const outcome = ask(answers);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(text("case.toml"), "mine");
}

TEST_F(Requests, SayBeforeAskingThatTheFolderIsAFile) {
    cmq::write_file(folder, "a file");
    Outcome const outcome = ask(answers);
    EXPECT_EQ(outcome.status, 3);
    EXPECT_THAT(outcome.err, HasSubstr("impossible de créer le répertoire"));
    EXPECT_THAT(outcome.err, Not(HasSubstr("1/15")));
}

TEST_F(Requests, PrintTheChecklistWithoutACase) {
    Outcome const outcome = ask("", {"--aide-memoire"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(text("aide-memoire.fr.txt"), HasSubstr("Ne rien laver"));
}

TEST_F(Requests, TellCounselAloneWhatTheStageAllows) {
    Outcome const outcome = ask("5\n" + answers.substr(2));
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.err, HasSubstr("seuls les rapports d’expertise peuvent être remis à un"));
    EXPECT_THAT(text("requests.fr.txt"), Not(HasSubstr("scientifique consulté à titre privé")));
}

TEST_F(Requests, RefuseOptionsThatDoNotGoTogether) {
    EXPECT_EQ(ask("", {"a.toml", "b.toml"}).status, 2);
    EXPECT_EQ(ask("", {"a.toml", "--aide-memoire"}).status, 2);
    EXPECT_EQ(ask("", {"--date", "21/11/2026"}).status, 2);
    EXPECT_EQ(ask("", {"--format", "doc"}).status, 2);
    EXPECT_EQ(ask("", {"--answers", "nowhere.toml"}).status, 3);
    EXPECT_FALSE(fs::exists(folder / "case.toml"));
}

TEST_F(Requests, FitATerminalOfEightyColumns) {
    for (Language const language : {Language::french, Language::english}) {
        fs::remove_all(folder);
        std::string const shown = ask(answers, {}, language).err;
        std::size_t begin = 0;
        while (begin < shown.size()) {
            std::size_t const end = std::min(shown.find('\n', begin), shown.size());
            std::string const line = shown.substr(begin, end - begin);
            auto const width = std::count_if(line.begin(), line.end(), [](char c) {
                return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
            });
            bool const is_path =
                line.find('/') != std::string::npos && line.find(' ') == std::string::npos;
            EXPECT_TRUE(width <= 80 || is_path) << line;
            begin = end + 1;
        }
    }
}

} // namespace
