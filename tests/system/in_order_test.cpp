// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/in_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace {

using cmq::InOrder;

TEST(InOrder, GivesResultsInOrderWhicheverEndsFirst) {
    for (std::size_t const at_once : {1U, 2U, 3U}) {
        InOrder<std::size_t> results{8, at_once, [](std::size_t i) {
                                         // Even ones take longer: the odd one behind ends first.
                                         std::this_thread::sleep_for(
                                             std::chrono::milliseconds{i % 2 == 0 ? 10 : 0});
                                         return 10 * i;
                                     }};
        for (std::size_t i = 0; i < 8; ++i) {
            EXPECT_EQ(results.next(), 10 * i);
        }
    }
}

// Begun and not taken: counted up at the start of the work, down when the result is in the caller's hands.
TEST(InOrder, HoldsNoMoreAtOnceThanAsked) {
    std::atomic<int> held{0};
    std::atomic<int> most{0};
    InOrder<int> results{12, 2, [&](std::size_t) {
                             int const now = ++held;
                             int seen = most;
                             while (now > seen && !most.compare_exchange_weak(seen, now)) {
                             }
                             std::this_thread::sleep_for(std::chrono::milliseconds{3});
                             --held;
                             return 0;
                         }};
    for (int i = 0; i < 12; ++i) {
        static_cast<void>(results.next());
    }
    EXPECT_EQ(most, 2);
}

TEST(InOrder, WorksAheadOfTheCaller) {
    std::atomic<bool> second_begun{false};
    InOrder<int> results{2, 2, [&](std::size_t i) {
                             if (i == 1) {
                                 second_begun = true;
                             }
                             return 0;
                         }};
    static_cast<void>(results.next());
    auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!second_begun && std::chrono::steady_clock::now() < limit) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(second_begun); // without being asked for
}

TEST(InOrder, ThrowsInOrderAndGoesOn) {
    for (std::size_t const at_once : {1U, 2U}) {
        InOrder<int> results{4, at_once, [](std::size_t i) {
                                 if (i % 2 == 1) {
                                     throw std::runtime_error{i == 1 ? "one" : "three"};
                                 }
                                 return static_cast<int>(i);
                             }};
        EXPECT_EQ(results.next(), 0);
        try {
            static_cast<void>(results.next());
            FAIL() << "nothing was thrown";
        } catch (std::runtime_error const& error) {
            EXPECT_STREQ(error.what(), "one");
        }
        EXPECT_EQ(results.next(), 2);
        EXPECT_THROW(static_cast<void>(results.next()), std::runtime_error);
    }
}

TEST(InOrder, EndsWhatHasBegunWhenNobodyTakesTheRest) {
    std::atomic<int> begun{0};
    std::atomic<int> ended{0};
    {
        InOrder<int> results{100, 2, [&](std::size_t) {
                                 ++begun;
                                 std::this_thread::sleep_for(std::chrono::milliseconds{3});
                                 ++ended;
                                 return 0;
                             }};
        static_cast<void>(results.next());
    }
    EXPECT_EQ(begun, ended);
    EXPECT_LE(begun, 3);
}

} // namespace
