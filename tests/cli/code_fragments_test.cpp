// SPDX-License-Identifier: GPL-3.0-or-later

// Runs of fragments through the whole command.

#include "core/columns.hpp"
#include "system/file.hpp"
#include "tests/cli/command_folder.hpp"
#include "tests/lab/code/simulated_fragments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace {

using namespace cmq;
using namespace cmq::lab::test;
using cmq::cli::test::CommandFolder;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;

constexpr char const* registry_text =
    "schema = 1\n[laboratory]\nerror_rate = 0.001\nsource = \"test\"\nsizing_sd_bp = 0.15\n"
    "negative_controls = 3000\n"
    "[[lot]]\nname = \"A\"\nfragments = [431.0, 120.3, 181.7, 240.2, 333.1]\n"
    "fragment_dyes = \"NED, 6-FAM, VIC, 6-FAM, NED\"\nholder = \"unit 12\"\n"
    "[[lot]]\nname = \"B\"\nfragments = [110.3, 171.7, 251.2, 343.1, 421.0]\n";

class CodeOfFragments : public CommandFolder {
protected:
    void SetUp() override {
        registry = add("registry.toml", registry_text);
        blank = add("blank.fsa", simulate_fsa({}, {}, 9));
    }

    /// The code of lot A.
    std::string marked(std::string const& name, std::uint64_t seed, double height = 700.0) {
        return add(name,
                   simulate_fsa({},
                                {{0, 120.3, height},
                                 {1, 181.7, height},
                                 {0, 240.2, height},
                                 {2, 333.1, height},
                                 {2, 431.0, height}},
                                seed));
    }

    std::string registry;
    std::string blank;
};

