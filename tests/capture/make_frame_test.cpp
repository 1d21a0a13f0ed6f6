// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/make_frame.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

using namespace cmq;
using namespace cmq::capture;

TEST(ShiftCfa, GivesThePatternSeenFromTheSensorsCorner) {
    Cfa const visible = make_cfa("RGGB");
    EXPECT_EQ(shift_cfa(visible, 0, 0), visible);
    EXPECT_EQ(shift_cfa(visible, 6, 48), visible);
    EXPECT_EQ(shift_cfa(visible, 1, 0).name(), "GBRG");
    EXPECT_EQ(shift_cfa(visible, 0, 1).name(), "GRBG");
    // Shifting twice by the same margins comes back.
    EXPECT_EQ(shift_cfa(shift_cfa(visible, 3, 5), 3, 5), visible);
}

TEST(MakeFrame, SubtractsEachPlanesBlackAndMarksWhatIsFull) {
    Shape const shape{6, 8};
    std::vector<std::uint16_t> raw(48);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        raw[i] = static_cast<std::uint16_t>(100 * i);
    }
    Cfa const raw_cfa = make_cfa("RGGB");
    Levels const levels{.black_dn = {10.5, 20, 30, 40},
                        .black_dn_sigma = {0.1, 0.2, 0.3, 0.4},
                        .saturation = {2000, 2100, 2200, 2300}};
    Frame const frame = make_frame({raw.data(), shape, 8}, {1, 1, 5, 7}, raw_cfa, levels, {}, 2);
    ASSERT_EQ(frame.shape, (Shape{4, 6}));
    EXPECT_EQ(frame.cfa.name(), "BGGR");
    for (std::ptrdiff_t y = 0; y < 4; ++y) {
        for (std::ptrdiff_t x = 0; x < 6; ++x) {
            auto const at = static_cast<std::size_t>(6 * y + x);
            auto const p = static_cast<std::size_t>(raw_cfa.at(y + 1, x + 1));
            double const number = static_cast<double>(100 * (8 * (y + 1) + x + 1));
            EXPECT_FLOAT_EQ(frame.value[at], static_cast<float>(number - levels.black_dn[p]));
            EXPECT_EQ(frame.mask[at], number >= levels.saturation[p] ? mask_bit::saturated : 0);
        }
    }
    EXPECT_EQ(frame.black_dn, levels.black_dn);
    EXPECT_EQ(frame.saturation_dn[0], 2000 - 10.5);
}

TEST(MakeFrame, FollowsTheNoiseModelAndFindsBurnedInZeros) {
    std::vector<std::uint16_t> const raw{0, 600, 500, 0};
    Levels const levels{.black_dn = {500, 500, 500, 500},
                        .black_dn_sigma = {},
                        .saturation = {4095, 4095, 4095, 4095}};
    NoiseModel noise;
    noise.read_noise_dn = {3, 4, 5, 70}; // 8 x 70 DN: a raw 0 in blue may be noise
    noise.gain_dn = {0.5, 0.5, 0.5, 0.5};
    noise.prnu = {0, 0.02, 0, 0};
    EXPECT_EQ(zero_is_missing(levels, noise), (PerPlane<bool>{true, true, true, false}));
    Frame const frame = make_frame({raw.data(), {2, 2}, 2}, {0, 0, 2, 2}, {}, levels, noise, 1);
    EXPECT_EQ(frame.mask[0], mask_bit::no_data);
    EXPECT_EQ(frame.mask[3], 0);
    EXPECT_FLOAT_EQ(frame.variance[1], 16 + 0.5F * 100 + 2 * 2);
    EXPECT_FLOAT_EQ(frame.variance[2], 25);
    EXPECT_FLOAT_EQ(frame.variance[0], 9); // no light below black
}

