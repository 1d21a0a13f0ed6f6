// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/write_dng.hpp"
#include "core/random.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <unistd.h>

namespace {

using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::ptrdiff_t width = 160;
constexpr std::ptrdiff_t height = 96;

// Files whose left half is a target, whose right half is a mark; noise of 5 DN; black 512.
class Series : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("contremarque-series-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
    }

    void TearDown() override { std::filesystem::remove_all(folder); }

    std::string add(std::string const& name,
                    double target_dn,
                    double mark_dn,
                    double exposure_s = 2,
                    std::string const& date_time = "",
                    int iso = 100,
                    std::ptrdiff_t masked = 0) {
        std::vector<std::uint16_t> mosaic;
        Random random{31, 1, seed++};
        for (std::ptrdiff_t i = 0; i < (width + masked) * height; ++i) {
            std::ptrdiff_t const x = i % (width + masked) - masked;
            double const light = x < 0 ? 0 : x < width / 2 ? target_dn : mark_dn;
            double const value = std::min(512 + light + 5 * random.normal(), 16383.0);
            mosaic.push_back(static_cast<std::uint16_t>(std::lround(value)));
        }
        capture::DngPicture picture;
        picture.shape = {height, width + masked};
        picture.masked_columns = masked;
        picture.iso = iso;
        // Variance of 25 DN^2 whatever the signal; the slope is as good as none.
        picture.noise_profile = {1e-12, 25 / (15871.0 * 15871.0)};
        picture.mosaic = mosaic;
        picture.black_dn.fill(512);
        picture.white_dn = 16383;
        picture.exposure_s = exposure_s;
        picture.make = "Maker";
        picture.model = "Model";
        picture.unique_model = "Maker Model";
        picture.date_time = date_time;
        auto const path = folder / name;
        capture::write_dng(path, picture);
        return path.string();
    }

    std::filesystem::path folder;
    std::uint64_t seed = 0;
};

constexpr char const* mark = "--region=mark=90,10,60,60";
constexpr char const* target = "--target=10,10,60,60";

// The mark loses a fifth in 10 s: k = ln 1.25 / 10.
TEST_F(Series, FollowsAMarkThatFades) {
    std::string const a = add("a.dng", 1000, 2000);
    std::string const b = add("b.dng", 1000, 1600);
    std::string const c = add("c.dng", 1000, 1280);
    Outcome const outcome = run({"series", mark, "--times=0,10,20", "--json", a, b, c});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const region = nlohmann::json::parse(outcome.out).at("results").at(0);
    EXPECT_EQ(region.at("region"), "mark");
    ASSERT_EQ(region.at("captures").size(), 3U);
    // Four planes of 2000 DN in 2 s; the mean of 900 photosites of a plane is known to 5 / 30 DN.
    auto const light = region.at("captures").at(0).at("dn_per_s");
    EXPECT_NEAR(light.at("value").get<double>(), 4000, 5 * 4 * 5 / 30.0);
    auto const rate = region.at("fading").at("rate_per_s");
    EXPECT_NEAR(
        rate.at("value").get<double>(), std::log(1.25) / 10, 5 * rate.at("sigma").get<double>());
    EXPECT_TRUE(region.at("fading").at("fades").get<bool>());
    EXPECT_TRUE(region.at("no_fading").is_null());
    EXPECT_TRUE(region.at("captures").at(0).at("lamp").is_null());
    EXPECT_EQ(region.at("dose").at("exposed_s"), 6.0);     // three of 2 s
    EXPECT_EQ(region.at("dose").at("under_lamp_s"), 22.0); // the last begins at 20 s
}