TEST_F(CodeOfFragments, SaysChannelsAndSizesWithoutARegistry) {
    auto const outcome = run({"code", marked("s.fsa", 1), "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const json = result(outcome);
    EXPECT_EQ(json.at("format"), "fragments");
    EXPECT_EQ(json.at("facts").at("operator"), "OPR");
    EXPECT_EQ(json.at("facts").at("run_start"), "2010-01-27 09:52:45");
    ASSERT_EQ(json.at("channels").size(), 4U);
    EXPECT_EQ(json.at("channels").at(0).at("dye"), "6-FAM");
    EXPECT_EQ(json.at("channels").at(3).at("is_size_standard"), true);
    EXPECT_EQ(json.at("channels").at(0).at("peaks").size(), 2U);
    ASSERT_EQ(json.at("sizes").size(), 5U);
    EXPECT_NEAR(json.at("sizes").at(0).at("size_bp").get<double>(), 120.3, 0.3);
    EXPECT_EQ(json.at("size_standard").at("name"), "LIZ-500");
    EXPECT_LT(json.at("size_standard").at("error_bp").get<double>(), 0.3);
    EXPECT_TRUE(json.at("verdict").is_null());
    EXPECT_TRUE(json.at("reads").empty());
}

TEST_F(CodeOfFragments, MatchesALotAndIsWithheldByItsControl) {
    auto const json =
        result(run({"code", marked("s.fsa", 1), "-r", registry, "--json", "--controls", blank}));
    EXPECT_EQ(json.at("verdict"), "match");
    ASSERT_EQ(json.at("lots").size(), 1U);
    EXPECT_EQ(json.at("lots").at(0).at("lot"), "A");
    EXPECT_EQ(json.at("lots").at(0).at("distance"), 0);
    EXPECT_NEAR(json.at("lots").at(0).at("log10_lr").get<double>(), 2.7, 0.01); // 0.001 and 3/3000
    EXPECT_LE(json.at("false_match_probability").get<double>(), 1e-5);
    EXPECT_EQ(json.at("model").at("sd_bp"), 0.15);
    // Exchanged: the marked run stands as the control.
    auto const swapped =
        result(run({"code", blank, "-r", registry, "--json", "--controls", marked("s.fsa", 1)}));
    EXPECT_EQ(swapped.at("verdict"), "inconclusive");
    EXPECT_EQ(swapped.at("reasons").at(0).at("reason"), "negative_control_positive");
}

TEST_F(CodeOfFragments, NamesAllelesByAKitAndItsLadder) {
    auto const kit =
        add("kit.csv", "locus,dye,allele,bp\nM,1,1,116\nM,1,2,120\nM,1,4,128\nN,3,a,330\n");
    auto const ladder =
        add("ladder.fsa", simulate_fsa({}, {{0, 117.0}, {0, 121.0}, {0, 129.0}, {2, 333.0}}, 3));
    auto const sample = add("s.fsa", simulate_fsa({}, {{0, 121.1}, {2, 333.1}}, 4));
    auto const json = result(run({"code", sample, "--kit", kit, "--ladder", ladder, "--json"}));
    ASSERT_EQ(json.at("loci").size(), 2U);
    EXPECT_EQ(json.at("loci").at(0).at("alleles").at(0).at("allele"), "2");
    EXPECT_EQ(json.at("loci").at(1).at("alleles").at(0).at("allele"), "a");
    EXPECT_THAT(run({"code", sample, "--kit", kit, "--ladder", ladder}).out, HasSubstr("M: 2"));
    EXPECT_EQ(run({"code", sample, "--kit", kit}).status, 2);
    EXPECT_EQ(run({"code", sample, "--kit", ladder, "--ladder", ladder}).status, 4);
    EXPECT_EQ(run({"code", sample, "--kit", kit, "--ladder", kit}).status, 4);
    EXPECT_EQ(run({"code", sample, "--kit", kit, "--ladder", blank}).status, 8);
}

TEST_F(CodeOfFragments, RefusesARunWhoseStandardDoesNotFit) {
    SimulatedInstrument instrument;
    instrument.standard = "none";
    auto const bad = add("bad.fsa", simulate_fsa(instrument, {{0, 200.0}}, 1));
    auto const outcome = run({"code", bad});
    EXPECT_EQ(outcome.status, 8);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("size standard does not fit"), HasSubstr("bad.fsa")));
    EXPECT_THAT(run({"code", bad}, Language::french).err, HasSubstr("aucune taille"));
    auto const good = marked("s.fsa", 1);
    EXPECT_EQ(run({"code", good, "--size-standard", "ILS-600"}).status, 8);
    EXPECT_EQ(run({"code", good, "--size-standard", "liz-500"}).status, 0);
    EXPECT_EQ(run({"code", good, "--size-standard", "x"}).status, 2);
    EXPECT_EQ(run({"code", good, "--least-height", "0"}).status, 2);
    auto const whole = read_text(good);
    EXPECT_EQ(run({"code", add("cut.fsa", whole.substr(0, whole.size() / 2))}).status, 4);
    auto const sequences =
        add("seq.toml", "schema = 1\n[[lot]]\nname = \"a\"\nsequence = \"ACGTACGTACGTACGT\"\n");
    EXPECT_EQ(run({"code", good, "-r", sequences}).status, 8);
}

TEST_F(CodeOfFragments, SpeaksBothLanguagesWithinEightyColumns) {
    auto const previous = std::filesystem::current_path();
    marked("s.fsa", 1);
    std::filesystem::current_path(folder);
    auto const english = run({"code", "s.fsa", "-r", "registry.toml"}).out;
    auto const french = run({"code", "s.fsa", "-r", "registry.toml"}, Language::french).out;
    std::filesystem::current_path(previous);
    EXPECT_THAT(english, AllOf(HasSubstr("size standard LIZ-500"), HasSubstr("operator OPR")));
    EXPECT_THAT(french, AllOf(HasSubstr("étalon de taille LIZ-500"), HasSubstr("120,")));
    for (std::string const& all : {english, french}) {
        std::istringstream stream{all};
        for (std::string text; std::getline(stream, text);) {
            EXPECT_LE(columns_of(text), 80U) << text;
        }
    }
}

} // namespace
