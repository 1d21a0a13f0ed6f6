// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_capture.hpp"

#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"
#include "tests/times.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace {

using namespace cmq;
using namespace cmq::capture;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

std::filesystem::path const raw_folder = CMQ_SOURCE_DIR "/../shared/data/raw";

ReadSettings settings() {
    return {.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"};
}

#define SKIP_WITHOUT_DATA()                                                                        \
    if (!std::filesystem::exists(raw_folder)) {                                                    \
        GTEST_SKIP() << "the camera files of ../shared/data/raw are not on this machine";          \
    }                                                                                              \
    static_assert(true)

Error failure(std::filesystem::path const& path) {
    try {
        static_cast<void>(read_capture(path, settings()));
    } catch (Error const& error) {
        return error;
    }
    return Error{ErrorKind::internal, cmq::Sentence::verbatim("nothing was refused")};
}

// A small frame of the simulated sensor, as file bytes.
SceneSettings small_scene() {
    SceneSettings scene;
    scene.shape = {96, 160};
    scene.masked_columns = 48;
    scene.sensor.hot_share = 0;
    return scene;
}

std::vector<std::byte> small_file() {
    SimulatedScene const scene = simulate_scene(small_scene());
    return to_dng(to_dng_picture(scene));
}

struct Known {
    char const* file;
    Shape raw;
    Shape visible;
    char const* cfa;
    PerPlane<double> stated_black;
    char const* decoder;
};

// Table of camera files: sizes from the makers' tags as two other programs read them (dcraw 9.28 -i -v, ExifTool 12.57).
TEST(ReadCapture, OpensEveryBayerFileWithItsSizesBlackAndPattern) {
    SKIP_WITHOUT_DATA();
    std::array<Known, 3> const files{{{"Blackmagic_BMPCC4K.dng",
                                       {2176, 4128},
                                       {2176, 4128},
                                       "RGGB",
                                       {512, 512, 512, 512},
                                       "lossless_dng_load_raw"},
                                      {"Canon_EOS_D30.CRW",
                                       {1456, 2224},
                                       {1448, 2176},
                                       "RGGB",
                                       {127, 128, 128, 128},
                                       "canon_load_raw"},
                                      {"minhtcai_640x480_10bit.dng",
                                       {480, 640},
                                       {480, 640},
                                       "GBRG",
                                       {0, 0, 0, 0},
                                       "packed_dng_load_raw"}}};
    for (Known const& known : files) {
        SCOPED_TRACE(known.file);
        Capture const capture = read_capture(raw_folder / known.file, settings());
        EXPECT_EQ(capture.raw_shape, known.raw);
        EXPECT_EQ(capture.frame.shape, known.visible);
        EXPECT_EQ(capture.frame.cfa.name(), known.cfa);
        EXPECT_EQ(capture.stated_black_dn, known.stated_black);
        EXPECT_THAT(capture.decoder, HasSubstr(known.decoder));
        EXPECT_EQ(std::ssize(capture.frame.value), known.visible.area());
        EXPECT_EQ(capture.frame.noise.origin, NoiseOrigin::estimated);
        EXPECT_FALSE(capture.metadata.simulated);
        for (float const variance : capture.frame.variance) {
            ASSERT_GT(variance, 0.0F);
        }
    }
}

// 127.86 128.52 128.10 128.95 and 4.8 DN were measured by another program on a slightly smaller area of the border.
// One mean of 15 900 photosites with sd 4.8 is known to 0.04 DN; the two share most of theirs.
TEST(ReadCapture, MeasuresBlackOfCanonD30FromItsMaskedBorder) {
    SKIP_WITHOUT_DATA();
    Capture const capture = read_capture(raw_folder / "Canon_EOS_D30.CRW", settings());
    EXPECT_EQ(capture.black_origin, BlackOrigin::masked_photosites);
    PerPlane<double> const independent{127.86, 128.52, 128.10, 128.95};
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_NEAR(capture.frame.black_dn[p], independent[p], 0.04);
        EXPECT_NEAR(capture.masked_sd_dn[p], 4.8, 0.1);
        // sd / sqrt(n) = 0.038 without banding; the rows of this camera are banded.
        EXPECT_GT(capture.frame.black_dn_sigma[p], 0.038);
        EXPECT_LT(capture.frame.black_dn_sigma[p], 0.06);
        // The scene's own noise in the dark is that of the masked border, but for what texture adds.
        EXPECT_NEAR(capture.frame.noise.read_noise_dn[p], capture.masked_sd_dn[p], 0.6);
    }
    EXPECT_EQ(capture.metadata.model, "EOS D30");
    EXPECT_EQ(capture.metadata.taken_at, "2018-01-01T13:03:32");     // ExifTool: DateTimeOriginal
    EXPECT_NEAR(capture.metadata.exposure_s.value_or(0), 5.0, 0.05); // ExifTool: ShutterSpeed 5
    EXPECT_NEAR(capture.metadata.iso.value_or(0), 100, 1e-9);
    EXPECT_THAT(capture.warnings, Not(Contains(CaptureWarning::no_masked_photosites)));
}

