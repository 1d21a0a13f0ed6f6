// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_kit.hpp"

#include "apps/pipeline/restore_case.hpp"
#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "tests/pipeline/small_case.hpp"
#include "tests/render/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <span>
#include <sstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using pipeline::Computed;
using pipeline::test::with;
using render::test::has_program;
using render::test::run_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WriteKit : public testing::Test {
protected:
    WriteKit() { fs::create_directories(root); }

    ~WriteKit() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    [[nodiscard]] pipeline::KitSettings settings(Computed const& computed) const {
        write_file(root / "case.h5",
                   casefile::to_case_h5(pipeline::with_ledger(computed.kept, computed.ledger)));
        return {.case_h5 = root / "case.h5",
                .output = root / "kit",
                .case_reader = pipeline::test::program_of_build("contremarque-case-reader"),
                .renderer = {}};
    }

    [[nodiscard]] std::string text(std::string const& name) const {
        return read_text(root / "kit" / name);
    }

    /// A case without pictures.
    [[nodiscard]] Computed compute(std::string const& case_text) const {
        write_file(root / "case.toml", case_text);
        return pipeline::compute_case(root / "case.toml", {}, nullptr, {});
    }

    fs::path root = fs::temp_directory_path() / ("cmq_write_kit_" + std::to_string(::getpid()));
};

TEST_F(WriteKit, WritesEachFileWithItsHash) {
    auto const kit = pipeline::write_kit(settings(pipeline::test::small_case()));
    EXPECT_TRUE(kit.why_no_network.empty());
    std::set<std::string> names;
    std::istringstream sums{text("SHA256SUMS")};
    for (std::string line; std::getline(sums, line);) {
        std::string const name = line.substr(66);
        EXPECT_EQ(line.substr(0, 64), sha256_hex(read_file(root / "kit" / name)));
        names.insert(name);
    }
    EXPECT_EQ(names,
              (std::set<std::string>{"commands.txt",
                                     "evidence.txt",
                                     "findings.csv",
                                     "frozen.txt",
                                     "guide.en.txt",
                                     "guide.fr.txt",
                                     "inputs.csv",
                                     "ledger.csv",
                                     "network.bif",
                                     "network.net",
                                     "network.xdsl",
                                     "numbers.json",
                                     "parameters.csv",
                                     "recompute.py"}));
    EXPECT_EQ(kit.files.size(), names.size() + 1);
    EXPECT_THAT(text("frozen.txt"),
                AllOf(HasSubstr("proposition {"), Not(HasSubstr("observation"))));
    EXPECT_THAT(text("ledger.csv"), HasSubstr(pipeline::test::small_case().input.ledger_head));
}

TEST_F(WriteKit, GivesTheSameBytesTwice) {
    auto of_case = settings(pipeline::test::small_case());
    static_cast<void>(pipeline::write_kit(of_case));
    of_case.output = root / "again";
    of_case.threads = 1;
    auto const again = pipeline::write_kit(of_case);
    for (fs::path const& file : again.files) {
        EXPECT_EQ(read_file(file), read_file(root / "kit" / file.filename())) << file;
    }
}

// Two programs that share no code with ours nor with each other, one of them from the kit, read different files of it.
TEST_F(WriteKit, IsEnoughToComputeTheRatioAgain) {
    if (!has_program("python3")) {
        GTEST_SKIP() << "python3 is not on this machine";
    }
    Computed const& computed = pipeline::test::small_case();
    static_cast<void>(pipeline::write_kit(settings(computed)));
    auto const ran = run_command("python3 '" CMQ_SOURCE_DIR "/tests/pipeline/read_kit.py' '" +
                                 (root / "kit").string() + "'");
    ASSERT_EQ(ran.status, 0) << ran.output;
    auto const& evaluation = computed.input.evaluations.front();
    std::string const start = evaluation.h1 + '\t' + evaluation.h2 + '\t';
    ASSERT_TRUE(ran.output.starts_with(start)) << ran.output;
    std::string number = ran.output.substr(start.size());
    number.pop_back();
    EXPECT_NEAR(parse_number(number).value(), *evaluation.log10_lr, 0.001);

    std::string const recompute = "python3 '" + (root / "kit/recompute.py").string() + "'";
    auto const agreed = run_command(recompute);
    EXPECT_EQ(agreed.status, 0) << agreed.output;
    EXPECT_THAT(agreed.output, HasSubstr("agree"));
    // A finding changed, and it says so.
    std::string const found = text("evidence.txt");
    std::string const state =
        found.substr(found.find('=') + 1, found.find('\n') - found.find('=') - 1);
    std::string numbers = text("numbers.json");
    ASSERT_NE(numbers.find("=" + state), std::string::npos);
    std::string const other = state == "comme constaté" ? "autre" : "non détecté";
    numbers.replace(numbers.find("=" + state), state.size() + 1, "=" + other);
    write_file(root / "kit/numbers.json", std::string_view{numbers});
    auto const differs = run_command(recompute);
    EXPECT_NE(differs.status, 0) << differs.output;
    EXPECT_THAT(differs.output, HasSubstr("DIFFER"));
}

TEST_F(WriteKit, SaysWhyThereIsNoNetwork) {
    std::string const assigned =
        with(pipeline::test::two_accounts, "draws = 4096", "draws = 64") +
        "[[assigned]]\nproposition = \"Hd\"\nprobability = 0.02\nreasons = \"trials\"\n"
        "author = \"D1\"\n";
    auto const kit = pipeline::write_kit(settings(compute(assigned)));
    EXPECT_FALSE(kit.why_no_network.empty());
    EXPECT_FALSE(fs::exists(root / "kit/network.net"));
    EXPECT_FALSE(fs::exists(root / "kit/recompute.py"));
    EXPECT_THAT(text("guide.en.txt"), HasSubstr(kit.why_no_network.english().substr(0, 20)));
    EXPECT_THAT(text("numbers.json"), Not(HasSubstr("\"network\"")));
}

// What the case holds beside what is compared stays out: the words of an observation go, they were weighed.
TEST_F(WriteKit, HoldsNoCaseFile) {
    static_cast<void>(pipeline::write_kit(settings(pipeline::test::small_case())));
    std::string const first_lines = pipeline::test::small_case().kept.case_text.substr(0, 60);
    for (auto const& file : fs::directory_iterator{root / "kit"}) {
        EXPECT_THAT(read_text(file.path()), Not(HasSubstr(first_lines))) << file.path();
        EXPECT_THAT(read_text(file.path()), Not(HasSubstr("CONTREMARQUE CASE"))) << file.path();
    }
}

TEST_F(WriteKit, RefusesAFolderThatIsThere) {
    auto const of_case = settings(pipeline::test::small_case());
    fs::create_directory(root / "kit");
    try {
        static_cast<void>(pipeline::write_kit(of_case));
        ADD_FAILURE();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
    }
    EXPECT_TRUE(fs::is_empty(root / "kit"));
}

} // namespace
