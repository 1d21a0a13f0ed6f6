// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "capture/write_dng.hpp"
#include "core/random.hpp"
#include "system/csv.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

using nlohmann::json;
using testing::HasSubstr;

class Detect : public testing::Test {
protected:
    Detect()
        : folder{fs::temp_directory_path() / ("cmq_detect_test_" + std::to_string(::getpid()))} {
        fs::create_directories(folder);
    }

    ~Detect() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    int run(std::vector<std::string> const& words) {
        out.str("");
        err.str("");
        return cmq::cli::run(words, {out, err});
    }

    // Runs detect and returns what it prints; words are parted by single spaces.
    std::string program(std::string const& words) {
        std::vector<std::string> list{"detect"};
        std::istringstream stream{words};
        for (std::string word; std::getline(stream, word, ' ');) {
            list.push_back(word);
        }
        status = run(list);
        return out.str();
    }

    std::string output_of(std::string const& command) {
        std::string text;
        FILE* pipe = ::popen(command.c_str(), "r");
        std::array<char, 65536> buffer{};
        while (std::size_t const n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
            text.append(buffer.data(), n);
        }
        int const code = ::pclose(pipe);
        status = WIFEXITED(code) ? WEXITSTATUS(code) : -1;
        return text;
    }

    std::string simulate(std::string const& name, std::string const& droplets) {
        std::string const file = (folder / name).string();
        EXPECT_EQ(run({"simulate",
                       "scene",
                       "--output",
                       file,
                       "--truth",
                       file + ".csv",
                       "--width",
                       "800",
                       "--height",
                       "600",
                       "--droplets",
                       droplets,
                       "--flux",
                       "12000",
                       "--flux-log-sd",
                       "0.3",
                       "--seed",
                       "5"}),
                  0)
            << err.str();
        return file;
    }

    fs::path folder;
    std::ostringstream out;
    std::ostringstream err;
    int status = 0;
};

TEST_F(Detect, RefusesWhatIsNoPromiseNoNumberOrNoFile) {
    using Words = std::vector<std::string>;
    for (Words const& words :
         {Words{"detect"},
          Words{"detect", "x.dng", "--false-traces", "0"},
          Words{"detect", "x.dng", "--false-traces", "1000"},
          Words{"detect", "x.dng", "--false-traces", "0,01"},
          Words{"detect", "x.dng", "--false-discovery-rate", "0"},
          Words{"detect", "x.dng", "--false-discovery-rate", "0.6"},
          Words{"detect", "x.dng", "--false-traces", "1", "--false-discovery-rate", "0.1"},
          Words{"detect", "x.dng", "--colour", "1,2"},
          Words{"detect", "x.dng", "--colour", "0,0,0"},
          Words{"detect", "x.dng", "--colour", "1,-1,1"},
          Words{"detect", "x.dng", "--threads", "1.5"},
          Words{"detect", "x.dng", "--no-such", "y"}}) {
        EXPECT_EQ(run(words), 2) << words.back();
        EXPECT_FALSE(err.str().empty());
    }
}

// A share of false ones among many droplets asks for less than 0.01 false ones in the frame; and so does a known colour.
TEST_F(Detect, FindsFainterLightForAShareOfFalseOnesOrAKnownColour) {
    std::string const file = simulate("many.dng", "60");
    double const plain =
        json::parse(program(file + " --json"))["results"][0]["noise"]["threshold_snr"];
    json const shared =
        json::parse(program(file + " --json --false-discovery-rate 0.1"))["results"][0];
    EXPECT_EQ(shared["false_discovery_rate"], 0.1);
    EXPECT_LT(shared["noise"]["threshold_snr"].get<double>(), plain);
    EXPECT_GT(shared["false_traces_expected"].get<double>(), 0.01);
    json const known = json::parse(program(file + " --json --colour 0.55,1,0.25"))["results"][0];
    EXPECT_TRUE(known["false_discovery_rate"].is_null());
    EXPECT_LT(known["noise"]["threshold_snr"].get<double>(), plain);
}

TEST_F(Detect, KeepsHelpWithinEightyColumns) {
    EXPECT_EQ(run({"detect", "--help"}), 0);
    EXPECT_THAT(out.str(), HasSubstr("contremarque detect"));
    std::istringstream lines{out.str()};
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(line.size(), 80U) << line;
    }
}

