// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// contremarque detect with captures of the same traces behind another filter.

#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

using cmq::ErrorKind;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using nlohmann::json;
using testing::HasSubstr;
using Words = std::vector<std::string>;

constexpr char const* behind = "365 nm; LP 515; lamp 30 cm";

class DetectJoined : public testing::Test {
protected:
    DetectJoined()
        : folder{fs::temp_directory_path() / ("cmq_joined_test_" + std::to_string(::getpid()))} {
        fs::create_directories(folder);
    }

    ~DetectJoined() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    // One scene of one material: the same droplets for one scene_seed, whatever the filter.
    std::string simulate(std::string const& material,
                         int scene_seed,
                         int cut_on,
                         std::string const& exposure = "2") {
        std::string const file = (folder / (material + std::to_string(scene_seed) + "_" +
                                            std::to_string(cut_on) + exposure + ".dng"))
                                     .string();
        Outcome const made = run({"simulate",     "scene",
                                  "--output",     file,
                                  "--truth",      file + ".csv",
                                  "--width",      "640",
                                  "--height",     "480",
                                  "--droplets",   "14",
                                  "--flux",       "60000",
                                  "--material",   material,
                                  "--cut-on-nm",  std::to_string(cut_on),
                                  "--exposure-s", exposure,
                                  "--scene-seed", std::to_string(scene_seed),
                                  "--seed",       std::to_string(scene_seed + cut_on)});
        EXPECT_EQ(made.status, 0) << made.err;
        return file;
    }