// The heap of full photosites stands at 3792 to 3858 in a histogram counted by hand; in 16-wide bins
// the one below is at the level of the rest.
TEST(ReadCapture, FindsTheSaturationOfCanonD30BelowItsWhiteLevel) {
    SKIP_WITHOUT_DATA();
    Capture const capture = read_capture(raw_folder / "Canon_EOS_D30.CRW", settings());
    EXPECT_EQ(capture.white_level_dn, 4095);
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_NEAR(capture.frame.saturation_dn[p] + capture.frame.black_dn[p], 3790, 20);
    }
}

TEST(ReadCapture, SaysWhatIsUncertainOfAFile) {
    SKIP_WITHOUT_DATA();
    Capture const lossy = read_capture(raw_folder / "Blackmagic_BMPCC4K.dng", settings());
    EXPECT_NEAR(lossy.bits_per_photosite, 3.0, 0.05);
    EXPECT_THAT(lossy.warnings, Contains(CaptureWarning::perhaps_lossy));
    Capture const unnamed = read_capture(raw_folder / "minhtcai_640x480_10bit.dng", settings());
    EXPECT_THAT(unnamed.warnings, Contains(CaptureWarning::unnamed_camera));
    EXPECT_THAT(unnamed.warnings, Contains(CaptureWarning::black_is_zero));
    EXPECT_THAT(unnamed.warnings, Contains(CaptureWarning::no_masked_photosites));
}

TEST(ReadCapture, RefusesFilesWithoutABayerMosaic) {
    SKIP_WITHOUT_DATA();
    for (auto const& entry : std::filesystem::directory_iterator(raw_folder / "not_bayer")) {
        Error const error = failure(entry.path());
        EXPECT_EQ(error.kind(), ErrorKind::unsupported) << error.what();
        EXPECT_THAT(error.what(), HasSubstr("already demosaiced"));
    }
}

TEST(ReadCapture, RefusesBrokenFiles) {
    SKIP_WITHOUT_DATA();
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(raw_folder / "broken")) {
        Error const error = failure(entry.path());
        bool const foveon = entry.path().extension() == ".x3f";
        EXPECT_EQ(error.kind(), foveon ? ErrorKind::unsupported : ErrorKind::format)
            << error.what();
        ++files;
    }
    EXPECT_EQ(files, 12U);
}

TEST(ReadCapture, RefusesAMissingFile) {
    EXPECT_EQ(failure("/no/such/file.dng").kind(), ErrorKind::io);
}

TEST(ReadCapture, RefusesAMissingDecoder) {
    try {
        static_cast<void>(to_capture(small_file(), "x", {.decoder = "/no/such/decoder"}));
        FAIL() << "nothing was refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
        EXPECT_THAT(error.what(), HasSubstr("/no/such/decoder"));
    }
}

TEST(ReadCapture, RefusesAFileLongerThanTheLimit) {
    auto limited = settings();
    limited.max_file_bytes = 10;
    try {
        static_cast<void>(read_capture(CMQ_SOURCE_DIR "/LICENSE", limited));
        FAIL() << "nothing was refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limits);
    }
}

TEST(ReadCapture, RefusesAPictureLargerThanTheLimit) {
    auto limited = settings();
    limited.max_photosites = 96 * 208 - 1;
    try {
        static_cast<void>(to_capture(small_file(), "x", limited));
        FAIL() << "nothing was refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limits);
    }
}

TEST(ReadCapture, RefusesPicturesAsScreeningOnly) {
    for (std::string_view const start : {"\xff\xd8\xff\xe0 rest of a JPEG", "\x89PNG\r\n rest"}) {
        auto const bytes = std::as_bytes(std::span{start});
        try {
            static_cast<void>(to_capture({bytes.begin(), bytes.end()}, "picture", settings()));
            FAIL() << "nothing was refused";
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::unsupported);
            EXPECT_THAT(error.what(), HasSubstr("screening only"));
        }
    }
}

