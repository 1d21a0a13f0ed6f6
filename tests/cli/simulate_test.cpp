// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "core/error.hpp"
#include "system/csv.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

using cmq::ErrorKind;
using testing::HasSubstr;

class Simulate : public testing::Test {
protected:
    Simulate()
        : folder{fs::temp_directory_path() / ("cmq_simulate_test_" + std::to_string(::getpid()))} {
        fs::create_directories(folder);
    }

    ~Simulate() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    int run(std::vector<std::string> const& more) {
        std::vector<std::string> words{"simulate", "--width", "300", "--height", "200"};
        words.insert(words.end(), more.begin(), more.end());
        out.str("");
        err.str("");
        return cmq::cli::run(words, {out, err});
    }

    fs::path folder;
    std::ostringstream out;
    std::ostringstream err;
};

constexpr int usage = static_cast<int>(ErrorKind::usage);

TEST_F(Simulate, WritesAFileItsTruthAndOneLine) {
    std::string const dng = folder / "a.dng";
    std::string const csv = folder / "a.csv";
    ASSERT_EQ(run({"scene", "-o", dng, "--truth", csv, "--droplets", "7", "--smears", "2"}), 0)
        << err.str();
    EXPECT_EQ(out.str(), "");
    std::string const said = err.str();
    EXPECT_EQ(std::ranges::count(said, '\n'), 1);
    EXPECT_THAT(said, HasSubstr("300 x 200 photosites, 9 droplets"));
    EXPECT_THAT(said, HasSubstr(cmq::sha256_hex(cmq::read_file(dng))));
    auto const rows = cmq::parse_csv(cmq::read_text(csv));
    ASSERT_EQ(rows.size(), 10U);
    EXPECT_EQ(rows[0][0], "id");
    EXPECT_EQ(rows[1][2], "disc");
    EXPECT_EQ(rows[9][2], "smear");
}

TEST_F(Simulate, GivesTheSameBytesForTheSameSeedAndThreads) {
    auto const bytes = [&](std::vector<std::string> const& more) {
        std::vector<std::string> words{"scene", "-o", folder / "a.dng", "--droplets", "3"};
        words.insert(words.end(), more.begin(), more.end());
        EXPECT_EQ(run(words), 0) << err.str();
        return cmq::read_file(folder / "a.dng");
    };
    auto const first = bytes({"--seed", "5", "--threads", "1"});
    EXPECT_EQ(bytes({"--seed", "5", "--threads", "2"}), first);
    EXPECT_NE(bytes({"--seed", "6"}), first);
    EXPECT_EQ(bytes({"--seed", "5", "--compression", "none"}), first);
    auto const packed = bytes({"--seed", "5", "--compression", "lossless-jpeg"});
    EXPECT_LT(packed.size(), first.size() / 2);
    EXPECT_EQ(bytes({"--seed", "5", "--compression", "lossless-jpeg", "--threads", "2"}), packed);
}

TEST_F(Simulate, MakesFurtherGroupsOfMaterialsStainsAndMarksThatTakeLight) {
    std::string const dng = folder / "a.dng";
    std::string const csv = folder / "a.csv";
    ASSERT_EQ(run({"scene",
                   "-o",
                   dng,
                   "--truth",
                   csv,
                   "--background",
                   "printed",
                   "--droplets",
                   "2",
                   "--material",
                   "marker-yellow-green",
                   "--camera",
                   "B",
                   "--group",
                   "count=3 material=riboflavin-dry flux=900",
                   "--group",
                   "kind=stain radius=20 colour=1,1,1",
                   "--group",
                   "kind=disc radius=9 absorption=0.1,0.6,0.6 region=100,100,50,50"}),
              0)
        << err.str();
    auto const rows = cmq::parse_csv(cmq::read_text(csv));
    ASSERT_EQ(rows.size(), 1U + 2U + 3U + 1U + 1U);
    std::size_t const material = rows[0].size() - 1;
    EXPECT_EQ(rows[0][material], "material");
    EXPECT_EQ(rows[1][material], "marker-yellow-green");
    EXPECT_EQ(rows[3][material], "riboflavin-dry");
    EXPECT_EQ(rows[3][1], "3") << "groups 1 and 2 are the droplets and the smears";
    EXPECT_EQ(rows[6][2], "stain");
    EXPECT_EQ(rows[6][material], "") << "a colour of its own is no material";
    EXPECT_EQ(rows[7][5].front(), '-') << "electrons of red that were taken away";
}

TEST_F(Simulate, ShowsItsHelp) {
    EXPECT_EQ(run({"--help"}), 0);
    EXPECT_THAT(out.str(), HasSubstr("contremarque simulate scene"));
    EXPECT_EQ(run({"scene", "--help"}), 0);
    EXPECT_THAT(out.str(), HasSubstr("--background-electrons"));
}

