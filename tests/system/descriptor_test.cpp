// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/descriptor.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <fcntl.h>

namespace {

using cmq::Descriptor;

bool is_open(int number) {
    return ::fcntl(number, F_GETFD) >= 0 || errno != EBADF;
}

int open_null() {
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

TEST(Descriptor, ClosesAtTheEndOfItsScope) {
    int number = -1;
    {
        Descriptor const handle{open_null()};
        number = handle.number();
        ASSERT_GE(number, 0);
        EXPECT_TRUE(is_open(number));
    }
    EXPECT_FALSE(is_open(number));
}

TEST(Descriptor, ClosesOnceWhenToldTo) {
    Descriptor first{open_null()};
    int const number = first.number();
    EXPECT_EQ(first.close(), 0);
    EXPECT_LT(first.number(), 0);
    // The kernel gives the lowest free number, so the next owner has the one that was freed: a second
    // close would take it away.
    Descriptor const second{open_null()};
    ASSERT_EQ(second.number(), number);
    EXPECT_EQ(first.close(), 0);
    EXPECT_TRUE(is_open(number));
}

TEST(Descriptor, LeavesAFailedOpenAlone) {
    Descriptor failed{-1};
    EXPECT_EQ(failed.number(), -1);
    EXPECT_EQ(failed.close(), 0);
}

TEST(Descriptor, SaysThatClosingFailed) {
    Descriptor handle{open_null()};
    ASSERT_EQ(::close(handle.number()), 0); // behind its back
    errno = 0;
    EXPECT_EQ(handle.close(), -1);
    EXPECT_EQ(errno, EBADF);
}

} // namespace
