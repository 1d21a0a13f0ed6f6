// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

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

class InBothLanguages : public testing::TestWithParam<cmq::Language> {};

TEST_P(InBothLanguages, KeepsHelpWithin80Columns) {
    std::vector<std::vector<std::string>> all{{"help"}};
    for (auto const* command : cmq::cli::commands()) {
        all.push_back({std::string{command->name}, "--help"});
    }
    for (auto const& words : all) {
        std::istringstream lines{run(words, GetParam()).out};
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(cmq::columns_of(line), 80U) << words.front() << ": " << line;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Run,
                         InBothLanguages,
                         testing::Values(cmq::Language::french, cmq::Language::english));

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
