// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/sample_loops.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::detect;

std::vector<float> normal_values(std::size_t count, std::uint32_t task) {
    Random random{2, task, 0};
    std::vector<float> values(count);
    for (float& value : values) {
        value = static_cast<float>(random.normal());
    }
    return values;
}

TEST(SampleLoops, SelectsWhatSortingPutsAtARank) {
    for (std::size_t const count : {1U, 2U, 7U, 8U, 9U, 64U, 101U}) {
        auto values = normal_values(count, static_cast<std::uint32_t>(count));
        for (float& value : values) {
            value = static_cast<float>(static_cast<int>(2.0F * value)); // many the same
        }
        auto sorted = values;
        std::ranges::sort(sorted);
        for (std::size_t rank = 0; rank < count; ++rank) {
            EXPECT_EQ(sample_loops().select(values.data(), count, rank), sorted[rank])
                << rank << " of " << count;
        }
    }
}

TEST(SampleLoops, SortsEightListsAtOnce) {
    for (std::size_t const count : {16U, 32U}) {
        for (std::uint32_t task = 0; task < 20; ++task) {
            auto values = normal_values(count * lanes, 100 + task);
            for (float& value : values) {
                value = static_cast<float>(static_cast<int>(3.0F * value)); // many the same
            }
            auto sorted = values;
            sample_loops().sort_eight(sorted.data(), count);
            for (std::size_t k = 0; k < lanes; ++k) {
                std::vector<float> expected;
                std::vector<float> found;
                for (std::size_t i = 0; i < count; ++i) {
                    expected.push_back(values[i * lanes + k]);
                    found.push_back(sorted[i * lanes + k]);
                }
                std::ranges::sort(expected);
                EXPECT_EQ(found, expected) << count << " " << task << " " << k;
            }
        }
    }
}

TEST(SampleLoops, SumsOfEightListsLeaveOutWhatIsFar) {
    std::size_t const count = 16;
    auto const values = normal_values(count * lanes, 4);
    std::array<float, lanes> const centre{0.0F, 0.1F, 0.2F, 0.3F, -0.1F, -0.2F, 0.0F, 1.0F};
    std::array<float, lanes> const reach{1.0F, 1.0F, 2.0F, 0.5F, 1.0F, 1.0F, 100.0F, 0.0F};
    NearSums near;
    sample_loops().near_eight(values.data(), count, centre, reach, near);
    for (std::size_t k = 0; k < lanes; ++k) {
        double sum = 0.0;
        double counted = 0.0;
        for (std::size_t i = 0; i < count; ++i) {
            float const away = values[i * lanes + k] - centre[k];
            bool const is_near = std::abs(away) < reach[k];
            sum += is_near ? static_cast<double>(away) : 0.0;
            counted += is_near ? 1.0 : 0.0;
        }
        EXPECT_NEAR(static_cast<double>(near.sum[k]), sum, 1e-5);
        EXPECT_EQ(static_cast<double>(near.count[k]), counted);
    }
}

TEST(SampleLoops, SquaresStopAtTheirLimit) {
    auto const values = normal_values(131 * 9, 3);
    for (std::size_t const width : {32U, 29U, 3U}) {
        Block const block{values.data() + 5, 131, width, 9};
        double sum = 0.0;
        float largest = -1e9F;
        float lowest = 1e9F;
        for (std::size_t y = 0; y < block.height; ++y) {
            for (std::size_t x = 0; x < width; ++x) {
                float const value = values[5 + y * 131 + x];
                sum += std::min(2.0, static_cast<double>(value) * static_cast<double>(value));
                largest = std::max(largest, value);
                lowest = std::min(lowest, value);
            }
        }
        // 288 floats rounded to 6e-8 of some 300.
        EXPECT_NEAR(static_cast<double>(sample_loops().squares(block, 2.0F)), sum, 3e-4);
        auto const extremes = sample_loops().extremes(block);
        EXPECT_EQ(extremes.largest, largest);
        EXPECT_EQ(extremes.lowest, lowest);
    }
}

TEST(SampleLoops, ProductsAreThoseOfSamplesWithinTheLimit) {
    std::size_t const count = 77; // whole lanes and a rest
    std::vector<std::vector<float>> z;
    for (std::uint32_t p = 0; p < 4; ++p) {
        z.push_back(normal_values(count, 10 + p));
    }
    auto const form = normal_values(count, 20);
    auto const sums = sample_loops().products(
        {z[0].data(), z[1].data(), z[2].data(), z[3].data()}, form.data(), count, 0.5F);
    std::size_t k = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = i; j < 4; ++j) {
            double expected = 0.0;
            for (std::size_t x = 0; x < count; ++x) {
                expected += form[x] <= 0.5F
                                ? static_cast<double>(z[i][x]) * static_cast<double>(z[j][x])
                                : 0.0;
            }
            EXPECT_NEAR(static_cast<double>(sums.products[k++]), expected, 1e-4) << i << j;
        }
    }
    EXPECT_EQ(static_cast<double>(sums.count),
              static_cast<double>(
                  std::ranges::count_if(form, [](float value) { return value <= 0.5F; })));
}

} // namespace
