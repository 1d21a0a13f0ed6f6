// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_tags.hpp"

#include "capture/simulate_scene.hpp"
#include "capture/tiff_tags.hpp"
#include "capture/write_dng.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"
#include "tests/capture/picture_bytes.hpp"
#include "tests/capture/tiff_bytes.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace {

using namespace cmq;
using namespace cmq::capture;

std::filesystem::path const raw_folder = CMQ_SOURCE_DIR "/../shared/data/raw";

PictureSettings settings() {
    return {.reader = CMQ_BINARY_DIR "/bin/contremarque-picture-reader"};
}

std::vector<std::byte> small_dng() {
    SceneSettings scene;
    scene.shape = {96, 160};
    SimulatedScene const simulated = simulate_scene(scene);
    return to_dng(to_dng_picture(simulated));
}

TEST(ReadTags, GivesTagsByName) {
    Tags const tags = read_tags(small_dng(), settings());
    EXPECT_EQ(tags.state, TagsState::read);
    EXPECT_EQ(tags.text("Exif.Image.Make"), "Contremarque");
    EXPECT_EQ(tags.number("Exif.Photo.ExposureTime"), 2.0);
    EXPECT_EQ(tags.number("Exif.Photo.ISOSpeedRatings"), 800.0);
    EXPECT_EQ(tags.find("Exif.Photo.ExposureMode"), nullptr);
    EXPECT_EQ(tags.number("Exif.Image.Make"), std::nullopt);
    EXPECT_TRUE(tags.has_group("Exif.Photo."));
    EXPECT_FALSE(tags.has_group("Exif.GPSInfo."));
    EXPECT_EQ(tags.maker_notes, 0U);
    EXPECT_FALSE(tags.preview);
    EXPECT_TRUE(tags.library.starts_with("Exiv2 0."));
}

// Values as ExifTool 12.57 prints them.
TEST(ReadTags, ReadsMakerNotesAndPreviewOfCanonD30) {
    if (!std::filesystem::exists(raw_folder)) {
        GTEST_SKIP() << "the camera files of ../shared/data/raw are not on this machine";
    }
    Tags const tags = read_tags(read_file(raw_folder / "Canon_EOS_D30.CRW"), settings());
    EXPECT_EQ(tags.text("Exif.Photo.DateTimeOriginal"), "2018:01:01 13:03:32");
    EXPECT_EQ(tags.text("Exif.Canon.FirmwareVersion"), "Firmware Version 1.03");
    EXPECT_GT(tags.maker_notes, 50U);
    ASSERT_TRUE(tags.preview);
    EXPECT_EQ(tags.preview->shape, (Shape{960, 1440}));
}

// Needs Exiv2's reader of ISO media files, which is off unless asked for.
TEST(ReadTags, ReadsCanonCr3) {
    if (!std::filesystem::exists(raw_folder)) {
        GTEST_SKIP() << "the camera files of ../shared/data/raw are not on this machine";
    }
    Tags const tags =
        read_tags(read_file(raw_folder / "broken" / "Canon-R6-pruned.CR3"), settings());
    EXPECT_EQ(tags.text("Exif.Image.Model"), "Canon EOS R6");
    EXPECT_GT(tags.maker_notes, 50U);
}

TEST(ReadTags, MeasuresThePreviewInItsCells) {
    // The right half bright: as a thumbnail behind the tags of a JPEG (EXIF 2.32, section 4.5.1, IFD1).
    test::Samples thumbnail{{64, 96}, 3, 8, {}};
    for (int i = 0; i < 64 * 96; ++i) {
        thumbnail.values.insert(thumbnail.values.end(), 3, i % 96 < 48 ? 20 : 200);
    }
    auto const jpeg = test::make_jpeg(thumbnail, {.quality = 100});
    // IFD0 with one tag, which make_tiff ends with "no further directory"; then IFD1 and the JPEG.
    auto exif = test::make_tiff({{tiff_tag::make, 2, 4, 0x00434241}}, {});
    auto const place = static_cast<std::uint32_t>(exif.size());
    auto const add = [&](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) {
            exif.push_back(static_cast<std::byte>(value >> static_cast<unsigned>(8 * i) & 0xffU));
        }
    };
    exif[exif.size() - 4] = static_cast<std::byte>(place);
    add(3, 2);
    for (auto const& [tag, type, value] :
         {std::tuple{tiff_tag::compression, 3U, 6U},
          {std::uint16_t{0x0201}, 4U, place + 42},
          {std::uint16_t{0x0202}, 4U, static_cast<std::uint32_t>(jpeg.size())}}) {
        add(tag, 2);
        add(type, 2);
        add(1, 4);
        add(value, 4);
    }
    add(0, 4);
    exif.insert(exif.end(), jpeg.begin(), jpeg.end());
    auto const picture = test::make_jpeg(test::make_waves({80, 120}, 3, 8), {.exif = exif});
    Tags const tags = read_tags(picture, settings());
    EXPECT_EQ(tags.text("Exif.Image.Make"), "ABC");
    ASSERT_TRUE(tags.preview);
    EXPECT_EQ(tags.preview->shape, (Shape{64, 96}));
    for (std::size_t i = 0; i < tags.preview->means.size(); ++i) {
        // The halves meet between two cells; JPEG of quality 100 is within 4 of each pixel, and rings at the edge.
        EXPECT_NEAR(tags.preview->means[i], i % 32 < 16 ? 20 : 200, 4) << i;
    }
}

TEST(ReadTags, BrokenTagsAreAState) {
    std::string const words = "a text, no picture at all";
    EXPECT_EQ(read_tags(std::as_bytes(std::span{words}), settings()).state, TagsState::not_known);
    auto const whole = small_dng();
    Random random{6, 1, 0};
    for (int i = 0; i < 60; ++i) {
        auto bytes = whole;
        // Header and the last 1500 bytes, where the directories stand.
        auto const offset = static_cast<std::size_t>(random.uniform() * 1500);
        bytes[offset < 8 ? offset : bytes.size() - offset] ^=
            static_cast<std::byte>(1U << random.bits32() % 8);
        Tags const tags = read_tags(bytes, settings());
        EXPECT_LE(tags.all.size(), 8192U);
    }
}

TEST(ReadTags, RefusesAMissingProgram) {
    try {
        static_cast<void>(read_tags(small_dng(), {.reader = "/no/such/program"}));
        FAIL() << "nothing was refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
    }
}

} // namespace
