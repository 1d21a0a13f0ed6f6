// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// contremarque detect against blanks, with a scale, and by colour.

#include "apps/cli/command.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"
#include "core/random.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

using nlohmann::json;
using testing::HasSubstr;
using Words = std::vector<std::string>;

class DetectJudged : public testing::Test {
protected:
    DetectJudged()
        : folder{fs::temp_directory_path() /
                 ("cmq_detect_judged_test_" + std::to_string(::getpid()))} {
        fs::create_directories(folder);
        mark = simulate("mark.dng", "12", "5");
        clean = simulate("clean.dng", "0", "6");
        blanks = {"--blank",
                  simulate("blank1.dng", "0", "7"),
                  "--blank",
                  simulate("blank2.dng", "0", "8")};
        bright = {"--blank",
                  simulate("bright1.dng", "20", "9"),
                  "--blank",
                  simulate("bright2.dng", "25", "10")};
    }

    ~DetectJudged() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    std::string simulate(std::string const& name, char const* droplets, char const* seed) {
        std::string const file = (folder / name).string();
        EXPECT_EQ(run({"simulate",
                       "scene",
                       "--output",
                       file,
                       "--truth",
                       file + ".csv",
                       "--width",
                       "400",
                       "--height",
                       "300",
                       "--droplets",
                       droplets,
                       "--flux",
                       "12000",
                       "--seed",
                       seed}),
                  0)
            << err.str();
        return file;
    }

    int run(Words const& words, cmq::Language language = cmq::Language::english) {
        out.str("");
        err.str("");
        return cmq::cli::run(words, {out, err, false, language});
    }

    // The one result of a file with further options.
    json result(std::string const& file, Words const& more) {
        Words words{"detect", file, "--json"};
        words.insert(words.end(), more.begin(), more.end());
        EXPECT_EQ(run(words), 0) << err.str();
        return json::parse(out.str())["results"][0];
    }

    fs::path folder;
    std::string mark;
    std::string clean;
    Words blanks; // as options
    Words bright; // blanks that glow more than the mark
    std::ostringstream out;
    std::ostringstream err;
};

TEST_F(DetectJudged, SaysPresentAboveItsBlanks) {
    json const judged = result(mark, blanks);
    EXPECT_EQ(judged["verdict"], "present");
    EXPECT_EQ(judged["why"], (json{"above_blanks"}));
    EXPECT_EQ(judged["limits"]["blanks"], 2);
    EXPECT_EQ(judged["limits"]["critical"], 0.0); // nothing was found on either
    EXPECT_EQ(judged["limits"]["minimum_detectable"], nullptr);
    double sum = 0.0;
    for (json const& trace : judged["traces"]) {
        double planes = 0.0;
        for (char const* plane : {"r", "g1", "g2", "b"}) {
            planes += trace["flux"][plane].get<double>();
        }
        EXPECT_NEAR(trace["flux_total"].get<double>(), planes, 1e-9 * std::abs(planes));
        EXPECT_GT(trace["flux_total_sigma"].get<double>(), 0.0);
        EXPECT_EQ(trace["area_mm2"], nullptr);
        EXPECT_EQ(trace["colour"]["verdict"], "indeterminate");
        EXPECT_EQ(trace["colour"]["doubts"], (json{"few_references", "no_rival"}));
        sum += planes;
    }
    EXPECT_NEAR(judged["flux_total"].get<double>(), sum, 1e-9 * sum);
}

TEST_F(DetectJudged, LetsBlanksWinOverTheImageAndSaysSo) {
    json const judged = result(mark, bright);
    EXPECT_FALSE(judged["traces"].empty());
    EXPECT_EQ(judged["verdict"], "not_detected");
    EXPECT_EQ(judged["why"], (json{"within_blanks"}));
    EXPECT_EQ(judged["limits"]["stated"], judged["limits"]["critical"]);
    Words words{"detect", mark};
    words.insert(words.end(), bright.begin(), bright.end());
    EXPECT_EQ(run(words), 0);
    EXPECT_THAT(out.str(), HasSubstr("not detected (limit:"));
    EXPECT_THAT(out.str(), HasSubstr("they win"));
}

TEST_F(DetectJudged, CannotTellTracesWithoutBlanks) {
    EXPECT_EQ(result(mark, {})["verdict"], "indeterminate");
    json const one = result(mark, {blanks[0], blanks[1]});
    EXPECT_EQ(one["verdict"], "indeterminate");
    EXPECT_EQ(one["why"], (json{"blanks_missing"}));
    EXPECT_EQ(one["limits"]["blanks"], 1);
    EXPECT_EQ(one["limits"]["critical"], nullptr);
}