TEST_F(Simulate, RefusesWordsThatItDoesNotKnow) {
    EXPECT_EQ(run({}), usage);
    EXPECT_EQ(run({"case", "-o", folder / "a.dng"}), usage);
    EXPECT_EQ(run({"scene", "scene", "-o", folder / "a.dng"}), usage);
    EXPECT_EQ(run({"scene"}), usage);
    EXPECT_THAT(err.str(), HasSubstr("--output"));
}

TEST_F(Simulate, RefusesValuesThatItCannotReadAndWritesNothing) {
    std::string const dng = folder / "a.dng";
    for (std::vector<std::string> const& wrong : {std::vector<std::string>{"--flux", "1,5"},
                                                  {"--flux", "nan"},
                                                  {"--seed", "-1"},
                                                  {"--width", "300.5"},
                                                  {"--background", "velvet"},
                                                  {"--droplet-kind", "star"},
                                                  {"--compression", "lossless"},
                                                  {"--colour", "1,2"},
                                                  {"--colour", "1,,2"},
                                                  {"--black", ""},
                                                  {"--region", "1,2,3"},
                                                  {"--print-pattern", "roses"},
                                                  {"--print-depth", "1,2"},
                                                  {"--material", "riboflavin"},
                                                  {"--camera", "D"},
                                                  {"--cut-on-nm", "x"},
                                                  {"--droplets", "1.5"},
                                                  {"--group", "count"},
                                                  {"--group", "size=3"},
                                                  {"--group", "count=-1"},
                                                  {"--group", "flux=1,2"},
                                                  {"--group", "kind=star"},
                                                  {"--group", "material=tea"}}) {
        std::vector<std::string> words{"scene", "-o", dng};
        words.insert(words.end(), wrong.begin(), wrong.end());
        EXPECT_EQ(run(words), usage) << wrong[0] << ' ' << wrong[1];
        EXPECT_THAT(err.str(), HasSubstr(wrong[0]));
    }
    EXPECT_EQ(run({"scene", "-o", dng, "--cfa", "XTRN"}), static_cast<int>(ErrorKind::unsupported));
    EXPECT_EQ(run({"scene", "-o", dng, "--prnu", "2"}), static_cast<int>(ErrorKind::domain));
    EXPECT_EQ(run({"scene", "-o", dng, "--black", "0"}), static_cast<int>(ErrorKind::domain))
        << "the letters would not stand out";
    EXPECT_EQ(run({"scene", "-o", dng, "--masked-columns", "7"}),
              static_cast<int>(ErrorKind::shape));
    EXPECT_FALSE(fs::exists(dng));
    EXPECT_EQ(run({"scene", "-o", folder / "none" / "a.dng"}), static_cast<int>(ErrorKind::io));
}

class SimulateCase : public Simulate {
protected:
    int run_case(std::vector<std::string> const& more) {
        std::vector<std::string> words{"simulate", "case"};
        words.insert(words.end(), more.begin(), more.end());
        out.str("");
        err.str("");
        return cmq::cli::run(words, {out, err});
    }
};

TEST_F(SimulateCase, WritesCasesTruthAndRatios) {
    std::string const cases = folder / "cases";
    std::string const ratios = folder / "ratios.csv";
    ASSERT_EQ(run_case({"--cases", "1", "--draws", "128", "-o", cases, "--ratios", ratios}), 0)
        << err.str();
    EXPECT_EQ(cmq::read_text(cases + "/truth.csv"), "case,truth\ncase_0001,h1\ncase_0002,h2\n");
    EXPECT_THAT(cmq::read_text(cases + "/case_0002.toml"), HasSubstr("demonstration = true"));
    auto const rows = cmq::parse_csv(cmq::read_text(ratios));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1][0], "h1");
    EXPECT_EQ(rows[2][0], "h2");
    EXPECT_THAT(err.str(), HasSubstr("wrote 2 cases"));
    EXPECT_EQ(run_case({"--cases", "1", "-o", cases}), static_cast<int>(ErrorKind::io));
    EXPECT_THAT(err.str(), HasSubstr("exists already"));
}

TEST_F(SimulateCase, SaysWhatIsWrongOnTheCommandLine) {
    EXPECT_EQ(run_case({}), usage);
    EXPECT_EQ(run_case({"a.toml", "b.toml", "--ratios", "x.csv"}), usage);
    EXPECT_EQ(run_case({"a.toml", "-o", "x"}), usage);
    EXPECT_EQ(run_case({"--cases", "0", "--ratios", "x.csv"}), usage);
    EXPECT_EQ(run_case({"--ratios", "x.csv", "--wrong-by", "dry.tau_min"}), usage);
    EXPECT_THAT(err.str(), HasSubstr("PARAMETER=FACTOR"));
    EXPECT_EQ(run_case({"--ratios", "x.csv", "--wrong-by", "dry.tau_min=-1"}), usage);
}

TEST_F(SimulateCase, HasItsOwnHelp) {
    EXPECT_EQ(run_case({"--help"}), 0);
    EXPECT_THAT(out.str(), HasSubstr("contremarque simulate case"));
    EXPECT_THAT(out.str(), HasSubstr("--wrong-by"));
}

} // namespace
