// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/noise_blocks.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace {

using namespace cmq;

constexpr double level = 100.0;

/// 256 x 256 photosites: 16 x 16 blocks a plane.
Frame make_frame(std::function<double(std::ptrdiff_t, std::ptrdiff_t)> const& value) {
    Frame frame;
    frame.shape = {256, 256};
    frame.black_dn.fill(64.0);
    frame.mask.assign(256 * 256, 0);
    for (std::ptrdiff_t y = 0; y < 256; ++y) {
        for (std::ptrdiff_t x = 0; x < 256; ++x) {
            frame.value.push_back(static_cast<float>(value(y, x)));
        }
    }
    return frame;
}

Frame noisy_frame(double sd) {
    Random random{5, 0, 0};
    return make_frame([&](auto, auto) { return level + sd * random.normal(); });
}

// The transform is orthonormal: every coefficient of white noise has its variance. A block has 9 of the finest,
// so its estimate has a relative standard deviation of sqrt(2 / 9), their mean over 256 blocks one of 0.029; of
// the 54 others 0.012. Four of these are allowed.
TEST(MeasureNoiseBlocks, FindsTheVarianceOfWhiteNoise) {
    Frame const frame = noisy_frame(3.0);
    for (Plane const plane : {Plane::red, Plane::green1, Plane::green2, Plane::blue}) {
        auto const blocks = capture::measure_noise_blocks(frame, plane, 1);
        ASSERT_EQ(blocks.size(), 256U);
        double variance = 0.0;
        double structure = 0.0;
        for (capture::NoiseBlock const& block : blocks) {
            variance += static_cast<double>(block.variance) / 256.0;
            structure += static_cast<double>(block.structure) / 256.0;
            EXPECT_NEAR(static_cast<double>(block.signal), level, 5.0 * 3.0 / 8.0);
        }
        EXPECT_NEAR(variance / 9.0, 1.0, 4.0 * std::sqrt(2.0 / 9.0 / 256.0));
        EXPECT_NEAR(structure / 9.0, 1.0, 4.0 * std::sqrt(2.0 / 54.0 / 256.0));
    }
}

// A sum of a function of x and one of y has no coefficient that is fine along both axes.
TEST(MeasureNoiseBlocks, DoesNotTakeSlopesAndStripesForNoise) {
    Frame const frame = make_frame([](auto y, auto x) {
        return level + 0.5 * static_cast<double>(y) + ((x / 2) % 2 == 0 ? 4.0 : 0.0);
    });
    for (capture::NoiseBlock const& block :
         capture::measure_noise_blocks(frame, Plane::green2, 1)) {
        EXPECT_LT(block.variance, 1e-9F);
        EXPECT_GT(block.structure, 1.0F);
    }
}

TEST(MeasureNoiseBlocks, ReadsOnePlaneAlone) {
    Random random{6, 0, 0};
    Frame const frame = make_frame([&](auto y, auto x) {
        bool const is_green1 = Cfa{}.at(y, x) == Plane::green1;
        return is_green1 ? level + 3.0 * random.normal() : level;
    });
    for (Plane const plane : {Plane::red, Plane::green2, Plane::blue}) {
        for (capture::NoiseBlock const& block : capture::measure_noise_blocks(frame, plane, 1)) {
            ASSERT_EQ(block.variance, 0.0F);
        }
    }
    EXPECT_GT(capture::measure_noise_blocks(frame, Plane::green1, 1).front().variance, 0.0F);
}

TEST(MeasureNoiseBlocks, LeavesOutBlocksWithMaskedPhotositesOrARawZero) {
    Frame frame = noisy_frame(1.0);
    auto const count = [&](Plane plane) {
        return capture::measure_noise_blocks(frame, plane, 1).size();
    };
    frame.mask[0] = mask_bit::hot;  // red, first block
    frame.value[16] = -64.0F;       // red, second block: a raw 0
    frame.value[256 + 33] = -63.0F; // blue, third block: a raw 1
    EXPECT_EQ(count(Plane::red), 254U);
    EXPECT_EQ(count(Plane::green1), 256U);
    EXPECT_EQ(count(Plane::blue), 256U);
}

TEST(MeasureNoiseBlocks, GivesTheSameBitsOnOneAndOnTwoThreads) {
    Frame const frame = noisy_frame(2.0);
    auto const one = capture::measure_noise_blocks(frame, Plane::red, 1);
    auto const two = capture::measure_noise_blocks(frame, Plane::red, 2);
    ASSERT_EQ(one.size(), two.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].signal, two[i].signal);
        EXPECT_EQ(one[i].structure, two[i].structure);
        EXPECT_EQ(one[i].variance, two[i].variance);
    }
}

} // namespace
