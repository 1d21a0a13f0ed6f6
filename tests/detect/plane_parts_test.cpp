// SPDX-License-Identifier: GPL-3.0-or-later

// The pieces that detect_plane is made of.

#include "core/random.hpp"
#include "detect/plane_background.hpp"
#include "detect/plane_segments.hpp"
#include "detect/row_loops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace {

using namespace cmq::detect;

std::vector<float> random_row(std::size_t size, std::uint64_t seed) {
    cmq::Random random{seed, 1, 0};
    std::vector<float> row(size);
    for (float& value : row) {
        value = static_cast<float>(random.normal());
    }
    return row;
}

TEST(RowLoops, FilterLikeAPlainSum) {
    auto const in = random_row(80, 1);
    HalfTaps const taps{0.5F, 0.25F, 0.125F, 0.0625F};
    std::vector<float> out(64);
    row_loops().along(in.data() + 8, taps, 64, out.data());
    std::array<std::vector<float>, 7> rows;
    std::array<float const*, 7> pointers{};
    for (std::size_t k = 0; k < 7; ++k) {
        rows[k] = random_row(64, 10 + k);
        pointers[k] = rows[k].data();
    }
    std::vector<float> down(64);
    std::vector<float> peak(2);
    row_loops().down(pointers, taps, 64, down.data(), peak.data());
    std::array<double, 2> largest{};
    for (std::size_t x = 0; x < 64; ++x) {
        double sum = 0.0;
        double sum_down = 0.0;
        for (std::size_t k = 0; k < 7; ++k) {
            auto const tap = static_cast<double>(taps[k < 3 ? 3 - k : k - 3]);
            sum += tap * static_cast<double>(in[8 + x + k - 3]);
            sum_down += tap * static_cast<double>(rows[k][x]);
        }
        EXPECT_NEAR(static_cast<double>(out[x]), sum, 1e-6); // a few roundings of float near 1
        EXPECT_NEAR(static_cast<double>(down[x]), sum_down, 1e-6);
        largest[x / 32] = std::max(largest[x / 32], std::abs(sum_down));
    }
    EXPECT_NEAR(static_cast<double>(peak[0]), largest[0], 1e-6);
    EXPECT_NEAR(static_cast<double>(peak[1]), largest[1], 1e-6);
}

TEST(RowLoops, GiveTwoRowsAsOneByOne) {
    HalfTaps const taps{0.5F, 0.25F, 0.125F, 0.0625F};
    std::array<std::vector<float>, 8> rows;
    std::array<float const*, 8> all{};
    for (std::size_t k = 0; k < 8; ++k) {
        rows[k] = random_row(96, 20 + k);
        all[k] = rows[k].data();
    }
    std::array<std::vector<float>, 2> z{std::vector<float>(96), std::vector<float>(96)};
    std::array<std::vector<float>, 2> peak{std::vector<float>(3), std::vector<float>(3)};
    row_loops().down_two(
        all, taps, 96, {z[0].data(), z[1].data()}, {peak[0].data(), peak[1].data()});
    for (std::size_t r = 0; r < 2; ++r) {
        std::array<float const*, 7> seven{};
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(r), 7, seven.begin());
        std::vector<float> single(96);
        std::vector<float> single_peak(3);
        row_loops().down(seven, taps, 96, single.data(), single_peak.data());
        EXPECT_EQ(z[r], single);
        EXPECT_EQ(peak[r], single_peak);
    }
}

TEST(RowLoops, SumFourPhotosites) {
    auto const upper = random_row(32, 2);
    auto const lower = random_row(32, 3);
    std::vector<float> out(16);
    row_loops().bin(upper.data(), lower.data(), 16, out.data());
    for (std::size_t x = 0; x < 16; ++x) {
        EXPECT_NEAR(
            out[x], upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1], 1e-6F);
    }
}