TEST_F(DetectJudged, StatesTheLimitWhereNothingWasFound) {
    json const judged = result(clean, {});
    EXPECT_EQ(judged["verdict"], "not_detected");
    EXPECT_EQ(judged["limits"]["stated"], judged["limits"]["found_by_half"]["flux_total"]);
    EXPECT_GT(judged["limits"]["stated"].get<double>(), 0.0);
}

TEST_F(DetectJudged, TakesATableOfBlanks) {
    std::string const table = (folder / "blanks.csv").string();
    cmq::write_file(table, "value,level\n0,0\n12,0\n5,0\n3,0\n");
    json const judged = result(mark, {"--limits", table});
    EXPECT_EQ(judged["verdict"], "present");
    EXPECT_EQ(judged["limits"]["from"], "table");
    EXPECT_EQ(judged["limits"]["blanks"], 4);
    EXPECT_EQ(judged["limits"]["why_no_minimum"], "too_few_levels");
    EXPECT_EQ(run({"detect", mark, "--limits", (folder / "none.csv").string()}), 3);
    EXPECT_EQ(run({"detect", mark, "--limits", table, "--blank", clean}), 2);
}

TEST_F(DetectJudged, GivesAreasWithAScale) {
    json const judged = result(mark, {"--scale", "0.05+-0.001"});
    for (json const& trace : judged["traces"]) {
        double const area = trace["area_cells"].get<double>() * 4.0 * 0.05 * 0.05;
        EXPECT_NEAR(trace["area_mm2"].get<double>(), area, 1e-9);
        EXPECT_GT(trace["area_mm2_sigma"].get<double>(), 0.04 * area); // twice 2 %
    }
    EXPECT_EQ(result(mark, {"--scale", "0.05"})["scale"]["mm_per_photosite_sigma"], nullptr);
    for (char const* wrong : {"0", "-1", "x", "0.05+-", "0.05+-0.06", "0.05+-x", "2000"}) {
        EXPECT_EQ(run({"detect", mark, "--scale", wrong}), 2) << wrong;
    }
}

// Twelve samples of the colour that the simulated droplets have, and of a blue rival.
std::string library() {
    std::string text = "class,sample,flux_r,flux_g1,flux_g2,flux_b,flux_sigma_r,flux_sigma_g1,"
                       "flux_sigma_g2,flux_sigma_b,substrate,lamp_nm,filter,camera\n";
    for (int i = 0; i < 24; ++i) {
        cmq::Random random{3, 1, static_cast<std::uint64_t>(i)};
        bool const is_marker = i < 12;
        std::array<double, 4> const flux =
            is_marker ? std::array{0.6, 1.0, 1.0, 0.3} : std::array{0.1, 0.5, 0.5, 2.0};
        text += (is_marker ? "marker,m" : "brightener,b") + std::to_string(i);
        for (double const plane : flux) {
            text += ',' + cmq::number_text(1e5 * plane * (1.0 + 0.05 * random.normal()));
        }
        text += ",100,100,100,100,skin,365,LP 420,Contremarque SIMULATED\n";
    }
    return text;
}

TEST_F(DetectJudged, SetsColoursAgainstALibrary) {
    std::string const table = (folder / "colours.csv").string();
    cmq::write_file(table, library());
    Words const alike{
        "--colour-classes", table, "--substrate", "Skin", "--lamp-nm", "365", "--filter", "LP 420"};
    json const judged = result(mark, alike);
    EXPECT_TRUE(judged["colour_classes"]["differences"].empty());
    EXPECT_EQ(judged["colour_classes"]["classes"][0]["samples"], 12);
    ASSERT_FALSE(judged["traces"].empty());
    for (json const& trace : judged["traces"]) {
        json const& colour = trace["colour"];
        EXPECT_TRUE(colour["log_densities"]["marker"].is_number());
        EXPECT_TRUE(colour["log_densities"]["brightener"].is_number());
        EXPECT_TRUE(colour["log_densities"]["unknown"].is_number());
        EXPECT_TRUE(colour["log10_lr"].is_number());
        EXPECT_NE(colour["verdict"], "for_marker"); // never in three channels
    }
    json const other = result(mark, {"--colour-classes", table, "--substrate", "cotton"});
    EXPECT_EQ(other["traces"][0]["colour"]["verdict"], "indeterminate");
    EXPECT_EQ(other["traces"][0]["colour"]["doubts"], (json{"other_conditions"}));
    EXPECT_EQ(other["traces"][0]["colour"]["log10_lr"], nullptr);
    // Substrate differs, lamp and filter are not stated; for both classes.
    EXPECT_EQ(other["colour_classes"]["differences"].size(), 6U);
    cmq::write_file(table, "class\nmarker\n");
    EXPECT_EQ(run({"detect", mark, "--colour-classes", table}), 4);
    EXPECT_THAT(err.str(), HasSubstr("colours.csv"));
}

