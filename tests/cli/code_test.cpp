// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/columns.hpp"
#include "system/file.hpp"
#include "tests/cli/command_folder.hpp"
#include "tests/lab/code/packed_bytes.hpp"
#include "tests/lab/code/simulated_reads.hpp"
#include "tests/lab/code/trace_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>

namespace {

using namespace cmq;
using namespace cmq::lab::test;
using cmq::cli::test::CommandFolder;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CodeCommand : public CommandFolder {
protected:
    void SetUp() override {
        std::string list;
        for (std::string const& code : codes) {
            list += code + '\n';
        }
        registry = add("codes.txt", list);
    }

    /// Reads of one code, or of random ones (-1).
    static std::string reads(int code, int count, std::uint64_t draw) {
        Random random{11, 2, draw};
        std::string fastq;
        for (int i = 0; i < count; ++i) {
            add_read(fastq,
                     amplicon(code < 0 ? random_bases(random, 32)
                                       : codes[static_cast<std::size_t>(code)],
                              random));
        }
        return fastq;
    }

    static std::vector<std::string> words(std::vector<std::string> files,
                                          std::vector<std::string> const& more) {
        std::vector<std::string> all{"code"};
        all.insert(all.end(), files.begin(), files.end());
        for (std::string const& word : {std::string{"--forward"},
                                        layout.forward,
                                        std::string{"--reverse"},
                                        layout.reverse,
                                        std::string{"--umi"},
                                        std::string{"10"}}) {
            all.push_back(word);
        }
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    std::string registry;
    inline static std::vector<std::string> const codes = random_codes(50, 32, 9);
};

TEST_F(CodeCommand, MatchesALotWithItsControls) {
    auto const sample = add("s.fastq", reads(7, 200, 1));
    auto const blank = add("blank.fastq", reads(-1, 5, 2));
    auto const outcome = run(words({sample}, {"-r", registry, "--json", "--controls", blank}));
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const json = result(outcome);
    EXPECT_EQ(json.at("file"), sample);
    EXPECT_EQ(json.at("format"), "fastq");
    EXPECT_EQ(json.at("sha256").get<std::string>().size(), 64U);
    EXPECT_EQ(json.at("read_count"), 200);
    EXPECT_EQ(json.at("reads").size(), 100U);
    EXPECT_EQ(json.at("reads").at(0).at("bases").get<std::string>().size(), 82U);
    EXPECT_EQ(json.at("reads").at(0).at("qualities").at(0), 40);
    EXPECT_EQ(json.at("verdict"), "match");
    ASSERT_EQ(json.at("lots").size(), 1U);
    auto const& lot = json.at("lots").at(0);
    EXPECT_EQ(lot.at("lot"), "c7");
    EXPECT_EQ(lot.at("distance"), 0);
    EXPECT_EQ(lot.at("share"), 1.0);
    EXPECT_EQ(lot.at("molecules"), 200);
    EXPECT_NEAR(lot.at("log10_lr").get<double>(), 2.0, 1e-9);
    EXPECT_EQ(lot.at("consensus"), codes[7]);
    EXPECT_LE(json.at("false_match_probability").get<double>(), 1e-5);
    EXPECT_EQ(json.at("controls").at(0).at("good"), true);
    EXPECT_EQ(json.at("bound").at("is_stated"), false);
}

TEST_F(CodeCommand, WithholdsTheVerdictWhenTheNegativeControlIsPositive) {
    auto const sample = add("s.fastq", reads(7, 200, 1));
    auto const blank = add("blank.fastq", reads(7, 10, 2));
    auto const outcome = run(words({sample}, {"-r", registry, "--controls", blank}));
    EXPECT_THAT(
        outcome.out,
        AllOf(HasSubstr("verdict: inconclusive"), HasSubstr("holds c7"), HasSubstr("withheld")));
    // Exchanged: the marked sample stands as the control.
    auto const json = result(run(words({blank}, {"-r", registry, "--json", "--controls", sample})));
    EXPECT_EQ(json.at("verdict"), "inconclusive");
    EXPECT_EQ(json.at("controls").at(0).at("good"), false);
}

TEST_F(CodeCommand, FindsNoMatchAmongUnregisteredCodes) {
    auto const json =
        result(run(words({add("s.fastq", reads(-1, 200, 3))}, {"-r", registry, "--json"})));
    EXPECT_EQ(json.at("verdict"), "no_match");
    EXPECT_TRUE(json.at("lots").empty());
    auto const few =
        result(run(words({add("t.fastq", reads(-1, 20, 4))}, {"-r", registry, "--json"})));
    EXPECT_EQ(few.at("verdict"), "inconclusive");
}

TEST_F(CodeCommand, WritesTheCodeOfEachRead) {
    auto const table = (folder / "out.tsv").string();
    auto const sample = add("s.fastq.gz", gzip_of(reads(3, 2, 5) + "@other\nACGT\n+\nIIII\n"));
    auto const outcome = run(words({sample}, {"-r", registry, "--assignments", table}));
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(read_text(table),
                AllOf(testing::StartsWith("read\tcode\tdistance\tlog10_lr\nr0\tc3\t0\t1"),
                      testing::EndsWith("\nother\t-\t-\t-\n")));
}

TEST_F(CodeCommand, ReadsARegistryWithWhatBecameOfItsLots) {
    auto const lots = add("registry.toml",
                          "schema = 1\n[laboratory]\nerror_rate = 0.001\nsource = \"test\"\n"
                          "negative_controls = 3000\n[[lot]]\nname = \"L7\"\nsequence = \"" +
                              codes[7] + "\"\nholder = \"unit 12\"\npeople = [\"agent_7\"]\n");
    auto const sample = add("s.fastq", reads(7, 200, 1));
    auto const json =
        result(run(words({sample}, {"-r", lots, "--json", "--people", "agent_7", "agent_9"})));
    auto const& lot = json.at("lots").at(0);
    EXPECT_EQ(lot.at("lot"), "L7");
    EXPECT_EQ(lot.at("holder"), "unit 12");
    EXPECT_EQ(lot.at("handled_by"), nlohmann::json{"agent_7"});
    // 0.001, and 3 / 3000 by the rule of three.
    EXPECT_NEAR(lot.at("log10_lr").get<double>(), -std::log10(0.002), 1e-9);
    EXPECT_EQ(json.at("bound").at("is_stated"), true);
    EXPECT_THAT(
        run(words({sample}, {"-r", lots}), Language::french).out,
        AllOf(HasSubstr("verdict\u00A0: concordance"), HasSubstr("lot manipulé par agent_7")));
}

TEST_F(CodeCommand, SaysWhatWasReadWithoutARegistry) {
    auto const sample = add("s.fastq", reads(7, 3, 1));
    auto const json = result(run(words({sample}, {"--json"})));
    EXPECT_TRUE(json.at("verdict").is_null());
    EXPECT_EQ(json.at("reads").size(), 3U);
    EXPECT_THAT(run(words({sample}, {})).out, HasSubstr("3 reads, 246 bases, mean quality 40.0"));
}

TEST_F(CodeCommand, ExplainsLotsByIndexHopping) {
    auto const much = add("a.fastq", reads(7, 2000, 1));
    auto const little = add("b.fastq", reads(7, 5, 2) + reads(8, 200, 3));
    auto const json = result(
        run(words({little, much}, {"-r", registry, "--json", "--index-hopping", "0.002"})), 0);
    EXPECT_EQ(json.at("verdict"), "match");
    EXPECT_EQ(json.at("lots").at(0).at("lot"), "c8");
    EXPECT_EQ(json.at("lots").at(0).at("is_read"), true);
    EXPECT_EQ(json.at("lots").at(1).at("from_index_hopping"), true);
}

TEST_F(CodeCommand, NamesCodesThatLieTooClose) {
    auto const list = add("close.txt", "ACGTACGTACGTACGT\nACGTACGTACGTACGA\nACGTACGTACGTACGT\n");
    auto const outcome = run(words({add("s.fastq", reads(7, 3, 1))}, {"-r", list}));
    EXPECT_THAT(outcome.err,
                AllOf(HasSubstr("c0 and c2 have the same code"),
                      HasSubstr("c0 and c1 lie too close: distance 1")));
}

TEST_F(CodeCommand, ReadsSangerTraces) {
    Random random{11, 3, 0};
    auto const bases = random_bases(random, 100) + codes[5] + random_bases(random, 200);
    auto const trace =
        add("t.ab1",
            sanger_abif(bases,
                        std::string(bases.size(), '\x28'),
                        {{150, 'N' == bases[150] ? 'A' : "CGTA"[lab::base_number(bases[150])]}}));
    auto const json = result(run({"code", trace, "-r", registry, "--json"}));
    EXPECT_EQ(json.at("format"), "abif");
    EXPECT_EQ(json.at("verdict"), "match");
    EXPECT_EQ(json.at("lots").at(0).at("lot"), "c5");
    EXPECT_TRUE(json.at("lots").at(0).at("share").is_null());
    EXPECT_EQ(json.at("reads").at(0).at("sample"), "sample");
    EXPECT_EQ(json.at("reads").at(0).at("bases"), bases);
    EXPECT_EQ(json.at("reads").at(0).at("mixed").size(), 1U);
    EXPECT_THAT(run({"code", trace, "-r", registry}, Language::french).out,
                AllOf(HasSubstr("d’au plus 1,0"),
                      HasSubstr("bases lisibles\u00A0: 1"),
                      HasSubstr("c5\u00A0: écart 0")));
    EXPECT_EQ(run({"code", add("e.ab1", sanger_abif("NNNNN", std::string(5, '\0')))}).status, 8);
    EXPECT_EQ(run({"code", add("f.ab1", "This is a fake trace file\n")}).status, 4);
    EXPECT_EQ(run({"code", trace, "-r", registry, "--assignments", (folder / "x").string()}).status,
              2);
}

TEST_F(CodeCommand, ReadsTablesOfCycles) {
    std::string table = "Sample,Target,Cq,SQ\n";
    for (int const level : {1, 2, 3}) {
        for (char const* const off : {".4", ".6"}) {
            table += "STD,T," + std::to_string(36 - 3 * level) + off + ",1" +
                     std::string(static_cast<std::size_t>(level), '0') + "\n";
        }
    }
    auto const file = add("q.csv", table + "swab,T,30.5,\nNTC,T,,\n");
    auto const outcome = run({"code", file, "-r", registry, "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const json = result(outcome);
    EXPECT_EQ(json.at("format"), "qpcr");
    EXPECT_TRUE(json.at("verdict").is_null());
    auto const& target = json.at("qpcr").at(0);
    EXPECT_NEAR(target.at("curve").at("slope").get<double>(), -3.0, 1e-9);
    EXPECT_NEAR(target.at("samples").at(0).at("log10_copies").get<double>(), 2.0, 1e-9);
    EXPECT_TRUE(target.at("limit_of_detection").at("probit").is_null());
    EXPECT_EQ(target.at("blanks").at("detected"), 0);
    auto const french = run({"code", file}, Language::french).out;
    EXPECT_THAT(french, AllOf(HasSubstr("courbe étalon"), HasSubstr("non quel code")));
    std::istringstream stream{french};
    for (std::string text; std::getline(stream, text);) {
        EXPECT_TRUE(columns_of(text) <= 80U || text == file) << text;
    }
    EXPECT_EQ(run({"code", file, "-r", registry, "--controls", file}).status, 2);
}

TEST_F(CodeCommand, SpeaksBothLanguagesWithinEightyColumns) {
    auto const previous = std::filesystem::current_path();
    add("s.fastq", reads(7, 200, 1) + reads(8, 2, 2));
    add("blank.fastq", reads(7, 10, 2));
    std::filesystem::current_path(folder);
    std::vector<std::string> const line =
        words({"s.fastq"}, {"-r", "codes.txt", "--controls", "blank.fastq"});
    auto const english = run(line);
    auto const french = run(line, Language::french);
    std::filesystem::current_path(previous);
    EXPECT_THAT(french.out, AllOf(HasSubstr("non concluant"), Not(HasSubstr("absent"))));
    for (std::string const& all : {english.out, french.out}) {
        std::istringstream stream{all};
        for (std::string text; std::getline(stream, text);) {
            EXPECT_LE(columns_of(text), 80U) << text;
        }
    }
}

TEST_F(CodeCommand, TriesAllFilesAndNamesTheLine) {
    auto const good = add("good.fastq", reads(7, 3, 1));
    auto const bad = add("bad.fastq", "@r\nACGT\n+\nIII\n");
    auto const outcome = run(words({bad, good}, {"--json"}));
    EXPECT_EQ(outcome.status, 4);
    EXPECT_EQ(nlohmann::json::parse(outcome.out).at("results").size(), 1U);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("line 4"), HasSubstr(bad)));
}

TEST_F(CodeCommand, RefusesWhatItCannotUse) {
    auto const sample = add("s.fastq", reads(7, 3, 1));
    EXPECT_EQ(run({"code"}).status, 2);
    EXPECT_EQ(run({"code", sample, "--forward", "ACGN"}).status, 2);
    EXPECT_EQ(run({"code", sample, "--umi", "x"}).status, 2);
    EXPECT_EQ(run({"code", sample, "--index-hopping", "0.9"}).status, 2);
    EXPECT_EQ(run({"code", sample, "-r", registry, "--controls", sample}).status, 2);
    auto const empty = run({"code", add("empty.ab1", "")});
    EXPECT_EQ(empty.status, 4);
    EXPECT_THAT(empty.err, HasSubstr("the file is empty"));
    EXPECT_EQ(run({"code", sample, "--assignments", "x.tsv"}).status, 2);
    EXPECT_EQ(run({"code", sample, sample, "-r", registry, "--assignments", "x.tsv"}).status, 2);
    EXPECT_EQ(run({"code", "--controls", sample, "-r", registry}).status, 2);
    EXPECT_EQ(run({"code", sample, "-r", (folder / "none.txt").string()}).status, 3);
    EXPECT_EQ(run({"code", sample, "-r", add("long.txt", std::string(70, 'A'))}).status, 5);
    auto const particles = add("p.toml", "schema = 1\n[[lot]]\nname = \"a\"\nparticle = \"XK7\"\n");
    EXPECT_EQ(run({"code", sample, "-r", particles}).status, 8);
}

} // namespace
