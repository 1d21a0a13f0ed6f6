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
                    std::string const& date_time = "") {
        std::vector<std::uint16_t> mosaic;
        Random random{31, 1, seed++};
        for (std::ptrdiff_t i = 0; i < width * height; ++i) {
            double const light = i % width < width / 2 ? target_dn : mark_dn;
            mosaic.push_back(
                static_cast<std::uint16_t>(std::lround(512 + light + 5 * random.normal())));
        }
        capture::DngPicture picture;
        picture.shape = {height, width};
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
    EXPECT_THAT(two.out, Not(HasSubstr("nan")));
    Outcome const french = run({"series", mark, a, b, a}, Language::french);
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

} // namespace
