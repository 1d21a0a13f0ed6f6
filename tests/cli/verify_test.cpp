// SPDX-License-Identifier: GPL-3.0-or-later

// analyse, report and verify as commands, and what a kill leaves behind.

#include "apps/cli/make_renderer.hpp"
#include "apps/cli/verify_text.hpp"
#include "core/random.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/pipeline/transfer_case.hpp"
#include "tests/render/run_command.hpp"
#include "tests/times.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using cmq::cli::test::run;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Verify : public testing::Test {
public:
    Verify() {
        fs::create_directories(root_);
        write_case("12:04");
    }

    ~Verify() override {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }

    void write_case(std::string const& contact) const {
        using namespace pipeline::test;
        write_file(case_file(),
                   with(with(two_accounts, "draws = 4096", "draws = 64"), "12:04", contact));
    }

    [[nodiscard]] fs::path case_file() const { return root_ / "case.toml"; }

    [[nodiscard]] fs::path out() const { return root_ / "out"; }

    [[nodiscard]] std::vector<std::string> analyse() const {
        return {"analyse", case_file().string(), "-o", out().string(), "--format", "json"};
    }

private:
    fs::path root_ = fs::temp_directory_path() / ("cmq_verify_" + std::to_string(::getpid()));
};

TEST_F(Verify, SaysInBothLanguagesWhatItFound) {
    ASSERT_EQ(run(analyse()).status, 0);
    auto const good = run({"verify", out().string(), "--lang", "fr"});
    EXPECT_EQ(good.status, 0);
    EXPECT_THAT(good.out,
                AllOf(HasSubstr("Tout ce qui a été vérifié est conforme."),
                      HasSubstr("conforme     case.h5"),
                      HasSubstr("--recompute"),
                      Not(HasSubstr("DIFFÈRE"))));
    EXPECT_THAT(good.out,
                AllOf(HasSubstr("Ce qui a été vérifié\n  Les fichiers du répertoire"),
                      HasSubstr("Ce qui ne l’a pas été\n"),
                      HasSubstr("À LIRE       look-alikes-averaged"),
                      Not(HasSubstr("Ce qui ne va pas"))));
    write_file(out() / "note.json", std::string_view{"{}"});
    auto const bad = run({"verify", out().string(), "--lang", "en"});
    EXPECT_EQ(bad.status, 11);
    EXPECT_THAT(bad.out,
                AllOf(HasSubstr("DIFFERS      note.json"), HasSubstr("Ask for the original")));
    auto const json = run({"verify", out().string(), "--json"});
    EXPECT_THAT(json.out, AllOf(HasSubstr("\"good\": false"), HasSubstr("\"kind\": \"output\"")));
}

TEST_F(Verify, TakesACaseFileAloneAndWeighsAgain) {
    ASSERT_EQ(run(analyse()).status, 0);
    auto const checked =
        run({"verify", (out() / "case.h5").string(), "--recompute", "--lang", "en"});
    EXPECT_EQ(checked.status, 0) << checked.out;
    EXPECT_THAT(checked.out, HasSubstr("good         Hp/Hd (comparison, weighed again)"));
}