// A lamp that loses a fifth looks like fading until a target tells.
TEST_F(Series, TellsADriftingLampFromAFadingMark) {
    std::string const a = add("a.dng", 1000, 2000, 2, "2026:11:21 12:00:00");
    std::string const b = add("b.dng", 900, 1800, 2, "2026:11:21 12:00:10");
    std::string const c = add("c.dng", 800, 1600, 2, "2026:11:21 12:00:20");
    auto const without = nlohmann::json::parse(run({"series", mark, "--json", a, b, c}).out);
    EXPECT_TRUE(without.at("results").at(0).at("fading").at("fades").get<bool>());
    Outcome const outcome = run({"series", mark, target, "--json", a, b, c});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const region = nlohmann::json::parse(outcome.out).at("results").at(0);
    auto const last = region.at("captures").at(2);
    EXPECT_EQ(last.at("time_s"), 20);
    EXPECT_NEAR(last.at("lamp").at("value").get<double>(), 0.8, 0.002);
    EXPECT_TRUE(last.at("lamp").at("drifted").get<bool>());
    EXPECT_NEAR(last.at("planes").at("b").at("to_target").at("value").get<double>(), 2, 0.005);
    auto const rate = region.at("fading").at("rate_per_s");
    EXPECT_LT(std::abs(rate.at("value").get<double>()), 4 * rate.at("sigma").get<double>());
}

TEST_F(Series, SaysWhatItCannotTell) {
    std::string const a = add("a.dng", 1000, 2000);
    std::string const b = add("b.dng", 1000, 1600, 4);
    Outcome const two = run({"series", mark, a, b});
    ASSERT_EQ(two.status, 0) << two.err;
    EXPECT_THAT(two.out, HasSubstr("fewer than three captures"));
    EXPECT_THAT(two.out, HasSubstr("6.000 s of exposure; time under the lamp unknown"));
    EXPECT_THAT(two.out, HasSubstr("the lamp destroys the marker for good"));
    EXPECT_THAT(two.out, Not(HasSubstr("nan")));
    EXPECT_THAT(two.out, AllOf(HasSubstr("a.dng"), HasSubstr("no absolute units")));
    std::string const c = add("c.dng", 1000, 1600);
    Outcome const french = run({"series", mark, a, b, c}, Language::french);
    EXPECT_THAT(french.out, HasSubstr("instants inconnus"));
}

TEST_F(Series, TakesOffDarkFramesAndLightOfTheRoom) {
    std::string const dark = add("dark.dng", 10, 10);
    std::string const room = add("room.dng", 110, 60);
    std::string const lit = add("lit.dng", 1110, 2060);
    Outcome const outcome = run({"series",
                                 mark,
                                 "--region=left=10,10,60,60",
                                 "--dark",
                                 dark,
                                 "--ambient",
                                 room,
                                 "--json",
                                 lit});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const results = nlohmann::json::parse(outcome.out).at("results");
    auto const light = [&](std::size_t i) {
        return results.at(i)
            .at("captures")
            .at(0)
            .at("planes")
            .at("g1")
            .at("mean_dn")
            .at("value")
            .get<double>();
    };
    EXPECT_NEAR(light(0), 2000, 2);
    EXPECT_NEAR(light(1), 1000, 2);
}

TEST_F(Series, RefusesDarkFramesOfAnotherExposure) {
    std::string const dark = add("dark.dng", 10, 10, 8);
    std::string const lit = add("lit.dng", 1110, 2060, 2);
    Outcome const outcome = run({"series", mark, "--dark", dark, lit});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::domain));
    EXPECT_THAT(outcome.err, HasSubstr("another camera, ISO setting or exposure"));
}

TEST_F(Series, RefusesRegionsThatAreNone) {
    std::string const a = add("a.dng", 1000, 2000);
    auto const usage = static_cast<int>(ErrorKind::usage);
    EXPECT_EQ(run({"series", a}).status, usage);
    EXPECT_EQ(run({"series", "--region=1,2,3,4", a}).status, usage);
    EXPECT_EQ(run({"series", "--region=m=1,2,3", a}).status, usage);
    EXPECT_EQ(run({"series", "--region=m=1,2,3,x", a}).status, usage);
    EXPECT_EQ(run({"series", "--region=m=1,2,3,4,5", a}).status, usage);
    EXPECT_EQ(run({"series", mark, "--times=0,1", a}).status, usage);
    EXPECT_EQ(run({"series", mark, "--times=-1", a}).status, usage);
    EXPECT_EQ(run({"series", "--region=m=150,2,30,30", a}).status,
              static_cast<int>(ErrorKind::domain));
}

TEST_F(Series, RefusesFilesOutOfOrder) {
    std::string const a = add("a.dng", 1000, 2000, 2, "2026:11:21 12:00:20");
    std::string const b = add("b.dng", 900, 1800, 2, "2026:11:21 12:00:10");
    Outcome const outcome = run({"series", mark, a, b});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::domain));
    EXPECT_THAT(outcome.err, HasSubstr("not in the order of time"));
}