TEST(RowLoops, SubtractALineAndTakeNoPhotositeWithoutValue) {
    std::vector<float> value(16, 5.0F);
    std::array<float, 3> const level{1.0F, 2.0F, 3.0F};
    std::array<float, 3> const weight{2.0F, 2.0F, 4.0F};
    std::vector<float> out(16);
    EXPECT_FALSE(row_loops().residual(value.data(), {level.data(), weight.data()}, 16, out.data()));
    EXPECT_FLOAT_EQ(out[0], 8.0F);         // (5 - 1) * 2
    EXPECT_FLOAT_EQ(out[4], 7.0F);         // (5 - 1.5) * 2
    EXPECT_FLOAT_EQ(out[12], 2.5F * 3.0F); // (5 - 2.5) * 3
    value[3] = std::numeric_limits<float>::quiet_NaN();
    value[9] = std::numeric_limits<float>::infinity();
    EXPECT_TRUE(row_loops().residual(value.data(), {level.data(), weight.data()}, 16, out.data()));
    EXPECT_EQ(out[3], 0.0F);
    EXPECT_EQ(out[9], 0.0F);
    EXPECT_FLOAT_EQ(out[4], 7.0F);
}

TEST(RowLoops, CountMomentsAndSpread) {
    auto const row = random_row(77, 4); // ends within a register
    LaneMoments moments;
    row_loops().moments(row.data(), 77, 0.5F, 1.0F, moments);
    SpreadSums spread;
    std::vector<float> z = row;
    z[5] = 4.5F;
    row_loops().spread(z.data(), 77, spread);
    double count = 0.0;
    double sum = 0.0;
    for (float const v : row) {
        if (std::abs(v - 0.5F) < 1.0F) {
            count += 1.0;
            sum += static_cast<double>(v - 0.5F);
        }
    }
    EXPECT_EQ(std::accumulate(moments.count.begin(), moments.count.end(), 0.0F),
              static_cast<float>(count));
    EXPECT_NEAR(std::accumulate(moments.sum.begin(), moments.sum.end(), 0.0F), sum, 1e-5);
    EXPECT_EQ(spread.counted, 76.0F);
    EXPECT_EQ(spread.within, static_cast<float>(std::count_if(z.begin(), z.end(), [](float v) {
                  return v * v < 2.25F;
              })));
}

TEST(PlaneSurface, IsExactForAPlaneWhateverTheWidthOfTheLastBlock) {
    for (cmq::Shape const shape : {cmq::Shape{64, 64}, {191, 129}, {300, 1001}}) {
        PlaneMesh const mesh{{shape.height}, {shape.width}};
        std::vector<double> nodes(mesh.blocks());
        auto const middle = [](Span s) { return 0.5 * static_cast<double>(s.first + s.last - 1); };
        bool const slope_y = mesh.rows.blocks() > 1; // one node alone knows no slope
        bool const slope_x = mesh.columns.blocks() > 1;
        auto const plane = [&](double y, double x) {
            return 100.0 + (slope_y ? 0.3 * y : 0.0) - (slope_x ? 0.2 * x : 0.0);
        };
        for (std::ptrdiff_t by = 0; by < mesh.rows.blocks(); ++by) {
            for (std::ptrdiff_t bx = 0; bx < mesh.columns.blocks(); ++bx) {
                nodes[mesh.at(by, bx)] =
                    plane(middle(mesh.rows.block(by)), middle(mesh.columns.block(bx)));
            }
        }
        PlaneSurface const surface{nodes, mesh, true};
        std::vector<float> row(surface.segments());
        for (std::ptrdiff_t y : {std::ptrdiff_t{0}, shape.height / 3, shape.height - 1}) {
            surface.row(y, row.data());
            for (std::ptrdiff_t x = 0; x < shape.width; x += 8) {
                double const expected = plane(static_cast<double>(y), static_cast<double>(x));
                // Float: 7 digits of values up to 300, a few operations.
                EXPECT_NEAR(
                    static_cast<double>(row[static_cast<std::size_t>(x / 8)]), expected, 2e-4);
                EXPECT_NEAR(static_cast<double>(surface.at(y, x)), expected, 2e-4);
            }
        }
    }
}

