// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/make_frame.hpp"

#include <gtest/gtest.h>

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
    Frame const frame = make_frame({raw.data(), shape, 8}, {1, 1, 5, 7}, raw_cfa, levels, 2);
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

TEST(FillVariance, FollowsTheNoiseModelAndFindsBurnedInZeros) {
    std::vector<std::uint16_t> const raw{0, 600, 500, 0};
    Levels const levels{.black_dn = {500, 500, 500, 500},
                        .black_dn_sigma = {},
                        .saturation = {4095, 4095, 4095, 4095}};
    Frame frame = make_frame({raw.data(), {2, 2}, 2}, {0, 0, 2, 2}, {}, levels, 1);
    frame.noise.read_noise_dn = {3, 4, 5, 70}; // 8 x 70 DN: a raw 0 in blue may be noise
    frame.noise.gain_dn = {0.5, 0.5, 0.5, 0.5};
    EXPECT_EQ(fill_variance(frame, 1), 1U);
    EXPECT_EQ(frame.mask[0], mask_bit::no_data);
    EXPECT_EQ(frame.mask[3], 0);
    EXPECT_FLOAT_EQ(frame.variance[1], 16 + 0.5F * 100);
    EXPECT_FLOAT_EQ(frame.variance[2], 25);
}

} // namespace