TEST_F(Series, RefusesFilesOfUnlikeSettingsAndOneFileTwice) {
    std::string const a = add("a.dng", 1000, 2000);
    std::string const iso = add("iso.dng", 1000, 2000, 2, "", 200);
    for (bool const merge : {false, true}) {
        std::vector<std::string> words{"series", mark, a};
        if (merge) {
            words.emplace_back("--merge");
        }
        auto const with = [&](std::string const& file) {
            auto all = words;
            all.push_back(file);
            return run(all);
        };
        Outcome const other = with(iso);
        EXPECT_EQ(other.status, static_cast<int>(ErrorKind::domain));
        EXPECT_THAT(other.err, HasSubstr("the ISO setting differs"));
        std::string const copy = (folder / "copy.dng").string();
        std::filesystem::copy_file(a, copy, std::filesystem::copy_options::overwrite_existing);
        Outcome const twice = with(copy);
        EXPECT_EQ(twice.status, static_cast<int>(ErrorKind::usage));
        EXPECT_THAT(twice.err, AllOf(HasSubstr("a.dng"), HasSubstr("copy.dng")));
    }
}

// ---- exposures put together: 300 DN/s on the left, 3000 DN/s on the right, which 8 s saturate

nlohmann::json region_of(nlohmann::json const& merged, std::size_t index) {
    return merged.at("results").at(0).at("regions").at(index);
}

double number(nlohmann::json const& json, char const* key) {
    return json.at(key).get<double>();
}