TEST_F(Verify, TakesALaterListOfKnownIssues) {
    ASSERT_EQ(run(analyse()).status, 0);
    fs::path const list = out().string() + ".toml";
    std::string const head = "schema = 1\nas_of = 2027-01-01\n";
    write_file(list, std::string_view{head});
    std::vector<std::string> const words{
        "verify", out().string(), "--known-issues", list.string(), "--lang", "en"};
    auto const none = run(words);
    EXPECT_EQ(none.status, 0) << none.err;
    EXPECT_THAT(
        none.out,
        AllOf(HasSubstr("good         2027-01-01 (known error)"), Not(HasSubstr("TO READ"))));
    write_file(list, std::string_view{head + R"([[issue]]
id = "new-one"
found = 2026-12-31
from = "0.1.0"
results = ["note"]
touches = "every_report"
what = { fr = "quoi.", en = "what." }
effect = { fr = "effet.", en = "effect." }
recognise = { fr = "signe.", en = "sign." }
)"});
    auto const one = run(words);
    EXPECT_EQ(one.status, 0); // the bytes are good
    EXPECT_THAT(one.out,
                AllOf(HasSubstr("TO READ      new-one"), HasSubstr("what. effect. sign.")));
    write_file(list, std::string_view{"schema = 1\n"});
    EXPECT_EQ(run(words).status, 4);
}

TEST_F(Verify, ReportGivesTheSameNote) {
    ASSERT_EQ(run(analyse()).status, 0);
    fs::remove(case_file());
    std::string const again = out().string() + "_again";
    auto const made =
        run({"report", (out() / "case.h5").string(), "-o", again, "--format", "json"});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(read_file(fs::path{again} / "note.json"), read_file(out() / "note.json"));
    EXPECT_EQ(run({"verify", again}).status, 0);
}

TEST_F(Verify, ReportWritesAKitWithAGuideOfOnePage) {
    ASSERT_EQ(run(analyse()).status, 0);
    std::string const case_h5 = (out() / "case.h5").string();
    std::string const kit = out().string() + "_kit";
    auto const made = run({"report", case_h5, "--kit", kit, "--json"});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(made.out, read_text(fs::path{kit} / "numbers.json"));
    EXPECT_THAT(made.err, HasSubstr("guide.fr.txt"));
    if (cmq::cli::can_render() && has_program("pdfinfo")) {
        for (std::string const name : {"guide.fr.pdf", "guide.en.pdf"}) {
            EXPECT_THAT(run_command("pdfinfo '" + kit + '/' + name + "'").output,
                        testing::ContainsRegex("Pages: +1\n"));
        }
    }
    EXPECT_EQ(run({"report", case_h5, "--kit", kit}).status, 2); // it is there
    EXPECT_EQ(run({"report", case_h5, "--kit", kit + "2", "-o", kit}).status, 2);
    EXPECT_EQ(run({"report", case_h5, "--kit", kit + "2", "--format", "pdf"}).status, 2);
    EXPECT_FALSE(fs::exists(kit + "2"));
}

TEST_F(Verify, RefusesWhatIsNoCase) {
    EXPECT_EQ(run({"verify", case_file().string()}).status, 11); // a file, and no case file
    EXPECT_EQ(run({"report", case_file().string()}).status, 4);
    EXPECT_EQ(run({"verify", "/no/such/folder"}).status, 3);
    EXPECT_EQ(run({"report", "/no/such/case.h5"}).status, 3);
    EXPECT_EQ(run({"verify"}).status, 2);
    EXPECT_EQ(run({"report"}).status, 2);
    EXPECT_EQ(run({"verify", "a", "--lang", "de"}).status, 2);
}

// Another zone of time, language, number format and screen: the same bytes in every file but the log.
TEST_F(Verify, GivesTheSameBytesInAnyZoneLocaleAndScreen) {
    std::array<std::string, 3> const surroundings{
        "TZ=UTC LC_ALL=C",
        "TZ=America/New_York LC_ALL=fr_FR.UTF-8 LOCPATH='" CMQ_SOURCE_DIR "/build/locale'",
        "TZ=Asia/Kolkata LC_ALL=C.UTF-8 LANGUAGE=fr QT_SCALE_FACTOR=2 QT_FONT_DPI=192 COLUMNS=200"};
    std::vector<fs::path> folders;
    for (std::string const& surrounding : surroundings) {
        folders.push_back(out().string() + std::to_string(folders.size()));
        std::string const command =
            "env " + surrounding + " '" CMQ_BINARY_DIR "/bin/contremarque' analyse '" +
            case_file().string() + "' -o '" + folders.back().string() + "' 2>/dev/null";
        ASSERT_EQ(std::system(command.c_str()), 0) << command;
    }
    std::size_t compared = 0;
    for (auto const& file : fs::directory_iterator(folders[0])) {
        fs::path const name = file.path().filename();
        if (name == "run.log" || name == "manifest.json") { // the times, and their hash
            continue;
        }
        for (std::size_t i = 1; i < folders.size(); ++i) {
            EXPECT_EQ(read_file(file.path()), read_file(folders[i] / name)) << name << ' ' << i;
            ++compared;
        }
    }
    EXPECT_GE(compared, 2U * 4U); // case.h5, two HTML, JSON; and two PDF where Qt is there
}

pid_t start(std::vector<std::string> words) {
    std::string program = CMQ_BINARY_DIR "/bin/contremarque";
    std::vector<char*> arguments{program.data()};
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t silent;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = -1;
    EXPECT_EQ(posix_spawn(&child, program.c_str(), &silent, nullptr, arguments.data(), environ), 0);
    posix_spawn_file_actions_destroy(&silent);
    return child;
}

using SlowVerify = Verify;

// Killed anywhere, a run leaves the old case file or the new one, whole; and the next run ends.
// scripts/study_case_files kills ten times as often.
TEST_F(SlowVerify, AKillLeavesAWholeCaseFile) {
    ASSERT_EQ(run(analyse()).status, 0);
    auto const first = read_file(out() / "case.h5");
    write_case("12:30");
    auto const began = std::chrono::steady_clock::now();
    ASSERT_EQ(run(analyse()).status, 0);
    std::chrono::duration<double> const whole = std::chrono::steady_clock::now() - began;
    auto const second = read_file(out() / "case.h5");
    ASSERT_NE(first, second);
    Random random{5, 0, 0};
    int killed = 0;
    for (int i = 0; i < 20 * study_times(); ++i) {
        write_case(i % 2 == 0 ? "12:04" : "12:30");
        pid_t const child = start(analyse());
        std::this_thread::sleep_for(1.2 * random.uniform() * whole);
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        killed += WIFSIGNALED(status) ? 1 : 0;
        auto const kept = read_file(out() / "case.h5");
        EXPECT_TRUE(kept == first || kept == second) << "run " << i;
        EXPECT_TRUE(read_text(out() / "note.json").ends_with("}\n"));
        if (i % 10 == 9) {
            ASSERT_EQ(run(analyse()).status, 0);
            EXPECT_EQ(run({"verify", out().string()}).status, 0);
        }
    }
    EXPECT_GT(killed, 5 * study_times()); // how many depends on what else the machine does
}

} // namespace
