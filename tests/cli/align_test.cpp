// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <unistd.h>

namespace {

using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::HasSubstr;

class Align : public testing::Test {
protected:
    Align()
        : folder_{std::filesystem::temp_directory_path() /
                  ("contremarque-align-" + std::to_string(::getpid()))} {
        std::filesystem::create_directories(folder_);
    }

    ~Align() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    std::string add(std::string const& name, std::uint64_t scene_seed, std::uint64_t seed) {
        capture::SceneSettings settings;
        settings.shape = {480, 640};
        settings.background.kind = capture::BackgroundKind::printed;
        settings.background.electrons.fill(400.0);
        settings.scene_seed = scene_seed;
        settings.seed = seed;
        auto const scene = capture::simulate_scene(settings, 1);
        std::string const path = folder_ / name;
        write_file(path, capture::to_dng(capture::to_dng_picture(scene)));
        return path;
    }

    std::filesystem::path folder_;
};

TEST_F(Align, TellsATransformItsResidualAndWhatIsNotToBeTrusted) {
    std::string const uv = add("uv.dng", 3, 1);
    std::string const same = add("same.dng", 3, 2);
    std::string const different = add("different.dng", 4, 2);
    Outcome const text = run({"align", uv, same, different});
    EXPECT_EQ(text.status, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("Aligned with"));
    EXPECT_THAT(text.out, HasSubstr("SIMULATED"));
    EXPECT_THAT(text.out, HasSubstr("cannot be trusted"));

    Outcome const json = run({"align", uv, same, different, "--json"});
    ASSERT_EQ(json.status, 0) << json.err;
    auto const results = nlohmann::json::parse(json.out)["results"];
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0]["state"], "aligned");
    EXPECT_TRUE(results[0]["doubts"].empty());
    EXPECT_EQ(results[0]["other"], same);
    EXPECT_EQ(results[0]["simulated"], true);
    ASSERT_EQ(results[0]["to_other"].size(), 9U);
    // The same scene from the same place: the identity, to a tenth of a photosite over 640.
    EXPECT_NEAR(results[0]["to_other"][2].get<double>(), 0.0, 0.1);
    EXPECT_NEAR(results[0]["to_other"][0].get<double>(), 1.0, 2e-4);
    EXPECT_GT(results[0]["residual_photosites"].get<double>(), 0.0);
    EXPECT_EQ(results[1]["state"], "cannot_be_trusted");
    EXPECT_FALSE(results[1]["doubts"].empty());
}

TEST_F(Align, TriesTheOthersWhereOneCannotBeRead) {
    std::string const uv = add("uv.dng", 3, 1);
    Outcome const outcome = run({"align", uv, folder_ / "none.dng", uv});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::io));
    EXPECT_THAT(outcome.err, HasSubstr("none.dng"));
    EXPECT_THAT(outcome.out, HasSubstr("Aligned with"));
}

TEST_F(Align, RefusesOneFile) {
    Outcome const outcome = run({"align", "uv.dng"});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::usage));
    EXPECT_THAT(outcome.err, HasSubstr("two camera files"));
    EXPECT_EQ(run({"align"}).status, static_cast<int>(ErrorKind::usage));
}

TEST_F(Align, DrawsTracesOnAVisibleCaptureThatCanBeAligned) {
    std::string const uv = add("uv.dng", 3, 1);
    std::string const same = add("same.dng", 3, 2);
    std::string const different = add("different.dng", 4, 2);
    std::string const alone = (folder_ / "alone").string();
    std::string const both = (folder_ / "both").string();
    if (run({"detect", uv, "--overlay", alone}).status == 5) {
        GTEST_SKIP() << "this build cannot draw";
    }
    Outcome const drawn = run({"detect", uv, "--overlay", both, "--visible", same});
    EXPECT_EQ(drawn.status, 0) << drawn.err;
    auto const size = [&](std::string const& folder) {
        return std::filesystem::file_size(std::filesystem::path{folder} / "uv.dng.png");
    };
    // A fourth picture beside three of the same scene.
    EXPECT_GT(static_cast<double>(size(both)), 1.15 * static_cast<double>(size(alone)));

    std::string const refused = (folder_ / "refused").string();
    Outcome const wrong = run({"detect", uv, "--overlay", refused, "--visible", different});
    EXPECT_NE(wrong.status, 0);
    EXPECT_THAT(wrong.err, HasSubstr("different.dng' cannot be aligned"));
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::path{refused} / "uv.dng.png"));
    Outcome const stated =
        run({"detect", uv, "--overlay", refused, "--visible", different, "--unmoved"});
    EXPECT_EQ(stated.status, 0) << stated.err;
    EXPECT_EQ(run({"detect", uv, "--visible", same}).status, 2);
}

} // namespace