    Words detect(std::string const& material, int scene_seed, Words const& more) {
        Words words{"detect",
                    simulate(material, scene_seed, 420),
                    "--joined",
                    simulate(material, scene_seed, 515),
                    "--joined-conditions",
                    behind,
                    "--unmoved",
                    "--substrate",
                    "cloth",
                    "--lamp-nm",
                    "365",
                    "--filter",
                    "LP 420"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    // The rows of detect --csv with a class and a sample each in front.
    std::string
    library_rows(std::string const& material, std::string const& name, std::string& header) {
        std::string const csv = (folder / (name + ".csv")).string();
        Outcome const made = run(detect(material, 31, {"--csv", csv}));
        EXPECT_EQ(made.status, 0) << made.err;
        std::istringstream lines{cmq::read_text(csv)};
        std::string line;
        std::getline(lines, line);
        header = "class,sample,substrate,lamp_nm,filter,camera," + line + '\n';
        std::string rows;
        for (int i = 0; std::getline(lines, line); ++i) {
            rows += name + ",s" + std::to_string(i) + ",cloth,365,LP 420,Contremarque SIMULATED," +
                    line + '\n';
        }
        return rows;
    }

    fs::path folder;
};

TEST_F(DetectJoined, GivesColourMoreChannelsThanThree) {
    std::string header;
    std::string const marker = library_rows("marker-yellow-green", "marker", header);
    std::string const library =
        header + marker + library_rows("riboflavin-wet", "riboflavin", header);
    std::string const file = (folder / "library.csv").string();
    cmq::write_file(file, library);

    Outcome const said =
        run(detect("marker-yellow-green", 57, {"--colour-classes", file, "--json"}));
    ASSERT_EQ(said.status, 0) << said.err;
    json const result = json::parse(said.out)["results"][0];
    EXPECT_EQ(result["joined"].size(), 1U);
    EXPECT_EQ(result["joined"][0]["residual"], nullptr);
    EXPECT_EQ(result["colour_classes"]["conditions"]["joined"], behind);
    EXPECT_EQ(result["colour_classes"]["differences"].size(), 0U) << result["colour_classes"];
    ASSERT_FALSE(result["traces"].empty());
    int with_ratio = 0;
    for (json const& trace : result["traces"]) {
        if (trace["joined"].is_null()) {
            EXPECT_EQ(trace["colour"]["doubts"], (json{"not_measured"}));
            continue;
        }
        ASSERT_EQ(trace["joined"].size(), 2U);
        // The filter takes blue away; the simulator keeps the sum of colours.
        auto const blue = [&](std::size_t capture) {
            json const& flux = trace["joined"][capture]["flux"];
            return flux["b"].get<double>() / flux["g"].get<double>();
        };
        EXPECT_LT(blue(1), 0.6 * blue(0));
        with_ratio += trace["colour"]["log10_lr"].is_null() ? 0 : 1;
        for (json const& doubt : trace["colour"]["doubts"]) {
            EXPECT_NE(doubt, "three_channels");
        }
    }
    EXPECT_GE(with_ratio, 8);

    // Other words for the joined capture: nobody knows whether the light can be compared.
    Words other = detect("marker-yellow-green", 57, {"--colour-classes", file});
    other[5] = "LP 500";
    Outcome const differs = run(other);
    EXPECT_THAT(differs.out, HasSubstr("joined captures: 365 nm; LP 515; lamp 30 cm"));
    EXPECT_THAT(differs.out, HasSubstr("indeterminate"));
    EXPECT_THAT(differs.out, HasSubstr("said to be from the same place"));

    // A library of one capture does not do.
    Words two = detect("marker-yellow-green", 57, {"--colour-classes", file});
    two.insert(two.end(), {"--joined", simulate("marker-yellow-green", 57, 550)});
    EXPECT_THAT(run(two).err, HasSubstr("joined3_flux_r"));
}

TEST_F(DetectJoined, BringsExposuresToThatOfTheFile) {
    // The camera states half the exposure for the same light: twice the light for the file's exposure.
    std::string const file = simulate("marker-yellow-green", 57, 420);
    auto const joined_flux = [&](std::string const& other) {
        Outcome const said = run({"detect", file, "--joined", other, "--unmoved", "--json"});
        EXPECT_EQ(said.status, 0) << said.err;
        double sum = 0.0;
        for (json const& trace : json::parse(said.out)["results"][0]["traces"]) {
            if (!trace["joined"].is_null()) {
                sum += trace["joined"][1]["flux"]["g"].get<double>();
            }
        }
        return sum;
    };
    EXPECT_THAT(
        run({"detect", file, "--joined", simulate("marker-yellow-green", 57, 515), "--unmoved"})
            .out,
        HasSubstr("Light joined from"));
    double const alike = joined_flux(simulate("marker-yellow-green", 57, 515));
    double const half = joined_flux(simulate("marker-yellow-green", 57, 515, "1"));
    EXPECT_NEAR(half, 2.0 * alike, 1e-6 * alike);
}

TEST_F(DetectJoined, RefusesWhatCannotBeJoined) {
    std::string const file = simulate("marker-yellow-green", 57, 420);
    std::string const other = simulate("marker-yellow-green", 57, 515);
    EXPECT_THAT(run({"detect", file, "--joined", file, "--unmoved"}).err,
                HasSubstr("counts once only"));
    for (Words const& more :
         {Words{other},
          Words{"--darker"},
          Words{"--ambient", other},
          Words{"--joined", "a", "--joined", "b", "--joined", "c", "--joined", "d"}}) {
        Words words{"detect", file, "--joined", other};
        words.insert(words.end(), more.begin(), more.end());
        EXPECT_EQ(run(words).status, static_cast<int>(ErrorKind::usage)) << more.front();
    }
    EXPECT_EQ(run({"detect", file, "--joined-conditions", "LP"}).status,
              static_cast<int>(ErrorKind::usage));
    EXPECT_EQ(run({"detect", file, "--unmoved"}).status, static_cast<int>(ErrorKind::usage));
    // Woven cloth repeats: without the word that nothing moved there is no place to measure.
    Outcome const unknown = run({"detect", file, "--joined", other});
    EXPECT_NE(unknown.status, 0);
    EXPECT_THAT(unknown.err, HasSubstr("--unmoved"));
}

} // namespace
