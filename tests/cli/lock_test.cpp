// SPDX-License-Identifier: GPL-3.0-or-later

// lock and unlock as commands.

#include "apps/cli/read_passphrase.hpp"
#include "core/error.hpp"
#include "system/descriptor.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <thread>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Lock : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(root);
        write_file(root / "case.toml", std::string_view{"schema = 1\n# secret\n"});
        write_file(root / "phrase", std::string_view{"correct horse battery staple\r\n"});
        write_file(root / "other", std::string_view{"correct horse battery steeple"});
    }

    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    [[nodiscard]] std::string path(char const* name) const { return (root / name).string(); }

    [[nodiscard]] Outcome with_phrase(std::vector<std::string> words) const {
        words.insert(words.end(), {"--passphrase-file", path("phrase")});
        return run(words);
    }

    fs::path root = fs::temp_directory_path() / ("contremarque-lock-" + std::to_string(::getpid()));
};

TEST_F(Lock, EncryptsAndKeepsTheClearFileUnlessToldToRemoveIt) {
    Outcome const outcome = with_phrase({"lock", path("case.toml")});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, path("case.toml.locked") + "\n");
    EXPECT_TRUE(fs::exists(root / "case.toml"));
    EXPECT_THAT(read_text(root / "case.toml.locked"), Not(HasSubstr("secret")));

    EXPECT_THAT(with_phrase({"lock", path("case.toml")}).err, HasSubstr("--replace"));
    Outcome const removed = with_phrase({"lock", path("case.toml"), "--replace", "--remove"});
    EXPECT_EQ(removed.status, 0) << removed.err;
    EXPECT_THAT(removed.err, HasSubstr("can often be recovered"));
    EXPECT_FALSE(fs::exists(root / "case.toml"));

    EXPECT_EQ(with_phrase({"unlock", path("case.toml.locked")}).status, 0);
    EXPECT_EQ(read_text(root / "case.toml"), "schema = 1\n# secret\n");
    EXPECT_EQ(fs::status(root / "case.toml").permissions(), fs::perms{0600});
    EXPECT_TRUE(fs::exists(root / "case.toml.locked"));
}

TEST_F(Lock, RemovesNoLinkInPlaceOfTheClearFile) {
    fs::create_symlink(root / "case.toml", root / "link.toml");
    Outcome const outcome = with_phrase({"lock", path("link.toml"), "--remove"});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::usage));
    EXPECT_THAT(outcome.err, HasSubstr("is a link to " + path("case.toml")));
    EXPECT_TRUE(fs::is_symlink(root / "link.toml"));
    EXPECT_FALSE(fs::exists(root / "link.toml.locked"));
    EXPECT_EQ(with_phrase({"lock", path("link.toml")}).status, 0);
}

TEST_F(Lock, WritesNothingUnderAWrongPassphrase) {
    ASSERT_EQ(with_phrase({"lock", path("case.toml"), "--remove"}).status, 0);
    Outcome const outcome =
        run({"unlock", path("case.toml.locked"), "--passphrase-file", path("other")});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::integrity));
    EXPECT_THAT(outcome.err,
                AllOf(HasSubstr("cannot be told apart"), HasSubstr("case.toml.locked")));
    EXPECT_FALSE(fs::exists(root / "case.toml"));
    Outcome const french = run(
        {"unlock", path("case.toml.locked"), "--passphrase-file", path("other")}, Language::french);
    EXPECT_THAT(french.err, HasSubstr("ne peuvent se distinguer"));
}

TEST_F(Lock, TriesEveryFileAndOverwritesNoneUnasked) {
    write_file(root / "key.toml", std::string_view{"schema = 1\n"});
    Outcome const outcome =
        with_phrase({"lock", path("missing.toml"), path("key.toml"), path("case.toml")});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::io));
    EXPECT_THAT(outcome.err, HasSubstr("missing.toml"));
    EXPECT_TRUE(fs::exists(root / "key.toml.locked"));
    EXPECT_TRUE(fs::exists(root / "case.toml.locked"));
    write_file(root / "case.toml", std::string_view{"newer"});
    EXPECT_EQ(with_phrase({"unlock", path("case.toml.locked")}).status,
              static_cast<int>(ErrorKind::usage));
    EXPECT_EQ(read_text(root / "case.toml"), "newer");
    EXPECT_EQ(with_phrase({"unlock", path("case.toml")}).status,
              static_cast<int>(ErrorKind::usage));
    EXPECT_THAT(with_phrase({"lock", path("case.toml.locked")}).err, HasSubstr("locked already"));
}