TEST(MeasurePlaneBackground, IsTheMeanOfCountsAndNotTheirMode) {
    // Poisson of 10 electrons, read noise 1: variance 11, one block's mean known to 0.05, all to 0.0065.
    cmq::Random random{5, 1, 0};
    cmq::Shape const shape{512, 512};
    std::vector<float> value(static_cast<std::size_t>(shape.area()));
    for (float& v : value) {
        v = static_cast<float>(static_cast<double>(random.poisson(10.0)) + random.normal());
    }
    PlaneMesh const mesh{{shape.height}, {shape.width}};
    auto const background =
        measure_plane_background({value.data(), shape, shape.width}, mesh, {1.0, 1.0, 0.0}, 1);
    double const mean =
        std::accumulate(background.level_dn.begin(), background.level_dn.end(), 0.0) /
        static_cast<double>(mesh.blocks());
    // Above 4.5 standard deviations lie 3e-5 of such counts, by 15 electrons: 5e-4 less.
    EXPECT_NEAR(mean, 10.0, 4.0 * 0.0065 + 5e-4);
}

TEST(LeaveOut, GivesTheMeanOfWhatIsLeft) {
    cmq::Shape const shape{128, 128};
    std::vector<float> value(static_cast<std::size_t>(shape.area()));
    cmq::Random random{6, 1, 0};
    for (float& v : value) {
        v = static_cast<float>(100.0 + 3.0 * random.normal());
    }
    PlaneMesh const mesh{{shape.height}, {shape.width}};
    cmq::ImageView<float const> const view{value.data(), shape, shape.width};
    PlaneNoise const noise{3.0, 0.0, 0.0};
    auto background = measure_plane_background(view, mesh, noise, 1);
    double const before = background.level_dn[3];
    std::vector<PlaneRun> const runs{{10, 60, 70}, {20, 0, 64}};
    leave_out(view, mesh, noise, runs, background);
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t y = 0; y < 64; ++y) {
        for (std::size_t x = 0; x < 64; ++x) {
            if (!(y == 10 && x >= 60) && y != 20) {
                sum += static_cast<double>(value[y * 128 + x]);
                count += 1.0;
            }
        }
    }
    // 4.5 standard deviations: 7e-6 * 4028 photosites, 13 DN each, are left out of the level.
    EXPECT_NEAR(background.level_dn[0], sum / count, 3.0 * 13.0 / 4028.0);
    EXPECT_EQ(background.photosites[0], count);
    EXPECT_EQ(background.level_dn[3], before);
}

TEST(FindPlaneSegments, JoinWhatTouchesAcrossScales) {
    std::vector<PlanePart> const parts{
        {10, 10, 12, 0, {20.0F, 30.0F}}, // rows 10: photosites 10, 11
        {11, 12, 14, 0, {18.0F, 17.0F}}, // touches by its corner
        {40, 40, 41, 0, {17.0F}},        // alone and weak
        {12, 14, 16, 1, {50.0F}},        // rows 12, 13 of the second scale: touches by a corner
        {60, 60, 62, 1, {27.0F}},
    };
    auto const segments = find_plane_segments(parts, {100, 100}, 25.0);
    ASSERT_EQ(segments.size(), 2U);
    EXPECT_EQ(segments[0].parts.size(), 3U);
    EXPECT_EQ(segments[0].significance, 50.0);
    EXPECT_EQ(segments[0].scale, 1U);
    EXPECT_EQ(segments[0].rows.first, 10);
    EXPECT_EQ(segments[0].rows.last, 14);
    EXPECT_EQ(segments[0].columns.last, 16);
    EXPECT_EQ(segments[1].peak_x, 60);
    auto const runs = to_runs(segments, parts, {100, 100}, 1);
    std::ptrdiff_t covered = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        covered += runs[i].last - runs[i].first;
        if (i > 0 && runs[i].y == runs[i - 1].y) {
            EXPECT_GT(runs[i].first, runs[i - 1].last);
        }
    }
    std::vector<bool> painted(10'000, false);
    auto const paint = [&](std::size_t y0, std::size_t y1, std::size_t x0, std::size_t x1) {
        for (std::size_t y = y0; y <= y1; ++y) {
            for (std::size_t x = x0; x <= x1; ++x) {
                painted[y * 100 + x] = true;
            }
        }
    };
    paint(9, 11, 9, 12);
    paint(10, 12, 11, 14);
    paint(11, 14, 13, 16);
    paint(59, 62, 59, 62);
    EXPECT_EQ(covered, std::count(painted.begin(), painted.end(), true));
}

} // namespace
