// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/cell_loops.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::detect;

std::vector<float> normal_values(std::size_t count, std::uint32_t task) {
    Random random{1, task, 0};
    std::vector<float> values(count);
    for (float& value : values) {
        value = static_cast<float>(random.normal());
    }
    return values;
}

TEST(CellLoops, FormIsThatOfTheMatrixOverTheGrowthOfNoise) {
    std::size_t const count = 45; // whole vectors and a rest
    PerPlane<std::vector<float>> z;
    for (std::size_t p = 0; p < plane_count; ++p) {
        z[p] = normal_values(count, static_cast<std::uint32_t>(p));
    }
    std::array<std::array<double, 4>, 4> const matrix{
        {{2.0, 0.1, -0.2, 0.3}, {0.1, 1.5, 0.2, 0.0}, {-0.2, 0.2, 1.0, 0.4}, {0.3, 0.0, 0.4, 3.0}}};
    GrowingForm form;
    form.inverse = {2.0F, 0.1F, -0.2F, 0.3F, 1.5F, 0.2F, 0.0F, 1.0F, 0.4F, 3.0F};
    form.along = {0.5F, 0.5F, 0.5F, 0.5F};
    for (float const slope : {0.0F, 0.4F}) {
        form.slope = slope;
        std::vector<float> out(count);
        cell_loops().forms(
            form, {z[0].data(), z[1].data(), z[2].data(), z[3].data()}, count, out.data());
        for (std::size_t x = 0; x < count; ++x) {
            double square = 0.0;
            double along = 0.0;
            for (std::size_t i = 0; i < 4; ++i) {
                along += 0.5 * static_cast<double>(z[i][x]);
                for (std::size_t j = 0; j < 4; ++j) {
                    square +=
                        static_cast<double>(z[i][x]) * matrix[i][j] * static_cast<double>(z[j][x]);
                }
            }
            double const growth = std::clamp(1.0 + static_cast<double>(slope) * along, 0.8, 3.0);
            EXPECT_NEAR(static_cast<double>(out[x]), square / growth, 1e-5 * (1.0 + square)) << x;
        }
    }
}

TEST(CellLoops, BendsAreWhatIsAboveOrBelowBothMeansOfTheNextOnes) {
    std::size_t const count = 45;
    std::size_t const pitch = count + 2;
    auto const rows = normal_values(3 * pitch, 7);
    std::vector<float> out(count);
    cell_loops().bends(
        rows.data() + pitch + 1, static_cast<std::ptrdiff_t>(pitch), count, out.data());
    int bent = 0;
    for (std::size_t x = 0; x < count; ++x) {
        float const* here = rows.data() + pitch + 1 + x;
        auto const value = static_cast<double>(*here);
        double const in_row = value - (static_cast<double>(here[-1]) + here[1]) / 2.0;
        double const in_column = value - (static_cast<double>(here[-47]) + here[47]) / 2.0;
        double const least = std::min(std::abs(in_row), std::abs(in_column));
        bool const one_side = in_row * in_column > 0.0;
        bent += one_side ? 1 : 0;
        EXPECT_NEAR(static_cast<double>(out[x]), one_side ? least : -least, 1e-6) << x;
    }
    EXPECT_GT(bent, 20); // three quarters by chance
    EXPECT_LT(bent, 45);
}

TEST(CellLoops, PlacesThatReachAValueAreAllFoundInOrder) {
    auto const values = normal_values(203, 9);
    std::vector<std::uint32_t> places(values.size());
    places.resize(cell_loops().reaching(values.data(), values.size(), 1.0F, places.data()));
    std::vector<std::uint32_t> expected;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] >= 1.0F) {
            expected.push_back(static_cast<std::uint32_t>(i));
        }
    }
    ASSERT_GT(expected.size(), 10U);
    EXPECT_EQ(places, expected);
}

TEST(CellLoops, LevelIsTakenOffWhereAPlaneTakesPart) {
    auto residual = normal_values(37, 3);
    auto const before = residual;
    auto const level = normal_values(37, 4);
    std::vector<std::uint8_t> flags(37);
    for (std::size_t i = 0; i < flags.size(); ++i) {
        flags[i] = static_cast<std::uint8_t>(i % 5 == 0 ? 0x0B : 0x0F); // plane 2 lacks every fifth
    }
    residual[5] = std::numeric_limits<float>::quiet_NaN();
    cell_loops().subtract(level.data(), flags.data(), 2, residual.size(), residual.data());
    for (std::size_t i = 0; i < residual.size(); ++i) {
        EXPECT_EQ(residual[i], i % 5 == 0 ? 0.0F : before[i] - level[i]) << i;
    }
}

TEST(CellLoops, ValuesGoToTheirPlanesAboveTheirLevels) {
    std::size_t const count = 37;
    auto values = normal_values(2 * count, 5);
    values[6] = std::numeric_limits<float>::quiet_NaN(); // the left one of cell 3
    auto const left_level = normal_values(count, 6);
    auto const right_level = normal_values(count, 7);
    std::vector<std::uint8_t> flags(count, 0x0F);
    flags[3] = 0x0D;  // plane 1 takes no part
    flags[20] = 0x07; // nor does plane 3
    std::vector<float> left(count);
    std::vector<float> right(count);
    cell_loops().split_above(values.data(),
                             flags.data(),
                             count,
                             {left_level.data(), left.data(), 1},
                             {right_level.data(), right.data(), 3});
    for (std::size_t x = 0; x < count; ++x) {
        EXPECT_EQ(left[x], x == 3 ? 0.0F : values[2 * x] - left_level[x]) << x;
        EXPECT_EQ(right[x], x == 20 ? 0.0F : values[2 * x + 1] - right_level[x]) << x;
    }
}

TEST(CellLoops, EitherSignReachesALimit) {
    for (float const far : {3.0F, -3.0F}) {
        std::vector<float> values(45, 2.0F);
        EXPECT_FALSE(cell_loops().any_beyond(values.data(), values.size(), 3.0F));
        values[44] = far;
        EXPECT_TRUE(cell_loops().any_beyond(values.data(), values.size(), 3.0F));
    }
}

TEST(CellLoops, ValuesAreMeasurableUnlessOneIsNot) {
    float const none = std::numeric_limits<float>::quiet_NaN();
    float const endless = std::numeric_limits<float>::infinity();
    std::vector<float> const good(40, 1.0F);
    EXPECT_TRUE(cell_loops().measurable(good.data(), good.data(), good.size()));
    for (float const bad : {none, endless, -endless}) {
        for (std::size_t const place : {std::size_t{0}, std::size_t{17}, std::size_t{39}}) {
            auto spoilt = good;
            spoilt[place] = bad;
            EXPECT_FALSE(cell_loops().measurable(spoilt.data(), good.data(), good.size()));
            EXPECT_FALSE(cell_loops().measurable(good.data(), spoilt.data(), good.size()));
        }
    }
    auto without_variance = good;
    without_variance[38] = 0.0F;
    EXPECT_FALSE(cell_loops().measurable(good.data(), without_variance.data(), good.size()));
}

} // namespace