TEST_F(DetectJudged, DrawsEachFile) {
    std::string const drawn = (folder / "deep" / "drawn").string();
    if (run({"detect", mark, clean, "--overlay", drawn}) == 5) {
        GTEST_SKIP() << "this build cannot draw";
    }
    std::string const plain = out.str();
    for (char const* name : {"mark.dng.png", "clean.dng.png"}) {
        auto const bytes = cmq::read_file(fs::path{drawn} / name);
        ASSERT_GT(bytes.size(), 1000U);
        EXPECT_EQ(bytes[1], std::byte{'P'}); // of a PNG's first eight bytes
        EXPECT_EQ(bytes[2], std::byte{'N'});
    }
    EXPECT_EQ(run({"detect", mark, clean}), 0);
    EXPECT_EQ(out.str(), plain); // drawing changes no number
    EXPECT_EQ(run({"detect", mark, mark, "--overlay", drawn}), 2);
    EXPECT_THAT(err.str(), HasSubstr("one name"));
    EXPECT_EQ(run({"detect", mark, "--overlay", mark}), 3); // a file stands there
}

TEST_F(DetectJudged, RefusesABlankThatCannotBeOne) {
    EXPECT_EQ(run({"detect", mark, "--blank", mark, "--blank", clean}), 2);
    EXPECT_THAT(err.str(), HasSubstr("the same file"));
    EXPECT_EQ(run({"detect", mark, "--blank", clean, "--blank", clean}), 2);
    EXPECT_EQ(run({"detect", mark, "--blank", (folder / "none.dng").string()}), 3);
}

TEST_F(DetectJudged, SpeaksBothLanguagesWithinEightyColumns) {
    std::string const table = (folder / "colours.csv").string();
    cmq::write_file(table, library());
    for (auto const language : {cmq::Language::english, cmq::Language::french}) {
        for (Words const& more :
             {blanks, bright, Words{}, Words{"--colour-classes", table, "--scale", "0.05"}}) {
            Words words{"detect", mark, clean};
            words.insert(words.end(), more.begin(), more.end());
            EXPECT_EQ(run(words, language), 0) << err.str();
            std::istringstream lines{out.str()};
            for (std::string line; std::getline(lines, line);) {
                if (line.find(folder.string()) == std::string::npos) {
                    EXPECT_LE(cmq::columns_of(line), 80U) << line;
                }
            }
            EXPECT_THAT(out.str(),
                        HasSubstr(language == cmq::Language::french ? "Résultat" : "Result"));
        }
    }
}

// ---- the layout of traces

// References that the traces of `mark` are among (2.4 to 2.6 in ln count), and others.
std::string pattern_table(std::size_t references) {
    std::string text = "class,ln_count,conditions\n";
    for (std::size_t i = 0; i < references; ++i) {
        double const step = static_cast<double>(i) / static_cast<double>(references);
        text += "spray," + cmq::number_text(2.2 + 0.5 * step) + ",cotton\n";
        text += "splash," + cmq::number_text(5.0 + 0.5 * step) + ",cotton\n";
    }
    return text;
}

TEST_F(DetectJudged, DescribesThePatternOfItsTraces) {
    json const pattern = result(mark, {})["pattern"];
    auto const count = pattern["count"].get<double>();
    EXPECT_NEAR(pattern["features"]["ln_count"].get<double>(), std::log(count), 1e-12);
    EXPECT_EQ(pattern["unit"], "photosite");
    EXPECT_EQ(pattern["symmetry_sought"], false);
    EXPECT_EQ(pattern["symmetry"], nullptr);
    EXPECT_EQ(pattern["weighed"], nullptr);
    ASSERT_GE(count, 10.0); // twelve bright droplets
    EXPECT_GT(pattern["clark_evans"]["sigma"].get<double>(), 0.0);
    EXPECT_LT(pattern["sizes"]["d_v50"]["low"].get<double>(),
              pattern["sizes"]["d_v50"]["high"].get<double>());
    json const scaled = result(mark, {"--scale", "0.05"})["pattern"];
    EXPECT_EQ(scaled["unit"], "mm");
    EXPECT_NEAR(scaled["features"]["mean_ln_diameter"].get<double>(),
                pattern["features"]["mean_ln_diameter"].get<double>() + std::log(0.05),
                1e-9);
    EXPECT_EQ(result(clean, {})["pattern"]["clark_evans"], nullptr);
    EXPECT_EQ(run({"detect", mark}), 0);
    EXPECT_THAT(out.str(), HasSubstr("Layout, described only"));
    EXPECT_EQ(run({"detect", clean}), 0);
    EXPECT_THAT(out.str(), testing::Not(HasSubstr("Layout")));
}

