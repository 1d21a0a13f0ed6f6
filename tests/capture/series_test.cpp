// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/series.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr std::ptrdiff_t side = 64;
constexpr std::size_t area = side * side;
constexpr double gain = 0.5;
constexpr double read_dn = 2;
constexpr double full_dn = 4000;

// Light per second in DN: from faint to bright along x, so that long exposures saturate at the right.
double rate_at(std::size_t i) {
    return 4 * std::exp(static_cast<double>(i % side) * 0.1);
}

Frame expose(double seconds, std::uint64_t turn, std::uint32_t task, double extra_rate = 0) {
    Frame frame;
    frame.shape = {side, side};
    frame.noise.read_noise_dn.fill(read_dn);
    frame.noise.gain_dn.fill(gain);
    frame.saturation_dn.fill(full_dn);
    Random random{11, task, turn};
    for (std::size_t i = 0; i < area; ++i) {
        double const mean = (rate_at(i) + extra_rate) * seconds;
        double const value =
            gain * static_cast<double>(random.poisson(mean / gain)) + read_dn * random.normal();
        frame.value.push_back(static_cast<float>(std::min(value, full_dn)));
        frame.variance.push_back(static_cast<float>(frame.noise.variance(Plane::red, value)));
        frame.mask.push_back(value >= full_dn ? mask_bit::saturated : 0);
    }
    return frame;
}

// 200 merged frames of exposures 1, 4 and 16 s: without bias, and as scattered as stated, at each brightness. A
// column's 12 800 values give the scatter to 1.3 % (5 standard deviations: 6 %) and the mean to 0.009 of the scatter.
TEST(MergeExposures, IsUnbiasedAndStatesItsScatter) {
    constexpr std::uint64_t turns = 200;
    std::vector<double> sum(side);
    std::vector<double> square(side);
    std::vector<double> stated(side);
    for (std::uint64_t turn = 0; turn < turns; ++turn) {
        Frame const a = expose(1, turn, 1);
        Frame const b = expose(4, turn, 2);
        Frame const c = expose(16, turn, 3);
        std::vector<Exposure> const all{{&a, 1}, {&b, 4}, {&c, 16}};
        MergedFrame const merged = merge_exposures(all);
        ASSERT_TRUE(merged.agrees);
        for (std::size_t i = 0; i < area; ++i) {
            double const off = static_cast<double>(merged.frame.value[i]) - 16 * rate_at(i);
            sum[i % side] += off;
            square[i % side] += off * off;
            stated[i % side] += static_cast<double>(merged.frame.variance[i]);
            ASSERT_EQ(merged.frame.mask[i], 0);
        }
    }
    constexpr double n = turns * side;
    for (std::size_t x = 0; x < side; ++x) {
        double const scatter = std::sqrt(square[x] / n);
        // Where a frame saturates now and then, what is left of it is its fainter half: leave the edge out.
        double const longest = 16 * rate_at(x);
        double const middle = 4 * rate_at(x);
        bool const at_the_edge =
            std::abs(longest / full_dn - 1) < 0.1 || std::abs(middle / full_dn - 1) < 0.15;
        if (!at_the_edge) {
            EXPECT_LT(std::abs(sum[x] / n), 5 * scatter / std::sqrt(n)) << x;
            EXPECT_NEAR(stated[x] / square[x], 1, 0.07) << x;
        }
    }
}

// Two equal frames: their mean, with half the variance each would have at that signal.
TEST(MergeExposures, IsTheMeanOfEqualExposures) {
    Frame const a = expose(1, 1, 4);
    Frame const b = expose(1, 2, 4);
    std::vector<Exposure> const both{{&a, 1}, {&b, 1}};
    auto const merged = merge_exposures(both).frame;
    for (std::size_t i = 0; i < area; ++i) {
        double const mean = (static_cast<double>(a.value[i]) + static_cast<double>(b.value[i])) / 2;
        EXPECT_NEAR(static_cast<double>(merged.value[i]), mean, 1e-4 * std::abs(mean) + 1e-4);
        EXPECT_NEAR(static_cast<double>(merged.variance[i]),
                    a.noise.variance(Plane::red, mean) / 2,
                    1e-3 * (4 + mean));
    }
}

