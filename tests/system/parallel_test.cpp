// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/parallel.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace {

class OnThreads : public testing::TestWithParam<unsigned> {};

TEST_P(OnThreads, RunsEachBlockOnce) {
    std::vector<int> runs(1000, 0);
    cmq::parallel_blocks(runs.size(), GetParam(), [&](std::size_t i) { ++runs[i]; });
    EXPECT_EQ(runs, std::vector<int>(1000, 1));
}

TEST_P(OnThreads, ThrowsTheFirstFailureByNumberAfterAllHaveRun) {
    std::vector<int> runs(100, 0);
    try {
        cmq::parallel_blocks(runs.size(), GetParam(), [&](std::size_t i) {
            ++runs[i];
            if (i % 10 == 7) {
                throw std::runtime_error{std::to_string(i)};
            }
        });
        FAIL();
    } catch (std::runtime_error const& error) {
        EXPECT_STREQ(error.what(), "7");
    }
    EXPECT_EQ(runs, std::vector<int>(100, 1));
}

INSTANTIATE_TEST_SUITE_P(ParallelBlocks, OnThreads, testing::Values(0U, 1U, 2U, 7U));

} // namespace
