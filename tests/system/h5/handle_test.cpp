// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/handle.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace cmq;

std::vector<hid_t>& closed() {
    static std::vector<hid_t> list;
    return list;
}

herr_t note_closing(hid_t id) {
    closed().push_back(id);
    return 0;
}

TEST(H5Handle, ClosesOnceAlsoAfterAMove) {
    closed().clear();
    {
        H5Handle first{7, note_closing, "first"};
        H5Handle const second{std::move(first)};
        EXPECT_EQ(second.get(), 7);
        EXPECT_TRUE(closed().empty());
    }
    EXPECT_EQ(closed(), std::vector<hid_t>{7});
    static_assert(!std::is_copy_constructible_v<H5Handle>);
}

TEST(H5Handle, RefusesAFailedCallAndClosesNothing) {
    closed().clear();
    try {
        H5Handle const failed{-1, note_closing, "a dataset is missing"};
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        EXPECT_NE(error.full_text().find("a dataset is missing"), std::string::npos);
    }
    EXPECT_TRUE(closed().empty());
}

TEST(H5Check, RefusesAFailedCall) {
    EXPECT_NO_THROW(h5_check(0, "extent"));
    EXPECT_THROW(h5_check(-1, "extent"), Error);
}

} // namespace
