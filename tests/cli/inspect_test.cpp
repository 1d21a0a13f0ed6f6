// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"
#include "tests/capture/linear_dng_bytes.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <filesystem>
#include <span>
#include <sstream>
#include <unistd.h>

namespace {

using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A folder of its own with one small simulated camera file.
class Inspect : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("contremarque-inspect-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        file = folder / "scene.dng";
        capture::SceneSettings settings;
        settings.shape = {96, 160};
        settings.sensor.hot_share = 0;
        auto const scene = capture::simulate_scene(settings);
        capture::write_dng(file, capture::to_dng_picture(scene));
    }

    void TearDown() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder;
    std::filesystem::path file;
};

TEST_F(Inspect, SaysWhatAFileIs) {
    Outcome const outcome = run({"inspect", file.string()});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr("SIMULATED"),
                      HasSubstr("160 x 96 RGGB, of 208 x 96 on the sensor"),
                      HasSubstr("2.00 s, ISO 800"),
                      HasSubstr("DN, measured"),
                      HasSubstr("0 beside saturated ones (blooming)"),
                      HasSubstr("estimated from this frame")));
    std::istringstream lines{outcome.out};
    std::string line;
    std::getline(lines, line); // the path, however long
    while (std::getline(lines, line)) {
        EXPECT_LE(line.size(), 80U) << line;
    }
}

TEST_F(Inspect, GivesJsonOfEachFileThatWasRead) {
    Outcome const outcome =
        run({"inspect", "--json", file.string(), "/no/such.dng", file.string()});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::io));
    EXPECT_THAT(outcome.err, HasSubstr("/no/such.dng"));
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr(R"("results": [)"),
                      HasSubstr(R"("width": 160)"),
                      HasSubstr(R"("cfa": "RGGB")"),
                      HasSubstr(R"("simulated": true)"),
                      HasSubstr(R"("grade": "measurement_uncalibrated")"),
                      HasSubstr(R"("origin": "masked_photosites")"),
                      HasSubstr(R"("f_number": null)")));
    EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n') > 50, true);
}

TEST_F(Inspect, WritesToAFile) {
    auto const output = folder / "result.json";
    Outcome const outcome = run({"inspect", "--json", "-o", output.string(), file.string()});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(read_text(output), HasSubstr(R"("sha256": ")"));
}

TEST_F(Inspect, RefusesADamagedPictureInOneSentence) {
    auto const picture = folder / "picture.jpg";
    write_file(picture, std::string_view{"\xff\xd8\xff\xe0 and so on"});
    Outcome const outcome = run({"inspect", picture.string()});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::format));
    EXPECT_THAT(outcome.err, HasSubstr("refused: "));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
    EXPECT_EQ(outcome.out, "");
}

TEST_F(Inspect, GradesAFileBeforeItsNumbers) {
    Outcome const outcome = run({"inspect", file.string()});
    auto const worth = outcome.out.find("measurement, uncalibrated");
    auto const found = outcome.out.find("exposed for 2.00 s");
    ASSERT_NE(worth, std::string::npos);
    ASSERT_NE(found, std::string::npos);
    EXPECT_LT(worth, found);
    EXPECT_LT(found, outcome.out.find("read noise"));
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr("[Exif.Photo.ExposureTime = "),
                      HasSubstr("not found"),
                      HasSubstr("not stated")));
    Outcome const french = run({"inspect", file.string()}, Language::french);
    EXPECT_THAT(french.out,
                AllOf(HasSubstr("mesure, non étalonnée"),
                      HasSubstr("pose de 2,00"),
                      HasSubstr("non trouvé")));
    for (std::string const& text : {outcome.out, french.out}) {
        std::istringstream lines{text};
        std::string line;
        std::getline(lines, line); // the path, however long
        while (std::getline(lines, line)) {
            EXPECT_LE(columns_of(line), 80U) << line;
        }
    }
}

TEST_F(Inspect, GradesAPictureAsScreeningOnly) {
    auto const png = folder / "IMG_20261121_124000.png";
    // 1 x 1 pixel, white (signature, IHDR, IDAT, IEND; written by Python's zlib and struct).
    static constexpr std::array<unsigned char, 67> bytes{
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
        0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
        0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78,
        0x9c, 0x63, 0xf8, 0x0f, 0x00, 0x01, 0x01, 0x01, 0x00, 0xb1, 0x38, 0xf6, 0x14, 0x00,
        0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
    write_file(png, std::as_bytes(std::span{bytes}));
    Outcome const outcome = run({"inspect", "--json", png.string()});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr(R"("grade": "screening_only")"),
                      HasSubstr(R"("format": "PNG")"),
                      HasSubstr(R"("kind": "saturation")")));
    Outcome const text = run({"inspect", png.string()}, Language::french);
    EXPECT_THAT(text.out, AllOf(HasSubstr("premier tri seulement"), HasSubstr("1 x 1 pixels")));
}