// The simulator knows every raw number: the reader must give them back, and nothing else.
TEST(ReadCapture, GivesBackTheRawNumbersOfASimulatedFile) {
    SimulatedScene const scene = simulate_scene(small_scene());
    Frame const truth = to_frame(scene);
    Capture const capture = to_capture(to_dng(to_dng_picture(scene)), "simulated", settings());
    ASSERT_EQ(capture.frame.shape, truth.shape);
    EXPECT_EQ(capture.raw_shape, scene.raw_shape);
    EXPECT_EQ(capture.left_margin, 48);
    EXPECT_EQ(capture.frame.cfa, truth.cfa);
    EXPECT_TRUE(capture.metadata.simulated);
    EXPECT_EQ(capture.metadata.make, "Contremarque");
    EXPECT_EQ(capture.metadata.unique_model, "Contremarque SIMULATED");
    EXPECT_EQ(capture.metadata.exposure_s, 2.0);
    EXPECT_EQ(capture.metadata.iso, 800.0);
    EXPECT_EQ(capture.black_origin, BlackOrigin::masked_photosites);
    std::size_t letters = 0;
    for (std::ptrdiff_t y = 0; y < truth.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < truth.shape.width; ++x) {
            auto const at = static_cast<std::size_t>(y * truth.shape.width + x);
            auto const p = static_cast<std::size_t>(truth.cfa.at(y, x));
            double const raw =
                scene.raw[static_cast<std::size_t>(y * scene.raw_shape.width + x + 48)];
            // One rounding to float of a number below 2^14: 2^-11.
            ASSERT_NEAR(capture.frame.value[at], raw - capture.frame.black_dn[p], 0.001);
            ASSERT_EQ(capture.frame.mask[at] & (mask_bit::saturated | mask_bit::no_data),
                      truth.mask[at] & (mask_bit::saturated | mask_bit::no_data));
            letters += raw == 0 ? 1U : 0U;
        }
    }
    EXPECT_GT(letters, 100U);
    EXPECT_EQ(capture.no_data_photosites, letters);
    for (std::size_t p = 0; p < plane_count; ++p) {
        // 1152 masked photosites of sd 1.6 DN: 0.05 DN, row noise included 0.06; four of those.
        EXPECT_NEAR(capture.frame.black_dn[p], 512.0, 0.24);
    }
}

TEST(ReadCapture, GivesTheSamePhotositesOfACompressedFile) {
    SimulatedScene const scene = simulate_scene(small_scene());
    DngPicture picture = to_dng_picture(scene);
    Capture const plain = to_capture(to_dng(picture), "plain", settings());
    picture.compression = DngCompression::lossless_jpeg;
    Capture const packed = to_capture(to_dng(picture), "packed", settings());
    EXPECT_THAT(packed.decoder, HasSubstr("contremarque_lossless_jpeg"));
    EXPECT_LT(packed.file_bytes, plain.file_bytes);
    EXPECT_EQ(packed.frame.value, plain.frame.value);
    EXPECT_EQ(packed.frame.variance, plain.frame.variance);
    EXPECT_EQ(packed.frame.mask, plain.frame.mask);
    EXPECT_EQ(packed.frame.black_dn, plain.frame.black_dn);
    EXPECT_EQ(packed.frame.saturation_dn, plain.frame.saturation_dn);
    EXPECT_EQ(packed.stated_black_dn, plain.stated_black_dn);
    EXPECT_EQ(packed.raw_shape, plain.raw_shape);
    EXPECT_EQ(packed.white_level_dn, plain.white_level_dn);
    EXPECT_EQ(packed.metadata.simulated, plain.metadata.simulated);
}

TEST(ReadCapture, GivesTheSameBitsOnAnyNumberOfThreads) {
    auto one = settings();
    one.threads = 1;
    auto three = settings();
    three.threads = 3;
    Capture const a = to_capture(small_file(), "a", one);
    Capture const b = to_capture(small_file(), "b", three);
    EXPECT_EQ(a.frame.value, b.frame.value);
    EXPECT_EQ(a.frame.variance, b.frame.variance);
    EXPECT_EQ(a.frame.mask, b.frame.mask);
    EXPECT_EQ(a.frame.noise.gain_dn, b.frame.noise.gain_dn);
    EXPECT_EQ(a.sha256, b.sha256);
}

