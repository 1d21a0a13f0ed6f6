// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/examine_file.hpp"

#include "capture/simulate_scene.hpp"
#include "capture/tiff_tags.hpp"
#include "capture/write_dng.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/capture/picture_bytes.hpp"
#include "tests/capture/tiff_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace {

using namespace cmq;
using namespace cmq::capture;
using testing::HasSubstr;

std::filesystem::path const raw_folder = CMQ_SOURCE_DIR "/../shared/data/raw";

Examination examine(std::vector<std::byte> bytes) {
    return examine_file(std::move(bytes),
                        "file",
                        {.reading = {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"},
                         .pictures = {.reader = CMQ_BINARY_DIR "/bin/contremarque-picture-reader"},
                         .worth = {}});
}

FactState state_of(Examination const& seen, FactKind kind) {
    return std::ranges::find(seen.worth.facts, kind, &Fact::kind)->state;
}

TEST(ExamineFile, ReadsACameraFileAsPhotosites) {
    SceneSettings scene;
    scene.shape = {96, 160};
    SimulatedScene const simulated = simulate_scene(scene);
    Examination const seen = examine(to_dng(to_dng_picture(simulated)));
    ASSERT_TRUE(seen.capture);
    EXPECT_FALSE(seen.picture);
    EXPECT_EQ(seen.worth.grade, Grade::measurement_uncalibrated);
    EXPECT_TRUE(seen.metadata.simulated);
    EXPECT_EQ(state_of(seen, FactKind::long_exposure), FactState::found); // 2 s
}

TEST(ExamineFile, ReadsPicturesForScreening) {
    test::Samples const samples = test::make_waves({80, 120}, 3, 8);
    std::uint32_t const place = test::tail_place(2);
    auto const exif =
        test::make_tiff({{tiff_tag::make, 2, 4, 0x00434241}, {tiff_tag::software, 2, 10, place}},
                        test::to_bytes(std::string_view{"SIMULATED\0", 10}));
    for (auto const& bytes : {test::make_jpeg(samples, {.exif = exif}),
                              test::make_png(samples),
                              test::make_tiff_picture(samples)}) {
        Examination const seen = examine(bytes);
        ASSERT_TRUE(seen.picture);
        EXPECT_FALSE(seen.capture);
        EXPECT_EQ(seen.worth.grade, Grade::screening_only);
        EXPECT_EQ(seen.picture->shape, samples.shape);
        bool const jpeg = seen.picture->format == PictureFormat::jpeg;
        EXPECT_EQ(seen.metadata.simulated, jpeg);
        EXPECT_EQ(seen.metadata.make, jpeg ? "ABC" : "");
    }
}

TEST(ExamineFile, RefusesWhatIsNeither) {
    for (auto const& [name, words] :
         {std::pair{"not_bayer/nikon_d500_lossy_linear.dng", "linear DNG, lossy JPEG"},
          {"broken/exiftool_Sigma.x3f", "Foveon"}}) {
        if (!std::filesystem::exists(raw_folder)) {
            GTEST_SKIP() << "the camera files of ../shared/data/raw are not on this machine";
        }
        try {
            static_cast<void>(examine(read_file(raw_folder / name)));
            FAIL() << name;
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::unsupported);
            EXPECT_THAT(error.what(), HasSubstr(words));
        }
    }
    EXPECT_THROW(static_cast<void>(examine({})), Error);
}

// The camera wrote preview and photosites of one scene: read by two libraries, they look alike.
TEST(ExamineFile, FindsThePreviewOfCanonD30LikeItsPhotosites) {
    if (!std::filesystem::exists(raw_folder)) {
        GTEST_SKIP() << "the camera files of ../shared/data/raw are not on this machine";
    }
    Examination const seen = examine(read_file(raw_folder / "Canon_EOS_D30.CRW"));
    EXPECT_EQ(state_of(seen, FactKind::preview), FactState::not_found);
    EXPECT_EQ(state_of(seen, FactKind::maker_notes), FactState::not_found);
}

} // namespace