// Rows longer than what is done at once, and an odd number of columns: each photosite against NoiseModel::variance.
TEST(MakeFrame, TreatsEveryPhotositeOfLongRowsAlike) {
    Shape const shape{5, 1037};
    std::vector<std::uint16_t> raw;
    for (std::ptrdiff_t i = 0; i < shape.area(); ++i) {
        raw.push_back(static_cast<std::uint16_t>(i * 7919 % 4096));
    }
    Levels const levels{.black_dn = {100.25, 101, 102, 103},
                        .black_dn_sigma = {},
                        .saturation = {4000, 3900, 4095, 3800}};
    NoiseModel noise;
    noise.read_noise_dn = {3, 4, 5, 6};
    noise.gain_dn = {0.5, 0.6, 0.7, 0.8};
    noise.prnu = {0.01, 0, 0.02, 0.03};
    Frame const frame =
        make_frame({raw.data(), shape, 1037}, {0, 0, 5, 1037}, {}, levels, noise, 2);
    for (std::ptrdiff_t y = 0; y < 5; ++y) {
        for (std::ptrdiff_t x = 0; x < 1037; ++x) {
            auto const at = static_cast<std::size_t>(1037 * y + x);
            Plane const plane = Cfa{}.at(y, x);
            auto const p = static_cast<std::size_t>(plane);
            ASSERT_EQ(frame.value[at], static_cast<float>(raw[at] - levels.black_dn[p]));
            ASSERT_EQ(
                frame.variance[at],
                static_cast<float>(noise.variance(plane, static_cast<double>(frame.value[at]))));
            ASSERT_EQ(frame.mask[at],
                      raw[at] == 0                      ? mask_bit::no_data
                      : raw[at] >= levels.saturation[p] ? mask_bit::saturated
                                                        : 0);
        }
    }
}

TEST(DropPhotosites, GivesTheMemoryBackAndKeepsTheRest) {
    std::vector<std::uint16_t> const raw{0, 600, 500, 0};
    Levels const levels{
        .black_dn = {500, 500, 500, 500}, .black_dn_sigma = {}, .saturation = {9, 9, 9, 9}};
    Frame frame = make_frame({raw.data(), {2, 2}, 2}, {0, 0, 2, 2}, {}, levels, {}, 1);
    drop_photosites(frame);
    EXPECT_EQ(frame.value.capacity() + frame.variance.capacity() + frame.mask.capacity(), 0U);
    EXPECT_EQ(frame.shape, (Shape{2, 2}));
    EXPECT_EQ(frame.black_dn[0], 500);
}

// The raw value tells where a photosite of the sample comes from.
TEST(MakeSample, TakesWholeBlocksOnALatticeOfTheSamePattern) {
    Shape const shape{16 * 10 + 5, 16 * 20 + 3};
    std::vector<std::uint16_t> raw;
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            raw.push_back(static_cast<std::uint16_t>(y * shape.width + x));
        }
    }
    Levels const levels{
        .black_dn = {}, .black_dn_sigma = {}, .saturation = {65535, 65535, 65535, 1}};
    Area const visible{1, 2, shape.height, shape.width};
    ImageView<std::uint16_t const> const view{raw.data(), shape, shape.width};
    auto const place = [&](Frame const& sample, std::ptrdiff_t y, std::ptrdiff_t x) {
        auto const number = static_cast<std::ptrdiff_t>(
            sample.value[static_cast<std::size_t>(y * sample.shape.width + x)]);
        return std::array{number / shape.width - visible.top, number % shape.width - visible.left};
    };
    Frame const all = make_sample(view, visible, {}, levels, 200);
    ASSERT_EQ(all.shape, (Shape{160, 320}));
    for (std::ptrdiff_t y = 0; y < 160; ++y) {
        for (std::ptrdiff_t x = 0; x < 320; ++x) {
            ASSERT_EQ(place(all, y, x), (std::array{y, x}));
        }
    }
    EXPECT_EQ(all.mask[0], 0);
    EXPECT_EQ(all.cfa.name(), shift_cfa({}, 1, 2).name());

    Frame const some = make_sample(view, visible, {}, levels, 60); // half of each axis: 5 x 10
    ASSERT_EQ(some.shape, (Shape{80, 160}));
    for (std::ptrdiff_t y = 0; y < 80; ++y) {
        for (std::ptrdiff_t x = 0; x < 160; ++x) {
            std::array const expected{16 + y / 16 * 32 + y % 16, 16 + x / 16 * 32 + x % 16};
            ASSERT_EQ(place(some, y, x), expected);
            bool const full = some.cfa.at(y, x) == Plane::blue;
            ASSERT_EQ(some.mask[static_cast<std::size_t>(y * 160 + x)],
                      full ? mask_bit::saturated : 0);
        }
    }
    EXPECT_EQ(make_sample(view, {0, 0, 15, 100}, {}, levels, 60).shape.area(), 0);
}

} // namespace
