// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/decode.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <optional>

namespace {

using namespace cmq;
using namespace cmq::capture;

// A sound answer of 4 x 6 photosites.
Answer sound() {
    Answer answer;
    answer.status = AnswerStatus::done;
    answer.raw_height = 4;
    answer.raw_width = 6;
    answer.height = 4;
    answer.width = 4;
    answer.left_margin = 2;
    answer.colours = {0, 1, 1, 2};
    answer.maximum = 4095;
    answer.black = {128, 128, 128, 128};
    answer.black_is_uniform = 1;
    return answer;
}

constexpr std::size_t output_bytes = answer_plane_offset + 2 * 4 * 6;

std::optional<ErrorKind> refusal(std::function<void(Answer&)> const& change,
                                 std::size_t bytes = output_bytes,
                                 std::size_t file_bytes = 1000) {
    Answer answer = sound();
    change(answer);
    try {
        check_answer(answer, bytes, file_bytes);
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

TEST(CheckAnswer, AcceptsASoundAnswer) {
    EXPECT_EQ(refusal([](Answer&) {}), std::nullopt);
}

TEST(CheckAnswer, RefusesAnotherVersionOfTheDecoder) {
    EXPECT_EQ(refusal([](Answer& a) { a.magic ^= 1U; }), ErrorKind::internal);
}

TEST(CheckAnswer, RefusesWhatTheDecoderRefuses) {
    auto const with = [](AnswerStatus status) {
        return refusal([=](Answer& a) { a.status = status; });
    };
    EXPECT_EQ(with(AnswerStatus::started), ErrorKind::format);
    EXPECT_EQ(with(AnswerStatus::damaged), ErrorKind::format);
    EXPECT_EQ(with(AnswerStatus::no_filter), ErrorKind::unsupported);
    EXPECT_EQ(with(AnswerStatus::not_raw), ErrorKind::unsupported);
    EXPECT_EQ(with(AnswerStatus::not_bayer), ErrorKind::unsupported);
    EXPECT_EQ(with(AnswerStatus::not_allowed), ErrorKind::unsupported);
    EXPECT_EQ(with(AnswerStatus::too_large), ErrorKind::limits);
    EXPECT_EQ(with(AnswerStatus::out_of_memory), ErrorKind::limits);
    EXPECT_EQ(with(static_cast<AnswerStatus>(99)), ErrorKind::format);
}

TEST(CheckAnswer, RefusesSizesThatDoNotAgree) {
    auto const format = std::optional{ErrorKind::format};
    EXPECT_EQ(refusal([](Answer&) {}, output_bytes - 1), format);
    EXPECT_EQ(refusal([](Answer&) {}, output_bytes + 1), format);
    EXPECT_EQ(refusal([](Answer& a) { a.raw_height = 5; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.width = 5; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.left_margin = 0xffffffffU; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.top_margin = 1; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.height = 0; }), format);
    // 2^31 x 2^33 bytes wrap round to nothing in 64 bits.
    EXPECT_EQ(
        refusal([](Answer& a) { a.raw_width = a.raw_height = 0x80000000U; }, answer_plane_offset),
        format);
}

TEST(CheckAnswer, RefusesColoursThatAreNoBayerCell) {
    EXPECT_EQ(refusal([](Answer& a) { a.colours = {0, 1, 2, 1}; }), ErrorKind::format);
    EXPECT_EQ(refusal([](Answer& a) { a.colours = {0, 9, 9, 2}; }), ErrorKind::format);
}

TEST(CheckAnswer, RefusesImpossibleLevels) {
    auto const format = std::optional{ErrorKind::format};
    EXPECT_EQ(refusal([](Answer& a) { a.black[2] = std::nan(""); }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.black[2] = -1; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.black[2] = 4095; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.maximum = 0; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.maximum = 65536; }), format);
    EXPECT_EQ(refusal([](Answer& a) { a.black_is_uniform = 0; }), ErrorKind::unsupported);
}

TEST(CheckAnswer, RefusesAPictureFarTooLargeForItsFile) {
    EXPECT_EQ(refusal([](Answer&) {}, output_bytes, 1), std::nullopt); // 8 bits for 24 photosites
    EXPECT_EQ(refusal([](Answer&) {}, output_bytes, 0), ErrorKind::format);
}

TEST(CheckLastRows, RefusesRowsWithoutVariation) {
    std::vector<std::uint16_t> plane(100 * 10);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        plane[i] = static_cast<std::uint16_t>(100 + i * 7 % 13);
    }
    ImageView<std::uint16_t const> const view{plane.data(), {100, 10}, 10};
    EXPECT_NO_THROW(check_last_rows(view, 4095));
    for (std::size_t i = 900; i < 1000; ++i) {
        plane[i] = i % 2 == 0 ? 0 : 3; // ten rows, constant for each colour
    }
    EXPECT_THROW(check_last_rows(view, 4095), Error);
    for (std::size_t i = 900; i < 1000; ++i) {
        plane[i] = 4095; // an overexposed edge is no missing data
    }
    EXPECT_NO_THROW(check_last_rows(view, 4095));
}

// The two samples make LibRaw 0.20.2 loop for ever; what ends them is the limit of processor time. The
// reader's own check refuses them earlier, so the decoder is called here without it.
TEST(SlowDecode, EndsFilesThatMakeLibRawHang) {
    std::filesystem::path const folder = CMQ_SOURCE_DIR "/../shared/data/raw/broken";
    if (!std::filesystem::exists(folder)) {
        GTEST_SKIP() << "the hostile files of ../shared/data/raw are not on this machine";
    }
    ReadSettings const settings{.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"};
    for (char const* name :
         {"libraw0202_hang_phaseone_478c7d15.bin", "libraw0202_hang_cr3_f1e8e76b.bin"}) {
        try {
            static_cast<void>(decode(read_file(folder / name), settings));
            FAIL() << name << " was read";
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::limits) << error.what();
        }
    }
}

// Found by fuzzing: a model name that LibRaw 0.20.2 copies beyond its field (parseHassyModel). Debian's build ends the
// program there; what the program of ours says is one sentence.
TEST(Decode, RefusesAFileThatOverrunsLibRaw) {
    ReadSettings const settings{.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"};
    try {
        static_cast<void>(decode(
            read_file(CMQ_SOURCE_DIR "/tests/fuzz/ends_program/hasselblad_model.dng"), settings));
        FAIL() << "it was read";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format) << error.what();
    }
}

TEST(Decode, RefusesBytesThatAreNoCameraFile) {
    ReadSettings const settings{.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"};
    try {
        static_cast<void>(decode(std::vector<std::byte>(1000), settings));
        FAIL() << "read";
    } catch (Error const& error) {
        EXPECT_TRUE(error.kind() == ErrorKind::unsupported || error.kind() == ErrorKind::format);
    }
}

} // namespace