TEST_F(Inspect, GradesALinearDngAsScreeningOnlyAndSaysWhy) {
    auto const linear = folder / "linear.dng";
    std::vector<std::uint16_t> values(12 * 18 * 3);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<std::uint16_t>(i * 97 % 4000);
    }
    write_file(linear, cmq::test::make_linear_dng({12, 18}, values, {.white = 3900}));
    Outcome const json = run({"inspect", "--json", linear.string()});
    EXPECT_EQ(json.status, 0) << json.err;
    EXPECT_THAT(json.out,
                AllOf(HasSubstr(R"("grade": "screening_only")"),
                      HasSubstr(R"("format": "linear DNG")"),
                      HasSubstr("no noise model for single photosites"),
                      HasSubstr("modèle de bruit par photosite")));
    Outcome const english = run({"inspect", linear.string()});
    EXPECT_THAT(english.out,
                AllOf(HasSubstr("screening only, no measurement"),
                      HasSubstr("linear DNG, 18 x 12 pixels, 16 bits, red, green, blue")));
    Outcome const french = run({"inspect", linear.string()}, Language::french);
    EXPECT_THAT(french.out,
                AllOf(HasSubstr("premier tri seulement"),
                      HasSubstr("DNG linéaire, 18 x 12 pixels"),
                      HasSubstr("dématricé")));
}

TEST_F(Inspect, ComparesTheClockWithAnAccount) {
    Outcome const none = run({"inspect", "--at", "2026-11-21 12:40", file.string()});
    EXPECT_EQ(none.status, 0) << none.err;
    EXPECT_THAT(none.out, HasSubstr("difference from the time stated"));
    EXPECT_EQ(run({"inspect", "--at", "noon", file.string()}).status,
              static_cast<int>(ErrorKind::usage));
    EXPECT_EQ(run({"inspect", "--within", "5", file.string()}).status,
              static_cast<int>(ErrorKind::usage));
}

TEST_F(Inspect, RefusesACommandLineWithoutAFile) {
    EXPECT_EQ(run({"inspect"}).status, static_cast<int>(ErrorKind::usage));
}