// Noise of 5 DN a photosite: weights go with t^2, so that 8 s count 64 times 1 s. Four planes of 900 photosites each:
// 2 x 5 / 30 DN at 1 s, 1 / 8 of that at 8 s, and 1 / sqrt(65) of it together.
TEST_F(Series, PutsExposuresTogetherByTheirWeights) {
    std::string const brief = add("brief.dng", 300, 3000, 1);
    std::string const lasting = add("lasting.dng", 2400, 24'000, 8);
    Outcome const outcome =
        run({"series", "--merge", "--region=left=10,10,60,60", mark, "--json", lasting, brief});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const merged = nlohmann::json::parse(outcome.out);
    auto const& result = merged.at("results").at(0);
    EXPECT_EQ(result.at("units"), "relative");
    EXPECT_TRUE(result.at("merged").at("agrees").get<bool>());
    EXPECT_EQ(result.at("merged").at("longest_s"), 8);
    EXPECT_EQ(result.at("merged").at("measured_nowhere"), 0);
    // Half the frame, and the column beside it that charge may have run into.
    auto const alone = result.at("exposures").at(1).at("share").at("alone").get<int>();
    EXPECT_GE(alone, width / 2 * height);
    EXPECT_LE(alone, (width / 2 + 2) * height);
    EXPECT_EQ(result.at("exposures").at(0).at("share").at("alone"), 0);

    double const sigma = 2 * 5 / 30.0;
    auto const left = region_of(merged, 0);
    EXPECT_NEAR(number(left.at("dn_per_s"), "value"), 1200, 5 * sigma / std::sqrt(65.0));
    EXPECT_NEAR(number(left.at("dn_per_s"), "sigma"), sigma / std::sqrt(65.0), 0.01 * sigma);
    auto const weight = left.at("captures").at(1).at("share").at("weight");
    EXPECT_NEAR(number(weight, "g1"), 1 / 65.0, 1e-4);
    EXPECT_NEAR(number(left.at("captures").at(0).at("dn_per_s"), "sigma"), sigma / 8, 0.01 * sigma);
    EXPECT_NEAR(number(left.at("captures").at(1).at("dn_per_s"), "sigma"), sigma, 0.01 * sigma);

    auto const right = region_of(merged, 1);
    EXPECT_NEAR(number(right.at("dn_per_s"), "value"), 12'000, 5 * sigma);
    EXPECT_NEAR(number(right.at("dn_per_s"), "sigma"), sigma, 0.01 * sigma);
    EXPECT_TRUE(right.at("captures").at(0).at("dn_per_s").is_null());
    EXPECT_EQ(right.at("captures").at(0).at("share").at("saturated"), 3600);
    EXPECT_EQ(right.at("captures").at(1).at("share").at("alone"), 3600);
}

// Black measured on 1152 photosites of each plane is known to 5 / sqrt(1152) DN in each file: what the short one alone
// measures has its error, eight times in the merged frame's DN.
TEST_F(Series, CarriesTheUncertaintyOfBlackByTheWeights) {
    std::string const brief = add("brief.dng", 300, 3000, 1, "", 100, 48);
    std::string const lasting = add("lasting.dng", 2400, 24'000, 8, "", 100, 48);
    Outcome const outcome = run({"series", "--merge", mark, "--json", brief, lasting});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const right = region_of(nlohmann::json::parse(outcome.out), 0);
    double const expected = 8 * std::hypot(5 / 30.0, 5 / std::sqrt(1152.0));
    // The scatter of 1152 numbers is itself known to 2 %.
    EXPECT_NEAR(
        number(right.at("planes").at("r").at("mean_dn"), "sigma"), expected, 0.08 * expected);
}

// Four fifths of the lamp in the second exposure: seen as a disagreement, and allowed for by a target.
TEST_F(Series, AllowsForTheLampWhenPuttingExposuresTogether) {
    std::string const a = add("a.dng", 1000, 2000, 2);
    std::string const b = add("b.dng", 1600, 3200, 4);
    Outcome const unaware = run({"series", "--merge", mark, a, b});
    ASSERT_EQ(unaware.status, 0) << unaware.err;
    EXPECT_THAT(unaware.out, AllOf(HasSubstr("do not agree"), HasSubstr("taken to be steady")));
    Outcome const aware = run({"series", "--merge", mark, target, "--json", a, b});
    auto const merged = nlohmann::json::parse(aware.out);
    auto const& result = merged.at("results").at(0);
    EXPECT_EQ(result.at("units"), "relative_to_target");
    EXPECT_TRUE(result.at("merged").at("agrees").get<bool>());
    EXPECT_NEAR(number(result.at("exposures").at(1).at("lamp"), "value"), 0.8, 0.001);
    auto const light = region_of(merged, 0).at("dn_per_s");
    // The lamp is known to sqrt(2) / (6000 x 2) x 5 = 0.0006: 2.4 of 4000 DN/s; noise gives 0.1.
    EXPECT_NEAR(number(light, "value"), 4000, 5);
    EXPECT_GT(number(light, "sigma"), 0.2);
    EXPECT_NEAR(
        number(region_of(merged, 0).at("planes").at("b").at("to_target"), "value"), 2, 0.003);
}

TEST_F(Series, TakesDarkFramesOfEachExposureWhenPuttingTogether) {
    std::string const brief = add("brief.dng", 310, 3010, 1);
    std::string const lasting = add("lasting.dng", 1280, 12'080, 4);
    std::string const dark1 = add("dark1.dng", 10, 10, 1);
    std::string const dark4 = add("dark4.dng", 80, 80, 4);
    std::vector<std::string> words{
        "series", "--merge", mark, "--json", "--dark", dark1, "--dark", dark4, brief, lasting};
    Outcome const outcome = run(words);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const merged = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(merged.at("results").at(0).at("exposures").at(1).at("applied").at("dark_frames"), 1);
    EXPECT_NEAR(number(region_of(merged, 0).at("dn_per_s"), "value"), 12'000, 3);
    words[7] = dark1; // and no dark frame of 4 s
    EXPECT_EQ(run(words).status, static_cast<int>(ErrorKind::usage));
    words.erase(words.begin() + 6, words.begin() + 8);
    EXPECT_EQ(run(words).status, static_cast<int>(ErrorKind::domain));
}

TEST_F(Series, SaysWhatWasPutTogetherInBothLanguages) {
    std::string const a = add("a.dng", 300, 3000, 1);
    std::string const b = add("b.dng", 2400, 24'000, 8);
    Outcome const english = run({"series", "--merge", mark, a, b});
    EXPECT_THAT(english.out,
                AllOf(HasSubstr("2 exposures put together"),
                      // Noise of 5 DN, 3600 photosites: see PutsExposuresTogetherByTheirWeights.
                      HasSubstr(" ± 0.33 "),
                      HasSubstr("saturated"),
                      HasSubstr("b.dng"),
                      HasSubstr("(put together)"),
                      HasSubstr("no absolute units")));
    Outcome const french = run({"series", "--merge", mark, a, b}, Language::french);
    EXPECT_THAT(french.out,
                AllOf(HasSubstr("2 poses réunies"), HasSubstr("saturée"), HasSubstr("(réunies)")));
}

TEST_F(Series, RefusesToPutTogetherWhatItCannot) {
    std::string const a = add("a.dng", 1000, 2000);
    std::string const b = add("b.dng", 2000, 4000, 4);
    EXPECT_EQ(run({"series", "--merge", mark, a}).status,
              static_cast<int>(ErrorKind::insufficient));
    EXPECT_EQ(run({"series", "--merge", mark, "--times=0,1", a, b}).status,
              static_cast<int>(ErrorKind::usage));
    EXPECT_EQ(run({"series", "--merge", "--region=m=150,2,30,30", a, b}).status,
              static_cast<int>(ErrorKind::domain));
}

// ---- a calibrated target

std::vector<std::string> certificate() {
    return {"--target-radiance=2,3,4",
            "--target-uncertainty=0.2,0.3,0.4",
            "--coverage-factor=2",
            "--target-unit=mW/(m2 sr)",
            "--target-source=Certificate 12, some laboratory, 2026-03-01"};
}

// The mark gives twice the target's light; relative noise is 1e-4, the certificate's standard uncertainty 5 %.
TEST_F(Series, GivesAbsoluteRadianceByACertificate) {
    std::string const a = add("a.dng", 1000, 2000);
    std::string const b = add("b.dng", 2000, 4000, 4);
    for (bool const merge : {false, true}) {
        auto words = certificate();
        words.insert(words.begin(), {"series", mark, target, "--json", a, b});
        if (merge) {
            words.emplace_back("--merge");
        }
        Outcome const outcome = run(words);
        ASSERT_EQ(outcome.status, 0) << outcome.err;
        auto const result = nlohmann::json::parse(outcome.out).at("results").at(0);
        EXPECT_EQ(result.at("units"), "absolute");
        EXPECT_EQ(result.at("certificate").at("unit"), "mW/(m2 sr)");
        EXPECT_EQ(number(result.at("certificate").at("standard_uncertainty"), "g2"), 0.15);
        auto const planes = merge ? result.at("regions").at(0).at("planes")
                                  : result.at("captures").at(1).at("planes");
        EXPECT_NEAR(number(planes.at("r").at("radiance"), "value"), 4, 0.01);
        EXPECT_NEAR(number(planes.at("g2").at("radiance"), "value"), 6, 0.015);
        EXPECT_NEAR(number(planes.at("g2").at("radiance"), "sigma"), 0.3, 0.005);
        words.erase(words.begin() + 3);
        EXPECT_THAT(run(words).out,
                    AllOf(HasSubstr("Certificate 12, some laboratory"),
                          HasSubstr("nothing here"),
                          HasSubstr("mW/(m2 sr)")));
    }
}

TEST_F(Series, RefusesHalfACertificate) {
    std::string const a = add("a.dng", 1000, 2000);
    auto const with = [&](std::size_t which, std::string const& instead) {
        auto words = certificate();
        words[which] = instead;
        words.insert(words.begin(), {"series", mark, target, a});
        return run(words).status;
    };
    auto const usage = static_cast<int>(ErrorKind::usage);
    EXPECT_EQ(with(0, "--json"), usage);
    EXPECT_EQ(with(2, "--json"), usage);
    EXPECT_EQ(with(0, "--target-radiance=2,3"), usage);
    EXPECT_EQ(with(0, "--target-radiance=2,-3,4"), usage);
    EXPECT_EQ(with(1, "--target-uncertainty=0,0,0"), usage);
    EXPECT_EQ(with(2, "--coverage-factor=0.5"), usage);
    EXPECT_EQ(with(3, "--target-unit="), usage);
    EXPECT_EQ(with(4, "--target-source=a\nb"), usage);
    auto words = certificate();
    words.insert(words.begin(), {"series", mark, a});
    EXPECT_EQ(run(words).status, usage);
}

} // namespace