TEST_F(Detect, FindsTheDropletsOfASimulatedFile) {
    std::string const file = simulate("drops.dng", "20");
    std::string const csv = (folder / "traces.csv").string();
    json const all = json::parse(program(file + " --json --csv " + csv));
    ASSERT_EQ(status, 0);
    ASSERT_EQ(all["results"].size(), 1U);
    json const& result = all["results"][0];
    EXPECT_EQ(result["image"]["width"], 800);
    EXPECT_EQ(result["image"]["height"], 600);
    EXPECT_EQ(result["image"]["cfa"], "RGGB");
    EXPECT_EQ(result["false_traces_expected"], 0.01);
    EXPECT_EQ(result["sha256"].get<std::string>().size(), 64U);

    auto const truth = cmq::parse_csv(cmq::read_text(file + ".csv"));
    auto const column = [&](std::string const& name) {
        return static_cast<std::size_t>(std::find(truth[0].begin(), truth[0].end(), name) -
                                        truth[0].begin());
    };
    std::size_t found = 0;
    for (std::size_t row = 1; row < truth.size(); ++row) {
        double const x = std::strtod(truth[row][column("x")].c_str(), nullptr);
        double const y = std::strtod(truth[row][column("y")].c_str(), nullptr);
        double const dn = std::strtod(truth[row][column("dn_g1")].c_str(), nullptr);
        for (json const& trace : result["traces"]) {
            if (std::hypot(trace["x"].get<double>() - x, trace["y"].get<double>() - y) < 3.0) {
                ++found;
                // Droplets may touch: a flux above the truth is then right.
                EXPECT_GT(trace["flux"]["g1"].get<double>(),
                          dn - 5.0 * trace["flux_sigma"]["g1"].get<double>());
                break;
            }
        }
    }
    // Signal-to-noise of 20 and more; two of twenty may touch another or lie at the edge.
    EXPECT_GE(found, truth.size() - 1 - 2);
    EXPECT_LE(result["traces"].size(), truth.size() - 1);

    auto const table = cmq::parse_csv(cmq::read_text(csv));
    ASSERT_EQ(table.size(), result["traces"].size() + 1);
    EXPECT_EQ(table[0][0], "file");
    EXPECT_EQ(table[0][1], "id");
}

TEST_F(Detect, PrintsATableWithinEightyColumns) {
    std::string const text = program(simulate("drops.dng", "20"));
    EXPECT_EQ(status, 0);
    EXPECT_THAT(text, HasSubstr("SIMULATED"));
    EXPECT_THAT(text, HasSubstr("0.01 would be expected"));
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        if (line.find(folder.string()) == std::string::npos) {
            EXPECT_LE(line.size(), 80U) << line;
        }
    }
}

TEST_F(Detect, TriesAllFilesAndGivesTheHighestStatus) {
    std::string const file = simulate("empty.dng", "0");
    json const all =
        json::parse(program((folder / "missing.dng").string() + " " + file + " --json"));
    EXPECT_EQ(status, 3);
    EXPECT_EQ(all["results"].size(), 1U);
    EXPECT_THAT(err.str(), HasSubstr("missing.dng"));
}

// What dcraw, another program, reads from a file: raw numbers of the visible area.
struct RawDump {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<double> value;
};

RawDump parse_dump(std::string const& pgm) {
    RawDump dump;
    int used = 0;
    unsigned width = 0;
    unsigned height = 0;
    // NOLINTNEXTLINE(cert-err34-c): the text is dcraw's own header
    if (std::sscanf(pgm.c_str(), "P5 %u %u 65535%n", &width, &height, &used) != 2) {
        return dump;
    }
    dump.width = width;
    dump.height = height;
    dump.value.resize(dump.width * dump.height);
    auto const* byte = reinterpret_cast<unsigned char const*>(pgm.data()) + used + 1;
    for (double& value : dump.value) {
        value = 256.0 * byte[0] + byte[1];
        byte += 2;
    }
    return dump;
}

struct RealFile {
    char const* name;
    std::array<double, 4> black;       ///< of the cell row by row, DN; measured without the product
    std::array<char const*, 4> planes; ///< of the cell, row by row
    bool same_numbers;                 ///< dcraw gives the raw numbers themselves
};