TEST(MergeExposures, TakesSaturatedPhotositesFromShorterFrames) {
    Frame const a = expose(1, 1, 5);
    Frame const b = expose(64, 1, 6);
    std::vector<Exposure> const both{{&b, 64}, {&a, 1}};
    auto const merged = merge_exposures(both).frame;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < area; ++i) {
        ASSERT_EQ(merged.mask[i], 0);
        if (b.mask[i] != 0) {
            ++taken;
            EXPECT_NEAR(
                static_cast<double>(merged.value[i]), 64 * static_cast<double>(a.value[i]), 0.5);
        }
    }
    EXPECT_GT(taken, area / 4);
}

TEST(MergeExposures, KeepsTheMaskWhereNoFrameCanTell) {
    Frame a = expose(1, 1, 7);
    Frame b = expose(4, 1, 8);
    a.mask[5] = mask_bit::hot;
    b.mask[5] = mask_bit::dead;
    std::vector<Exposure> const both{{&a, 1}, {&b, 4}};
    EXPECT_EQ(merge_exposures(both).frame.mask[5], mask_bit::hot);
}

// A lamp that lost a fifth between two frames is noticed; told from a target, it is allowed for.
TEST(MergeExposures, SaysWhenFramesDoNotAgree) {
    Frame const a = expose(8, 1, 9);
    Frame const b = expose(0.8 * 8, 1, 10); // 8 s under a lamp of 0.8
    std::vector<Exposure> const unaware{{&a, 8}, {&b, 8}};
    EXPECT_FALSE(merge_exposures(unaware).agrees);
    std::vector<Exposure> const aware{{&a, 8}, {&b, 8, 0.8}};
    auto const merged = merge_exposures(aware);
    EXPECT_TRUE(merged.agrees);
    // dof about 1000 a plane: a spread of 0.045.
    EXPECT_NEAR(merged.chi2_per_dof[0], 1, 0.2);
}

// Two frames of read noise alone, one at twice the exposure: t^2 / var gives it four times the weight. Photosites that
// the longer one leaves out belong to the shorter alone: 8 of the region's 64, 2 a plane of 16.
TEST(MeasureShares, CountsWeightsAndWhoMeasuresAlone) {
    Frame a = expose(1, 1, 12);
    a.noise.gain_dn.fill(0);
    a.variance.assign(area, 4.0F);
    Frame b = a;
    for (std::size_t const row : {0U, 1U}) {
        for (std::size_t x = 0; x < 4; ++x) {
            b.mask[row * side + x] = x < 2 ? mask_bit::saturated : mask_bit::blooming;
        }
    }
    a.mask.assign(area, 0);
    b.mask[5] = mask_bit::hot; // one photosite more, green: not for light
    std::vector<Exposure> const both{{&a, 1}, {&b, 2}};
    auto const shares = measure_shares(both, {0, 0, 8, 8});
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(shares[0].good, 64U);
    EXPECT_EQ(shares[0].alone, 9U);
    EXPECT_EQ(shares[0].saturated, 0U);
    EXPECT_EQ(shares[1].good, 55U);
    EXPECT_EQ(shares[1].alone, 0U);
    EXPECT_EQ(shares[1].saturated, 8U);
    EXPECT_NEAR(shares[0].weight[0], (2 + 14 * 0.2) / 16, 1e-12);
    EXPECT_NEAR(shares[0].weight[1], (3 + 13 * 0.2) / 16, 1e-12);
    EXPECT_NEAR(shares[1].weight[3], 14 * 0.8 / 16, 1e-12);
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_NEAR(shares[0].weight[p] + shares[1].weight[p], 1, 1e-12);
    }
}

TEST(MeasureShares, AreNoneWhereNobodyMeasures) {
    Frame a = expose(1, 1, 13);
    a.mask.assign(area, mask_bit::saturated);
    std::vector<Exposure> const both{{&a, 1}, {&a, 2}};
    for (ExposureShare const& share : measure_shares(both, {4, 4, 4, 4})) {
        EXPECT_EQ(share.weight, PerPlane<double>{});
        EXPECT_EQ(share.good, 0U);
        EXPECT_EQ(share.saturated, 16U);
    }
}