TEST_F(DetectJudged, WeighsThePatternAgainstReferences) {
    std::string const table = (folder / "patterns.csv").string();
    cmq::write_file(table, pattern_table(20));
    Words const options{"--pattern-references", table, "--pattern-class", "spray"};
    json const unstated = result(mark, options)["pattern"]["weighed"];
    EXPECT_EQ(unstated["verdict"], "indeterminate");
    EXPECT_EQ(unstated["doubts"], (json{"other_conditions"}));
    EXPECT_EQ(unstated["log10_lr"], nullptr);
    Words stated = options;
    stated.insert(stated.end(), {"--pattern-conditions", "cotton", "--unknown-weight", "0.01"});
    json const told = result(mark, stated)["pattern"]["weighed"];
    EXPECT_EQ(told["verdict"], "for_first") << told;
    EXPECT_EQ(told["classes"][0]["name"], "spray");
    EXPECT_EQ(told["classes"][1]["references"], 20);
    cmq::write_file(table, pattern_table(9));
    EXPECT_EQ(result(mark, stated)["pattern"]["weighed"]["doubts"], (json{"few_references"}));
}

TEST_F(DetectJudged, WritesPatternsThatAreReferencesToCome) {
    std::string const table = (folder / "layout.csv").string();
    EXPECT_EQ(run({"detect", mark, clean, "--pattern-csv", table, "--pattern-symmetry"}), 0);
    std::string const text = cmq::read_text(table, 10000);
    EXPECT_THAT(text, HasSubstr("file,count,unit,ln_count,mean_ln_diameter"));
    EXPECT_THAT(text, HasSubstr("clean.dng,0,photosite,,,,,,\n"));
}

TEST_F(DetectJudged, RefusesAClassWithoutPatternsAndPatternsWithoutAClass) {
    std::string const table = (folder / "patterns.csv").string();
    cmq::write_file(table, pattern_table(12));
    EXPECT_EQ(run({"detect", mark, "--pattern-references", table}), 2);
    EXPECT_EQ(run({"detect", mark, "--pattern-class", "spray"}), 2);
    EXPECT_EQ(run({"detect", mark, "--pattern-references", table, "--pattern-class", "print"}), 7);
    EXPECT_THAT(err.str(), HasSubstr("patterns.csv"));
}

// ---- large areas

TEST_F(DetectJudged, CannotSayNotDetectedBesideALargeStain) {
    std::string const file = (folder / "stain.dng").string();
    ASSERT_EQ(
        run({"simulate", "scene",   "--output",        file,  "--truth",        file + ".csv",
             "--width",  "900",     "--height",        "700", "--droplets",     "1",
             "--radius", "140",     "--radius-log-sd", "0",   "--droplet-kind", "stain",
             "--flux",   "3000000", "--flux-log-sd",   "0",   "--region",       "450,350,10,10",
             "--seed",   "12"}),
        0)
        << err.str();
    json const judged = result(file, {});
    EXPECT_EQ(judged["traces"].size(), 0U);
    EXPECT_EQ(judged["verdict"], "indeterminate");
    EXPECT_EQ(judged["why"], (json{"nothing_found", "area"}));
    ASSERT_EQ(judged["areas"].size(), 1U);
    json const area = judged["areas"][0];
    EXPECT_NEAR(area["x"].get<double>(), 455.0, 40.0);
    EXPECT_NEAR(area["y"].get<double>(), 355.0, 40.0);
    EXPECT_NEAR(area["share"].get<double>(), 0.098, 0.03); // pi 140^2 of 630 000
    EXPECT_EQ(area["stands_out_by"], "light");
    EXPECT_EQ(area["measured_by_traces"], false);
    // Half a DN an electron.
    EXPECT_NEAR(area["flux_total"].get<double>(),
                1'500'000.0,
                4.0 * area["flux_total_sigma"].get<double>());
    EXPECT_LT(area["flux_total_sigma"].get<double>(), 0.05 * 1'500'000.0);
    json const together = judged["flux_with_areas"];
    EXPECT_EQ(together["flux_total"], area["flux_total"]); // no traces
    EXPECT_EQ(together["flux_total_sigma"], area["flux_total_sigma"]);
    EXPECT_EQ(together["lower_limit"], false);
    EXPECT_EQ(judged["flux_total"], 0.0);
    EXPECT_TRUE(result(clean, {})["flux_with_areas"].is_null());
    EXPECT_TRUE(area["area_mm2"].is_null());
    json const scaled = result(file, {"--scale", "0.1"})["areas"][0];
    // 615 mm2 for a disc; the outline of a stain is irregular.
    EXPECT_NEAR(scaled["area_mm2"].get<double>(), 615.0, 60.0);
    EXPECT_TRUE(result(clean, {})["areas"].empty());
    EXPECT_EQ(run({"detect", file}, cmq::Language::french), 0);
    EXPECT_THAT(out.str(), HasSubstr("Une grande zone ressort"));
    EXPECT_THAT(out.str(), HasSubstr("Lumière des traces et des grandes zones"));
    EXPECT_THAT(out.str(), HasSubstr("plus claire que ce qui"));
}

