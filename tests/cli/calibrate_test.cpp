// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace {

using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Two darks and two flats of each of three exposures, as files of a simulated camera.
class Calibrate : public testing::Test {
protected:
    static void SetUpTestSuite() {
        std::filesystem::create_directories(folder());
        std::uint64_t seed = 0;
        for (int i = 0; i < 2; ++i) {
            shoot("dark" + std::to_string(i), 0.0, 0.8, ++seed);
            for (double const exposure : {0.2, 0.4, 0.8}) {
                shoot("flat" + std::to_string(exposure) + "." + std::to_string(i),
                      20'000.0 * exposure,
                      exposure,
                      ++seed);
            }
        }
    }

    static void TearDownTestSuite() { std::filesystem::remove_all(folder()); }

    static std::filesystem::path folder() {
        return std::filesystem::temp_directory_path() /
               ("contremarque-calibrate-" + std::to_string(::getpid()));
    }

    static std::string file(std::string const& name) { return (folder() / name).string(); }

    static void
    shoot(std::string const& name, double electrons, double exposure, std::uint64_t seed) {
        capture::SceneSettings settings;
        settings.shape = {160, 192};
        settings.background.electrons.fill(electrons);
        settings.exposure_s = exposure;
        settings.seed = seed;
        auto const scene = capture::simulate_scene(settings);
        capture::write_dng(file(name + ".dng"), capture::to_dng_picture(scene));
    }

    static std::vector<std::string> words(std::vector<std::string> const& more) {
        std::vector<std::string> all{
            "calibrate", "--dark", file("dark0.dng"), file("dark1.dng"), "--flat"};
        for (char const* exposure : {"0.200000", "0.400000", "0.800000"}) {
            for (char const* i : {".0", ".1"}) {
                all.push_back(file("flat" + std::string{exposure} + i + ".dng"));
            }
        }
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
};

TEST_F(Calibrate, MakesAProfileAndShowsIt) {
    std::string const profile = file("profile.h5");
    Outcome const made = run(words({"--filter", "Y2, 365 nm", "-o", profile}));
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(made.err, "");
    EXPECT_THAT(made.out,
                AllOf(HasSubstr("SIMULATED"),
                      HasSubstr("ISO 800, dark frames of 0.800 s"),
                      HasSubstr("Y2, 365 nm"),
                      HasSubstr("192 x 160 RGGB"),
                      HasSubstr("2 dark frames, 3 differences of flats"),
                      HasSubstr("gain"),
                      HasSubstr("95 %: from"),
                      HasSubstr("saturation is as the file states")));
    Outcome const shown = run({"calibrate", "--show", profile});
    EXPECT_EQ(shown.status, 0) << shown.err;
    EXPECT_EQ(shown.out, made.out);
    for (Language const language : {Language::english, Language::french}) {
        std::istringstream lines{run({"calibrate", "--show", profile}, language).out};
        std::string line;
        std::getline(lines, line); // the path, however long
        while (std::getline(lines, line)) {
            EXPECT_LE(columns_of(line), 80U) << line;
        }
    }
    EXPECT_THAT(run({"calibrate", "--show", profile}, Language::french).out,
                AllOf(HasSubstr("bruit de lecture"), HasSubstr("SIMULÉ"), HasSubstr("0,")));
}

// What no file is without a profile.
TEST_F(Calibrate, MakesAFileOfItsCameraAMeasurement) {
    std::string const profile = file("worth.h5");
    ASSERT_EQ(run(words({"-o", profile})).status, 0);
    auto const inspect = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"inspect", "--json", file("flat0.800000.0.dng")});
        Outcome const outcome = run(words);
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return nlohmann::json::parse(outcome.out)["results"][0];
    };
    EXPECT_EQ(inspect({})["worth"]["grade"], "measurement_uncalibrated");
    auto const with = inspect({"--profile", profile});
    EXPECT_EQ(with["worth"]["grade"], "measurement");
    EXPECT_EQ(with["noise"]["origin"], "profile");
}