// Behind the photosites stand the directory and its values, then 512 bytes that mean nothing.
TEST(ReadCapture, RefusesAFileCutShortAnywhere) {
    auto const whole = small_file();
    for (std::size_t const length : {std::size_t{0},
                                     std::size_t{1},
                                     std::size_t{7},
                                     std::size_t{8},
                                     std::size_t{100},
                                     whole.size() / 2,
                                     std::size_t{2 * 96 * 208 - 1},
                                     whole.size() - 600}) {
        try {
            static_cast<void>(
                to_capture({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)},
                           "cut",
                           settings()));
            FAIL() << length << " bytes were read";
        } catch (Error const& error) {
            EXPECT_TRUE(error.kind() == ErrorKind::format || error.kind() == ErrorKind::unsupported)
                << length << ": " << error.what();
        }
    }
}

// Cutting a compressed camera file leaves its head, which is enough for LibRaw to open it.
TEST(ReadCapture, RefusesCameraFilesCutShort) {
    SKIP_WITHOUT_DATA();
    for (char const* name :
         {"Blackmagic_BMPCC4K.dng", "Canon_EOS_D30.CRW", "minhtcai_640x480_10bit.dng"}) {
        auto const whole = read_file(raw_folder / name);
        for (double const share : {0.01, 0.3, 0.9, 0.9999}) {
            auto const length =
                static_cast<std::ptrdiff_t>(share * static_cast<double>(whole.size()));
            try {
                static_cast<void>(
                    to_capture({whole.begin(), whole.begin() + length}, name, settings()));
                FAIL() << name << ": " << length << " bytes were read";
            } catch (Error const& error) {
                EXPECT_EQ(error.kind(), ErrorKind::format) << name << ' ' << error.what();
            }
        }
    }
}

// Files of other makers' formats that were cut leave a shape; here bits flip anywhere, most of all where
// the structure stands. Whatever comes of it: a capture, or an Error; never a crash, never a hang.
void survive(std::vector<std::byte> const& whole,
             int mutations_a_time,
             std::size_t densest_from,
             std::uint32_t task) {
    auto const mutations = static_cast<std::size_t>(mutations_a_time * study_times());
    for (std::size_t i = 0; i < mutations; ++i) {
        Random random{20261121, task, i};
        auto bytes = whole;
        auto const flips = 1 + random.bits32() % 8;
        for (std::uint32_t flip = 0; flip < flips; ++flip) {
            bool const anywhere = random.uniform() < 0.2;
            std::size_t const from = anywhere ? 0 : densest_from;
            std::size_t const length =
                anywhere ? whole.size() : std::min<std::size_t>(1200, whole.size() - from);
            std::size_t const at = from + random.bits64() % length;
            bytes[at] ^= static_cast<std::byte>(1U << random.bits32() % 8U);
        }
        try {
            Capture const capture = to_capture(std::move(bytes), "mutated", settings());
            for (std::size_t k = 0; k < capture.frame.value.size(); ++k) {
                ASSERT_TRUE(std::isfinite(capture.frame.value[k]) &&
                            std::isfinite(capture.frame.variance[k]))
                    << "mutation " << i;
            }
        } catch (Error const& error) {
            ASSERT_NE(error.kind(), ErrorKind::internal) << "mutation " << i << error.what();
        }
    }
}

TEST(SlowReadCapture, SurvivesFlippedBitsInASimulatedFile) {
    auto const whole = small_file();
    survive(whole, 100, whole.size() - 1200, 1); // the directory stands last
    survive(whole, 20, 0, 2);
    SimulatedScene const scene = simulate_scene(small_scene());
    DngPicture picture = to_dng_picture(scene);
    picture.compression = DngCompression::lossless_jpeg;
    auto const packed = to_dng(picture);
    survive(packed, 30, packed.size() - 1200, 6);
    survive(packed, 60, 0, 7); // the head of the JPEG stream: sizes, tables
}

TEST(SlowReadCapture, SurvivesFlippedBitsInACameraFile) {
    SKIP_WITHOUT_DATA();
    survive(read_file(raw_folder / "minhtcai_640x480_10bit.dng"), 50, 0, 3);
    auto const crw = read_file(raw_folder / "Canon_EOS_D30.CRW");
    survive(crw, 15, crw.size() - 1200, 4); // its directory stands last
    survive(read_file(raw_folder / "Blackmagic_BMPCC4K.dng"), 15, 0, 5);
}

} // namespace