TEST(MeasureShares, RefusesARegionBeyondTheFrame) {
    Frame const a = expose(1, 1, 14);
    std::vector<Exposure> const both{{&a, 1}, {&a, 2}};
    EXPECT_THROW(static_cast<void>(measure_shares(both, {60, 0, 5, 5})), Error);
}

TEST(MergeExposures, RefusesOneFrame) {
    Frame const a = expose(1, 1, 1);
    std::vector<Exposure> const one{{&a, 1}};
    try {
        static_cast<void>(merge_exposures(one));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
    }
}

TEST(MergeExposures, RefusesFramesOfUnlikeSize) {
    Frame const a = expose(1, 1, 1);
    Frame b;
    b.shape = {2, 2};
    std::vector<Exposure> const both{{&a, 1}, {&b, 1}};
    try {
        static_cast<void>(merge_exposures(both));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::shape);
    }
}

TEST(MergeExposures, RefusesAnExposureOfZero) {
    Frame const a = expose(1, 1, 1);
    std::vector<Exposure> const both{{&a, 1}, {&a, 0}};
    try {
        static_cast<void>(merge_exposures(both));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
    }
}

// Light of the room of 20 DN/s in both, the lit frame twice as long: what is left is the lamp's light, as scattered as
// stated. 100 turns of 4096 photosites; below 2000 DN, so that nothing saturates.
TEST(SubtractAmbient, LeavesTheLampsLightWithItsScatter) {
    double scatter = 0;
    double stated = 0;
    double off_sum = 0;
    double n = 0;
    for (std::uint64_t turn = 0; turn < 100; ++turn) {
        Frame const lit = expose(2, turn, 12, 20);
        Frame dim = expose(0, turn, 13);
        Random random{11, 14, turn};
        for (std::size_t i = 0; i < area; ++i) {
            double const value =
                gain * static_cast<double>(random.poisson(20 / gain)) + read_dn * random.normal();
            dim.value[i] = static_cast<float>(value);
            dim.variance[i] = static_cast<float>(dim.noise.variance(Plane::red, value));
        }
        Frame const left = subtract_ambient({&lit, 2}, {&dim, 1});
        for (std::size_t i = 0; i < area; ++i) {
            double const off = static_cast<double>(left.value[i]) - 2 * rate_at(i);
            if (left.mask[i] == 0 && rate_at(i) < 1000) {
                scatter += off * off;
                stated += static_cast<double>(left.variance[i]);
                off_sum += off;
                ++n;
            }
        }
        // The noise model speaks of the difference too: at the faintest column read noise, and both frames' room light,
        // whose mean (sd 3.7 / sqrt(1024) = 0.12 DN) enters three times.
        double const model = left.noise.variance(Plane::red, 8);
        EXPECT_NEAR(model, 4 + 0.5 * (8 + 40) + 4 * (4 + 0.5 * 20), 4 * 0.36);
    }
    EXPECT_NEAR(stated / scatter, 1, 0.02);
    EXPECT_LT(std::abs(off_sum / n), 4 * std::sqrt(scatter) / n);
}

TEST(SubtractAmbient, MasksWhatEitherFrameMasks) {
    Frame lit = expose(1, 1, 1);
    Frame dim = expose(1, 2, 1);
    lit.mask[3] = mask_bit::hot;
    dim.mask[3] = mask_bit::saturated;
    dim.mask[4] = mask_bit::dead;
    Frame const left = subtract_ambient({&lit, 1}, {&dim, 1});
    EXPECT_EQ(left.mask[3], mask_bit::hot | mask_bit::saturated);
    EXPECT_EQ(left.mask[4], mask_bit::dead);
}

TEST(SubtractAmbient, RefusesAMissingExposure) {
    Frame const a = expose(1, 1, 1);
    EXPECT_THROW(static_cast<void>(subtract_ambient({&a, 1}, {&a, 0})), Error);
}

} // namespace