// Eight files, each read twice: on a terminal each reading says which file it is, and the line is wiped in the end.
TEST_F(Calibrate, TellsATerminalHowFarItIs) {
    std::ostringstream out;
    std::ostringstream err;
    ASSERT_EQ(cmq::cli::run(words({"-o", file("told.h5")}), {out, err, true}), 0) << err.str();
    std::string const told = err.str();
    EXPECT_THAT(told, AllOf(HasSubstr("\r0 %  reading "), HasSubstr("\r50 %  reading ")));
    EXPECT_EQ(std::ranges::count(told, '%'), 16);
    EXPECT_TRUE(told.ends_with("\r" + std::string(78, ' ') + "\r"));
}

TEST_F(Calibrate, GivesJsonWithTheTruthInItsIntervals) {
    std::string const profile = file("json.h5");
    Outcome const made = run(words({"--json", "-o", profile}));
    ASSERT_EQ(made.status, 0) << made.err;
    auto const json = nlohmann::json::parse(made.out)["results"][0];
    EXPECT_EQ(json["simulated"], true);
    EXPECT_EQ(json["sources"].size(), 8U);
    for (char const* plane : {"r", "g1", "g2", "b"}) {
        auto const& gain = json["planes"][plane]["gain_dn_per_electron"];
        // The sensor's gain is 0.5; six of the stated uncertainties.
        EXPECT_NEAR(gain["value"].get<double>(), 0.5, 6.0 * gain["sigma"].get<double>());
    }
    EXPECT_EQ(run({"calibrate", "--json", "--show", profile}).out, made.out);
}

TEST_F(Calibrate, WritesTheSameBytesAgain) {
    ASSERT_EQ(run(words({"-o", file("one.h5")})).status, 0);
    ASSERT_EQ(run(words({"-o", file("two.h5"), "--threads", "1"})).status, 0);
    EXPECT_EQ(read_file(file("one.h5")), read_file(file("two.h5")));
}

TEST_F(Calibrate, RefusesAndWritesNothing) {
    std::string const profile = file("none.h5");
    Outcome const few = run({"calibrate",
                             "--dark",
                             file("dark0.dng"),
                             "--flat",
                             file("flat0.200000.0.dng"),
                             file("flat0.200000.1.dng"),
                             "-o",
                             profile});
    EXPECT_EQ(few.status, static_cast<int>(ErrorKind::insufficient));
    EXPECT_THAT(few.err, HasSubstr("two dark frames"));
    Outcome const swapped = run({"calibrate",
                                 "--dark",
                                 file("flat0.800000.0.dng"),
                                 file("flat0.800000.1.dng"),
                                 "--flat",
                                 file("flat0.200000.0.dng"),
                                 file("flat0.200000.1.dng"),
                                 "-o",
                                 profile},
                                Language::french);
    EXPECT_EQ(swapped.status, static_cast<int>(ErrorKind::domain));
    EXPECT_THAT(swapped.err, HasSubstr("n’est pas noire"));
    EXPECT_FALSE(std::filesystem::exists(profile));
    Outcome const missing = run(words({"-o", "/no/such/folder/profile.h5"}));
    EXPECT_EQ(missing.status, static_cast<int>(ErrorKind::io));
}

TEST_F(Calibrate, RefusesCommandLinesThatSayTooLittleOrTooMuch) {
    auto const usage = static_cast<int>(ErrorKind::usage);
    EXPECT_EQ(run({"calibrate"}).status, usage);
    EXPECT_EQ(run({"calibrate", "--dark", "a.dng", "--flat", "b.dng"}).status, usage);
    EXPECT_EQ(run({"calibrate", "--show", "p.h5", "-o", "q.h5"}).status, usage);
    EXPECT_EQ(run(words({"-o", file("x.h5"), "--filter", "two\nlines"})).status, usage);
}

TEST_F(Calibrate, ShowsWhatItCanAndNamesWhatItCanNot) {
    std::string const profile = file("shown.h5");
    ASSERT_EQ(run(words({"-o", profile})).status, 0);
    Outcome const shown = run({"calibrate", "--show", file("dark0.dng"), profile});
    EXPECT_EQ(shown.status, static_cast<int>(ErrorKind::format));
    EXPECT_THAT(shown.err, AllOf(HasSubstr("this is no camera profile"), HasSubstr("dark0.dng")));
    EXPECT_THAT(shown.out, HasSubstr("read noise"));
}

} // namespace
