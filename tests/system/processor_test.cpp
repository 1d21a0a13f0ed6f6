// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/processor.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

using cmq::has_avx2;

struct Any {
    static constexpr int table = 0;
};

struct Wide {
    static constexpr int table = 1;
};

struct Wider {
    static constexpr int table = 2;
};

TEST(HasAvx2, IsWhatTheProcessorSaysUnlessItIsCut) {
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
    if (std::getenv("GLIBC_TUNABLES") != nullptr) {
        GTEST_SKIP() << "GLIBC_TUNABLES is set";
    }
    EXPECT_EQ(has_avx2(), __builtin_cpu_supports("avx2") != 0);
#else
    EXPECT_FALSE(has_avx2());
#endif
}

TEST(LoopsForThisProcessor, AreThoseForAvx2WhereItMayBeUsed) {
    int const table = cmq::loops_for_this_processor<Any, Wide>();
    EXPECT_EQ(table, has_avx2() ? 1 : 0);
}

TEST(LoopsForThisProcessor, AreThoseForAvx512WhereTheyMayBeUsed) {
    int const table = cmq::loops_for_this_processor<Any, Wide, Wider>();
    if (cmq::has_avx512()) {
        EXPECT_TRUE(has_avx2());
        EXPECT_TRUE(__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"));
        EXPECT_EQ(table, 2);
    } else {
        EXPECT_EQ(table, has_avx2() ? 1 : 0);
    }
}

} // namespace
