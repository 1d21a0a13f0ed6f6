// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "core/error.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace {

using cmq::ErrorKind;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::HasSubstr;

TEST(Run, ListsEveryCommandInHelp) {
    Outcome const outcome = run({"help"});
    EXPECT_EQ(outcome.status, 0);
    for (auto const* command : cmq::cli::commands()) {
        EXPECT_THAT(outcome.out, HasSubstr("  " + std::string{command->name} + " "));
    }
    EXPECT_EQ(outcome.err, "");
}

TEST(Run, KeepsHelpWithin80Columns) {
    for (auto const* command : cmq::cli::commands()) {
        std::istringstream lines{run({std::string{command->name}, "--help"}).out};
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(line.size(), 80U) << command->name << ": " << line;
        }
    }
}

TEST(Run, RefusesAnUnknownCommand) {
    Outcome const outcome = run({"analyze"});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::usage));
    EXPECT_THAT(outcome.err, HasSubstr("analyze: no such command"));
    EXPECT_EQ(outcome.out, "");
}

TEST(Run, RefusesAnUnknownOptionAndAnAbbreviation) {
    EXPECT_EQ(run({"version", "--nonsense"}).status, static_cast<int>(ErrorKind::usage));
    EXPECT_EQ(run({"version", "--hel"}).status, static_cast<int>(ErrorKind::usage));
}

TEST(Run, WithoutWordsShowsHelpAsTalkAndFails) {
    Outcome const outcome = run({});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::usage));
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("usage: contremarque"));
}

} // namespace