// A maker's name may hold what moves a terminal's cursor.
TEST_F(Inspect, PrintsNoControlCharactersOfAFile) {
    auto bytes = read_file(file);
    std::string_view const maker = "Contremarque";
    auto const place = std::search(
        bytes.begin(), bytes.end(), maker.begin(), maker.end(), [](std::byte a, char b) {
            return a == static_cast<std::byte>(b);
        });
    ASSERT_NE(place, bytes.end());
    *place = std::byte{0x1b};
    write_file(file, bytes);
    Outcome const outcome = run({"inspect", file.string()});
    EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

// ---- with what is known of the files

class InspectKnown : public Inspect {
protected:
    std::string shoot(std::string const& name,
                      double light_dn,
                      double exposure_s,
                      std::string const& date_time = "2026:11:21 12:40:00") {
        std::vector<std::uint16_t> mosaic;
        Random random{19, 1, seed_++};
        for (int i = 0; i < 160 * 96; ++i) {
            mosaic.push_back(
                static_cast<std::uint16_t>(std::lround(512 + light_dn + 5 * random.normal())));
        }
        capture::DngPicture picture;
        picture.shape = {96, 160};
        picture.mosaic = mosaic;
        picture.black_dn.fill(512);
        picture.white_dn = 16383;
        picture.exposure_s = exposure_s;
        picture.make = "Maker";
        picture.model = "Model";
        picture.unique_model = "Maker Model";
        picture.date_time = date_time;
        capture::write_dng(folder / name, picture);
        return (folder / name).string();
    }

    // A capture of a case: "evidence" on the one carrier, or another role.
    void add_to_case(std::string const& name, std::string const& role, std::string const& keys) {
        captures_ += "[[capture]]\nid = \"" + name + "\"\nfile = \"" + name + ".dng\"\nrole = \"" +
                     role + "\"\n" + (role == "evidence" ? "zone = \"hand\"\n" : "") + keys;
    }

    std::string case_file(std::string const& day = "day = 2026-11-21\n") {
        auto const path = folder / "case.toml";
        write_file(path,
                   "schema = 1\n[case]\nid = \"a\"\nlanguage = \"fr\"\n" + day +
                       "[report]\ndate = 2026-11-22\nrole = \"party\"\n[[carrier]]\nid = "
                       "\"hand\"\nsurface = \"skin\"\n" +
                       captures_);
        return path.string();
    }

private:
    std::uint64_t seed_ = 0;
    std::string captures_;
};

TEST_F(InspectKnown, KnowsOfDarkFramesOfItsExposure) {
    std::string const lit = shoot("lit.dng", 300, 8);
    std::string const dark = shoot("dark.dng", 10, 8);
    std::string const brief = shoot("brief.dng", 10, 1);
    EXPECT_THAT(run({"inspect", lit}).out, HasSubstr("exposed for 8.00 s, without"));
    EXPECT_THAT(run({"inspect", lit, "--dark", dark}).out, Not(HasSubstr("exposed for 8.00 s")));
    Outcome const other = run({"inspect", lit, "--dark", brief});
    EXPECT_EQ(other.status, 0) << other.err;
    EXPECT_THAT(other.out, HasSubstr("exposed for 8.00 s, without"));
}

TEST_F(InspectKnown, TakesTimesAndDarkFramesFromACase) {
    shoot("late.dng", 300, 8, "2026:11:22 00:10:00");
    shoot("right.dng", 300, 8, "2026:11:21 23:56:00");
    shoot("dark.dng", 10, 8, "");
    // 24:00 - 3 min: 13 min before the clock of the one, 1 min after the other's.
    add_to_case("late", "evidence", "at = { time = \"23:57\", uncertainty_min = 2 }\n");
    add_to_case("right", "evidence", "at = { time = \"23:57\", uncertainty_min = 2 }\n");
    add_to_case("dark", "dark", "");
    Outcome const outcome = run({"inspect", "--json", "--case", case_file()});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const results = nlohmann::json::parse(outcome.out).at("results");
    ASSERT_EQ(results.size(), 3U);
    auto const state = [&](std::size_t i, std::string const& kind) -> std::string {
        for (auto const& fact : results.at(i).at("worth").at("facts")) {
            if (fact.at("kind") == kind) {
                return fact.at("state");
            }
        }
        return "not looked for";
    };
    EXPECT_EQ(results.at(0).at("file"), "late.dng");
    EXPECT_EQ(state(0, "account_time"), "found");
    EXPECT_EQ(state(1, "account_time"), "not_found");
    EXPECT_EQ(state(2, "account_time"), "not looked for");
    for (std::size_t const i : {0U, 1U}) {
        EXPECT_EQ(state(i, "long_exposure"), "not_found");
    }
    // 13 minutes are within 2 and 11.
    EXPECT_THAT(run({"inspect", "--case", case_file(), "--within", "11"}).out,
                Not(HasSubstr("min later")));
    EXPECT_THAT(run({"inspect", "--case", case_file(), "--within", "10"}).out,
                HasSubstr("13 min later than the time"));
    EXPECT_THAT(run({"inspect", "--case", case_file("")}).out, Not(HasSubstr("min later")));
}

TEST_F(InspectKnown, RefusesAFileThatIsNotTheCases) {
    shoot("other.dng", 300, 1);
    shoot("good.dng", 300, 1);
    add_to_case("other", "evidence", "sha256 = \"" + std::string(64, 'a') + "\"\n");
    add_to_case("good", "evidence", "");
    Outcome const outcome = run({"inspect", "--case", case_file()});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::integrity));
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("not the file that was recorded"), HasSubstr("line")));
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("good.dng"), Not(HasSubstr("other.dng"))));
}

TEST_F(InspectKnown, RefusesWhatDoesNotGoTogether) {
    std::string const lit = shoot("lit.dng", 300, 8);
    auto const usage = static_cast<int>(ErrorKind::usage);
    EXPECT_EQ(run({"inspect", "--case", case_file(), lit}).status, usage);
    EXPECT_EQ(run({"inspect", "--case", case_file(), "--at", "2026-11-21 12:40"}).status, usage);
    EXPECT_EQ(run({"inspect", "--case", case_file(), "--dark", lit}).status, usage);
    EXPECT_EQ(run({"inspect", lit, "--within", "3"}).status, usage);
    EXPECT_EQ(run({"inspect", "--case", case_file(), "--within", "-1"}).status, usage);
    EXPECT_EQ(run({"inspect", "--case", case_file()}).status,
              static_cast<int>(ErrorKind::insufficient));
    EXPECT_EQ(run({"inspect", lit, "--profile", lit}).status, static_cast<int>(ErrorKind::format));
}

} // namespace