class DetectRealFile : public Detect, public testing::WithParamInterface<RealFile> {};

// One plane of the dump, looked at without the product: the mean of block means within 4 robust
// standard deviations of the block's median, and the spread between neighbours in blocks.
struct PlainLook {
    double level = 0.0;
    double smooth_spread = 0.0; ///< of the smoothest fiftieth of the blocks
    double usual_spread = 0.0;  ///< of the block in the middle
};

double middle_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

PlainLook look_at(RawDump const& dump, std::size_t k) {
    std::vector<double> spreads;
    double sum = 0.0;
    for (std::size_t y0 = k / 2; y0 + 64 < dump.height; y0 += 64) {
        for (std::size_t x0 = k % 2; x0 + 66 < dump.width; x0 += 64) {
            std::vector<double> values;
            double squares = 0.0;
            for (std::size_t i = 0; i < 32 * 32; ++i) {
                double const* v = &dump.value[(y0 + i / 32 * 2) * dump.width + x0 + i % 32 * 2];
                values.push_back(v[0]);
                squares += (v[2] - v[0]) * (v[2] - v[0]);
            }
            spreads.push_back(std::sqrt(0.5 * squares / 1024.0));
            double const median = middle_of(values);
            std::vector<double> distances;
            for (double const v : values) {
                distances.push_back(std::abs(v - median));
            }
            double const reach = 4.0 * 1.4826 * middle_of(distances);
            double kept = 0.0;
            double count = 0.0;
            for (double const v : values) {
                if (std::abs(v - median) <= reach) {
                    kept += v;
                    count += 1.0;
                }
            }
            sum += kept / count;
        }
    }
    PlainLook look;
    look.level = sum / static_cast<double>(spreads.size());
    std::sort(spreads.begin(), spreads.end());
    look.smooth_spread = spreads[spreads.size() / 50];
    look.usual_spread = spreads[spreads.size() / 2];
    return look;
}

std::int64_t count_from(RawDump const& dump, std::size_t k, double level) {
    std::int64_t count = 0;
    for (std::size_t y = k / 2; y < dump.height; y += 2) {
        for (std::size_t x = k % 2; x < dump.width; x += 2) {
            count += dump.value[y * dump.width + x] >= level ? 1 : 0;
        }
    }
    return count;
}

TEST_P(DetectRealFile, AgreesWithAnIndependentLook) {
    RealFile const& real = GetParam();
    std::string const file = std::string{CMQ_SOURCE_DIR "/../shared/data/raw/"} + real.name;
    if (!fs::exists(file)) {
        GTEST_SKIP() << "the camera files of ../shared/data are not here";
    }
    RawDump const dump = parse_dump(output_of("dcraw -D -4 -t 0 -c " + file + " 2>/dev/null"));
    if (dump.value.empty()) {
        GTEST_SKIP() << "dcraw, which gives the independent look, is not installed";
    }
    json const all = json::parse(program(file + " --json"));
    ASSERT_EQ(status, 0);
    json const& result = all["results"][0];
    EXPECT_EQ(result["image"]["width"], dump.width);
    EXPECT_EQ(result["image"]["height"], dump.height);
    for (std::size_t k = 0; k < 4; ++k) {
        SCOPED_TRACE(real.planes[k]);
        json const& plane = result["background"][real.planes[k]];
        PlainLook const look = look_at(dump, k);
        // These are pictures of lit things, not of noise: what is a trace in one view is clipped in
        // the other only in part, and lamps cover a fifth of the largest difference (the lit tree).
        EXPECT_NEAR(plane["level_dn"].get<double>(), look.level - real.black[k], 0.2 * look.level);
        // Noise lies above what the smoothest blocks, chosen for being so, show, and below the usual
        // block, which holds texture too. Half of the former: rounding, and denoising in the camera.
        EXPECT_GT(plane["model_noise_dn"].get<double>(), 0.5 * look.smooth_spread);
        EXPECT_LT(plane["model_noise_dn"].get<double>(), look.usual_spread);
        if (!real.same_numbers) {
            continue; // dcraw reads the linearisation table in steps of 64 near the top
        }
        // Every photosite of the dump at the stated level, no other. Black is known to 0.01 DN.
        double const saturation = plane["saturation_dn"].get<double>() + real.black[k];
        EXPECT_EQ(plane["saturated_photosites"].get<std::int64_t>(),
                  count_from(dump, k, std::round(saturation)));
    }
}