// Without a terminal and without --passphrase-file the question itself would be refused with status 2.
TEST_F(Lock, AsksNoPassphraseForFilesThatAreNotThere) {
    for (char const* const command : {"lock", "unlock"}) {
        Outcome const outcome = run({command, "no such file", "nor this one"});
        EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::io)) << command;
        EXPECT_THAT(outcome.err, HasSubstr("no such file"));
    }
}

TEST_F(Lock, RefusesAPassphraseThatIsShortOrEmpty) {
    write_file(root / "phrase", std::string_view{"elevenchars"});
    EXPECT_EQ(with_phrase({"lock", path("case.toml")}).status, static_cast<int>(ErrorKind::domain));
    write_file(root / "phrase", std::string_view{"\nsecond line of the file"});
    EXPECT_EQ(with_phrase({"lock", path("case.toml")}).status, static_cast<int>(ErrorKind::usage));
    EXPECT_FALSE(fs::exists(root / "case.toml.locked"));
}

/// A terminal of our own: what is typed goes in, what is shown comes out.
class ReadHiddenLine : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(::grantpt(keyboard.number()), 0);
        ASSERT_EQ(::unlockpt(keyboard.number()), 0);
    }

    [[nodiscard]] int open_terminal() const {
        return ::open(::ptsname(keyboard.number()), O_RDWR | O_NOCTTY);
    }

    [[nodiscard]] std::string shown() const {
        std::array<char, 4096> bytes{};
        auto const count = ::read(keyboard.number(), bytes.data(), bytes.size());
        return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
    }

    /// Types once the question stands there: what came before it is thrown away.
    [[nodiscard]] std::jthread typing(std::string text) {
        return std::jthread{[this, text] {
            seen = shown();
            EXPECT_EQ(::write(keyboard.number(), text.data(), text.size()),
                      static_cast<ssize_t>(text.size()));
        }};
    }

    Descriptor keyboard{::posix_openpt(O_RDWR | O_NOCTTY)};
    std::string seen;
};

TEST_F(ReadHiddenLine, ShowsTheQuestionAndNotTheAnswer) {
    Descriptor const terminal{open_terminal()};
    std::jthread typist = typing("pâte à sel\n");
    Passphrase const passphrase = cli::read_hidden_line(terminal.number(), "Passphrase: ");
    typist.join();
    EXPECT_EQ(passphrase.text(), "pâte à sel");
    EXPECT_EQ(seen, "Passphrase: ");
    EXPECT_EQ(shown(), "\r\n");
    // The echo is back: a line typed now is shown.
    EXPECT_EQ(::write(keyboard.number(), "x\n", 2), 2);
    EXPECT_EQ(shown(), "x\r\n");
}

TEST_F(ReadHiddenLine, LetsTheAnswerBeMended) {
    Descriptor const terminal{open_terminal()};
    std::jthread typist = typing("wrong\x15"
                                 "ab\u00e9\x7f\x7f\x7f\x7f"
                                 "good\n"); // Ctrl-U, backspace
    EXPECT_EQ(cli::read_hidden_line(terminal.number(), "? ").text(), "good");
}

TEST_F(ReadHiddenLine, EndsAtCtrlCAndLeavesTheEchoOn) {
    Descriptor const terminal{open_terminal()};
    std::jthread typist = typing("half\x03");
    EXPECT_THROW((void)cli::read_hidden_line(terminal.number(), "? "), Error);
    typist.join();
    (void)shown();
    EXPECT_EQ(::write(keyboard.number(), "y\n", 2), 2);
    EXPECT_THAT(shown(), HasSubstr("y"));
}

TEST_F(ReadHiddenLine, RefusesWhatIsNoTerminal) {
    Descriptor const file{::open("/dev/null", O_RDWR)};
    EXPECT_THROW((void)cli::read_hidden_line(file.number(), "? "), Error);
    EXPECT_THROW((void)cli::read_hidden_line(-1, "? "), Error);
}

} // namespace
