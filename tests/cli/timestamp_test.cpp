// SPDX-License-Identifier: GPL-3.0-or-later

// timestamp as a command; what is checked stands in tests/pipeline/check_attestations_test.cpp.

#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using cmq::Language;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;

class Timestamp : public testing::Test {
protected:
    Timestamp() {
        fs::create_directories(root);
        cmq::write_file(root / "note.pdf", std::string_view{"note\n"});
    }

    ~Timestamp() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    fs::path root = fs::temp_directory_path() / ("cmq_timestamp_" + std::to_string(::getpid()));
};

TEST_F(Timestamp, WritesARequestAndSaysHowItIsSent) {
    std::string const file = (root / "note.pdf").string();
    auto const made = run({"timestamp", file});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(fs::exists(file + ".tsq"));
    EXPECT_THAT(
        made.out,
        AllOf(HasSubstr(file + ".tsq ADDRESS > " + file + ".tsr"), HasSubstr("without an answer")));
    auto const again = run({"timestamp", file}, Language::french);
    EXPECT_EQ(again.status, 0);
    EXPECT_THAT(again.out, HasSubstr("demande d’horodatage"));
    auto const json = run({"timestamp", file, "--json"});
    EXPECT_THAT(json.out,
                AllOf(HasSubstr("\"kind\": \"timestamp_request\""), HasSubstr("\"no_reply\"")));
}

TEST_F(Timestamp, RefusesWhatAttestsNothing) {
    std::string const file = (root / "note.pdf").string();
    cmq::write_file(file + ".tsr", std::string_view{"no reply"});
    cmq::write_file(file + ".p7s", std::string_view{"no signature"});
    auto const bad = run({"timestamp", file});
    EXPECT_EQ(bad.status, 11);
    EXPECT_THAT(bad.out, AllOf(HasSubstr("DIFFERS      note.pdf.tsr"), HasSubstr("note.pdf.p7s")));
    EXPECT_EQ(run({"timestamp", (root / "none").string()}).status, 3);
    EXPECT_EQ(run({"timestamp", root.string()}).status, 3); // a folder without a manifest
    EXPECT_EQ(run({"timestamp", file, "--ca", file}).status, 4);
    EXPECT_EQ(run({"timestamp", file, "--ca", "/no/such"}).status, 3);
    EXPECT_EQ(run({"timestamp"}).status, 2);
}

TEST_F(Timestamp, WritesNothingWhereTheAuthoritiesAreNoneAndNamesTheirFile) {
    std::string const file = (root / "note.pdf").string();
    std::string const other = (root / "not_pem.txt").string();
    cmq::write_file(other, std::string_view{"no certificate\n"});
    auto const refused = run({"timestamp", file, "--ca", other});
    EXPECT_EQ(refused.status, 4);
    EXPECT_THAT(refused.err, HasSubstr(other));
    EXPECT_FALSE(fs::exists(file + ".tsq"));
}

} // namespace
