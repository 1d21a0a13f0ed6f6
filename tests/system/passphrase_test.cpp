// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/passphrase.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>

namespace {

using namespace cmq;

static_assert(!std::is_copy_constructible_v<Passphrase>);

TEST(Passphrase, TakesATextAndWipesIt) {
    std::string text = "pâte à modeler sans sel";
    char const* const bytes = text.data(); // longer than any text kept inside the object
    std::size_t const size = text.size();
    Passphrase passphrase{text};
    EXPECT_EQ(passphrase.text(), "pâte à modeler sans sel");
    EXPECT_EQ(passphrase.characters(), 23U);
    EXPECT_TRUE(text.empty());
    EXPECT_GE(text.capacity(), size);
    for (std::size_t i = 0; i < size; ++i) {
        ASSERT_EQ(bytes[i], 0) << i;
    }
    Passphrase const moved = std::move(passphrase);
    EXPECT_EQ(moved.text(), "pâte à modeler sans sel");
}

TEST(Passphrase, ComparesBytes) {
    std::string a = "one";
    std::string b = "one";
    std::string c = "two";
    std::string none;
    Passphrase const first{a};
    EXPECT_TRUE(first == Passphrase{b});
    EXPECT_FALSE(first == Passphrase{c});
    EXPECT_EQ(Passphrase{none}.characters(), 0U);
}

} // namespace