// ---- marks that take light away

TEST_F(DetectJudged, CannotSayNotDetectedBesideAWideDarkStain) {
    std::string const file = (folder / "dark_stain.dng").string();
    ASSERT_EQ(run({"simulate",
                   "scene",
                   "--output",
                   file,
                   "--width",
                   "900",
                   "--height",
                   "700",
                   "--background-electrons",
                   "900,1400,1000",
                   "--droplets",
                   "1",
                   "--droplet-kind",
                   "stain",
                   "--radius",
                   "140",
                   "--radius-log-sd",
                   "0",
                   "--absorption",
                   "0.1",
                   "--region",
                   "450,350,10,10",
                   "--seed",
                   "14"}),
              0)
        << err.str();
    json const judged = result(file, {"--darker"});
    EXPECT_EQ(judged["verdict"], "indeterminate");
    ASSERT_EQ(judged["areas"].size(), 1U);
    EXPECT_NEAR(judged["areas"][0]["x"].get<double>(), 455.0, 40.0);
    EXPECT_GT(judged["areas"][0]["flux_total"].get<double>(), 0.0);
    EXPECT_EQ(run({"detect", file, "--darker"}), 0);
    EXPECT_THAT(out.str(), HasSubstr("darker than what"));
}

TEST_F(DetectJudged, SeeksWhatTakesLightAwayWhereAsked) {
    std::string const file = (folder / "dyed.dng").string();
    ASSERT_EQ(run({"simulate",
                   "scene",
                   "--output",
                   file,
                   "--truth",
                   file + ".csv",
                   "--width",
                   "500",
                   "--height",
                   "400",
                   "--background-electrons",
                   "900,1400,1000",
                   "--droplets",
                   "8",
                   "--absorption",
                   "0.1,0.4,0.5",
                   "--radius",
                   "4",
                   "--separation",
                   "60",
                   "--region",
                   "40,40,420,260",
                   "--seed",
                   "13"}),
              0)
        << err.str();
    EXPECT_TRUE(result(file, {})["traces"].empty());
    std::string const table = (folder / "dyed.csv").string();
    json const judged = result(file, {"--darker", "--csv", table});
    EXPECT_EQ(judged["darker"], true);
    EXPECT_EQ(judged["traces"].size(), 8U);
    EXPECT_GT(judged["flux_total"].get<double>(), 0.0);
    EXPECT_EQ(judged["verdict"], "indeterminate"); // no blanks
    EXPECT_EQ(judged["traces"][0]["colour"]["verdict"], "indeterminate");
    EXPECT_EQ(run({"detect", file, "--darker"}, cmq::Language::french), 0);
    EXPECT_THAT(out.str(), HasSubstr("plus sombre que le fond"));
    std::string const rows = cmq::read_text(table, 100000);
    EXPECT_THAT(rows, HasSubstr(",darker\n"));
    // Rows of that table are references of what is taken away, and of nothing else.
    std::string const library = (folder / "dyes.csv").string();
    cmq::write_file(library,
                    "class,sample,darker,flux_r,flux_g1,flux_g2,flux_b,flux_sigma_r,flux_sigma_g1,"
                    "flux_sigma_g2,flux_sigma_b\nmarker,a,1,100,400,400,350,9,9,9,9\n");
    EXPECT_EQ(run({"detect", file, "--colour-classes", library}), 7);
    EXPECT_THAT(err.str(), HasSubstr("with --darker only"));
    EXPECT_EQ(
        result(file, {"--darker", "--colour-classes", library})["traces"][0]["colour"]["verdict"],
        "indeterminate");
}

} // namespace
