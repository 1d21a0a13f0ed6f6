// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/measure_captures.hpp"

#include "capture/write_dng.hpp"
#include "capture/write_profile.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <unistd.h>

namespace {

using namespace cmq;
using namespace cmq::pipeline;
using testing::HasSubstr;

constexpr Shape shape{96, 160};

// A case in a folder of its own, of files of one camera: black 512, noise of 5 DN, so much light.
class MeasureCaptures : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("contremarque-measure-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
    }

    void TearDown() override { std::filesystem::remove_all(folder); }

    void add(std::string const& id,
             std::string const& role,
             double light_dn,
             double exposure_s,
             std::string const& keys = "") {
        std::vector<std::uint16_t> mosaic;
        Random random{41, 1, seed++};
        for (std::ptrdiff_t i = 0; i < shape.area(); ++i) {
            mosaic.push_back(
                static_cast<std::uint16_t>(std::lround(512 + light_dn + 5 * random.normal())));
        }
        capture::DngPicture picture;
        picture.shape = shape;
        picture.mosaic = mosaic;
        picture.black_dn.fill(512);
        picture.white_dn = 16383;
        picture.exposure_s = exposure_s;
        picture.iso = 800;
        picture.make = "Maker";
        picture.model = "Model";
        picture.unique_model = "Maker Model";
        capture::write_dng(folder / (id + ".dng"), picture);
        text += "[[capture]]\nid = \"" + id + "\"\nfile = \"" + id + ".dng\"\nrole = \"" + role +
                "\"\n" + (role == "evidence" ? "zone = \"hand\"\n" : "") + keys;
    }

    void add_profile(std::string const& name, double dark_dn, double iso = 800) {
        capture::CameraProfile profile;
        profile.make = "Maker";
        profile.model = "Model";
        profile.unique_model = "Maker Model";
        profile.iso = iso;
        profile.dark_exposure_s = 2;
        profile.shape = shape;
        profile.white_level_dn = 16383;
        profile.black_dn.fill(512);
        capture::Measured const noise{5, 0.1, 4.8, 5.2};
        capture::Measured const small{0.01, 0.001, 0.008, 0.012};
        for (capture::PlaneProfile& plane : profile.planes) {
            plane.gain_dn = {0.5, 0.01, 0.48, 0.52};
            plane.read_noise_dn = plane.temporal_dark_dn = noise;
            plane.dark_signal_dn = {dark_dn, 0.1, dark_dn - 0.2, dark_dn + 0.2};
            plane.saturation_dn = {15'000, 10, 14'980, 15'020};
            plane.prnu = plane.dsnu_dn = plane.row_noise_dn = small;
        }
        auto const area = static_cast<std::size_t>(shape.area());
        profile.dark_dn.assign(area, static_cast<float>(dark_dn));
        profile.flat.assign(area, 1.0F);
        profile.flat_sigma.fill(0.001);
        profile.dark_sigma_dn.fill(1);
        profile.defects.assign(area, 0);
        profile.dark_frames = 4;
        profile.flat_pairs = 3;
        profile.sources = {std::string(64, 'a')};
        capture::write_profile(folder / name, profile);
    }

    [[nodiscard]] std::vector<MeasuredCapture> measure() const {
        write_file(folder / "case.toml",
                   "schema = 1\n[case]\nid = \"a\"\nlanguage = \"fr\"\n[report]\ndate = "
                   "2026-11-21\nrole = "
                   "\"party\"\n[[carrier]]\nid = \"hand\"\nsurface = \"skin\"\n" +
                       text);
        return measure_captures(
            casefile::read_case(folder / "case.toml"),
            {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder", .threads = 2});
    }

    // Level of the green background, known to 5 / sqrt(3840) = 0.08 DN and what the mesh adds.
    static double level(MeasuredCapture const& measured) {
        return measured.detection->planes[1].level_dn;
    }

    [[nodiscard]] Error refusal() const {
        try {
            static_cast<void>(measure());
        } catch (Error const& error) {
            return error;
        }
        return {ErrorKind::internal, Sentence{{"rien n’a été refusé", "nothing was refused"}}};
    }

    std::filesystem::path folder;
    std::string text;
    std::uint64_t seed = 0;
};

TEST_F(MeasureCaptures, TakesOffDarkFramesOfTheSameExposure) {
    add("e", "evidence", 300, 2);
    add("long", "evidence", 300, 8);
    add("d1", "dark", 40, 2);
    add("d2", "dark", 44, 2);
    auto const measured = measure();
    EXPECT_NEAR(level(measured[0]), 300 - 42, 1);
    EXPECT_EQ(measured[0].capture.dark_frames, 2U);
    EXPECT_NEAR(level(measured[1]), 300, 1);
    EXPECT_EQ(measured[1].capture.dark_frames, 0U);
}

TEST_F(MeasureCaptures, TakesOffTheLightOfTheRoom) {
    add("e", "evidence", 300, 4, "subtract = \"room\"\n");
    add("room", "ambient", 50, 2);
    auto const measured = measure();
    EXPECT_NEAR(level(measured[0]), 300 - 2 * 50, 1); // twice the exposure
    EXPECT_EQ(measured[0].without_ambient, "room");
    EXPECT_NEAR(level(measured[1]), 50, 1);
}

TEST_F(MeasureCaptures, AppliesTheProfileThatACaptureNames) {
    add("e", "evidence", 300, 2, "profile = \"camera.h5\"\n");
    add("other", "evidence", 300, 2);
    add("d", "dark", 40, 2);
    add_profile("camera.h5", 42);
    auto const measured = measure();
    EXPECT_NEAR(level(measured[0]), 300 - 42, 1);
    ASSERT_TRUE(measured[0].capture.profile);
    EXPECT_EQ(measured[0].capture.profile->sha256.size(), 64U);
    EXPECT_EQ(measured[0].detection->noise_origin, NoiseOrigin::profile);
    EXPECT_EQ(measured[0].capture.dark_frames, 0U) << "dark taken off twice";
    EXPECT_NEAR(level(measured[1]), 300 - 40, 1);
}

TEST_F(MeasureCaptures, RefusesAProfileOfAnotherSetting) {
    add("e", "evidence", 300, 2, "profile = \"camera.h5\"\n");
    add_profile("camera.h5", 42, 400);
    Error const error = refusal();
    EXPECT_EQ(error.kind(), ErrorKind::domain);
    EXPECT_THAT(error.what(), HasSubstr("ISO 400"));
    ASSERT_FALSE(error.places().empty());
    EXPECT_THAT(error.places().front().english(), HasSubstr("profile"));
}

TEST_F(MeasureCaptures, RefusesAMissingProfile) {
    add("e", "evidence", 300, 2, "profile = \"none.h5\"\n");
    EXPECT_EQ(refusal().kind(), ErrorKind::io);
}

TEST_F(MeasureCaptures, RefusesToSubtractWhatIsNotAmbient) {
    add("e", "evidence", 300, 2, "subtract = \"f\"\n");
    add("f", "evidence", 300, 2);
    Error const error = refusal();
    EXPECT_EQ(error.kind(), ErrorKind::format);
    EXPECT_THAT(error.what(), HasSubstr("ambient"));
}

TEST_F(MeasureCaptures, RefusesAProfileForADarkFrame) {
    add("d", "dark", 40, 2, "profile = \"camera.h5\"\n");
    EXPECT_EQ(refusal().kind(), ErrorKind::format);
}

} // namespace