INSTANTIATE_TEST_SUITE_P(
    SlowFiles,
    DetectRealFile,
    testing::Values(
        RealFile{"Blackmagic_BMPCC4K.dng", {512, 512, 512, 512}, {"r", "g1", "g2", "b"}, false},
        RealFile{
            "Canon_EOS_D30.CRW", {127.86, 128.52, 128.10, 128.95}, {"r", "g1", "g2", "b"}, true},
        RealFile{"minhtcai_640x480_10bit.dng", {0, 0, 0, 0}, {"g2", "b", "r", "g1"}, true}));

// 40 DN that the sensor adds in the dark, 100 DN of room light: what is left is the lamp's 200.
class DetectCorrected : public Detect {
protected:
    std::string shoot(std::string const& name, double light_dn, double exposure_s = 2) {
        std::vector<std::uint16_t> mosaic;
        cmq::Random random{17, 1, seed_++};
        for (int i = 0; i < 160 * 96; ++i) {
            mosaic.push_back(
                static_cast<std::uint16_t>(std::lround(512 + light_dn + 5 * random.normal())));
        }
        cmq::capture::DngPicture picture;
        picture.shape = {96, 160};
        picture.mosaic = mosaic;
        picture.black_dn.fill(512);
        picture.white_dn = 16383;
        picture.exposure_s = exposure_s;
        picture.make = "Maker";
        picture.model = "Model";
        picture.unique_model = "Maker Model";
        cmq::capture::write_dng(folder / name, picture);
        return (folder / name).string();
    }

private:
    std::uint64_t seed_ = 0;
};

TEST_F(DetectCorrected, TakesOffDarkFramesAndLightOfTheRoomAndSaysSo) {
    std::string const lit = shoot("lit.dng", 340);
    std::string const dark = shoot("dark.dng", 40);
    std::string const second = shoot("dark2.dng", 40);
    std::string const room = shoot("room.dng", 140);
    json const all = json::parse(
        program(lit + " --json --dark " + dark + " --dark " + second + " --ambient " + room));
    ASSERT_EQ(status, 0) << err.str();
    json const& result = all["results"][0];
    // A plane of 3840 photosites: each frame's mean is known to 5 / 62 = 0.08 DN, and the mesh adds little.
    EXPECT_NEAR(result["background"]["g1"]["level_dn"].get<double>(), 200, 1);
    EXPECT_EQ(result["applied"]["dark_frames"], 2);
    EXPECT_TRUE(result["applied"]["profile"].is_null());
    EXPECT_EQ(result["applied"]["ambient_sha256"], cmq::sha256_hex(cmq::read_file(room)));
    json const plain = json::parse(program(lit + " --json"));
    EXPECT_EQ(plain["results"][0]["applied"]["dark_frames"], 0);
    EXPECT_TRUE(plain["results"][0]["applied"]["ambient_sha256"].is_null());
    EXPECT_NEAR(plain["results"][0]["background"]["g1"]["level_dn"].get<double>(), 340, 1);
    EXPECT_THAT(program(lit + " --dark " + dark), HasSubstr("corrected by: one dark frame"));
}

TEST_F(DetectCorrected, RefusesWhatDoesNotFit) {
    std::string const lit = shoot("lit.dng", 340);
    std::string const dark = shoot("dark.dng", 40);
    std::string const other = shoot("other.dng", 40, 8);
    EXPECT_EQ(run({"detect", lit, "--dark", other}), 7);
    EXPECT_THAT(err.str(), HasSubstr("another camera, ISO setting or exposure"));
    EXPECT_EQ(run({"detect", lit, "--dark", dark, "--profile", "p.h5"}), 2);
    EXPECT_EQ(run({"detect", lit, "--dark", dark, "--dark", dark}), 2);
    EXPECT_THAT(err.str(), HasSubstr("the same file"));
    EXPECT_EQ(run({"detect", lit, "--ambient", lit}), 2);
    EXPECT_THAT(err.str(), HasSubstr("nothing would be left"));
    EXPECT_EQ(run({"detect", lit, "--profile", dark}), 4);
}

} // namespace
