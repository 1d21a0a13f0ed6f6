// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/keep_memory.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <vector>

namespace {

long page_faults() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

// 64 MB are 16 384 pages; the second time they are in use already. (Under the address sanitizer, which has an
// allocator of its own, nothing changes.)
TEST(KeepFreedMemory, UsesTheSamePagesAgain) {
#if defined(CMQ_SANITIZED)
    GTEST_SKIP() << "the address sanitizer has its own allocator";
#endif
    cmq::keep_freed_memory();
    constexpr std::size_t size = std::size_t{64} << 20U;
    {
        std::vector<unsigned char> const first(size, 1);
        ASSERT_EQ(first.back(), 1);
    }
    long const before = page_faults();
    std::vector<unsigned char> const second(size, 2);
    ASSERT_EQ(second.back(), 2);
    EXPECT_LT(page_faults() - before, 1000);
}

} // namespace
