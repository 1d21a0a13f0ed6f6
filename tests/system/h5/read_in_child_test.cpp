// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/read_in_child.hpp"

#include "core/error.hpp"
#include "system/h5/user_block.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace cmq;

constexpr H5Kind kind{.title = "CONTREMARQUE TEST 1\n",
                      .program = "none",
                      .example = "test.h5",
                      .name = {"fichier d’essai", "test file"},
                      .file = {"le fichier d’essai", "the test file"},
                      .bytes = 1000};

ErrorKind kind_with(char const* program) {
    std::vector<std::byte> bytes(600);
    write_user_block(bytes, kind);
    try {
        static_cast<void>(read_in_child(bytes, kind, program));
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::usage;
}

// What real reader programs answer stands in the tests of case files and camera profiles.
TEST(ReadInChild, RefusesAProgramThatAnswersNothing) {
    EXPECT_EQ(kind_with("/bin/true"), ErrorKind::format);
    EXPECT_EQ(kind_with("/bin/false"), ErrorKind::format);
    EXPECT_EQ(kind_with("/no/such/program"), ErrorKind::io);
}

TEST(ReadInChild, StartsNothingForAFileOfAnotherKind) {
    std::vector<std::byte> const bytes(600);
    EXPECT_THROW(static_cast<void>(read_in_child(bytes, kind, "/no/such/program")), Error);
}

} // namespace
