// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/mark_blooming.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace {

using namespace cmq;
using namespace cmq::capture;

// '.' good, 's' saturated, 'h' saturated and hot, 'n' no data, 'b' blooming, 'B' blooming without data.
Frame to_frame(std::vector<std::string_view> const& rows) {
    Frame frame;
    frame.shape = {std::ssize(rows), std::ssize(rows[0])};
    for (auto const row : rows) {
        for (char const c : row) {
            frame.mask.push_back(c == 's'   ? mask_bit::saturated
                                 : c == 'h' ? mask_bit::saturated | mask_bit::hot
                                 : c == 'n' ? mask_bit::no_data
                                 : c == 'b' ? mask_bit::blooming
                                 : c == 'B' ? mask_bit::blooming | mask_bit::no_data
                                            : 0);
        }
    }
    return frame;
}

TEST(MarkBlooming, MarksTheEightNeighbours) {
    Frame frame = to_frame({"......", "......", "..s...", "...n..", "......", "s....h"});
    EXPECT_EQ(mark_blooming(frame, 1), 7U + 3U);
    EXPECT_EQ(frame.mask,
              to_frame({"......", ".bbb..", ".bsb..", ".bbB..", "bb....", "sb...h"}).mask);
}

TEST(MarkBlooming, LeavesSaturatedOnesAsTheyAre) {
    Frame frame = to_frame({"ss", "ss"});
    EXPECT_EQ(mark_blooming(frame, 1), 0U);
    EXPECT_EQ(frame.mask, to_frame({"ss", "ss"}).mask);
}

// Against the definition, photosite by photosite, on a random mask.
TEST(MarkBlooming, IsTheSameOnAnyNumberOfThreadsAndAsDefined) {
    Frame frame;
    frame.shape = {150, 131};
    Random random{7, 7, 7};
    for (std::ptrdiff_t i = 0; i < frame.shape.area(); ++i) {
        frame.mask.push_back(random.uniform() < 0.01 ? mask_bit::saturated : 0);
    }
    Frame const before = frame;
    Frame two = frame;
    auto const marked = mark_blooming(frame, 1);
    EXPECT_EQ(mark_blooming(two, 4), marked);
    EXPECT_EQ(two.mask, frame.mask);
    auto const saturated = [&](std::ptrdiff_t y, std::ptrdiff_t x) {
        return y >= 0 && x >= 0 && y < 150 && x < 131 &&
               before.mask[static_cast<std::size_t>(y * 131 + x)] != 0;
    };
    std::size_t expected = 0;
    for (std::ptrdiff_t y = 0; y < 150; ++y) {
        for (std::ptrdiff_t x = 0; x < 131; ++x) {
            bool beside = false;
            for (std::ptrdiff_t k = 0; k < 9; ++k) {
                beside = beside || saturated(y + k / 3 - 1, x + k % 3 - 1);
            }
            bool const bloomed = beside && !saturated(y, x);
            expected += bloomed ? 1 : 0;
            ASSERT_EQ((frame.mask[static_cast<std::size_t>(y * 131 + x)] & mask_bit::blooming) != 0,
                      bloomed);
        }
    }
    EXPECT_EQ(marked, expected);
}

} // namespace
